import type { Indicator, IndicatorForecast, IndicatorPoint } from '../../../kernel/indicator.ts';
import type { Strategy } from '../domain/items.ts';
import type { CockpitContext } from './context.ts';
import { indicatorsNamed } from './read-strategy.ts';
import { USAGE_KEY } from './usage-figures.ts';

/** A year beside the same month of the year before, and half a year ahead. */
const MONTHS = { past: 13, coming: 6 } as const;
/** As far back as a report of a quarter long gone may have to look. */
const LONGEST = 120;
/** More charts nobody reads; the table of all indicators has the rest. */
const MOST = 8;

export interface KeyHistory {
  readonly indicator: Indicator;
  readonly points: readonly IndicatorPoint[];
  /** As it was forecast after the last of these months. */
  readonly forecast: IndicatorForecast | undefined;
}

/**
 * History of the key indicators up to a month: the Nutzungsgrad, and those that measures name.
 * @param figures of the quarter, by key: what is not among them nobody keeps
 */
export async function keyHistories(
  { indicators }: Pick<CockpitContext, 'indicators'>,
  strategy: Strategy,
  figures: ReadonlyMap<string, Indicator>,
  until: string,
): Promise<readonly KeyHistory[]> {
  if (indicators === undefined) return [];
  const all: KeyHistory[] = [];
  for (const key of new Set([USAGE_KEY, ...indicatorsNamed(strategy)])) {
    const indicator = figures.get(key);
    if (indicator === undefined) continue;
    const points = (await indicators.history(key, { months: LONGEST })).filter(({ month }) => month <= until).slice(-MONTHS.past);
    all.push({ indicator, points, forecast: await indicators.forecast(key, MONTHS.coming, { until }) });
  }
  const shown = new Set(all.filter(isCourse).slice(0, MOST));
  return all.filter((one) => shown.has(one) || !isCourse(one));
}

/** Fewer are no course. */
const FEWEST_POINTS = 3;

/** Whether there is enough to draw. */
export const isCourse = ({ points }: Pick<KeyHistory, 'points'>): boolean => points.filter(({ value }) => value !== undefined).length >= FEWEST_POINTS;
