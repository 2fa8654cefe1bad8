import { legalDay } from '../../../kernel/time.ts';
import { endOfDay, lastDay, quarterBefore, quarterKey, quarterOf, type Quarter } from '../domain/quarter.ts';
import { countLights, statusOfAll, type LightCounts } from '../domain/status.ts';
import type { CockpitContext } from './context.ts';

export interface QuarterLights {
  readonly quarter: string;
  /** `undefined`: there was no strategy then. */
  readonly counts: LightCounts | undefined;
}

const QUARTERS = 8;

/** Lights of the last quarters as they stood on their last day (today, in the running one), from milestones and dependencies alone. */
export async function lightHistory(ctx: Pick<CockpitContext, 'clock' | 'history'>): Promise<readonly QuarterLights[]> {
  const today = legalDay(ctx.clock());
  const all: QuarterLights[] = [];
  let quarter: Quarter = quarterOf(today);
  for (let back = 0; back < QUARTERS; back++, quarter = quarterBefore(quarter)) {
    const end = lastDay(quarter);
    const day = Temporal.PlainDate.compare(end, today) < 0 ? end : today;
    const strategy = await ctx.history.at(endOfDay(day));
    all.push({ quarter: quarterKey(quarter), counts: strategy.measure.size === 0 ? undefined : countLights(statusOfAll(strategy, day).values()) });
  }
  return all.toReversed();
}
