import { inOwnName, type Actor } from '../../../kernel/actor.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { IdentityProblem } from '../domain/problems.ts';
import { IDLE_HOURS, type OwnSession } from '../domain/session.ts';
import { sha256Hex } from '../../../kernel/token.ts';
import { deleteOtherSessions, deleteOwnSession, deleteSession, listSessions } from '../store/sessions.ts';
import type { Caller, IdentityContext } from './context.ts';

type Ctx = Pick<IdentityContext, 'database' | 'journal'>;
/** Sessions are those of the person who signed in, whoever they act for. */
const holderOf = (actor: Actor): { id: string; stream: string; self: Actor } | undefined => {
  if (actor.kind === 'staff') return { id: actor.staffId, stream: `staff:${actor.staffId}`, self: actor };
  if (actor.kind !== 'citizen') return undefined;
  const self = inOwnName(actor);
  return { id: self.accountId, stream: `account:${self.accountId}`, self };
};

/** Ends the session the browser came with. Doing it twice is fine. */
export async function signOut(ctx: Ctx, actor: Actor, caller: Caller): Promise<void> {
  const { sessionToken, now } = caller;
  const holder = holderOf(actor);
  if (sessionToken === undefined || holder === undefined) return;
  await ctx.database.write(async (tx) => {
    if (!(await deleteSession(tx, sha256Hex(sessionToken)))) return;
    await ctx.journal.append(tx, holder.self, now, [{ stream: holder.stream, kind: 'identity.signed-out', payload: {} }]);
  });
}

/** The person's own sessions that are not over. */
export async function ownSessions(ctx: Ctx, actor: Actor, caller: Caller): Promise<OwnSession[]> {
  const holder = holderOf(actor);
  if (holder === undefined) return [];
  const idleSince = caller.now.subtract({ hours: IDLE_HOURS });
  return listSessions(ctx.database.read, holder.id, caller.now, idleSince, sha256Hex(caller.sessionToken ?? ''));
}

/** Ends one of the person's own sessions, on whatever device. */
export async function endSession(ctx: Ctx, actor: Actor, sessionId: string, now: Temporal.Instant): Promise<Result<null, IdentityProblem>> {
  const holder = holderOf(actor);
  return ctx.database.transaction(async (tx) => {
    if (holder === undefined || !(await deleteOwnSession(tx, holder.id, sessionId))) {
      return refuse({ kind: 'not-found', detail: 'Diese Sitzung ist schon beendet.' });
    }
    await ctx.journal.append(tx, holder.self, now, [{ stream: holder.stream, kind: 'identity.session-ended', payload: { sessionId } }]);
    return ok(null);
  });
}

/** Ends every session of the person but this one. @returns how many ended */
export async function endOtherSessions(ctx: Ctx, actor: Actor, caller: Caller): Promise<Result<number, IdentityProblem>> {
  const holder = holderOf(actor);
  if (holder === undefined || caller.sessionToken === undefined) return ok(0);
  const kept = sha256Hex(caller.sessionToken);
  return ctx.database.transaction(async (tx) => {
    const ended = await deleteOtherSessions(tx, holder.id, kept);
    if (ended > 0)
      await ctx.journal.append(tx, holder.self, caller.now, [{ stream: holder.stream, kind: 'identity.other-sessions-ended', payload: { ended } }]);
    return ok(ended);
  });
}
