import { alert } from '../../../platform/ui/alert.ts';
import { dataTable } from '../../../platform/ui/components.ts';
import { buttonForm, buttonRow, linkButton } from '../../../platform/ui/form-frame.ts';
import { formatInstant, formatNumber } from '../../../platform/ui/formats.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { factList, progressBar, section } from '../../../platform/ui/parts.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import type { Grid } from '../application/grids.ts';
import { COLLECTIONS } from '../application/places.ts';
import type { RunMember, WholeRun } from '../application/runs.ts';
import type { Facility } from '../domain/affected.ts';
import type { FloodLayer } from '../domain/layer.ts';
import type { Run, RunSummary } from '../domain/summary.ts';
import { statusBadge, unknownNote } from './flood-page.ts';
import { countText, facilityTable, floodPicture, legendList } from './parts.ts';
import { floodTexts } from './texts.ts';

export interface RunPageParts {
  readonly whole: WholeRun;
  readonly grid: Grid;
  readonly layers: readonly FloodLayer[];
  readonly facilities: readonly Facility[];
  readonly now: Temporal.Instant;
}

/** A run: how far it is, and what it says, with what it was calculated. */
export function runPage(view: PageView, { whole, grid, layers, facilities, now }: RunPageParts): Html {
  const { lang } = view;
  const t = floodTexts(lang);
  const { run, members } = whole;
  const { lage, rights } = whole.view;
  const base = `/lagen/${lage.key}/flut`;
  const at = `${base}/rechnungen/${run.id}`;
  const open = run.status === 'waiting' || run.status === 'running';
  const buttons = buttonRow(
    open ? linkButton({ label: t.reload, href: at }) : undefined,
    open && rights.has('assess') ? buttonForm(`${at}/abbrechen`, { label: t.cancel, kind: 'tertiary' }) : undefined,
  );
  const main = html`${pageTitle(run.title)}
${alert('warning', t.model, t.modelText)}${grid.demo ? alert('info', t.synthetic, t.syntheticText) : ''}
${open ? progressBar(t.progress, run.progress, 100) : ''}
${factList([
  // what went wrong is said in German, as every refusal is
  { label: t.status, value: statusBadge(run.status, lang), ...(run.status === 'failed' ? { note: run.message } : {}) },
  { label: t.modelField, value: t[run.model] },
  { label: t.ordered, value: formatInstant(lang, run.createdAt), note: run.ownerName },
  ...(run.finishedAt === null
    ? []
    : [
        {
          label: t.finished,
          value: formatInstant(lang, run.finishedAt),
          note: t.age(formatNumber(lang, Math.floor(run.finishedAt.until(now).total('minutes')))),
        },
      ]),
])}
${buttons}
${run.summary === null ? '' : resultParts({ run, summary: run.summary, grid, layers, facilities, at, lang })}
${members.length === 0 ? '' : section(t.members, memberTable(members, grid, lang))}
${section(t.provenance, provenance(run, grid, lang))}`;
  return page(view, {
    title: run.title,
    main,
    wide: true,
    breadcrumb: [{ label: lage.title, href: `/lagen/${lage.key}` }, { label: t.title, href: base }, { label: run.title }],
  });
}

interface ResultParts {
  readonly run: Run;
  readonly summary: RunSummary;
  readonly grid: Grid;
  readonly layers: readonly FloodLayer[];
  readonly facilities: readonly Facility[];
  readonly at: string;
  readonly lang: Lang;
}

