import type { Light } from '../domain/items.ts';
import { LIGHT_WORDS } from './reason-words.ts';

/** Charts of the report, as SVG with their colours written out. Each is told by a table beside it, too. */

export interface LightsRow {
  readonly label: string;
  readonly counts: Readonly<Record<Light | 'none', number>>;
}

/** Told apart by lightness too, for who prints without colours. */
const COLOURS: Readonly<Record<Light | 'none', string>> = { green: '#7fbf9b', yellow: '#f0c75e', red: '#9e1b32', none: '#c9ced6' };
const ORDER = ['green', 'yellow', 'red', 'none'] as const;
const [WIDTH, LEFT, LINE] = [680, 250, 15];

const INK = '#111111';
const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

interface At {
  readonly anchor?: 'start' | 'middle' | 'end';
  readonly fill?: string;
  readonly size?: number;
}

export const words = (x: number, y: number, text: string, { anchor = 'start', fill = INK, size = 12 }: At = {}): string =>
  `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" text-anchor="${anchor}" font-size="${size}" fill="${fill}">${escaped(text)}</text>`;

export const rect = (x: number, y: number, wide: number, high: number, fill: string): string =>
  `<rect x="${x.toFixed(1)}" y="${y.toFixed(1)}" width="${wide.toFixed(1)}" height="${high.toFixed(1)}" fill="${fill}"/>`;

export const drawing = (width: number, height: number, inside: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="Fira Sans" font-size="12">${inside}</svg>`;

/** So many letters have room left of a bar. */
const LABEL_LETTERS = 36;

/** A name in lines, whole: a word that is longer than a line alone is broken. */
function linesOf(label: string): string[] {
  const lines: string[] = [];
  for (const word of label.split(' ').flatMap((one) => one.match(new RegExp(`.{1,${LABEL_LETTERS}}`, 'gu')) ?? [])) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < LABEL_LETTERS) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** Rows below each other, each as high as its name or its bars need. */
function rowsOf<T extends { readonly label: string }>(
  rows: readonly T[],
  high: number,
  bars: (row: T, top: number) => string,
): { inside: string; foot: number } {
  let top = 0;
  const inside = rows.map((row) => {
    const lines = linesOf(row.label);
    const names = lines.map((text, index) => words(LEFT - 8, top + 18 + index * LINE, text, { anchor: 'end' })).join('');
    const drawn = names + bars(row, top + 5);
    top += Math.max(high, lines.length * LINE) + 12;
    return drawn;
  });
  return { inside: inside.join(''), foot: top };
}

function legend(entries: readonly { readonly fill: string; readonly name: string }[], top: number, step: number, from = LEFT): string {
  return entries
    .map(({ fill, name }, index) => rect(from + index * step, top + 8, 12, 12, fill) + words(from + index * step + 17, top + 18, name, { size: 12 }))
    .join('');
}

/** Bars of lights, each row as long as it has measures. */
export function lightsChart(rows: readonly LightsRow[]): string {
  const most = Math.max(1, ...rows.map(({ counts }) => ORDER.reduce((sum, light) => sum + counts[light], 0)));
  const unit = (WIDTH - LEFT - 10) / most;
  const { inside, foot } = rowsOf(rows, 20, ({ counts }, top) => {
    let x = LEFT;
    const parts = ORDER.filter((light) => counts[light] > 0).map((light) => {
      const [from, wide] = [x, counts[light] * unit];
      x += wide;
      const count = words(from + wide / 2, top + 15, String(counts[light]), { anchor: 'middle', fill: light === 'red' ? '#ffffff' : INK });
      return rect(from, top, wide, 20, COLOURS[light]) + count;
    });
    return parts.join('');
  });
  const names = ORDER.map((light) => ({ fill: COLOURS[light], name: LIGHT_WORDS[light].de }));
  return drawing(WIDTH, foot + 26, inside + legend(names, foot, 140, 120));
}

export interface Bar {
  /** `undefined`: not known; then there is no bar, and the text says so. */
  readonly value: number | undefined;
  readonly text: string;
}

export interface BarsRow {
  readonly label: string;
  /** In the order of the legend. */
  readonly bars: readonly Bar[];
}

const SHADES = ['#1f5f8b', '#9dbfd6'] as const;
/** For the value behind the longest bar. */
const BEHIND = 110;

/** Bars below each other for each row, from zero. @param legendOf what the first bar of a row is, and the second */
export function barsChart(rows: readonly BarsRow[], legendOf: readonly string[]): string {
  const most = Math.max(Number.EPSILON, ...rows.flatMap(({ bars }) => bars.map(({ value }) => value ?? 0)));
  const unit = (WIDTH - LEFT - BEHIND) / most;
  const step = 17;
  const { inside, foot } = rowsOf(rows, legendOf.length * step, ({ bars }, top) =>
    bars
      .map(({ value, text }, index) => {
        const wide = Math.max(0, (value ?? 0) * unit);
        return (
          (value === undefined ? '' : rect(LEFT, top + index * step, wide, 13, SHADES[index]!)) +
          words(LEFT + wide + 5, top + index * step + 11, text, { size: 11 })
        );
      })
      .join(''),
  );
  return drawing(
    WIDTH,
    foot + 26,
    inside +
      legend(
        legendOf.map((name, index) => ({ name, fill: SHADES[index]! })),
        foot,
        200,
      ),
  );
}
