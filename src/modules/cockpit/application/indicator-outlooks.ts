import type { Indicator, IndicatorForecast, IndicatorPoint, Indicators } from '../../../kernel/indicator.ts';
import type { CockpitContext } from './context.ts';
import { indicatorsNamed, type Standing } from './read-strategy.ts';

const MONTHS = { past: 24, coming: 12 } as const;
/** More charts nobody reads. */
const MOST = 6;

export interface IndicatorOutlook {
  readonly indicator: Indicator;
  readonly history: readonly IndicatorPoint[];
  readonly forecast: IndicatorForecast;
}

/** Past and forecast of the indicators that measures name, where there is enough to say. @param only of these measures; absent: of all */
export async function indicatorOutlooks(
  ctx: Pick<CockpitContext, 'indicators' | 'log'>,
  { strategy, indicators }: Pick<Standing, 'strategy' | 'indicators'>,
  only?: ReadonlySet<string>,
): Promise<readonly IndicatorOutlook[]> {
  if (ctx.indicators === undefined || indicators === undefined) return [];
  const found: IndicatorOutlook[] = [];
  try {
    const kept = indicatorsNamed(strategy, only).flatMap((key) => indicators.get(key) ?? []);
    // as many at once as may still be shown: a forecast costs more than a question, and questions at the same time share one reading
    for (let at = 0; at < kept.length && found.length < MOST; at += MOST) {
      const some = await Promise.all(kept.slice(at, at + MOST).map((indicator) => outlookOf(ctx.indicators!, indicator)));
      found.push(...some.filter((one) => one !== undefined));
    }
  } catch (error) {
    ctx.log.error('cockpit.indicators-unread', { error: String(error) });
  }
  return found.slice(0, MOST);
}

async function outlookOf(all: Indicators, indicator: Indicator): Promise<IndicatorOutlook | undefined> {
  const { key } = indicator;
  const [forecast, history] = await Promise.all([all.forecast(key, MONTHS.coming), all.history(key, { months: MONTHS.past })]);
  return forecast && { indicator, forecast, history };
}
