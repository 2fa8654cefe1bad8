import type { Indicator, IndicatorPeriod } from '../../../kernel/indicator.ts';
import { expectOk } from '../../../kernel/result.ts';
import { endOfDay, lastDay, monthsOf, quarterBefore, type Quarter } from '../domain/quarter.ts';
import type { CockpitContext } from './context.ts';
import { judged, type Standing } from './read-strategy.ts';

type Figures = ReadonlyMap<string, Indicator>;

/** What the indicators say of a quarter, and of those it is compared with. */
export interface QuarterFigures {
  readonly own: Figures;
  readonly before: Figures;
  readonly yearBefore: Figures;
}

type Reading = Pick<CockpitContext, 'history' | 'indicators'>;

async function figuresOf({ indicators }: Reading, period: IndicatorPeriod): Promise<Figures | undefined> {
  if (indicators === undefined) return undefined;
  const all = new Map<string, Indicator>();
  for (const { key } of await indicators.list()) all.set(key, expectOk(await indicators.during(key, period)));
  return all;
}

/** @param until of a quarter that runs: its months that are over. @returns `undefined` where nobody keeps indicators */
export async function quarterFigures(ctx: Reading, quarter: Quarter, until?: Temporal.PlainDate): Promise<QuarterFigures | undefined> {
  const [own, before, yearBefore] = [
    await figuresOf(ctx, monthsOf(quarter, until)),
    await figuresOf(ctx, monthsOf(quarterBefore(quarter))),
    await figuresOf(ctx, monthsOf({ ...quarter, year: quarter.year - 1 })),
  ];
  return own && before && yearBefore && { own, before, yearBefore };
}

/** The strategy on the last day of a quarter that is over, judged by the figures of that quarter. A reader of figures that fails is no reason to judge without. */
export async function quarterStanding(ctx: Reading, quarter: Quarter, figures?: Figures): Promise<Standing> {
  const day = lastDay(quarter);
  return judged(await ctx.history.at(endOfDay(day)), day, true, figures ?? (await figuresOf(ctx, monthsOf(quarter))));
}
