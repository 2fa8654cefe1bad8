import { legalDay } from '../../../kernel/time.ts';
import { differenceOf, movedLights, type Difference } from '../domain/diff.ts';
import { endOfDay, quarterEnding } from '../domain/quarter.ts';
import { quarterStandingOrLess } from './quarter-figures.ts';
import { standing, wordsThen, type Reading } from './read-strategy.ts';

export interface Changes extends Difference {
  /** Lights follow what indicators said, then and now. Of most days gone by nobody knows that: then they follow the rest alone, on both sides. */
  readonly byFigures: boolean;
}

/** What changed since the evening of a day; of the last day of a quarter the lights are known. */
export async function changesSince(ctx: Reading, since: Temporal.PlainDate, until = legalDay(ctx.clock())): Promise<Changes> {
  const [before, after] = [await ctx.history.at(endOfDay(since)), await ctx.history.at(endOfDay(until))];
  const difference = differenceOf({ strategy: before, day: since }, { strategy: after, day: until }, wordsThen(ctx));
  const [quarter, untilToday] = [quarterEnding(since), until.equals(legalDay(ctx.clock()))];
  if (quarter === undefined || !untilToday) return { ...difference, byFigures: wordsThen(ctx) === undefined };
  const [then, now] = [await quarterStandingOrLess(ctx, quarter), await standing(ctx)];
  if (ctx.indicators !== undefined && (then.indicators === undefined || now.indicators === undefined)) return { ...difference, byFigures: false };
  return { ...difference, lights: movedLights(then.statuses, now.statuses), byFigures: true };
}
