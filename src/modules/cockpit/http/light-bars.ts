import { badge } from '../../../platform/ui/alert.ts';
import { foldedTable } from '../../../platform/ui/chart.ts';
import { formatNumber } from '../../../platform/ui/formats.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { icon } from '../../../platform/ui/icons.ts';
import { LIGHT_WORDS } from '../application/reason-words.ts';
import { model } from '../application/model.ts';
import type { LightCounts } from '../domain/status.ts';
import { BADGES } from './parts.ts';

const ORDER = [...model.LIGHTS, 'none'] as const;
type AnyLight = (typeof ORDER)[number];

const SIGNS = { success: 'success', warning: 'warning', danger: 'danger', info: 'info', neutral: 'ring' } as const;
const signOf = (light: AnyLight): Html => icon(SIGNS[BADGES[light]], { size: 'small' });

export interface LightRow {
  readonly label: string;
  readonly counts: LightCounts;
}

export interface LightBars {
  readonly title: string;
  readonly source: string;
  /** What the rows are; a period where nothing is said. */
  readonly head?: string;
  readonly rows: readonly LightRow[];
  readonly lang: Lang;
}

/** Below this share of the width a sign would leave its part. */
const ROOM_FOR_SIGN = 0.085;

/** One bar a row, made of its lights: in the order, the colours and with the signs of the badges. Counts stand beside as text, so that nothing hangs on colour or size. */
export function lightBars({ title, source, head, rows, lang }: LightBars): Html {
  const all = ({ counts }: LightRow): number => ORDER.reduce((sum, light) => sum + counts[light], 0);
  const most = Math.max(1, ...rows.map(all));
  const lines = rows.map(
    (row) => html`<div class="k-lights__row"><dt>${row.label}</dt><dd>${bar(row, most)}<ul class="k-lights__counts">${counted(row, lang)}</ul></dd></div>`,
  );
  const table = foldedTable({
    title,
    source,
    labels: rows.map(({ label }) => label),
    ...(head === undefined ? {} : { head }),
    series: ORDER.map((light) => ({ name: LIGHT_WORDS[light][lang], values: rows.map(({ counts }) => counts[light]) })),
    format: (value) => formatNumber(lang, value),
    lang,
  });
  return html`<figure class="k-chart"><figcaption class="kern-label">${title}</figcaption>
<ul class="k-chart__legend">${ORDER.map((light) => html`<li>${badge(BADGES[light], LIGHT_WORDS[light][lang])}</li>`)}</ul>
<dl class="k-lights">${lines}</dl><p class="kern-hint">${source}</p>${table}</figure>`;
}

function bar({ counts }: LightRow, most: number): Html {
  let at = 0;
  const parts = ORDER.filter((light) => counts[light] > 0).map((light) => {
    const [from, wide] = [at, counts[light] / most];
    at += wide;
    const sign = wide < ROOM_FOR_SIGN ? '' : html`<svg x="${percent(from)}" y="4" width="28" height="20">${signOf(light)}</svg>`;
    return html`<g class="k-lights__part k-lights__part--${light}"><rect x="${percent(from)}" y="1" width="${percent(wide)}" height="26"/>${sign}</g>`;
  });
  return html`<svg class="k-lights__bar" aria-hidden="true" focusable="false">${parts}</svg>`;
}

const percent = (share: number): string => `${(share * 100).toFixed(2)}%`;

const counted = ({ counts }: LightRow, lang: Lang): Html[] =>
  ORDER.filter((light) => counts[light] > 0).map(
    (light) =>
      html`<li class="k-lights__part--${light}">${signOf(light)}${formatNumber(lang, counts[light])} <span class="kern-sr-only">${LIGHT_WORDS[light][lang]}</span></li>`,
  );
