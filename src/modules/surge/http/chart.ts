import { CITY_ZONE } from '../../../kernel/time.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import type { SurgeState } from '../application/surge-state.ts';
import { surgeTexts } from './texts.ts';

const WIDTH = 760;
const HEIGHT = 280;
const EDGE = { left: 44, right: 62, top: 12, bottom: 28 };
const HOUR = 3_600_000;

interface Scale {
  readonly x: (ms: number) => number;
  readonly y: (metres: number) => number;
  readonly from: number;
  readonly to: number;
}

/** What was measured and what is expected, with the stages; nothing to draw gives `undefined`. */
export function levelChart({ readings, expected, peak, stages, now }: SurgeState, lang: Lang): Html | undefined {
  const points = readings.map(({ at, metres }) => [at.epochMilliseconds, metres] as const);
  const coming = (expected?.metres ?? []).map((metres, index) => [expected!.from.epochMilliseconds + index * expected!.stepMinutes * 60_000, metres] as const);
  const all = [...points, ...coming];
  if (all.length < 2) return undefined;
  const spare = peak?.plusMinus ?? 0;
  const times = all.map(([ms]) => ms);
  const levels = all.map(([, metres]) => metres);
  const [from, to] = [Math.min(...times), Math.max(...times)];
  const [low, high] = [Math.floor(Math.min(...levels) - spare), Math.ceil(Math.max(...levels, stages[0]!.metres) + spare)];
  const scale: Scale = {
    from,
    to,
    x: (ms) => EDGE.left + ((ms - from) / (to - from || 1)) * (WIDTH - EDGE.left - EDGE.right),
    y: (metres) => HEIGHT - EDGE.bottom - ((metres - low) / (high - low || 1)) * (HEIGHT - EDGE.top - EDGE.bottom),
  };
  const t = surgeTexts(lang);
  const shown = stages.filter(({ metres }) => metres <= high);
  return html`<svg class="k-curve__picture k-surge__picture" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${t.curve}">
${axes(scale, low, high)}
${shown.map(({ stage, metres }) => html`<path class="k-surge__stage" d="M${EDGE.left} ${one(scale.y(metres))}H${WIDTH - EDGE.right}"/>${label(WIDTH - EDGE.right + 4, scale.y(metres) + 4, 'start', t.stage(stage))}`)}
${spare > 0 && coming.length > 1 ? html`<path class="k-surge__band" d="${band(coming, spare, scale)}"/>` : ''}
<path class="k-curve__line" d="${path(points, scale)}"/>
<path class="k-curve__line k-surge__expected" d="${path(coming, scale)}"/>
<path class="k-surge__now" d="M${one(scale.x(now.epochMilliseconds))} ${EDGE.top}V${HEIGHT - EDGE.bottom}"/>
</svg>`;
}

const one = (value: number): string => value.toFixed(1);
const path = (points: readonly (readonly [number, number])[], { x, y }: Scale): string =>
  points.map(([ms, metres], index) => `${index === 0 ? 'M' : 'L'}${one(x(ms))} ${one(y(metres))}`).join('');

function band(points: readonly (readonly [number, number])[], spare: number, scale: Scale): string {
  const [upper, lower] = [points.map(([ms, m]) => [ms, m + spare] as const), points.toReversed().map(([ms, m]) => [ms, m - spare] as const)];
  return `${path(upper, scale)}${path(lower, scale).replace('M', 'L')}Z`;
}

const label = (x: number, y: number, anchor: string, text: string): Html =>
  html`<text class="k-curve__label" x="${one(x)}" y="${one(y)}" text-anchor="${anchor}">${text}</text>`;

function axes({ x, y, from, to }: Scale, low: number, high: number): Html {
  const metres = Array.from({ length: high - low + 1 }, (_, index) => low + index).filter((_, index) => high - low <= 8 || index % 2 === 0);
  const step = to - from > 24 * HOUR ? 6 : to - from > 10 * HOUR ? 3 : 1;
  const hours: number[] = [];
  for (let ms = Math.ceil(from / HOUR) * HOUR; ms <= to; ms += HOUR) if (hourOf(ms) % step === 0) hours.push(ms);
  return html`<path class="k-curve__axis" d="M${EDGE.left} ${EDGE.top}V${HEIGHT - EDGE.bottom}H${WIDTH - EDGE.right}"/>
${metres.map((level) => html`${label(EDGE.left - 6, y(level) + 4, 'end', `${level} m`)}<path class="k-surge__grid" d="M${EDGE.left} ${one(y(level))}H${WIDTH - EDGE.right}"/>`)}
${hours.map((ms) => label(x(ms), HEIGHT - 8, 'middle', `${String(hourOf(ms)).padStart(2, '0')}:00`))}`;
}

const hourOf = (ms: number): number => Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(CITY_ZONE).hour;
