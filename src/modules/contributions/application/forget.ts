import { shortestDays } from '../../../kernel/retention.ts';
import { legalDay } from '../../../kernel/time.ts';
import { keptUntil, RETENTION } from '../domain/retention.ts';
import { forgetPersons, notForgotten } from '../store/desk.ts';
import type { ContributionsContext } from './context.ts';
import { note } from './journal.ts';

export const FORGET = 'contributions.forget';

/** Job by the clock: after the retention period nothing leads to a person any more. Idempotent. @returns participations */
export async function forget(ctx: Pick<ContributionsContext, 'database' | 'journal' | 'clock'>): Promise<number> {
  const now = ctx.clock();
  const today = legalDay(now);
  const least = shortestDays(RETENTION);
  let done = 0;
  for (const { id, endsOn } of await notForgotten(ctx.database.read, today.subtract({ days: least }))) {
    if (Temporal.PlainDate.compare(today, keptUntil(endsOn)) <= 0) continue;
    const gone = await ctx.database.write(async (tx) => {
      const first = await forgetPersons(tx, id, now);
      if (first) await note(ctx, tx, { kind: 'system', job: FORGET }, now, id, 'persons-forgotten', {});
      return first;
    });
    if (gone) done += 1;
  }
  return done;
}
