import { legalDay } from '../../../kernel/time.ts';
import { alert, badge, trafficLight } from '../../../platform/ui/alert.ts';
import { dataTable } from '../../../platform/ui/components.ts';
import { confirmField, radioGroup } from '../../../platform/ui/form-choices.ts';
import { dateField } from '../../../platform/ui/form-date.ts';
import { button, buttonRow, form, linkButton } from '../../../platform/ui/form-frame.ts';
import { numberField, selectField, textArea, textField } from '../../../platform/ui/form.ts';
import { formatRelativeDay } from '../../../platform/ui/formats.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { accordion, factList, live, section, type Crumb } from '../../../platform/ui/parts.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import type { OfficerFile } from '../application/read-file.ts';
import type { Round } from '../domain/participation.ts';
import { longDay, paragraphs, shortDay } from './common.ts';
import { formOf, outcome, type Posted } from './officer-form.ts';
import { officerTexts } from './officer-texts.ts';

export const basePath = (caseId: string): string => `/amt/vorgang/${caseId}/beteiligung`;

/** The way back to the case, on every officers' page. */
export function crumbs({ id, fileNumber }: { readonly id: string; readonly fileNumber: string }, lang: Lang, ...more: readonly Crumb[]): Crumb[] {
  const t = officerTexts(lang);
  const own = more.length === 0 ? { label: t.participation } : { label: t.participation, href: basePath(id) };
  return [{ label: fileNumber, href: `/eingang/${id}` }, own, ...more];
}

export interface Shown {
  readonly posted?: Posted;
  readonly saved?: boolean;
}

/** Rounds, counts, and what can be begun. */
export function overviewPage(view: PageView, file: OfficerFile, shown: Shown): Html {
  const { lang } = view;
  const t = officerTexts(lang);
  const base = basePath(file.view.id);
  const main = html`${outcome(shown.posted, shown.saved === true, lang)}
${pageTitle(t.participation, { preline: `${file.view.fileNumber} · ${file.view.title}` })}
${file.mayAct ? '' : alert('info', t.readOnly)}
${live(`${base}/live`, 'k-participation', html`${countsPart(file, lang)}${section(t.rounds, roundsTable(view, file))}`)}
${noneDeclared(file, lang)}
${file.mayAct ? html`${newRoundPart(view, file, shown)}${nonePart(view, file, shown)}` : ''}`;
  return page(view, {
    title: `${t.participation} ${file.view.fileNumber}`,
    main,
    wide: true,
    breadcrumb: crumbs(file.view, lang),
    hasErrors: shown.posted !== undefined,
  });
}

function countsPart({ counts, state, view }: OfficerFile, lang: Lang): Html {
  const t = officerTexts(lang);
  if (state.rounds.length === 0) return html``;
  const complete = counts.unweighed === 0 && counts.openRounds === 0;
  return html`${factList([
    { label: t.openRounds, value: String(counts.openRounds) },
    { label: t.waiting, value: String(counts.waiting) },
    { label: t.statements, value: String(counts.statements) },
    { label: t.unreleased, value: String(counts.unreleased) },
    { label: t.unweighed, value: String(counts.unweighed) },
  ])}
${complete ? alert('success', t.complete) : alert('info', t.incomplete, t.incompleteBody(counts.unweighed, counts.openRounds))}
<p>${linkButton({ label: t.toSynopsis, href: `${basePath(view.id)}/synopse`, kind: 'secondary' })}</p>`;
}

export function roundBadge({ status }: Round, lang: Lang): Html {
  const t = officerTexts(lang);
  return status === 'open' ? badge('info', t.roundOpen) : status === 'due' ? badge('warning', t.roundDue) : badge('neutral', t.roundClosed);
}

/** Colour, sign and words of a deadline. */
export function dueLight(view: PageView, dueOn: string, settled: boolean): Html {
  const today = legalDay(view.now);
  const due = Temporal.PlainDate.from(dueOn);
  const days = today.until(due, { largestUnit: 'days' }).days;
  const words = `${shortDay(view.lang, dueOn)}, ${formatRelativeDay(view.lang, due, today)}`;
  if (settled) return html`${shortDay(view.lang, dueOn)}`;
  return trafficLight(days < 0 ? 'red' : days <= 7 ? 'yellow' : 'green', view.lang, words);
}

function roundsTable(view: PageView, { state, view: found }: OfficerFile): Html {
  const { lang } = view;
  const t = officerTexts(lang);
  const answered = (round: Round): string => {
    if (round.kind === 'oeffentlich') return '';
    const asked = state.consultations.filter((one) => one.roundId === round.id && one.status !== 'withdrawn');
    return `${asked.filter((one) => one.status === 'answered').length} / ${asked.length}`;
  };
  return dataTable(
    [
      { label: t.roundTitle, rowHeader: true, cell: (round: Round) => round.title },
      { label: t.kindOf, cell: (round) => (round.kind === 'stellen' ? t.agencies : t.public) },
      { label: t.status, cell: (round) => roundBadge(round, lang) },
      { label: t.from, cell: (round) => shortDay(lang, round.startsOn), minor: true },
      { label: t.until, cell: (round) => dueLight(view, round.dueOn, round.status === 'closed') },
      { label: t.answer, cell: answered },
    ],
    state.rounds,
    {
      caption: t.rounds,
      captionHidden: true,
      lang,
      dense: true,
      shortcuts: true,
      empty: t.noRounds,
      href: (round) => `${basePath(found.id)}/runde/${round.id}`,
    },
  );
}

