import { businessCents } from '../domain/burden.ts';
import { citySum } from '../domain/city-sum.ts';
import type { BurdenContext } from './context.ts';
import { reckonCity, type ReckonedCity } from './reckon.ts';

/** The burden of the city as it was on the evening of a day. Cases are those of the last twelve whole months: so the sums of two days differ by what changed for people, and not by how many came. */
export async function reckonCityOn(ctx: BurdenContext, day: Temporal.PlainDate): Promise<ReckonedCity> {
  const { services, values } = await reckonCity(ctx);
  const then = services.map((one) => {
    const { changes, first } = one.history;
    const now = changes.findLast(({ on }) => Temporal.PlainDate.compare(on, day) <= 0)?.after ?? first;
    return { ...one, history: { ...one.history, now }, businessCents: { ...one.businessCents, now: businessCents(now, values) } };
  });
  return { services: then, sum: citySum(then, values), values };
}
