import type { Indicator, IndicatorForecast, IndicatorPoint } from '../../../kernel/indicator.ts';
import type { CockpitContext } from './context.ts';
import type { Standing } from './read-strategy.ts';

const MONTHS = { past: 24, coming: 12 } as const;
/** More charts nobody reads. */
const MOST = 6;

export interface IndicatorOutlook {
  readonly indicator: Indicator;
  readonly history: readonly IndicatorPoint[];
  readonly forecast: IndicatorForecast;
}

/** Past and forecast of the indicators that measures name, where there is enough to say. */
export async function indicatorOutlooks(
  ctx: Pick<CockpitContext, 'indicators' | 'log'>,
  { strategy, indicators }: Pick<Standing, 'strategy' | 'indicators'>,
): Promise<readonly IndicatorOutlook[]> {
  if (ctx.indicators === undefined || indicators === undefined) return [];
  const named = new Set([...strategy.measure.values()].flatMap((measure) => measure.indicators.map(({ key }) => key)));
  const found: IndicatorOutlook[] = [];
  try {
    for (const key of named) {
      const indicator = indicators.get(key);
      const forecast = indicator === undefined || found.length >= MOST ? undefined : await ctx.indicators.forecast(key, MONTHS.coming);
      if (indicator !== undefined && forecast !== undefined)
        found.push({ indicator, forecast, history: await ctx.indicators.history(key, { months: MONTHS.past }) });
    }
  } catch (error) {
    ctx.log.error('cockpit.indicators-unread', { error: String(error) });
  }
  return found;
}
