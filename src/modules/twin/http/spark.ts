import { formatQuantity } from '../../../platform/ui/formats.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import type { TwinSpark } from '../application/show.ts';
import { mapTexts } from './map-texts.ts';

const WIDTH = 96;
const HEIGHT = 24;

/** A day of a station in outline; its lowest and highest are said to those who cannot see it. */
export function sparkline(spark: TwinSpark | undefined, unit: string, lang: Lang): Html {
  const known = (spark ?? []).flatMap((value) => value ?? []);
  if (spark === undefined || known.length < 2) return html`–`;
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const x = (index: number): number => Math.round((index / (spark.length - 1)) * (WIDTH - 4) * 10) / 10 + 2;
  const y = (value: number): number => Math.round((HEIGHT - 3 - ((value - low) / (high - low || 1)) * (HEIGHT - 6)) * 10) / 10;
  // a hole in the measurements is a hole in the line
  const path = spark.map((value, index) => (value === undefined ? '' : `${spark[index - 1] === undefined ? 'M' : 'L'}${x(index)} ${y(value)}`)).join('');
  const label = mapTexts(lang).sparkOf(formatQuantity(lang, low, unit), formatQuantity(lang, high, unit));
  return html`<svg class="k-spark" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" aria-label="${label}"><path class="k-curve__line" d="${path}"/></svg>`;
}
