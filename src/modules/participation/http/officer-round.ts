import { alert, badge } from '../../../platform/ui/alert.ts';
import { dataTable } from '../../../platform/ui/components.ts';
import { checkboxGroup } from '../../../platform/ui/form-choices.ts';
import { fileField } from '../../../platform/ui/form-file.ts';
import { button, buttonRow, form } from '../../../platform/ui/form-frame.ts';
import { numberField, selectField, textArea, textField } from '../../../platform/ui/form.ts';
import { dateField } from '../../../platform/ui/form-date.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { accordion, factList, section } from '../../../platform/ui/parts.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import type { OfficerFile } from '../application/read-file.ts';
import type { Consultation, Round } from '../domain/participation.ts';
import { ANSWERS, CONSULTATION_STATES, CONSULTEE_KINDS, CONSULTEES, SILENCE_KINDS, SILENCE_MEANS, SILENCE_WORDS } from './answer-texts.ts';
import { documentList, longDay, paragraphs, shortDay, stepsPart } from './common.ts';
import { formOf, outcome } from './officer-form.ts';
import { basePath, crumbs, dueLight, hidden, roundBadge, unitOptions, type Shown } from './officer-overview.ts';
import { officerTexts } from './officer-texts.ts';

const ACCEPT = ['application/pdf', 'image/jpeg', 'image/png'];

/** One round: its documents, whom it asks, and its end. */
export function roundPage(view: PageView, file: OfficerFile, round: Round, shown: Shown): Html {
  const { lang } = view;
  const t = officerTexts(lang);
  const acts = file.mayAct && round.status !== 'closed';
  const facts = [
    { label: t.from, value: longDay(lang, round.startsOn) },
    { label: t.until, value: longDay(lang, round.dueOn) },
    { label: t.legalBasis, value: round.legalBasis },
    ...(round.noticedOn === undefined ? [] : [{ label: t.noticedOn, value: longDay(lang, round.noticedOn) }]),
  ];
  const main = html`${outcome(shown.posted, shown.saved === true, lang)}
${pageTitle(round.title, { preline: `${file.view.fileNumber} · ${round.kind === 'stellen' ? t.agencies : t.public}`, badge: roundBadge(round, lang) })}
${file.mayAct ? '' : alert('info', t.readOnly)}
${factList(facts)}
${stepsPart(round.steps, lang)}
${section(t.request, html`${paragraphs(round.request)}${round.changes === undefined ? '' : html`<h3 class="kern-title">${t.changes}</h3>${paragraphs(round.changes)}`}${round.shortenedBecause === undefined ? '' : html`<h3 class="kern-title">${t.shortenedBecause}</h3>${paragraphs(round.shortenedBecause)}`}`)}
${section(t.documents, documentsPart(file, round, acts, lang, shown))}
${round.kind === 'stellen' ? section(t.consultees, html`${consulteesTable(view, file, round)}${acts ? askForms(file, round, lang, shown) : ''}`) : publicPart(file, round, lang, shown)}
${acts && file.closable.includes(round.id) ? section(t.close, form({ action: roundPath(file, round), hidden: hidden('close-round', file.state.version) }, html`<p class="kern-body">${t.closeBody}</p>${buttonRow(button({ label: t.close }))}`)) : ''}`;
  return page(view, {
    title: round.title,
    main,
    wide: true,
    breadcrumb: crumbs(file.view, lang, { label: round.title }),
    hasErrors: shown.posted !== undefined,
  });
}

const roundPath = ({ view }: OfficerFile, round: Round): string => `${basePath(view.id)}/runde/${round.id}`;

function documentsPart(file: OfficerFile, round: Round, acts: boolean, lang: Lang, shown: Shown): Html {
  const t = officerTexts(lang);
  const list =
    round.documents.length === 0
      ? html`<p class="kern-body">${t.noDocuments}</p>`
      : documentList(round.documents, (one) => `${basePath(file.view.id)}/unterlagen/${one.id}`, lang);
  if (!acts) return list;
  const shownAlready = new Set(round.documents.map((one) => one.sha256));
  const offered = file.view.documents.filter((one) => !shownAlready.has(one.sha256));
  const s = formOf('show-documents', shown.posted);
  const u = formOf('attach', shown.posted);
  return html`${list}
${
  offered.length === 0
    ? ''
    : accordion(
        t.fromCase,
        form(
          { action: roundPath(file, round), hidden: hidden('show-documents', file.state.version) },
          html`${checkboxGroup({ name: s.name('documentIds'), label: t.fromCase, hint: t.fromCaseHint, lang, required: false, values: s.values('documentIds') ?? [], options: offered.map(({ id, fileName }) => ({ value: id, label: fileName })), ...s.error('documentIds') })}${buttonRow(button({ label: t.show, kind: 'secondary' }))}`,
        ),
        { open: s.open },
      )
}
${accordion(
  t.upload,
  form(
    { action: roundPath(file, round), multipart: true, hidden: hidden('attach', file.state.version) },
    html`${fileField({ name: u.name('file'), label: t.file, lang, multiple: true, accept: ACCEPT, maxMegabytes: 25, ...u.error('file') })}${buttonRow(button({ label: t.uploadDo, kind: 'secondary' }))}`,
  ),
  { open: u.open },
)}`;
}

