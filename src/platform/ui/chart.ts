import { dataTable } from './components.ts';
import { defineTexts, html, type Html, type Lang } from './html.ts';
import { accordion } from './parts.ts';

/** One line or one row of bars. `undefined`: not known, drawn as a gap and told as such in the table, never as 0. */
export interface ChartSeries {
  readonly name: string;
  readonly values: readonly (number | undefined)[];
  /** Expected, not measured: dashed. */
  readonly expected?: boolean;
}

export interface Chart {
  readonly title: string;
  /** Where the figures come from and when they were true, as one sentence. */
  readonly source: string;
  /** Labels of the places along the lower edge, as many as each series has values. */
  readonly labels: readonly string[];
  /** What the labels are, as head of the table's first column; a period where nothing is said. */
  readonly head?: string;
  /** Whole names for the table, where the labels are cut to fit below the axis. */
  readonly names?: readonly string[];
  /** At most four: more cannot be told apart. */
  readonly series: readonly ChartSeries[];
  /** Between what the expected values lie, per label. */
  readonly band?: readonly ({ readonly low: number; readonly high: number } | undefined)[];
  /** A line across, e.g. a target. */
  readonly mark?: { readonly value: number; readonly label: string };
  /** A value as people read it. */
  readonly format: (value: number) => string;
  readonly lang: Lang;
}

const texts = defineTexts({
  de: { table: 'Dieselben Zahlen als Tabelle', of: 'Zeitraum', unknown: 'nicht bekannt', range: 'Spanne', nothing: 'Es gibt noch keine Zahlen.' },
  en: { table: 'The same figures as a table', of: 'Period', unknown: 'not known', range: 'Range', nothing: 'There are no figures yet.' },
  leicht: { table: 'Die Zahlen als Tabelle', of: 'Zeit', unknown: 'wissen wir nicht', range: 'von bis', nothing: 'Es gibt noch keine Zahlen.' },
});

const WIDTH = 720;
const HEIGHT = 240;
const EDGE = { left: 64, right: 12, top: 14, bottom: 28 };
const MOST_LABELS = 8;

interface Scale {
  readonly x: (index: number) => number;
  readonly y: (value: number) => number;
  readonly low: number;
  readonly high: number;
}

/** Lines with title, source and the same figures as a table; readable without colours. */
export function lineChart(chart: Chart): Html {
  return figure(chart, (scale) => html`${band(chart, scale)}${chart.series.map((one, index) => line(one, index, scale))}`, false);
}

/** Bars beside each other, from zero. */
export function barChart(chart: Chart): Html {
  const slot = (WIDTH - EDGE.left - EDGE.right) / Math.max(1, chart.labels.length);
  const wide = (slot * 0.7) / Math.max(1, chart.series.length);
  return figure(
    chart,
    ({ y }) =>
      html`${chart.series.map((one, row) =>
        one.values.map((value, index) => {
          if (value === undefined) return '';
          const [from, to] = [y(0), y(value)].sort((a, b) => a - b);
          return html`<rect class="k-chart__bar k-chart__bar--${row}" x="${px(EDGE.left + slot * index + slot * 0.15 + wide * row)}" y="${px(from!)}" width="${px(wide)}" height="${px(to! - from!)}"/>`;
        }),
      )}`,
    true,
  );
}

function figure(chart: Chart, drawing: (scale: Scale) => Html, bars: boolean): Html {
  const { title, source, lang } = chart;
  const scale = scaleOf(chart, bars);
  const picture =
    scale === undefined
      ? html`<p class="kern-body">${texts(lang).nothing}</p>`
      : html`<svg class="k-chart__picture" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${title}">${axes(chart, scale)}${drawing(scale)}${mark(chart, scale)}</svg>${legend(chart)}`;
  return html`<figure class="k-chart"><figcaption class="kern-label">${title}</figcaption>${picture}<p class="kern-hint">${source}</p>${scale === undefined ? '' : foldedTable(chart)}</figure>`;
}

/** The figures of a chart as a table that is opened where it is wanted. */
export const foldedTable = (chart: Chart): Html => accordion(texts(chart.lang).table, chartTable(chart));

/** The figures of a chart as a table. */
export function chartTable({ title, head, labels, names = labels, series, band: between, format, lang }: Chart): Html {
  const t = texts(lang);
  const ranges = between?.some((one) => one !== undefined) ?? false;
  return dataTable(
    [
      { label: head ?? t.of, rowHeader: true, cell: (index: number) => names[index]! },
      ...series.map(({ name, values }) => ({
        label: name,
        numeric: true as const,
        cell: (index: number) => (values[index] === undefined ? t.unknown : format(values[index])),
      })),
      ...(ranges
        ? [
            {
              label: t.range,
              cell: (index: number) => (between?.[index] === undefined ? '' : `${format(between[index].low)} – ${format(between[index].high)}`),
            },
          ]
        : []),
    ],
    labels.map((_, index) => index),
    { caption: title, captionHidden: true, lang, dense: true },
  );
}

