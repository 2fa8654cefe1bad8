import { newId } from '../../../kernel/id.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { legalDay } from '../../../kernel/time.ts';
import { randomToken, sha256Hex } from '../../../kernel/token.ts';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import { recoveryBegunMail, recoveryReadyMail, waysEndedMail } from '../domain/mails.ts';
import { linkUsedUp, type IdentityProblem } from '../domain/problems.ts';
import { recoveryStep, recoveryTerms, recoveryTimes, type RecoveryTimes } from '../domain/recovery.ts';
import { keyedHash } from '../domain/tokens.ts';
import {
  dueRecoveries,
  endRecovery,
  findRecoveryBy,
  insertRecovery,
  keepOpenLink,
  lockRecovery,
  markHalfTold,
  runningRecovery,
  type Recovery,
} from '../store/recovery.ts';
import { updatePassword } from '../store/logins.ts';
import { deleteSessionsOf } from '../store/sessions.ts';
import { addressee, ANONYMOUS, type Caller, type IdentityContext } from './context.ts';
import { endRecoveryBy } from './end-recovery.ts';
import { anyEnded, endYoungWays } from './end-young-ways.ts';
import { freshSession } from './fresh-session.ts';
import { openSession, type OpenedSession } from './open-session.ts';
import { hashPassword } from './password-hash.ts';
import { tellOwner } from './tell-owner.ts';
import { accountLang } from './told-about.ts';

/** The same in both notices, so it is made of the recovery's id and kept only as a hash. */
const cancelToken = (ctx: Pick<IdentityContext, 'secret'>, id: string): string => keyedHash(ctx.secret, `recovery-cancel:${id}`);

/**
 * Begins a recovery by mail: it waits, the owner is told by every channel, and a sign-in by a settled way ends it. Nobody can shorten
 * the wait or choose another address. Asking again while one runs changes nothing.
 */
export async function beginRecovery(ctx: IdentityContext, tx: Tx, accountId: string, email: string, now: Temporal.Instant): Promise<void> {
  const id = newId(now.epochMilliseconds);
  const times = recoveryTimes(recoveryTerms(legalDay(now)), now);
  const kept = await insertRecovery(tx, { id, accountId, email, cancelSha256: sha256Hex(cancelToken(ctx, id)), askedAt: now, ...times });
  if (!kept) return;
  await tellOfRecovery(ctx, tx, { id, accountId, askedAt: now, readyAt: times.readyAt }, 'begun', now);
  await ctx.journal.append(tx, ANONYMOUS, now, [{ stream: `account:${accountId}`, kind: 'identity.recovery-asked', payload: { recoveryId: id } }]);
}

async function tellOfRecovery(
  ctx: IdentityContext,
  tx: Tx,
  { id, accountId, readyAt, askedAt }: Pick<Recovery, 'id' | 'accountId' | 'readyAt' | 'askedAt'>,
  when: 'begun' | 'half',
  now: Temporal.Instant,
): Promise<void> {
  const { settleDays } = recoveryTerms(legalDay(askedAt));
  const cancelPath = `/konto-wiederherstellen/abbrechen/${cancelToken(ctx, id)}`;
  await tellOwner(ctx, tx, accountId, now, { key: `${id}.${when}`, kind: 'recovery', mail: (who) => recoveryBegunMail(who, cancelPath, readyAt, settleDays) });
}

/** Does what is due for every recovery that runs. Idempotent; the rows alone say when. @returns how many steps were done */
export async function advanceRecoveries(ctx: IdentityContext, now: Temporal.Instant): Promise<number> {
  const ids = await dueRecoveries(ctx.database.read, now);
  let steps = 0;
  for (const id of ids) if (await ctx.database.write((tx) => advance(ctx, tx, id, now))) steps += 1;
  return steps;
}

async function advance(ctx: IdentityContext, tx: Tx, id: string, now: Temporal.Instant): Promise<boolean> {
  const one = await lockRecovery(tx, id);
  if (one === undefined) return false;
  const step = recoveryStep(one, now);
  if (step === 'wait') return false;
  const { accountId } = one;
  if (step === 'tell-half') {
    await markHalfTold(tx, id, now);
    await tellOfRecovery(ctx, tx, one, 'half', now);
    return true;
  }
  if (step === 'open') {
    const token = randomToken();
    await keepOpenLink(tx, id, sha256Hex(token));
    // to the address that was the account's when it was asked for
    const who = addressee(ctx, one.email, await accountLang(tx, accountId));
    await ctx.mailer.send(tx, `identity.recovery.${id}.ready`, recoveryReadyMail(who, `/konto-wiederherstellen/${token}`, one.expiresAt));
  } else {
    await endRecovery(tx, id, 'expired', now);
  }
  const kind = step === 'open' ? 'identity.recovery-ready' : 'identity.recovery-expired';
  await ctx.journal.append(tx, { kind: 'system', job: 'identity.advance-recoveries' }, now, [
    { stream: `account:${accountId}`, kind, payload: { recoveryId: id } },
  ]);
  return true;
}