function resultParts({ run, summary, grid, layers, facilities, at, lang }: ResultParts): Html {
  const t = floodTexts(lang);
  const { least, median, worst } = summary.floodedSquareKilometres;
  const area = (value: number): string => `${formatNumber(lang, value, 2)} km²`;
  const open = [...Object.keys(run.input.gates), ...run.input.breaches.map(({ structureId }) => structureId)];
  const pictures = layers.map(({ id, url, legend }) =>
    section(
      t[id],
      html`${floodPicture({ url, what: t[id], where: grid.name, frame: summary.frame, structures: grid.structures, open }, lang)}${legendList(id, legend, lang)}`,
    ),
  );
  const files = [
    ...layers.map(({ id }) => ({ label: `${t[id]} (GeoJSON)`, href: `${at}/${id}.geojson` })),
    ...layers.map(({ id }) => ({ label: `${t[id]} (PNG)`, href: `${at}/${id}.png` })),
    { label: `${t.facilities} (CSV)`, href: `${at}/einrichtungen.csv` },
  ];
  return html`${factList([
    { label: t.people, value: countText(summary.people, COLLECTIONS.people, summary.unknown, lang), note: t.planned },
    { label: t.buildings, value: countText(summary.buildings, COLLECTIONS.building, summary.unknown, lang) },
    { label: t.facilities, value: countText(summary.facilities, COLLECTIONS.facility, summary.unknown, lang) },
    { label: t.area, value: area(median), ...(run.members > 1 ? { note: `${t.band}: ${area(least)} – ${area(worst)}` } : {}) },
    { label: t.deepest, value: `${formatNumber(lang, summary.deepestMetres, 2)} m` },
  ])}${unknownNote(summary.unknown, lang)}
${section(t.facilities, facilityTable(facilities, true, lang))}
${pictures}
${section(t.downloads, html`<ul class="kern-list">${files.map(({ label, href }) => html`<li><a class="kern-link" href="${href}">${label}</a></li>`)}</ul>`)}`;
}

function memberTable(members: readonly RunMember[], grid: Grid, lang: Lang): Html {
  const t = floodTexts(lang);
  const nameOf = (id: string): string => grid.structures.find((one) => one.id === id)?.name ?? id;
  return dataTable<RunMember>(
    [
      { label: t.member, rowHeader: true, cell: ({ number }) => String(number) },
      { label: t.peak, numeric: true, cell: ({ peakMetres }) => `${formatNumber(lang, peakMetres, 2)} ${t.metresUnit}` },
      { label: t.broken, cell: ({ breaches }) => (breaches.length === 0 ? t.none : breaches.map(({ structureId }) => nameOf(structureId)).join(', ')) },
      { label: t.area, numeric: true, cell: ({ facts }) => `${formatNumber(lang, facts.floodedSquareKilometres, 2)} km²` },
      { label: t.deepest, numeric: true, cell: ({ facts }) => `${formatNumber(lang, facts.deepestMetres, 2)} m` },
    ],
    members,
    { caption: t.members, captionHidden: true, lang, dense: true },
  );
}

function provenance({ model, version, input, inputHash, summary }: Run, grid: Grid, lang: Lang): Html {
  const t = floodTexts(lang);
  const metres = (value: number): string => `${formatNumber(lang, value, 2)} ${t.metresUnit}`;
  const hours = (value: number): string => `${formatNumber(lang, value, 1)} ${t.hoursUnit}`;
  return factList([
    { label: t.modelField, value: t[model], note: `${t.version} ${version}` },
    { label: t.grid, value: grid.name, note: grid.source },
    ...(summary === null
      ? []
      : [
          {
            label: t.cell,
            value: `${formatNumber(lang, summary.frame.cellMetres, 1)} m`,
            ...(summary.coarsening > 1 ? { note: t.coarser(summary.coarsening) } : {}),
          },
        ]),
    { label: t.peaks, value: input.peaksMetres.map(metres).join('; ') },
    { label: t.startLevel, value: metres(input.startMetres) },
    { label: t.peakAfter, value: hours(input.peakAfterHours) },
    { label: t.hours, value: hours(input.hours) },
    { label: t.roughness, value: formatNumber(lang, input.roughness, 3) },
    ...(summary === null ? [] : [{ label: t.massError, value: summary.massError.toExponential(0) }]),
    { label: t.hash, value: html`<code class="k-code">${inputHash}</code>` },
    { label: t.gridHash, value: html`<code class="k-code">${grid.sha256}</code>` },
  ]);
}
