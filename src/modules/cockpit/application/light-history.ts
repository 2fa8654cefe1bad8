import { legalDay } from '../../../kernel/time.ts';
import { lastDay, quarterBefore, quarterKey, quarterOf, type Quarter } from '../domain/quarter.ts';
import { countLights, type LightCounts, type Status } from '../domain/status.ts';
import type { CockpitContext } from './context.ts';
import { standing } from './read-strategy.ts';

export interface QuarterLights {
  readonly quarter: string;
  /** `undefined`: there was no strategy then. */
  readonly counts: LightCounts | undefined;
  /** Of each measure that there was. */
  readonly statuses: ReadonlyMap<string, Status>;
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
    all.push({ quarter: quarterKey(quarter), counts: strategy.measure.size === 0 ? undefined : countLights(statuses.values()), statuses });
  }
  return all.toReversed();
}

/** The same of some measures alone. */
export const lightsOfSome = (quarters: readonly QuarterLights[], measures: ReadonlySet<string>): readonly QuarterLights[] =>
  quarters.map((one) => {
    const statuses = new Map([...one.statuses].filter(([key]) => measures.has(key)));
    return { ...one, counts: one.counts && countLights(statuses.values()), statuses };
  });
