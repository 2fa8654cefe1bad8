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
  const periods = [period, monthsOf(quarterBefore(quarter)), monthsOf({ ...quarter, year: quarter.year - 1 })];
  // asked for at once, so that what is known is read once
  const all = await Promise.all(
    services()
      .filter(({ appliedFor }) => appliedFor)
      .map(async (service): Promise<ServiceUsage | undefined> => {
        const [own, before, yearBefore] = await Promise.all(periods.map((when) => indicators.during(USAGE_KEY, when, { service: service.key })));
        return own!.ok && before!.ok && yearBefore!.ok ? { service, own: own!.value, before: before!.value, yearBefore: yearBefore!.value } : undefined;
      }),
  );
  return all.every((one) => one !== undefined) ? all : undefined;
}
