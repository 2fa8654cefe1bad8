import { alert } from '../../../platform/ui/alert.ts';
import { summaryList } from '../../../platform/ui/components.ts';
import { radioGroup } from '../../../platform/ui/form-choices.ts';
import { dateField } from '../../../platform/ui/form-date.ts';
import { fileField } from '../../../platform/ui/form-file.ts';
import { button, buttonRow, form, linkButton } from '../../../platform/ui/form-frame.ts';
import { textArea } from '../../../platform/ui/form.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { accordion, section } from '../../../platform/ui/parts.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import type { OfficerFile } from '../application/read-file.ts';
import type { Consultation, Round } from '../domain/participation.ts';
import { ANSWER_KINDS, ANSWERS, CONSULTEES, SILENCE_MEANS } from './answer-texts.ts';
import { longDay, shortDay } from './common.ts';
import { formOf, outcome } from './officer-form.ts';
import { basePath, crumbs, hidden, type Shown } from './officer-overview.ts';
import { consultationBadge } from './officer-round.ts';
import { officerTexts } from './officer-texts.ts';

/** One consultee: what was asked and answered, and every action on it. */
export function consulteePage(view: PageView, file: OfficerFile, at: { readonly one: Consultation; readonly round: Round }, shown: Shown): Html {
  const { lang } = view;
  const t = officerTexts(lang);
  const { one, round } = at;
  const rows = [
    { label: t.kindOf, value: CONSULTEES[one.kind][lang] },
    { label: t.email, value: one.email ?? '' },
    { label: t.legalBasis, value: one.legalBasis },
    { label: t.silence, value: SILENCE_MEANS[one.silence][lang] },
    { label: t.askedOn, value: longDay(lang, one.askedOn) },
    { label: t.until, value: longDay(lang, one.dueOn) },
    ...one.extensions.map(({ from, to, reason }) => ({ label: t.extend, value: t.extended(shortDay(lang, from), shortDay(lang, to), reason) })),
    ...(one.remindedOn === undefined ? [] : [{ label: t.remindedOn, value: longDay(lang, one.remindedOn) }]),
    ...(one.claimedBy === undefined ? [] : [{ label: t.claimed, value: 'ja' }]),
    ...(one.linkRevoked ? [{ label: t.linkRevoked, value: 'ja' }] : []),
    ...(one.withdrawnBecause === undefined ? [] : [{ label: t.withdrawnBecause, value: one.withdrawnBecause }]),
  ];
  const main = html`${outcome(shown.posted, shown.saved === true, lang)}
${pageTitle(one.name, { preline: `${file.view.fileNumber} · ${round.title}`, badge: consultationBadge(one, lang) })}
${file.mayAct ? '' : alert('info', t.readOnly)}
${one.answer === undefined ? '' : html`<p>${linkButton({ label: t.toStatement, href: `${basePath(file.view.id)}/stellungnahme/${one.answer.statementId}`, kind: 'secondary' })}</p>`}
${summaryList(rows, lang)}
${file.mayAct && one.status !== 'withdrawn' && one.status !== 'answered' ? section(t.actions, actionForms(file, at, lang, shown)) : ''}`;
  const breadcrumb = crumbs(file.view, lang, { label: round.title, href: `${basePath(file.view.id)}/runde/${round.id}` }, { label: one.name });
  return page(view, { title: one.name, main, wide: true, breadcrumb, hasErrors: shown.posted !== undefined });
}

function actionForms(file: OfficerFile, { one, round }: { readonly one: Consultation; readonly round: Round }, lang: Lang, shown: Shown): Html {
  const t = officerTexts(lang);
  const path = `${basePath(file.view.id)}/stelle/${one.id}`;
  const simple = (action: string, title: string, body: string, danger = false): Html =>
    accordion(
      title,
      form(
        { action: path, hidden: hidden(action, file.state.version) },
        html`<p class="kern-body">${body}</p>${buttonRow(button({ label: title, kind: danger ? 'danger' : 'secondary' }))}`,
      ),
    );
  const running = round.status !== 'closed';
  return html`
${running && one.email !== undefined && !one.linkRevoked ? simple('remind', t.remind, t.remindBody) : ''}
${running ? extendForm(file, path, lang, shown) : ''}
${paperForm(file, path, one, lang, shown)}
${running && one.email !== undefined ? simple('renew-link', t.renew, t.renewBody) : ''}
${one.email !== undefined && !one.linkRevoked ? simple('revoke-link', t.revoke, t.revokeBody, true) : ''}
${withdrawForm(file, path, lang, shown)}`;
}

function extendForm({ state }: OfficerFile, path: string, lang: Lang, shown: Shown): Html {
  const t = officerTexts(lang);
  const f = formOf('extend', shown.posted);
  return accordion(
    t.extend,
    form(
      { action: path, hidden: hidden('extend', state.version) },
      html`${dateField({ name: f.name('dueOn'), label: t.newDue, lang, value: f.value('dueOn'), ...f.error('dueOn') })}${textArea({ name: f.name('reason'), label: t.reason, lang, value: f.value('reason'), ...f.error('reason') })}${buttonRow(button({ label: t.extend, kind: 'secondary' }))}`,
    ),
    { open: f.open },
  );
}

function withdrawForm({ state }: OfficerFile, path: string, lang: Lang, shown: Shown): Html {
  const t = officerTexts(lang);
  const f = formOf('withdraw', shown.posted);
  return accordion(
    t.withdraw,
    form(
      { action: path, hidden: hidden('withdraw', state.version) },
      html`<p class="kern-body">${t.withdrawBody}</p>${textArea({ name: f.name('reason'), label: t.reason, lang, value: f.value('reason'), ...f.error('reason') })}${buttonRow(button({ label: t.withdraw, kind: 'danger' }))}`,
    ),
    { open: f.open },
  );
}

function paperForm({ state }: OfficerFile, path: string, one: Consultation, lang: Lang, shown: Shown): Html {
  const t = officerTexts(lang);
  const f = formOf('paper', shown.posted);
  return accordion(
    t.paperTitle,
    form(
      { action: path, multipart: true, hidden: hidden('paper', state.version) },
      html`${dateField({ name: f.name('receivedOn'), label: t.receivedOn, lang, value: f.value('receivedOn'), ...f.error('receivedOn') })}
${radioGroup({ name: f.name('answer'), label: t.answer, lang, value: f.value('answer'), options: ANSWER_KINDS.map((kind) => ({ value: kind, label: ANSWERS[kind][lang] })), ...f.error('answer') })}
${textArea({ name: f.name('text'), label: t.text, lang, required: false, rows: 8, maxLength: 10_000, value: f.value('text'), ...f.error('text') })}
${one.kind === 'nachbar' ? '' : textArea({ name: f.name('conditions'), label: t.conditions, hint: t.conditionsHint, lang, required: false, value: f.value('conditions'), ...f.error('conditions') })}
${fileField({ name: f.name('files'), label: t.files, lang, required: false, multiple: true, accept: ['application/pdf', 'image/jpeg', 'image/png'], maxMegabytes: 25, ...f.error('files') })}
${buttonRow(button({ label: t.record, kind: 'secondary' }))}`,
    ),
    { open: f.open },
  );
}
