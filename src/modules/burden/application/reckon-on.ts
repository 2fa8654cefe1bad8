import { businessCents } from '../domain/burden.ts';
import { citySum, removedPerYear, secondsPerYear } from '../domain/city-sum.ts';
import { historyOn } from '../domain/history.ts';
import type { BurdenContext } from './context.ts';
import { reckonCity, type ReckonedCity, type ReckonedService } from './reckon.ts';

/** The burden of the city as it was on the evening of a day. Cases are those of the last twelve whole months: so the sums of two days differ by what changed for people, and not by how many came. */
export async function reckonCityOn(ctx: BurdenContext, day: Temporal.PlainDate): Promise<ReckonedCity> {
  const { services, values } = await reckonCity(ctx);
  const then = services.map((one): ReckonedService => {
    const ways = one.ways.map((way) => ({ ...way, history: historyOn(way.history, day) }));
    const [history, counted] = [historyOn(one.history, day), one.casesPerYear !== undefined];
    return {
      ...{ ...one, history, ways },
      secondsPerYear: counted ? secondsPerYear({ ways }) : undefined,
      removedSecondsPerYear: counted ? removedPerYear({ ways }) : undefined,
      businessCents: { ...one.businessCents, now: businessCents(history.now, values) },
    };
  });
  return { services: then, sum: citySum(then, values), values };
}
