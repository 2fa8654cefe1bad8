import { CITY_ZONE } from '../../../kernel/time.ts';
import { accordion } from '../../../platform/ui/parts.ts';
import { dataTable } from '../../../platform/ui/components.ts';
import { formatInstant, formatQuantity } from '../../../platform/ui/formats.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import type { TwinCurve } from '../application/show.ts';
import { twinTexts } from './texts.ts';

const WIDTH = 720;
const HEIGHT = 180;
const EDGE = { left: 56, right: 8, top: 10, bottom: 26 };

/** A stream's curve as a drawing, and the same figures as a table. */
export function curvePart(curve: TwinCurve, lang: Lang): Html {
  const t = twinTexts(lang);
  const { points, unit } = curve;
  if (points.length === 0) return html`<p class="kern-body">${t.curveNone}</p>`;
  const values = points.map(({ value }) => value);
  const shown = (value: number): string => formatQuantity(lang, value, unit);
  const rows = points.toReversed();
  const table = dataTable(
    [
      { label: t.at, rowHeader: true, cell: ({ at }: (typeof rows)[number]) => formatInstant(lang, at) },
      { label: t.value, numeric: true, cell: ({ value }: (typeof rows)[number]) => shown(value) },
    ],
    rows,
    { caption: t.curveOf(curve.name), captionHidden: true, lang, dense: true },
  );
  return html`<figure class="k-curve">${drawing(curve, lang, shown)}<figcaption class="kern-hint">${t.curveText(shown(Math.min(...values)), shown(Math.max(...values)))}</figcaption></figure>${accordion(t.figures, table)}`;
}

function drawing({ name, points }: TwinCurve, lang: Lang, shown: (value: number) => string): Html {
  const times = points.map(({ at }) => at.epochMilliseconds);
  const values = points.map(({ value }) => value);
  const [from, to] = [times[0]!, Math.max(times.at(-1)!, times[0]! + 1)];
  const low = Math.min(...values);
  const high = Math.max(...values);
  const x = (ms: number): string => (EDGE.left + ((ms - from) / (to - from)) * (WIDTH - EDGE.left - EDGE.right)).toFixed(1);
  const y = (value: number): string => (HEIGHT - EDGE.bottom - ((value - low) / (high - low || 1)) * (HEIGHT - EDGE.top - EDGE.bottom)).toFixed(1);
  const path = points.map(({ value }, index) => `${index === 0 ? 'M' : 'L'}${x(times[index]!)} ${y(value)}`).join('');
  const label = (px: string | number, py: string | number, anchor: string, text: string): Html =>
    html`<text class="k-curve__label" x="${px}" y="${py}" text-anchor="${anchor}">${text}</text>`;
  const hour = (ms: number): string =>
    Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(CITY_ZONE).toPlainDateTime().toString({ smallestUnit: 'minute' }).slice(11);
  return html`<svg class="k-curve__picture" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${twinTexts(lang).curveOf(name)}">
<path class="k-curve__axis" d="M${EDGE.left} ${EDGE.top}V${HEIGHT - EDGE.bottom}H${WIDTH - EDGE.right}"/>
<path class="k-curve__line" d="${path}"/>
${label(EDGE.left - 6, Number(y(high)) + 5, 'end', shown(high))}${low === high ? '' : label(EDGE.left - 6, y(low), 'end', shown(low))}
${label(EDGE.left, HEIGHT - 8, 'start', hour(from))}${label(WIDTH - EDGE.right, HEIGHT - 8, 'end', hour(to))}
</svg>`;
}
