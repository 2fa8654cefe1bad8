import { IDLE_HOURS } from '../domain/session.ts';
import { deleteUnconfirmed } from '../store/accounts.ts';
import { deleteExpired } from '../store/links.ts';
import { forgetRecoveries } from '../store/recovery.ts';
import { deleteOverSessions, forgetDeviceKinds } from '../store/sessions.ts';
import type { IdentityContext } from './context.ts';

/** Registrations that nobody confirmed in this time are forgotten (days). */
export const UNCONFIRMED_DAYS = 7;
/** Kinds of devices that have not signed in for this long are forgotten (days). */
const DEVICE_DAYS = 400;
/** Recoveries that ended are kept for this long, for who asks what happened (days). */
const RECOVERY_DAYS = 90;

/** Removes what is over: sessions, links, challenges, counts, unconfirmed registrations. Idempotent. */
export async function sweepIdentity(
  ctx: Pick<IdentityContext, 'database'>,
  now: Temporal.Instant,
): Promise<{ sessions: number; expired: number; unconfirmed: number; forgotten: number }> {
  const before = (days: number): Temporal.Instant => now.subtract({ hours: days * 24 });
  return ctx.database.write(async (tx) => ({
    sessions: await deleteOverSessions(tx, now, now.subtract({ hours: IDLE_HOURS })),
    expired: await deleteExpired(tx, now),
    unconfirmed: await deleteUnconfirmed(tx, before(UNCONFIRMED_DAYS)),
    forgotten: (await forgetDeviceKinds(tx, before(DEVICE_DAYS))) + (await forgetRecoveries(tx, before(RECOVERY_DAYS))),
  }));
}
