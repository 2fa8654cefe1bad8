import { legalDay } from '../../../kernel/time.ts';
import { lastDay, quarterBefore, quarterKey, quarterOf, type Quarter } from '../domain/quarter.ts';
import { countLights, type LightCounts } from '../domain/status.ts';
import type { CockpitContext } from './context.ts';
import { standing } from './read-strategy.ts';

export interface QuarterLights {
  readonly quarter: string;
  /** `undefined`: there was no strategy then. */
  readonly counts: LightCounts | undefined;
}

const QUARTERS = 8;

/** Lights of the last quarters as they stood on their last day (today, in the running one); what nobody can back any more is none. */
export async function lightHistory(ctx: Pick<CockpitContext, 'clock' | 'history' | 'indicators' | 'log'>): Promise<readonly QuarterLights[]> {
  const today = legalDay(ctx.clock());
  const all: QuarterLights[] = [];
  let quarter: Quarter = quarterOf(today);
  for (let back = 0; back < QUARTERS; back++, quarter = quarterBefore(quarter)) {
    const end = lastDay(quarter);
    const day = Temporal.PlainDate.compare(end, today) < 0 ? end : today;
    const { strategy, statuses } = await standing(ctx, day);
    all.push({ quarter: quarterKey(quarter), counts: strategy.measure.size === 0 ? undefined : countLights(statuses.values()) });
  }
  return all.toReversed();
}
