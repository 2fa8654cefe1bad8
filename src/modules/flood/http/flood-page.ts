import { alert, badge } from '../../../platform/ui/alert.ts';
import { dataTable } from '../../../platform/ui/components.ts';
import { formatInstant, formatNumber } from '../../../platform/ui/formats.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { factList, pagination, section } from '../../../platform/ui/parts.ts';
import type { Problem } from '../../../kernel/problem.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import type { Grid } from '../application/grids.ts';
import { COLLECTIONS } from '../application/places.ts';
import { legendOf } from '../application/results.ts';
import type { RunPage } from '../application/runs.ts';
import type { WhatIfAnswer } from '../application/what-if.ts';
import type { Run, RunStatus } from '../domain/summary.ts';
import { gridForm, runForm, whatIfForm, type Typed } from './forms.ts';
import { countText, facilityTable, floodPicture, legendList } from './parts.ts';
import { floodTexts } from './texts.ts';

export interface FloodPage {
  readonly entered: RunPage['view'];
  readonly grids: readonly Grid[];
  /** The one that is looked at. */
  readonly grid: Grid | undefined;
  readonly query: URLSearchParams;
  readonly answer: WhatIfAnswer | undefined;
  readonly problem: Problem | undefined;
  readonly runs: readonly Run[];
  readonly next: string | undefined;
  readonly typed: Typed | undefined;
}

const SHOWN_FACILITIES = 50;

/** The instant question, the runs of a Lage, and the forms that order one and bring a ground. */
export function floodPage(view: PageView, of: FloodPage): Html {
  const { lang } = view;
  const t = floodTexts(lang);
  const { lage, rights } = of.entered;
  const base = `/lagen/${lage.key}/flut`;
  const { grid, grids, typed } = of;
  const asked =
    grid === undefined
      ? alert('info', t.noGrids, t.noGridsText)
      : html`<p class="kern-body">${t.whatIfText}</p>${whatIfForm(base, grids, grid, of.query, of.problem, lang)}${of.answer === undefined ? '' : answerPart(of.answer, base, of.query, lang)}`;
  const more = of.next === undefined ? '' : pagination({ next: `${base}?nach=${of.next}` }, lang);
  const main = html`${pageTitle(t.title, { lead: t.lead })}
${alert('warning', t.model, t.modelText)}
${section(t.whatIf, asked)}
${section(t.runs, html`<p class="kern-body">${t.runsText}</p>${runTable(of.runs, base, lang)}${more}${grid !== undefined && rights.has('assess') ? runForm(base, grids, grid, typed, lang) : ''}`)}
${rights.has('feeds') ? gridForm(base, typed, lang) : ''}`;
  return page(view, { title: t.title, main, wide: true, hasErrors: typed !== undefined || of.problem !== undefined });
}

/** Words for what collections did not tell. */
export const unknownNote = (unknown: readonly string[], lang: Lang): Html | '' =>
  unknown.length === 0 ? '' : html`<p class="kern-body">${floodTexts(lang).unknown(unknown.join(', '))}</p>`;

function answerPart(answer: WhatIfAnswer, base: string, query: URLSearchParams, lang: Lang): Html {
  const t = floodTexts(lang);
  const { grid, affected } = answer;
  const asked = new URLSearchParams([['gitter', grid.id], ['pegel', query.get('pegel') ?? ''], ...query.getAll('offen').map((id) => ['offen', id])]);
  return html`${grid.demo ? alert('info', t.synthetic, t.syntheticText) : ''}
${floodPicture({ url: `${base}/bild.png?${asked}`, what: t.depth, where: grid.name, frame: grid, structures: grid.structures, open: query.getAll('offen') }, lang)}
${legendList('depth', legendOf('depth'), lang)}
${factList([
  { label: t.area, value: `${formatNumber(lang, answer.floodedSquareKilometres, 2)} km²` },
  { label: t.deepest, value: `${formatNumber(lang, answer.deepestMetres, 2)} m` },
  { label: t.people, value: countText(affected.people, COLLECTIONS.people, affected.unknown, lang) },
  { label: t.buildings, value: countText(affected.buildings, COLLECTIONS.building, affected.unknown, lang) },
  {
    label: t.grid,
    value: grid.name,
    note: `${grid.source}; ${formatNumber(lang, grid.columns * grid.rows)} × ${formatNumber(lang, grid.cellMetres, 1)} m; ${formatInstant(lang, grid.madeAt)}`,
  },
  { label: t.version, value: 'Spill level 1.0', note: t.took(formatNumber(lang, answer.tookMs)) },
])}${unknownNote(affected.unknown, lang)}
${section(t.facilities, facilityTable(affected.facilities.slice(0, SHOWN_FACILITIES), false, lang))}`;
}

const KIND: Readonly<Record<RunStatus, 'info' | 'success' | 'danger' | 'neutral'>> = {
  waiting: 'info',
  running: 'info',
  done: 'success',
  failed: 'danger',
  cancelled: 'neutral',
};

export const statusBadge = (status: RunStatus, lang: Lang): Html => badge(KIND[status], floodTexts(lang)[status]);

function runTable(runs: readonly Run[], base: string, lang: Lang): Html {
  const t = floodTexts(lang);
  return dataTable<Run>(
    [
      { label: t.run, rowHeader: true, cell: ({ title }) => title },
      { label: t.status, cell: ({ status }) => statusBadge(status, lang) },
      { label: t.progress, numeric: true, cell: ({ progress }) => `${progress} %` },
      { label: t.modelField, minor: true, cell: ({ model }) => t[model] },
      { label: t.people, numeric: true, cell: ({ summary }) => (summary === null ? '–' : formatNumber(lang, summary.people)) },
      { label: t.ordered, cell: ({ createdAt, ownerName }) => html`${formatInstant(lang, createdAt)}, <span lang="de">${ownerName}</span>` },
    ],
    runs,
    { caption: t.runs, captionHidden: true, lang, empty: t.noRuns, href: ({ id }) => `${base}/rechnungen/${id}` },
  );
}
