import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { sha256Hex } from '../../../kernel/token.ts';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import { accountNotFound, type IdentityProblem } from '../domain/problems.ts';
import { countWays, isSettled } from '../domain/ways-in.ts';
import { lockAccount } from '../store/accounts.ts';
import { countOffersSince, deleteOffersSince } from '../store/mandate-offers.ts';
import { endMandatesSince, listGivenSince } from '../store/mandates.ts';
import { deleteCodes, endWaysSince, readStrongWays, readWays } from '../store/recovery.ts';
import { deleteSessionsOf } from '../store/sessions.ts';
import type { Caller, IdentityContext } from './context.ts';
import { settleDaysAt } from './fresh-session.ts';
import { tellChange } from './manage-holder.ts';
import { sessionMaySetPassword } from './set-password.ts';
import { tellOwner } from './tell-owner.ts';

/** What ended with a way back into an account; for the journal, ids and counts only. */
export interface EndedWays {
  readonly passkeys: readonly string[];
  readonly eids: number;
  readonly codes: number;
  readonly mandates: readonly string[];
  readonly offers: number;
}

/**
 * Takes from an account whatever somebody may have planted in it before `at`: passkeys, cards and codes that were not
 * settled then, Vollmachten given since, also for organisations and with places in them, and what waits for an answer. Without this who had a password would be in again
 * at once, or act on under a Vollmacht of their own.
 * @param codes a way back by mail ends all of them: it was chosen because none is at hand
 */
export async function endYoungWays(
  ctx: Pick<IdentityContext, 'mailer' | 'settings'>,
  tx: Tx,
  accountId: string,
  {
    at,
    settleDays,
    codes,
    now,
  }: { readonly at: Temporal.Instant; readonly settleDays: number; readonly codes: 'all' | 'young'; readonly now: Temporal.Instant },
): Promise<EndedWays> {
  const after = at.subtract({ hours: 24 * settleDays });
  // nothing may come in while it is emptied, nor be accepted between one look and the next
  await lockAccount(tx, accountId);
  const offers = await deleteOffersSince(tx, accountId, after);
  const mandates = await endMandatesSince(tx, accountId, after, now);
  for (const { agentId } of mandates) await tellChange(ctx, tx, agentId, now);
  return {
    codes: await deleteCodes(tx, accountId, codes === 'all' ? undefined : after),
    ...(await endWaysSince(tx, accountId, after)),
    mandates: mandates.map(({ id }) => id),
    offers,
  };
}

export const anyEnded = ({ passkeys, eids, codes, mandates, offers }: EndedWays): boolean => passkeys.length + eids + codes + mandates.length + offers > 0;

/** What is so new that somebody else may have made it. */
export interface RecentWays {
  readonly passkeys: number;
  readonly eids: number;
  readonly codes: number;
  /** Whom a Vollmacht was given to. */
  readonly mandates: readonly string[];
  /** Who may act for an organisation since then by a Vollmacht or a place that this account gave. */
  readonly forOrganisations: readonly { readonly name: string; readonly organisation: string }[];
  /** Links about a Vertretung that wait for an answer. */
  readonly offers: number;
}

export async function recentWays(db: Sql, accountId: string, now: Temporal.Instant): Promise<RecentWays> {
  const { accountSince, passkeys, eids, codes } = await readStrongWays(db, accountId, now);
  const young = (since: Temporal.Instant): boolean => !isSettled({ since, accountSince }, now, settleDaysAt(now));
  const after = now.subtract({ hours: 24 * settleDaysAt(now) });
  const given = await listGivenSince(db, accountId, after);
  const [own, others] = [given.filter(({ holderId }) => holderId === accountId), given.filter(({ holderId }) => holderId !== accountId)];
  return {
    passkeys: passkeys.filter(young).length,
    eids: eids.filter(young).length,
    codes: codes.filter(young).length,
    mandates: own.map(({ agentName }) => agentName),
    forOrganisations: others.map(({ agentName, holderName }) => ({ name: agentName, organisation: holderName })),
    offers: await countOffersSince(db, accountId, after, now),
  };
}

const notSettled = (days: number): IdentityProblem => ({
  kind: 'not-allowed',
  detail: `Das geht in den ersten 15 Minuten nach einer Anmeldung mit Passkey, Online-Ausweis oder Code, und nur, wenn es sie schon ${days} Tage gibt. Melden Sie sich damit noch einmal an, oder fordern Sie den Zugang per Mail an: „Passwort vergessen“.`,
});
const noneLeft: IdentityProblem = {
  kind: 'wrong-state',
  detail: 'Danach gäbe es keinen Weg mehr in Ihr Konto. Setzen Sie zuerst ein Passwort.',
};

/** Ends all of it at once, and every other session, for who has come by a settled way that proves the person. */
export async function endRecentWays(ctx: IdentityContext, caller: Caller, accountId: string): Promise<Result<EndedWays, IdentityProblem>> {
  const { now } = caller;
  if (!(await sessionMaySetPassword(ctx, caller, accountId))) return refuse(notSettled(settleDaysAt(now)));
  return ctx.database.transaction(async (tx) => {
    if ((await lockAccount(tx, accountId)) === undefined) return refuse(accountNotFound);
    const ended = await endYoungWays(ctx, tx, accountId, { at: now, settleDays: settleDaysAt(now), codes: 'young', now });
    if (countWays(await readWays(tx, accountId)) === 0) return refuse(noneLeft);
    await deleteSessionsOf(tx, accountId, sha256Hex(caller.sessionToken!));
    await tellOwner(ctx, tx, accountId, now);
    await ctx.journal.append(tx, { kind: 'citizen', accountId, trust: 'einfach' }, now, [
      { stream: `account:${accountId}`, kind: 'identity.recent-ways-ended', payload: { ended } },
    ]);
    return ok(ended);
  });
}