function scaleOf({ labels, series, band: between, mark: line }: Chart, bars: boolean): Scale | undefined {
  const values = series.flatMap((one) => one.values.filter((value) => value !== undefined));
  if (values.length === 0) return undefined;
  const all = [...values, ...(between ?? []).flatMap((one) => (one === undefined ? [] : [one.low, one.high])), ...(line === undefined ? [] : [line.value])];
  const low = Math.min(0, ...all);
  // nothing but zeros: they lie on the axis, below a top that is one
  const top = Math.max(...all);
  const high = top > low ? top : low + 1;
  const [inner, count] = [WIDTH - EDGE.left - EDGE.right, labels.length];
  return {
    low,
    high,
    x: (index) => EDGE.left + (bars ? (inner * (index + 0.5)) / count : count < 2 ? inner / 2 : (inner * index) / (count - 1)),
    y: (value) => HEIGHT - EDGE.bottom - ((value - low) / (high - low)) * (HEIGHT - EDGE.top - EDGE.bottom),
  };
}

const px = (value: number): string => value.toFixed(1);
const words = (x: number, y: number, anchor: 'start' | 'middle' | 'end', text: string): Html =>
  html`<text class="k-chart__label" x="${px(x)}" y="${px(y)}" text-anchor="${anchor}">${text}</text>`;

function axes({ labels, format }: Chart, { x, y, low, high }: Scale): Html {
  // a label at the right edge would leave the picture
  const anchorOf = (index: number): 'middle' | 'end' => (x(index) > WIDTH - EDGE.right - 20 ? 'end' : 'middle');
  // between values so near each other that they are written alike, a third mark would say nothing
  const middle = (low + high) / 2;
  const steps = [format(low), format(high)].includes(format(middle)) ? [low, high] : [low, middle, high];
  const every = Math.ceil(labels.length / MOST_LABELS);
  return html`<path class="k-chart__axis" d="M${EDGE.left} ${EDGE.top}V${HEIGHT - EDGE.bottom}H${WIDTH - EDGE.right}"/>${steps.map((value) => html`<path class="k-chart__grid" d="M${EDGE.left} ${px(y(value))}H${WIDTH - EDGE.right}"/>${words(EDGE.left - 6, y(value) + 4, 'end', format(value))}`)}${labels.map((label, index) => (index % every === 0 ? words(x(index), HEIGHT - 8, anchorOf(index), label) : ''))}`;
}

function line({ values, expected }: ChartSeries, row: number, { x, y }: Scale): Html {
  // a gap stays a gap
  let open = false;
  const path = values
    .map((value, index) => {
      if (value === undefined) return ((open = false), '');
      const step = `${open ? 'L' : 'M'}${px(x(index))} ${px(y(value))}`;
      open = true;
      return step;
    })
    .join('');
  const dots = values.map((value, index) =>
    value === undefined ? '' : html`<circle class="k-chart__dot k-chart__dot--${row}" cx="${px(x(index))}" cy="${px(y(value))}" r="2.5"/>`,
  );
  return html`<path class="k-chart__line k-chart__line--${row}${expected === true ? ' k-chart__line--expected' : ''}" d="${path}"/>${dots}`;
}

function band({ band: between }: Chart, { x, y }: Scale): Html | string {
  const known = (between ?? []).flatMap((one, index) => (one === undefined ? [] : [{ ...one, index }]));
  if (known.length < 2) return '';
  const upper = known.map(({ high, index }, at) => `${at === 0 ? 'M' : 'L'}${px(x(index))} ${px(y(high))}`);
  const lower = known.toReversed().map(({ low, index }) => `L${px(x(index))} ${px(y(low))}`);
  return html`<path class="k-chart__band" d="${upper.join('')}${lower.join('')}Z"/>`;
}

function mark({ mark: one }: Chart, { y }: Scale): Html | string {
  return one === undefined
    ? ''
    : html`<path class="k-chart__mark" d="M${EDGE.left} ${px(y(one.value))}H${WIDTH - EDGE.right}"/>${words(WIDTH - EDGE.right, y(one.value) - 4, 'end', one.label)}`;
}

function legend({ series }: Chart): Html | string {
  if (series.length < 2) return '';
  return html`<ul class="k-chart__legend">${series.map(({ name }, row) => html`<li><svg viewBox="0 0 24 8" aria-hidden="true"><path class="k-chart__line k-chart__line--${row}" d="M0 4H24"/></svg>${name}</li>`)}</ul>`;
}