/** What a consultation has come to, in a badge. */
export function consultationBadge(one: Consultation, lang: Lang): Html {
  const t = officerTexts(lang);
  if (one.status === 'expired') return badge('warning', SILENCE_WORDS[one.silence][lang]);
  if (one.answer === undefined) return badge(one.status === 'asked' ? 'info' : 'neutral', CONSULTATION_STATES[one.status][lang]);
  const words = `${ANSWERS[one.answer.kind][lang]}${one.answer.late ? ` (${t.late})` : ''}`;
  return badge(one.answer.kind === 'objection' || one.answer.late ? 'warning' : 'success', words);
}

function consulteesTable(view: PageView, { state, view: found }: OfficerFile, round: Round): Html {
  const { lang } = view;
  const t = officerTexts(lang);
  return dataTable(
    [
      { label: t.name, rowHeader: true, cell: (one: Consultation) => one.name },
      { label: t.kindOf, cell: (one) => CONSULTEES[one.kind][lang], minor: true },
      { label: t.status, cell: (one) => consultationBadge(one, lang) },
      { label: t.until, cell: (one) => dueLight(view, one.dueOn, one.status !== 'asked') },
      { label: t.answeredOn, cell: (one) => (one.answer === undefined ? '' : shortDay(lang, one.answer.receivedOn)) },
    ],
    state.consultations.filter((one) => one.roundId === round.id),
    {
      caption: t.consultees,
      captionHidden: true,
      lang,
      dense: true,
      shortcuts: true,
      empty: t.noConsultees,
      href: (one) => `${basePath(found.id)}/stelle/${one.id}`,
    },
  );
}

function askForms(file: OfficerFile, round: Round, lang: Lang, shown: Shown): Html {
  const t = officerTexts(lang);
  const asked = new Set(file.state.consultations.filter((one) => one.roundId === round.id && one.status !== 'withdrawn').map((one) => one.planId));
  const offered = file.suggested.filter((one) => !asked.has(one.id));
  const p = formOf('ask-planned', shown.posted);
  const planned =
    offered.length === 0
      ? html``
      : accordion(
          t.askPlanned,
          form(
            { action: roundPath(file, round), hidden: hidden('ask-planned', file.state.version) },
            html`${checkboxGroup({ name: p.name('planIds'), label: t.askPlanned, hint: t.askPlannedHint, lang, required: false, values: p.values('planIds') ?? offered.map(({ id }) => id), options: offered.map((one) => ({ value: one.id, label: one.name[lang], hint: `${CONSULTEES[one.kind][lang]}, ${one.legalBasis}` })), ...p.error('planIds') })}${buttonRow(button({ label: t.askDo }))}`,
          ),
          { open: true },
        );
  return html`${planned}${askOtherForm(file, round, lang, shown)}`;
}

function askOtherForm(file: OfficerFile, round: Round, lang: Lang, shown: Shown): Html {
  const t = officerTexts(lang);
  const f = formOf('ask', shown.posted);
  const text = (field: string, fallback = '') => ({ name: f.name(field), lang, value: f.value(field, fallback), ...f.error(field) });
  return accordion(
    t.askOther,
    form(
      { action: roundPath(file, round), hidden: hidden('ask', file.state.version) },
      html`
${selectField({ ...text('kind', 'behoerde'), label: t.kindOf, options: CONSULTEE_KINDS.map((kind) => ({ value: kind, label: CONSULTEES[kind][lang] })) })}
${textField({ ...text('name'), label: t.name, maxLength: 200 })}
${textField({ ...text('email'), label: t.email, hint: t.emailHint, required: false, type: 'email', maxLength: 254 })}
${numberField({ ...text('length', '1'), label: t.length })}
${selectField({ ...text('unit', 'months'), label: t.unit, options: unitOptions(lang) })}
${textField({ ...text('legalBasis', round.legalBasis), label: t.legalBasis, maxLength: 200 })}
${selectField({ ...text('silence', 'keine'), label: t.silence, options: SILENCE_KINDS.map((kind) => ({ value: kind, label: SILENCE_MEANS[kind][lang] })) })}
${buttonRow(button({ label: t.ask }))}`,
    ),
    { open: f.open },
  );
}

/** A public round: the page everybody sees, and what came by letter. */
function publicPart(file: OfficerFile, round: Round, lang: Lang, shown: Shown): Html {
  const t = officerTexts(lang);
  const f = formOf('paper', shown.posted);
  const text = (field: string) => ({ name: f.name(field), lang, value: f.value(field), ...f.error(field) });
  const paper = accordion(
    t.paperTitle,
    form(
      { action: roundPath(file, round), multipart: true, hidden: hidden('paper', file.state.version) },
      html`
${dateField({ ...text('receivedOn'), label: t.receivedOn })}
${textArea({ ...text('text'), label: t.text, rows: 8, maxLength: 10_000 })}
${textField({ ...text('name'), label: t.name, required: false, maxLength: 200 })}
${textField({ ...text('address'), label: t.address, required: false, maxLength: 300 })}
${textField({ ...text('email'), label: t.email, required: false, type: 'email', maxLength: 254 })}
${fileField({ name: f.name('files'), label: t.files, lang, required: false, multiple: true, accept: ACCEPT, maxMegabytes: 25, ...f.error('files') })}
${buttonRow(button({ label: t.record, kind: 'secondary' }))}`,
    ),
    { open: f.open },
  );
  return section(
    t.statements,
    html`<p class="kern-body"><a class="kern-link" href="/beteiligung/${round.id}">${t.publicPage}</a> · <a class="kern-link" href="${basePath(file.view.id)}/synopse?runde=${round.id}">${t.toSynopsis}</a></p>${file.mayAct ? paper : ''}`,
  );
}
