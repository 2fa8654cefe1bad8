import { businessCents } from '../domain/burden.ts';
import { citySum } from '../domain/city-sum.ts';
import type { BurdenHistory } from '../domain/history.ts';
import type { BurdenContext } from './context.ts';
import { perYearOf, reckonCity, type ReckonedCity } from './reckon.ts';

/** The burden of the city as it was on the evening of a day. Cases are those of the last twelve whole months: so the sums of two days differ by what changed for people, and not by how many came. */
export async function reckonCityOn(ctx: BurdenContext, day: Temporal.PlainDate): Promise<ReckonedCity> {
  const { services, values } = await reckonCity(ctx);
  const until = (history: BurdenHistory): BurdenHistory => ({
    ...history,
    now: history.changes.findLast(({ on }) => Temporal.PlainDate.compare(on, day) <= 0)?.after ?? history.first,
  });
  const then = services.map((one) => {
    const history = until(one.history);
    const ways = one.ways.map((way) => ({ ...way, history: until(way.history) }));
    return { ...one, history, ways, ...perYearOf(ways), businessCents: { ...one.businessCents, now: businessCents(history.now, values) } };
  });
  return { services: then, sum: citySum(then, values), values };
}