/** Whether the link that opens the account works. */
export async function recoveryIsOpen(ctx: IdentityContext, token: string, now: Temporal.Instant): Promise<boolean> {
  const found = await findRecoveryBy(ctx.database.read, 'open', sha256Hex(token));
  return found !== undefined && Temporal.Instant.compare(now, found.expiresAt) < 0;
}

/**
 * Opens the account at the end of the wait, once. Every other session ends, so do all codes, the password and whatever
 * way was not settled when the recovery was asked for. A new way in is then made at `/konto/sicherheit`.
 */
export async function finishRecovery(ctx: IdentityContext, caller: Caller, token: string): Promise<Result<OpenedSession, IdentityProblem>> {
  const { now } = caller;
  const nobodys = await hashPassword(randomToken());
  return ctx.database.transaction(async (tx) => {
    const found = await findRecoveryBy(tx, 'open', sha256Hex(token));
    const one = found && (await lockRecovery(tx, found.id));
    if (one === undefined || Temporal.Instant.compare(now, one.expiresAt) >= 0) return refuse(linkUsedUp);
    await endRecovery(tx, one.id, 'used', now);
    await deleteSessionsOf(tx, one.accountId);
    const { settleDays } = recoveryTerms(legalDay(one.askedAt));
    const ended = await endYoungWays(ctx, tx, one.accountId, { at: one.askedAt, settleDays, codes: 'all', now });
    // who asked by mail has forgotten it, and who has not may be the reason for asking
    await updatePassword(tx, one.accountId, nobodys, now);
    await tellOwner(ctx, tx, one.accountId, now, { key: `${one.id}.used`, ...(anyEnded(ended) ? { mail: (who) => waysEndedMail(who, settleDays) } : {}) });
    const holder = { kind: 'citizen', accountId: one.accountId, trust: 'einfach', method: 'recovery' } as const;
    return ok(await openSession(ctx, tx, caller, holder, { recoveryId: one.id, ended }));
  });
}

/** Whether a notice's link can still end something. */
export async function recoveryCanBeCancelled(ctx: IdentityContext, token: string): Promise<boolean> {
  return (await findRecoveryBy(ctx.database.read, 'cancel', sha256Hex(token))) !== undefined;
}

/** Ends a recovery by the link that its notices carry. */
export async function cancelRecovery(ctx: IdentityContext, token: string, now: Temporal.Instant): Promise<Result<null, IdentityProblem>> {
  return ctx.database.transaction(async (tx) => {
    const one = await findRecoveryBy(tx, 'cancel', sha256Hex(token));
    if (one === undefined || !(await endRecovery(tx, one.id, 'cancelled', now))) return refuse(linkUsedUp);
    await ctx.journal.append(tx, ANONYMOUS, now, [
      { stream: `account:${one.accountId}`, kind: 'identity.recovery-cancelled', payload: { recoveryId: one.id, by: 'link' } },
    ]);
    return ok(null);
  });
}

const noneRuns: IdentityProblem = { kind: 'wrong-state', detail: 'Es läuft keine Wiederherstellung. Laden Sie die Seite neu.' };
const youngWay: IdentityProblem = {
  kind: 'not-allowed',
  detail:
    'Der Weg, auf dem Sie gekommen sind, ist zu neu, um die Wiederherstellung abzubrechen. Nehmen Sie den Link in unserer Mail, oder melden Sie sich mit einem älteren Passkey, dem Online-Ausweis oder einem älteren Code an.',
};

/**
 * Ends one's own recovery in a fresh session begun by a way that was settled before it was asked for: who has the
 * session of a device left open, or a password changed just now, must not keep the owner out.
 */
export async function cancelOwnRecovery(ctx: IdentityContext, accountId: string, caller: Caller): Promise<Result<null, IdentityProblem>> {
  const { now } = caller;
  if ((await runningRecovery(ctx.database.read, accountId)) === undefined) return refuse(noneRuns);
  const fresh = await freshSession(ctx, caller, accountId);
  if (!fresh.ok) return fresh;
  return ctx.database.transaction(async (tx) => {
    const recoveryId = await endRecoveryBy(ctx, tx, accountId, fresh.value, now);
    if (recoveryId === undefined) return refuse(youngWay);
    await ctx.journal.append(tx, { kind: 'citizen', accountId, trust: 'einfach' }, now, [
      { stream: `account:${accountId}`, kind: 'identity.recovery-cancelled', payload: { recoveryId, by: 'owner' } },
    ]);
    return ok(null);
  });
}

/** A recovery of one's own account, as its page shows it. */
export interface OwnRecovery extends Pick<RecoveryTimes, 'readyAt'> {
  readonly askedAt: Temporal.Instant;
}

export async function ownRecovery(db: Sql, accountId: string): Promise<OwnRecovery | undefined> {
  const found = await runningRecovery(db, accountId);
  return found && { askedAt: found.askedAt, readyAt: found.readyAt };
}
