import { drawing, rect, words } from './report-chart.ts';

export interface LineChart {
  /** Short names of the months. */
  readonly labels: readonly string[];
  /** `undefined`: a gap, shaded where nothing is expected either. */
  readonly measured: readonly (number | undefined)[];
  readonly expected: readonly ({ readonly low: number; readonly mid: number; readonly high: number } | undefined)[];
  readonly target: { readonly value: number; readonly label: string } | undefined;
  readonly format: (value: number) => string;
}

const [WIDTH, HEIGHT] = [420, 230];
const EDGE = { left: 74, right: 22, top: 18, bottom: 26 };
const [DARK, BAND, GAP, GRID, TARGET] = ['#1f5f8b', '#cfe0ec', '#e6e8ec', '#c9ced6', '#3d7a54'];
const MOST_LABELS = 6;

interface Scale {
  readonly low: number;
  readonly high: number;
  readonly x: (index: number) => number;
  readonly y: (value: number) => number;
}

/** A line through what was measured, broken where nothing is known, and a dashed one with its band through what is expected. */
export function historyLine(chart: LineChart): string {
  const scale = scaleOf(chart);
  const parts = [gaps(chart, scale), grid(chart, scale), band(chart, scale), aim(chart, scale), lines(chart, scale), months(chart, scale)];
  return drawing(WIDTH, HEIGHT, parts.join(''));
}

function scaleOf({ labels, measured, expected, target }: LineChart): Scale {
  const between = expected.flatMap((one) => (one === undefined ? [] : [one.low, one.high]));
  const values = [...measured, ...between, target?.value].filter((one) => one !== undefined);
  const low = Math.min(0, ...values);
  const high = Math.max(...values, low + 1e-9);
  return {
    ...{ low, high },
    x: (index) => EDGE.left + ((WIDTH - EDGE.left - EDGE.right) * index) / Math.max(1, labels.length - 1),
    y: (value) => HEIGHT - EDGE.bottom - ((value - low) / (high - low)) * (HEIGHT - EDGE.top - EDGE.bottom),
  };
}

const path = (d: string, look: string): string => (d === '' ? '' : `<path d="${d}" ${look}/>`);
const across = (y: number, look: string): string => path(`M${EDGE.left} ${y.toFixed(1)}H${WIDTH - EDGE.right}`, `fill="none" ${look}`);
const step = (letter: 'M' | 'L', { x, y }: Scale, index: number, value: number): string => `${letter}${x(index).toFixed(1)} ${y(value).toFixed(1)}`;

function gaps({ measured, expected }: LineChart, { x }: Scale): string {
  const wide = x(1) - x(0);
  return measured
    .map((value, index) => {
      if (value !== undefined || expected[index] !== undefined) return '';
      const [from, to] = [Math.max(EDGE.left, x(index) - wide / 2), Math.min(WIDTH - EDGE.right, x(index) + wide / 2)];
      return rect(from, EDGE.top, to - from, HEIGHT - EDGE.top - EDGE.bottom, GAP);
    })
    .join('');
}

const grid = ({ format }: LineChart, { low, high, y }: Scale): string =>
  [low, (low + high) / 2, high]
    .map((value) => across(y(value), `stroke="${GRID}"`) + words(EDGE.left - 6, y(value) + 4, format(value), { anchor: 'end', size: 11 }))
    .join('');

function months({ labels }: LineChart, { x }: Scale): string {
  const every = Math.ceil(labels.length / MOST_LABELS);
  return labels.map((label, index) => (index % every === 0 ? words(x(index), HEIGHT - 8, label, { anchor: 'middle', size: 11 }) : '')).join('');
}

function band({ expected }: LineChart, scale: Scale): string {
  const known = expected.flatMap((one, index) => (one === undefined ? [] : [{ ...one, index }]));
  if (known.length < 2) return '';
  const upper = known.map(({ index, high }, place) => step(place === 0 ? 'M' : 'L', scale, index, high));
  const lower = known.toReversed().map(({ index, low }) => step('L', scale, index, low));
  const mid = known.map((one, place) => step(place === 0 ? 'M' : 'L', scale, one.index, one.mid));
  return (
    path(`${upper.join('')}${lower.join('')}Z`, `fill="${BAND}"`) + path(mid.join(''), `stroke="${DARK}" stroke-width="2" stroke-dasharray="4 4" fill="none"`)
  );
}

function aim({ target }: LineChart, { y }: Scale): string {
  if (target === undefined) return '';
  const line = across(y(target.value), `stroke="${TARGET}" stroke-width="1.5" stroke-dasharray="8 3"`);
  return line + words(WIDTH - EDGE.right, y(target.value) - 5, target.label, { anchor: 'end', size: 11 });
}

function lines({ measured }: LineChart, scale: Scale): string {
  const line = measured.map((value, index) => (value === undefined ? '' : step(measured[index - 1] === undefined ? 'M' : 'L', scale, index, value)));
  const dots = measured.map((value, index) =>
    value === undefined ? '' : `<circle cx="${scale.x(index).toFixed(1)}" cy="${scale.y(value).toFixed(1)}" r="2.6" fill="${DARK}"/>`,
  );
  return path(line.join(''), `stroke="${DARK}" stroke-width="2" fill="none"`) + dots.join('');
}
