import { legalDay } from '../../../kernel/time.ts';
import type { Channel } from '../domain/channel.ts';
import { counterCases, counterCasesByWay } from '../store/counter-cases.ts';
import type { UsageContext } from './context.ts';

/** What the counters counted of a service. */
export interface CountedWays {
  readonly service: string;
  /** Whole tens. */
  readonly cases: Readonly<Partial<Record<Channel, number>>>;
  /** In how many of the months. */
  readonly months: number;
}

/** Cases that came by other ways than online in the last whole months. A service that is missing was not counted. */
export async function otherWays({ database: { read }, clock }: Pick<UsageContext, 'database' | 'clock'>, months: number): Promise<readonly CountedWays[]> {
  const running = legalDay(clock()).with({ day: 1 });
  const days = { from: running.subtract({ months }), until: running.subtract({ days: 1 }) };
  const [byMonth, byWay] = [await counterCases(read, days), await counterCasesByWay(read, days)];
  return [...Map.groupBy(byMonth, ({ service }) => service)].map(([service, counted]) => ({
    service,
    months: counted.length,
    cases: Object.fromEntries(byWay.filter((one) => one.service === service).map(({ channel, count }) => [channel, count])),
  }));
}
