import type { Indicator, IndicatorPeriod } from '../../../kernel/indicator.ts';
import { monthsOf, quarterBefore, type Quarter } from '../domain/quarter.ts';
import type { CockpitContext, KnownService } from './context.ts';

/** The indicator that is the Nutzungsgrad: online cases of cases by all ways. */
export const USAGE_KEY = 'online-share';

/** The Nutzungsgrad of a service in a quarter, in the one before, and a year before. */
export interface ServiceUsage {
  readonly service: KnownService;
  readonly own: Indicator;
  readonly before: Indicator;
  readonly yearBefore: Indicator;
}

/** Of every service that people apply for; `undefined`: nobody keeps this indicator. @param period of the quarter: its months that are over */
export async function usageFigures(
  { indicators, services }: Pick<CockpitContext, 'indicators' | 'services'>,
  quarter: Quarter,
  period: IndicatorPeriod,
): Promise<readonly ServiceUsage[] | undefined> {
  if (indicators === undefined) return undefined;
  const all: ServiceUsage[] = [];
  for (const service of services().filter(({ appliedFor }) => appliedFor)) {
    const during = (when: IndicatorPeriod) => indicators.during(USAGE_KEY, when, { service: service.key });
    const [own, before, yearBefore] = [
      await during(period),
      await during(monthsOf(quarterBefore(quarter))),
      await during(monthsOf({ ...quarter, year: quarter.year - 1 })),
    ];
    if (!own.ok || !before.ok || !yearBefore.ok) return undefined;
    all.push({ service, own: own.value, before: before.value, yearBefore: yearBefore.value });
  }
  return all;
}
