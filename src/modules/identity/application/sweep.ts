import { IDLE_HOURS } from '../domain/session.ts';
import { deleteUnconfirmed } from '../store/accounts.ts';
import { deleteExpired } from '../store/links.ts';
import { deleteOverSessions } from '../store/sessions.ts';
import type { IdentityContext } from './context.ts';

/** Registrations that nobody confirmed in this time are forgotten (days). */
export const UNCONFIRMED_DAYS = 7;

/** Removes what is over: sessions, links, challenges, counts, unconfirmed registrations. Idempotent. */
export async function sweepIdentity(
  ctx: Pick<IdentityContext, 'database'>,
  now: Temporal.Instant,
): Promise<{ sessions: number; expired: number; unconfirmed: number }> {
  return ctx.database.write(async (tx) => ({
    sessions: await deleteOverSessions(tx, now, now.subtract({ hours: IDLE_HOURS })),
    expired: await deleteExpired(tx, now),
    unconfirmed: await deleteUnconfirmed(tx, now.subtract({ hours: UNCONFIRMED_DAYS * 24 })),
  }));
}
