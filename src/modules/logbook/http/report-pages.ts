import { REPORT_SECTIONS, type ReportSection } from '../../../kernel/log.ts';
import { parseId } from '../../../kernel/id.ts';
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
import { alert, badge } from '../../../platform/ui/alert.ts';
import { dataTable } from '../../../platform/ui/components.ts';
import { button, buttonForm, buttonRow, form, linkButton } from '../../../platform/ui/form-frame.ts';
import { textArea, textField } from '../../../platform/ui/form.ts';
import { formatInstant } from '../../../platform/ui/formats.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { accordion, factList, pagination, section } from '../../../platform/ui/parts.ts';
import type { LogbookContext } from '../application/context.ts';
import { draftReport } from '../application/draft-report.ts';
import { reportPdf } from '../application/export-lage.ts';
import { changeReport, mayRelease, readReport, readReports, releaseReport, writeReport, type ReportInput } from '../application/reports.ts';
import type { ReadReport, Sections } from '../domain/situation-report.ts';
import type { LageFrame } from './frame.ts';
import { bothTimes, lines } from './log-parts.ts';
import { functionName, SECTION_NAMES } from './names.ts';
import { reportTexts } from './report-texts.ts';
import { fieldOf, NOTHING_TYPED, summaryOf, timeIn, withField, type Typed } from './typed.ts';

const ROWS = 50;

/** Situation reports: drafting, changing, releasing, printing. */
export function reportPages(ctx: LogbookContext, frame: LageFrame): AnyRoute[] {
  return [
    getPage('/lagen/:key/lageberichte', LAGE_ACCESS, (visit) => listPage(ctx, frame, visit)),
    getPage('/lagen/:key/lageberichte/neu', LAGE_ACCESS, (visit) => draftPage(ctx, frame, visit, NOTHING_TYPED)),
    postPage('/lagen/:key/lageberichte/neu', LAGE_ACCESS, (visit) => saved(ctx, frame, visit)),
    getPage('/lagen/:key/lageberichte/:id', LAGE_ACCESS, (visit) => reportPage(ctx, frame, visit, NOTHING_TYPED)),
    postPage('/lagen/:key/lageberichte/:id', LAGE_ACCESS, (visit) => saved(ctx, frame, visit)),
    postPage('/lagen/:key/lageberichte/:id/freigabe', LAGE_ACCESS, (visit) => released(ctx, frame, visit)),
    getPage('/lagen/:key/lageberichte/:id/pdf', LAGE_ACCESS, (visit) => pdf(ctx, visit), { limit: 'costly' }),
  ];
}

const noReport: Problem = { kind: 'not-found', detail: 'Diesen Lagebericht gibt es nicht. Sehen Sie in der Liste der Lageberichte nach.' };
const numberIn = (text: string | null | undefined): number | undefined => (/^[1-9]\d{0,8}$/.test(text ?? '') ? Number(text) : undefined);

const stateOf = ({ release }: ReadReport, lang: Lang): Html =>
  release === null ? badge('neutral', reportTexts(lang).draft) : badge('success', reportTexts(lang).released);

function reportTable(rows: readonly ReadReport[], lang: Lang, caption: string, href: (one: ReadReport) => string): Html {
  const t = reportTexts(lang);
  return dataTable<ReadReport>(
    [
      { label: t.number, numeric: true, cell: ({ number }) => number },
      { label: t.name, rowHeader: true, cell: ({ title }) => html`<span lang="de">${title}</span>` },
      { label: t.version, numeric: true, cell: ({ version }) => version },
      { label: t.asOf, cell: ({ asOf }) => bothTimes(lang, asOf) },
      { label: t.author, cell: (one) => `${one.author}, ${functionName(lang, one.authorFunction)}, ${formatInstant(lang, one.writtenAt)}` },
      { label: t.state, cell: (one) => stateOf(one, lang) },
    ],
    rows,
    { caption, captionHidden: true, lang, empty: t.none, href },
  );
}

