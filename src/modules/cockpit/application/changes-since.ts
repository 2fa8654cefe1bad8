import { differenceOf, movedLights, type Difference } from '../domain/diff.ts';
import { endOfDay, quarterEnding } from '../domain/quarter.ts';
import { quarterStandingOrLess } from './quarter-figures.ts';
import { wordsThen, type Reading, type Standing } from './read-strategy.ts';

export interface Changes extends Difference {
  /** Lights follow what indicators said, then and now. Of most days gone by nobody knows that: then they follow the rest alone, on both sides. */
  readonly byFigures: boolean;
}

/** What changed between the evenings of two days; what indicators said then is not kept. */
export async function changesBetween(ctx: Reading, since: Temporal.PlainDate, until: Temporal.PlainDate): Promise<Difference> {
  const [before, after] = [await ctx.history.at(endOfDay(since)), await ctx.history.at(endOfDay(until))];
  return differenceOf({ strategy: before, day: since }, { strategy: after, day: until }, wordsThen(ctx));
}

/** What changed since the evening of a day; of the last day of a quarter the lights are known. @param now how it stands today */
export async function changesSince(ctx: Reading, since: Temporal.PlainDate, now: Standing): Promise<Changes> {
  const [difference, quarter] = [await changesBetween(ctx, since, now.day), quarterEnding(since)];
  if (quarter === undefined) return { ...difference, byFigures: wordsThen(ctx) === undefined };
  const then = await quarterStandingOrLess(ctx, quarter);
  if (ctx.indicators !== undefined && (then.indicators === undefined || now.indicators === undefined)) return { ...difference, byFigures: false };
  return { ...difference, lights: movedLights(then.statuses, now.statuses), byFigures: true };
}
