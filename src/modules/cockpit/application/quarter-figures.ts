import type { Indicator, IndicatorPeriod } from '../../../kernel/indicator.ts';
import { endOfDay, lastDay, monthsOf, quarterBefore, type Quarter } from '../domain/quarter.ts';
import type { CockpitContext } from './context.ts';
import { indicatorsNamed, judged, standing, type Standing } from './read-strategy.ts';

type Figures = ReadonlyMap<string, Indicator>;

/** What the indicators say of a quarter, and of those it is compared with. */
export interface QuarterFigures {
  readonly own: Figures;
  readonly before: Figures;
  readonly yearBefore: Figures;
}

type Reading = Pick<CockpitContext, 'history' | 'indicators'>;

/** @param keys absent: all that there are */
async function figuresOf({ indicators }: Reading, period: IndicatorPeriod, keys?: readonly string[]): Promise<Figures | undefined> {
  if (indicators === undefined) return undefined;
  const all = new Map<string, Indicator>();
  for (const key of keys ?? (await indicators.list()).map((one) => one.key)) {
    const found = await indicators.during(key, period);
    // an indicator that a measure names need not be kept
    if (found.ok) all.set(key, found.value);
  }
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
  const strategy = await ctx.history.at(endOfDay(day));
  return judged(strategy, day, true, figures ?? (await figuresOf(ctx, monthsOf(quarter), indicatorsNamed(strategy))));
}

/** The same for a page: where the figures cannot be read, what they could have changed is not judged. */
export async function quarterStandingOrLess(ctx: Pick<CockpitContext, 'clock' | 'history' | 'indicators' | 'log'>, quarter: Quarter): Promise<Standing> {
  try {
    return await quarterStanding(ctx, quarter);
  } catch (error) {
    ctx.log.error('cockpit.indicators-unread', { error: String(error) });
    return standing(ctx, lastDay(quarter));
  }
}