async function listPage(ctx: LogbookContext, frame: LageFrame, visit: Visit): Promise<Answer> {
  const read = await readReports(ctx, visit.actor, visit.params['key']!, { limit: ROWS, before: numberIn(visit.query.get('vor')) });
  if (!read.ok) return problemPage(read.problem);
  const { view: entered, reports } = read.value;
  const view = frame(visit, entered);
  const t = reportTexts(view.lang);
  const base = `/lagen/${entered.lage.key}/lageberichte`;
  const next = reports.length < ROWS ? '' : (pagination({ next: `${base}?vor=${reports.at(-1)!.number}` }, view.lang) ?? '');
  const make = entered.rights.has('log') ? buttonRow(linkButton({ label: t.make, href: `${base}/neu`, icon: 'add' })) : '';
  const main = html`${pageTitle(t.title, { lead: t.lead })}${make}${reportTable(reports, view.lang, t.title, ({ id }) => `${base}/${id}`)}${next}`;
  return answerHtml(page(view, { title: t.title, main, wide: true }));
}

function reportForm(action: string, typed: Typed, before: { readonly title: string; readonly sections: Sections; readonly basis?: number }, lang: Lang): Html {
  const t = reportTexts(lang);
  const field = fieldOf(typed, lang);
  const part = (name: ReportSection): Html =>
    textArea({ ...field(name, before.sections[name]), label: SECTION_NAMES[lang][name], required: false, rows: 8, maxLength: 10_000 });
  return form(
    { action, hidden: before.basis === undefined ? {} : { basis: String(before.basis) } },
    html`${textField({ ...field('title', before.title), label: t.name, maxLength: 120 })}
${textField({ ...field('asOf'), label: t.asOf, hint: t.asOfHint, required: false, width: 'm', spellcheck: false })}
${REPORT_SECTIONS.map(part)}${buttonRow(button({ label: before.basis === undefined ? t.saveFirst : t.save }))}`,
  );
}

async function draftPage(ctx: LogbookContext, frame: LageFrame, visit: Visit, typed: Typed): Promise<Answer> {
  const draft = await draftReport(ctx, visit.actor, visit.params['key']!);
  if (!draft.ok) return problemPage(draft.problem);
  const view = frame(visit, draft.value.view);
  const { lang } = view;
  const t = reportTexts(lang);
  const base = `/lagen/${visit.params['key']!}/lageberichte`;
  const main = html`${summaryOf(typed, lang)}${pageTitle(t.make, { lead: t.draftLead })}${reportForm(`${base}/neu`, typed, draft.value, lang)}`;
  const crumbs = [{ label: t.title, href: base }, { label: t.make }];
  const status = typed.problem === undefined ? 200 : problemStatus(typed.problem);
  return answerHtml(page(view, { title: t.make, main, breadcrumb: crumbs, hasErrors: typed.problem !== undefined }), status);
}

function inputOf(fields: URLSearchParams, asOf: Temporal.Instant | undefined): ReportInput {
  const get = (name: string): string => (fields.get(name) ?? '').replaceAll('\r\n', '\n');
  const sections = Object.fromEntries(REPORT_SECTIONS.map((name) => [name, get(name)])) as unknown as Sections;
  return { title: get('title'), asOf, sections, basis: numberIn(get('basis')) ?? 0 };
}

async function saved(ctx: LogbookContext, frame: LageFrame, visit: FormVisit): Promise<Answer> {
  const { fields, actor } = visit;
  const { key, id } = visit.params;
  const again = (problem: Problem): Promise<Answer> =>
    id === undefined ? draftPage(ctx, frame, visit, { fields, problem }) : reportPage(ctx, frame, visit, { fields, problem });
  const time = timeIn(fields, 'asOf', visit.now, reportTexts(visit.lang).timeWrong);
  if (time.problem !== undefined) return again(withField(undefined, time.problem));
  const input = inputOf(fields, time.at);
  if (id !== undefined && parseId(id) === undefined) return problemPage(noReport);
  const done = id === undefined ? await writeReport(ctx, actor, key!, input) : await changeReport(ctx, actor, key!, id, input);
  return done.ok ? redirect(`/lagen/${key}/lageberichte/${done.value.id}`) : again(done.problem);
}

