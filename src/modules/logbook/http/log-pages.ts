import { LOG_KINDS, type LogKind } from '../../../kernel/log.ts';
import { readRefs } from './typed.ts';
import { newId } from '../../../kernel/id.ts';
import type { Problem } from '../../../kernel/problem.ts';
import { problemStatus } from '../../../platform/http/problem.ts';
import {
  getPage,
  html as answerHtml,
  LAGE_ACCESS,
  postPage,
  problemPage,
  redirect,
  type AnyRoute,
  type Answer,
  type FormVisit,
  type Visit,
} from '../../../platform/http/route.ts';
import { badge } from '../../../platform/ui/alert.ts';
import { summaryList } from '../../../platform/ui/components.ts';
import { buttonRow, linkButton } from '../../../platform/ui/form-frame.ts';
import { formatInstant } from '../../../platform/ui/formats.ts';
import { html, type Html } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { accordion, pagination, section } from '../../../platform/ui/parts.ts';
import type { LogbookContext } from '../application/context.ts';
import { exportLog } from '../application/export-lage.ts';
import { readEntry, readLog, type LogFilter } from '../application/read-log.ts';
import { writeEntry } from '../application/write-entry.ts';
import type { LageFrame } from './frame.ts';
import { correctionForm, entryForm, exportForms, filterForm } from './log-forms.ts';
import { bothTimes, entryText, logTable, refLinks } from './log-parts.ts';
import { logTexts } from './log-texts.ts';
import { functionName, KIND_NAMES } from './names.ts';
import { NOTHING_TYPED, summaryOf, timeIn, withField, type Typed } from './typed.ts';

const ROWS = 50;
const PRINTED = 500;

/** The Einsatztagebuch: reading, writing, correcting, taking it along. */
export function logPages(ctx: LogbookContext, frame: LageFrame): AnyRoute[] {
  return [
    getPage('/lagen/:key/tagebuch', LAGE_ACCESS, (visit) => bookPage(ctx, frame, visit, NOTHING_TYPED)),
    postPage('/lagen/:key/tagebuch', LAGE_ACCESS, (visit) => written(ctx, frame, visit)),
    postPage(
      '/lagen/:key/tagebuch/ausgabe',
      LAGE_ACCESS,
      async (visit): Promise<Answer> => {
        const file = await exportLog(ctx, visit.actor, visit.params['key']!, visit.fields.get('form') === 'pdf' ? 'pdf' : 'zip');
        if (!file.ok) return problemPage(file.problem);
        const { name, mediaType, bytes } = file.value;
        return { kind: 'file', fileName: name, mediaType, bytes };
      },
      { limit: 'costly' },
    ),
    getPage('/lagen/:key/tagebuch/druck', LAGE_ACCESS, (visit) => printPage(ctx, frame, visit)),
    getPage('/lagen/:key/tagebuch/:number', LAGE_ACCESS, (visit) => entryPage(ctx, frame, visit, NOTHING_TYPED)),
  ];
}

/** A number in an address or a query; none when it is not one. */
const numberIn = (text: string | null | undefined): number | undefined => (/^[1-9]\d{0,8}$/.test(text ?? '') ? Number(text) : undefined);

function filterOf({ query, now }: Visit): { readonly filter: Omit<LogFilter, 'limit'>; readonly wrong: boolean } {
  const get = (name: string): string | undefined => {
    const value = (query.get(name) ?? '').trim().slice(0, 200);
    return value === '' ? undefined : value;
  };
  const [from, until] = [timeIn(query, 'von', now, ''), timeIn(query, 'bis', now, '')];
  const kind = LOG_KINDS.find((one) => one === get('art'));
  return {
    filter: { kinds: kind === undefined ? undefined : [kind], author: get('wer'), text: get('suche'), from: from.at, until: until.at },
    wrong: from.problem !== undefined || until.problem !== undefined,
  };
}

async function bookPage(ctx: LogbookContext, frame: LageFrame, visit: Visit, typed: Typed): Promise<Answer> {
  const { filter, wrong } = filterOf(visit);
  const read = await readLog(ctx, visit.actor, visit.params['key']!, { limit: ROWS, before: numberIn(visit.query.get('vor')), ...filter });
  if (!read.ok) return problemPage(read.problem);
  const { view: entered, entries } = read.value;
  const view = frame(visit, entered);
  const { lang } = view;
  const t = logTexts(lang);
  const lage = `/lagen/${entered.lage.key}`;
  const base = `${lage}/tagebuch`;
  const writes = entered.rights.has('log');
  const filtering: Typed = {
    fields: visit.query,
    problem: wrong
      ? {
          kind: 'invalid-input',
          detail: t.timeWrong,
          fields: ['von', 'bis']
            .filter((name) => timeIn(visit.query, name, visit.now, '').problem !== undefined)
            .map((field) => ({ field, message: t.timeWrong })),
        }
      : undefined,
  };
  const filtered = [...visit.query].some(([name, value]) => name !== 'vor' && value !== '');
  const more =
    entries.length < ROWS ? undefined : new URLSearchParams([...[...visit.query].filter(([name]) => name !== 'vor'), ['vor', String(entries.at(-1)!.number)]]);
  const id = typed.fields.get('id') ?? newId(visit.now.epochMilliseconds);
  const main = html`${summaryOf(typed, lang)}${pageTitle(t.title, { lead: t.lead })}
${writes ? accordion(t.write, entryForm(base, id, typed, lang), { open: typed.problem !== undefined || !filtered }) : ''}
${accordion(t.filter, filterForm(base, filtering, lang), { open: filtered })}
${logTable(lage, entries, lang)}
${more === undefined ? '' : pagination({ next: `${base}?${more.toString()}`, note: t.page(entries.at(-1)!.number, entries[0]!.number) }, lang)}
${buttonRow(linkButton({ label: t.print, href: `${base}/druck`, kind: 'tertiary' }))}
${writes ? section(t.exportTitle, exportForms(base, lang)) : ''}`;
  return answerHtml(
    page(view, { title: t.title, main, wide: true, hasErrors: typed.problem !== undefined }),
    typed.problem === undefined ? 200 : problemStatus(typed.problem),
  );
}

