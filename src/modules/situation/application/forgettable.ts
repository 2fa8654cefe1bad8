import { legalDay } from '../../../kernel/time.ts';
import type { Sql } from '../../../platform/database/port.ts';
import { isForgettable } from '../domain/retention.ts';
import type { Lage } from '../domain/lage.ts';
import { listClosed } from '../store/lagen.ts';

/** Lagen that ended so long ago that modules drop what they keep of single movements. */
export async function forgettableLagen(db: Sql, now: Temporal.Instant): Promise<readonly Lage[]> {
  const today = legalDay(now);
  return (await listClosed(db)).filter(({ closedAt }) => closedAt !== null && isForgettable(legalDay(closedAt), today));
}
