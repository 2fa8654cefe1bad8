import { legalDay, CITY_ZONE } from '../../../kernel/time.ts';
import { RETENTION } from '../domain/retention.ts';
import { deleteOlder } from '../store/results.ts';
import type { AssistantContext } from './context.ts';
import { note } from './journal.ts';

export const FORGET = 'assistant.forget';

/** Job by the clock: results and conversations go when nobody has touched them for the time that is set. @returns how many */
export async function forget(ctx: Pick<AssistantContext, 'database' | 'journal' | 'clock'>): Promise<number> {
  const now = ctx.clock();
  const today = legalDay(now);
  const before = today
    .subtract({ days: RETENTION.on(today).days })
    .toZonedDateTime(CITY_ZONE)
    .toInstant();
  return ctx.database.write(async (tx) => {
    const gone = await deleteOlder(tx, before);
    if (gone > 0) await note(ctx, tx, { kind: 'system', job: FORGET }, now, { stream: 'retention', kind: 'forgotten' }, { gone });
    return gone;
  });
}