async function written(ctx: LogbookContext, frame: LageFrame, visit: FormVisit): Promise<Answer> {
  const { fields, now } = visit;
  const key = visit.params['key']!;
  const get = (name: string): string => (fields.get(name) ?? '').trim();
  const corrects = numberIn(get('corrects'));
  const time = timeIn(fields, 'eventAt', now, logTexts(visit.lang).timeWrong);
  const entry = { id: idIn(get('id')), kind: get('kind') as LogKind, text: fields.get('text') ?? '', eventAt: time.at, refs: readRefs(get('refs')), corrects };
  const done = time.problem === undefined ? await writeEntry(ctx, visit.actor, key, entry) : undefined;
  if (done?.ok === true) return redirect(`/lagen/${key}/tagebuch/${done.value.number}`);
  const problem: Problem = done === undefined ? withField(undefined, time.problem!) : done.problem;
  if (problem.kind === 'not-found' || problem.kind === 'not-allowed') return problemPage(problem);
  const typed = { fields, problem };
  return corrects === undefined
    ? bookPage(ctx, frame, visit, typed)
    : entryPage(ctx, frame, { ...visit, params: { ...visit.params, number: String(corrects) } }, typed);
}

/** Forms carry the id of what they make; whoever writes nonsense there gets a new one. */
const idIn = (text: string): string | undefined => (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text) ? text : undefined);

async function entryPage(ctx: LogbookContext, frame: LageFrame, visit: Visit, typed: Typed): Promise<Answer> {
  const read = await readEntry(ctx, visit.actor, visit.params['key']!, numberIn(visit.params['number']) ?? 0);
  if (!read.ok) return problemPage(read.problem);
  const { view: entered, entry, linked } = read.value;
  const view = frame(visit, entered);
  const { lang } = view;
  const t = logTexts(lang);
  const lage = `/lagen/${entered.lage.key}`;
  const base = `${lage}/tagebuch`;
  const id = typed.fields.get('id') ?? newId(visit.now.epochMilliseconds);
  const facts = summaryList(
    [
      { label: t.kind, value: KIND_NAMES[lang][entry.kind] },
      { label: t.event, value: bothTimes(lang, entry.eventAt) },
      { label: t.written, value: formatInstant(lang, entry.writtenAt) },
      { label: t.who, value: `${entry.author}, ${functionName(lang, entry.function)}, ${entry.organisation}` },
      { label: t.what, value: entryText(base, entry, lang) },
      ...(entry.refs.length === 0 ? [] : [{ label: t.refersTo, value: refLinks(lage, entry.refs, lang) }]),
      { label: t.hash, value: html`<code>${entry.sha256}</code>` },
    ],
    lang,
  );
  const title = t.entry(entry.number);
  const state = entry.correctedBy === null ? undefined : badge('warning', t.correctedBy(entry.correctedBy));
  const main = html`${summaryOf(typed, lang)}${pageTitle(title, state === undefined ? {} : { badge: state })}${facts}
${linked.length === 0 ? '' : section(t.linked, logTable(lage, linked, lang))}
${entered.rights.has('log') ? accordion(t.correctThis, correctionForm(base, id, entry.number, typed, lang), { open: typed.problem !== undefined }) : ''}`;
  const crumbs = [{ label: t.title, href: base }, { label: title }];
  return answerHtml(
    page(view, { title, main, wide: true, breadcrumb: crumbs, hasErrors: typed.problem !== undefined }),
    typed.problem === undefined ? 200 : problemStatus(typed.problem),
  );
}

/** The book in its order, without forms: what a printer needs. */
async function printPage(ctx: LogbookContext, frame: LageFrame, visit: Visit): Promise<Answer> {
  const read = await readLog(ctx, visit.actor, visit.params['key']!, { limit: PRINTED, after: numberIn(visit.query.get('nach')) ?? 0 });
  if (!read.ok) return problemPage(read.problem);
  const { view: entered, entries } = read.value;
  const view = frame(visit, entered);
  const t = logTexts(view.lang);
  const lage = `/lagen/${entered.lage.key}`;
  const next: Html | string = entries.length < PRINTED ? '' : (pagination({ next: `${lage}/tagebuch/druck?nach=${entries.at(-1)!.number}` }, view.lang) ?? '');
  const main = html`${pageTitle(t.title, { preline: entered.lage.title })}${logTable(lage, entries, view.lang)}${next}`;
  return answerHtml(page(view, { title: t.title, main, wide: true, breadcrumb: [{ label: t.title, href: `${lage}/tagebuch` }, { label: t.print }] }));
}