function noneDeclared({ state }: OfficerFile, lang: Lang): Html {
  const t = officerTexts(lang);
  const none = state.noneNeeded;
  return none === undefined
    ? html``
    : section(t.noneTitle, html`<p class="kern-body k-muted">${t.noneDeclared(longDay(lang, none.on))}</p>${paragraphs(none.reason)}`);
}

/** Hidden inputs of every form: what it does, and the version it was drawn for. */
export const hidden = (action: string, version: number): Record<string, string> => ({ action, version: String(version) });

function nonePart({ lang }: PageView, { state, view }: OfficerFile, shown: Shown): Html {
  const t = officerTexts(lang);
  if (state.consultations.some((one) => one.status !== 'withdrawn')) return html``;
  const f = formOf('declare-none', shown.posted);
  return accordion(
    t.noneTitle,
    form(
      { action: basePath(view.id), hidden: hidden('declare-none', state.version) },
      html`<p class="kern-body">${t.noneBody}</p>${textArea({ name: f.name('reason'), label: t.reason, lang, value: f.value('reason'), ...f.error('reason') })}${buttonRow(button({ label: t.declareNone, kind: 'secondary' }))}`,
    ),
    { open: f.open },
  );
}

function newRoundPart({ lang }: PageView, { state, view, plan }: OfficerFile, shown: Shown): Html {
  const t = officerTexts(lang);
  const f = formOf('open-round', shown.posted);
  const text = (field: string) => ({ name: f.name(field), lang, value: f.value(field), ...f.error(field) });
  const plans = plan.publicRounds.map(({ id, name }) => ({ value: id, label: name[lang] }));
  const fields = html`
${radioGroup({
  name: f.name('kind'),
  label: t.kind,
  lang,
  value: f.value('kind', 'stellen'),
  options: [
    { value: 'stellen', label: t.kindAgencies },
    { value: 'oeffentlich', label: t.kindPublic },
  ],
  ...f.error('kind'),
})}
${plans.length === 0 ? '' : selectField({ ...text('planId'), label: t.planned, hint: t.plannedHint, required: false, empty: t.byHand, options: plans })}
${textField({ ...text('title'), label: t.roundTitle, hint: t.roundTitleHint, maxLength: 200 })}
${textArea({ ...text('request'), label: t.request, hint: t.requestHint, maxLength: 10_000 })}
${textField({ ...text('legalBasis'), label: t.legalBasis, required: plans.length === 0, maxLength: 200 })}
${numberField({ ...text('length'), label: t.length, value: f.value('length', '1') })}
${selectField({ ...text('unit'), label: t.unit, value: f.value('unit', 'months'), options: unitOptions(lang) })}
${dateField({ ...text('startsOn'), label: t.startsOn, hint: t.startsOnHint, required: false })}
${dateField({ ...text('noticedOn'), label: t.noticedOn, hint: t.noticedOnHint, required: false })}
${view.place === undefined ? '' : confirmField({ name: f.name('showPlace'), label: t.showPlace, lang, required: false, checked: f.value('showPlace') === 'ja' })}
${state.rounds.length === 0 ? '' : repeatFields(f, state.rounds, lang)}
${buttonRow(button({ label: t.openRound }))}`;
  return accordion(t.openRound, form({ action: basePath(view.id), hidden: hidden('open-round', state.version) }, fields), {
    open: f.open || state.rounds.length === 0,
  });
}

/** § 4a(3) BauGB: the draft changed. */
function repeatFields(f: ReturnType<typeof formOf>, rounds: readonly Round[], lang: Lang): Html {
  const t = officerTexts(lang);
  const text = (field: string) => ({ name: f.name(field), lang, required: false, value: f.value(field), ...f.error(field) });
  return html`
${selectField({ ...text('repeatOf'), label: t.repeatOf, hint: t.repeatHint, empty: t.noRepeat, options: rounds.map((round) => ({ value: round.id, label: round.title })) })}
${textArea({ ...text('changes'), label: t.changes })}
${confirmField({ name: f.name('limited'), label: t.limited, lang, required: false, checked: f.value('limited') === 'ja' })}
${dateField({ ...text('dueOn'), label: t.shortenedUntil })}
${textArea({ ...text('shortenedBecause'), label: t.shortenedBecause })}`;
}

export const unitOptions = (lang: Lang) => (['days', 'weeks', 'months'] as const).map((unit) => ({ value: unit, label: officerTexts(lang)[unit] }));
