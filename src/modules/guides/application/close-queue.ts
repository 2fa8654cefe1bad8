import { legalDay } from '../../../kernel/time.ts';
import { closeNumbersBefore } from '../store/queue.ts';
import type { GuidesContext } from './context.ts';
import { numberEntry } from './queue.ts';

export const CLOSE = 'guides.close-queue';

/** After midnight no number of yesterday waits or is served any more. @returns how many did */
export async function closeQueue(ctx: Pick<GuidesContext, 'database' | 'journal' | 'clock'>): Promise<number> {
  return ctx.database.write(async (tx) => {
    const now = ctx.clock();
    const closed = await closeNumbersBefore(tx, legalDay(now), now);
    const entries = closed.map((one) => numberEntry('closed', one));
    if (entries.length > 0) await ctx.journal.append(tx, { kind: 'system', job: CLOSE }, now, entries);
    return closed.length;
  });
}
