import type { Light } from '../domain/items.ts';
import { LIGHT_WORDS } from './reason-words.ts';

export interface ChartRow {
  readonly label: string;
  readonly counts: Readonly<Record<Light | 'none', number>>;
}

/** Told apart by lightness too, for who prints without colours. */
const COLOURS: Readonly<Record<Light | 'none', string>> = { green: '#7fbf9b', yellow: '#f0c75e', red: '#9e1b32', none: '#c9ced6' };
const ORDER = ['green', 'yellow', 'red', 'none'] as const;
const [WIDTH, ROW, LEFT] = [680, 30, 250];

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** Bars of lights for each field, as an SVG with its colours written out. */
export function lightsChart(rows: readonly ChartRow[]): string {
  const most = Math.max(1, ...rows.map(({ counts }) => ORDER.reduce((sum, light) => sum + counts[light], 0)));
  const unit = (WIDTH - LEFT - 10) / most;
  const bars = rows.map(({ label, counts }, row) => {
    let x = LEFT;
    const parts = ORDER.map((light) => {
      const wide = counts[light] * unit;
      const count =
        counts[light] === 0
          ? ''
          : `<text x="${(x + wide / 2).toFixed(1)}" y="${row * ROW + 20}" text-anchor="middle" fill="${light === 'red' ? '#ffffff' : '#111111'}">${counts[light]}</text>`;
      const bar = `<rect x="${x.toFixed(1)}" y="${row * ROW + 4}" width="${wide.toFixed(1)}" height="${ROW - 8}" fill="${COLOURS[light]}"/>${count}`;
      x += wide;
      return bar;
    });
    const short = label.length > 40 ? `${label.slice(0, 39)}…` : label;
    return `<text x="${LEFT - 8}" y="${row * ROW + 20}" text-anchor="end" fill="#111111">${escaped(short)}</text>${parts.join('')}`;
  });
  const foot = rows.length * ROW;
  const legend = ORDER.map((light, index) => {
    const x = LEFT + index * 106;
    return `<rect x="${x}" y="${foot + 10}" width="10" height="10" fill="${COLOURS[light]}"/><text x="${x + 14}" y="${foot + 19}" font-size="10" fill="#111111">${LIGHT_WORDS[light].de}</text>`;
  });
  const height = foot + ROW;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" font-family="Fira Sans" font-size="12">${bars.join('')}${legend.join('')}</svg>`;
}