async function released(ctx: LogbookContext, frame: LageFrame, visit: FormVisit): Promise<Answer> {
  const { key, id } = visit.params;
  if (parseId(id!) === undefined) return problemPage(noReport);
  const done = await releaseReport(ctx, visit.actor, key!, id!, numberIn(visit.fields.get('version')) ?? 0);
  return done.ok ? redirect(`/lagen/${key}/lageberichte/${id}`) : reportPage(ctx, frame, visit, { fields: new URLSearchParams(), problem: done.problem });
}

async function reportPage(ctx: LogbookContext, frame: LageFrame, visit: Visit, typed: Typed): Promise<Answer> {
  const { key, id } = visit.params;
  if (parseId(id!) === undefined) return problemPage(noReport);
  const read = await readReport(ctx, visit.actor, key!, id!);
  if (!read.ok) return problemPage(read.problem);
  const { view: entered, versions } = read.value;
  const view = frame(visit, entered);
  const { lang } = view;
  const t = reportTexts(lang);
  const base = `/lagen/${key}/lageberichte`;
  const asked = numberIn(visit.query.get('fassung'));
  const report = versions.find(({ version }) => version === asked) ?? versions[0]!;
  const newest = report === versions[0];
  const conflict = typed.problem?.kind === 'conflict' && typed.fields.has('title');
  // after a conflict the form is based on what holds now: whoever saves has seen both
  const basis = versions[0]!.version;
  const change =
    entered.rights.has('log') && newest
      ? accordion(t.change, reportForm(`${base}/${id}`, typed, { ...report, basis }, lang), { open: typed.fields.has('title') })
      : '';
  const releases = newest && report.release === null && mayRelease(entered);
  const main = html`${summaryOf(typed, lang)}${pageTitle(report.title, { badge: stateOf(report, lang) })}${conflict ? alert('warning', t.theirs, t.theirsText) : ''}
${reportWords(report, lang)}
${buttonRow(linkButton({ label: t.pdf, href: `${base}/${id}/pdf?fassung=${report.version}`, kind: 'secondary', icon: 'download' }), releases ? buttonForm(`${base}/${id}/freigabe`, { label: t.release }, { version: String(report.version) }) : undefined)}
${change}${section(
    t.versions,
    reportTable(versions, lang, t.versions, ({ version }) => `${base}/${id}?fassung=${version}`),
  )}`;
  const crumbs = [{ label: t.title, href: base }, { label: report.title }];
  const status = typed.problem === undefined ? 200 : problemStatus(typed.problem);
  return answerHtml(page(view, { title: report.title, main, wide: true, breadcrumb: crumbs, hasErrors: typed.problem !== undefined }), status);
}

function reportWords(report: ReadReport, lang: Lang): Html {
  const t = reportTexts(lang);
  const { release } = report;
  const facts = factList([
    { label: t.asOf, value: bothTimes(lang, report.asOf) },
    { label: t.version, value: String(report.version) },
    { label: t.author, value: `${report.author}, ${functionName(lang, report.authorFunction)}` },
    {
      label: t.state,
      value: release === null ? t.draft : t.releasedBy(`${release.by}, ${functionName(lang, release.byFunction)}`, formatInstant(lang, release.at)),
    },
  ]);
  const part = (name: ReportSection): Html =>
    section(SECTION_NAMES[lang][name], html`<p class="kern-body" lang="de">${report.sections[name] === '' ? t.empty : lines(report.sections[name])}</p>`);
  return html`${facts}${REPORT_SECTIONS.map(part)}`;
}

async function pdf(ctx: LogbookContext, visit: Visit): Promise<Answer> {
  const { key, id } = visit.params;
  if (parseId(id!) === undefined) return problemPage(noReport);
  const file = await reportPdf(ctx, visit.actor, key!, id!, numberIn(visit.query.get('fassung')));
  return file.ok
    ? { kind: 'file', fileName: file.value.name, mediaType: file.value.mediaType, bytes: file.value.bytes, inline: true }
    : problemPage(file.problem);
}
