import type { Problem } from '../../../kernel/problem.ts';
import type { Result } from '../../../kernel/result.ts';
import { csv } from '../../../platform/http/csv.ts';
import { getPage, html as answerHtml, problemPage, type AnyRoute, type Answer, type Visit } from '../../../platform/http/route.ts';
import { dataTable } from '../../../platform/ui/components.ts';
import { buttonRow, linkButton } from '../../../platform/ui/form-frame.ts';
import { formatShortDate } from '../../../platform/ui/formats.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { factList, progressBar, section } from '../../../platform/ui/parts.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import type { ContributionsContext } from '../application/context.ts';
import { participationForStaff } from '../application/desk.ts';
import { allPublished, evaluation, exportRows, featureOf, reportPdf, type Evaluated, type ExportRow } from '../application/evaluate.ts';
import type { Contribution } from '../domain/contribution.ts';
import type { Count, Evaluation } from '../domain/evaluation.ts';
import { DESK_PATH } from './desk-pages.ts';
import { deskTexts } from './desk-texts.ts';
import { OFFICERS, type Frame } from './frame.ts';

const PATH = `${DESK_PATH}/:key/auswertung`;

/** What has come of a participation, in counts, and as files to take along. */
export function evaluationPages(ctx: ContributionsContext, frame: Frame): AnyRoute[] {
  return [
    getPage(PATH, OFFICERS, async (visit) => {
      const found = await evaluation(ctx, visit.actor, visit.params['key']!);
      return found.ok ? answerHtml(evaluationPage(frame(visit), found.value)) : problemPage(found.problem);
    }),
    getPage(`${PATH}/tabelle.csv`, OFFICERS, async (visit) => {
      const rows = await exportRows(ctx, visit.actor, visit.params['key']!);
      return file(visit, rows.ok ? { ok: true, value: csv(tableOf(rows.value)) } : rows, 'text/csv; charset=utf-8', 'csv');
    }),
    getPage(`${PATH}/karte.geojson`, OFFICERS, async (visit) => {
      const found = await participationForStaff(ctx, visit.actor, visit.params['key']!);
      if (!found.ok) return problemPage(found.problem);
      const features = (await allPublished(ctx, found.value)).map((one) => featureOf(one, found.value));
      return file(visit, { ok: true, value: Buffer.from(JSON.stringify({ type: 'FeatureCollection', features })) }, 'application/geo+json', 'geojson');
    }),
    getPage(`${PATH}/bericht.pdf`, OFFICERS, async (visit) => file(visit, await reportPdf(ctx, visit.actor, visit.params['key']!), 'application/pdf', 'pdf')),
  ];
}

const file = ({ params }: Visit, made: Result<Uint8Array, Problem>, mediaType: string, ending: string): Answer =>
  made.ok ? { kind: 'file', bytes: made.value, mediaType, fileName: `beteiligung-${params['key']!}.${ending}` } : problemPage(made.problem);

const HEAD = ['Nummer', 'Kategorie', 'Titel', 'Text', 'Bezirk', 'Länge', 'Breite', 'Unterstützungen', 'Kommentare', 'Eingegangen am', 'Antwort'];

function tableOf(rows: readonly ExportRow[]): string[][] {
  const shown = (value: string | number | null): string => (value === null ? '' : String(value));
  return [HEAD, ...rows.map((row) => Object.values(row).map((value: string | number | null) => shown(value)))];
}

function evaluationPage(view: PageView, { participation, evaluation: counts, mostSupported }: Evaluated): Html {
  const { lang } = view;
  const t = deskTexts(lang);
  const base = `${DESK_PATH}/${participation.key}/auswertung`;
  const downloads = buttonRow(
    linkButton({ label: 'PDF', href: `${base}/bericht.pdf`, context: t.download }),
    linkButton({ label: 'CSV', href: `${base}/tabelle.csv`, kind: 'secondary', context: t.download }),
    linkButton({ label: 'GeoJSON', href: `${base}/karte.geojson`, kind: 'secondary', context: t.download }),
  );
  const main = html`${pageTitle(t.evaluation, { preline: participation.title, lead: t.evaluationLead })}${downloads}
${factList([
  { label: t.contributions, value: String(counts.total.contributions) },
  { label: t.support, value: String(counts.total.support) },
  { label: t.comments, value: String(counts.total.comments) },
  { label: t.answered, value: String(counts.total.answered) },
  { label: t.open, value: String(counts.states.waiting) },
  { label: t.hidden, value: String(counts.states.hidden) },
  { label: t.merged, value: String(counts.states.merged) },
  { label: t.deleted, value: String(counts.states.deleted) },
])}
${section(t.byCategory, countTable(counts.categories, t.byCategory, t.category, lang))}
${section(t.byDistrict, countTable(counts.districts, t.byDistrict, t.ofDistrict, lang))}
${section(t.mostSupported, supportedTable(mostSupported, participation.key, lang))}
${section(t.course, courseTable(counts.days, lang))}`;
  return page(view, {
    title: t.evaluation,
    main,
    wide: true,
    breadcrumb: [{ label: t.title, href: DESK_PATH }, { label: participation.title, href: `${DESK_PATH}/${participation.key}` }, { label: t.evaluation }],
  });
}

function countTable(rows: readonly Count[], caption: string, head: string, lang: Lang): Html {
  const t = deskTexts(lang);
  return dataTable<Count>(
    [
      { label: head, rowHeader: true, cell: ({ name }) => name },
      { label: t.contributions, numeric: true, cell: ({ contributions }) => contributions },
      { label: t.support, numeric: true, cell: ({ support }) => support },
      { label: t.comments, numeric: true, cell: ({ comments }) => comments },
    ],
    rows,
    { caption, captionHidden: true, lang },
  );
}

function supportedTable(rows: readonly Contribution[], key: string, lang: Lang): Html {
  const t = deskTexts(lang);
  return dataTable<Contribution>(
    [
      { label: t.number, cell: ({ number }) => number },
      { label: t.fieldTitle, rowHeader: true, cell: ({ title }) => html`<span lang="de">${title}</span>` },
      { label: t.support, numeric: true, cell: ({ support }) => support },
      { label: t.comments, numeric: true, cell: ({ comments }) => comments },
    ],
    rows,
    { caption: t.mostSupported, captionHidden: true, lang, href: ({ number }) => `/beteiligung/${key}/beitrag/${number}` },
  );
}

/** Bars beside their figures; days without any contribution stay out of the table, not out of the counting. */
function courseTable(days: Evaluation['days'], lang: Lang): Html {
  const t = deskTexts(lang);
  const most = Math.max(1, ...days.map(({ contributions }) => contributions));
  return dataTable<Evaluation['days'][number]>(
    [
      { label: t.day, rowHeader: true, cell: ({ day }) => formatShortDate(lang, day) },
      { label: t.contributions, cell: ({ day, contributions }) => progressBar(formatShortDate(lang, day), contributions, most, String(contributions)) },
    ],
    days.filter(({ contributions }) => contributions > 0),
    { caption: t.course, captionHidden: true, lang, dense: true },
  );
}
