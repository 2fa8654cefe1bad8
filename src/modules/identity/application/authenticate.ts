import type { Actor } from '../../../kernel/actor.ts';
import { legalDay } from '../../../kernel/time.ts';
import type { Context } from '../../../platform/context.ts';
import { actorUnder } from '../domain/mandate.ts';
import { isAlive, touchedAfter } from '../domain/session.ts';
import { sha256Hex } from '../../../kernel/token.ts';
import { findSession, touchSession, type SessionRow } from '../store/sessions.ts';

/** Who stands behind a session cookie. */
export interface SignedIn {
  readonly actor: Actor;
  /** For the head of the page. */
  readonly userName: string;
  /** Unopened messages in the Postfach, in that of the holder while acting for one; 0 for staff. */
  readonly unread: number;
  /** The visit at a shared device in which the session was begun; it is worth something there alone. */
  readonly sharedVisit?: string;
  /** Whom the person chose to act for. `ended`: that is over, and the actor is the person themselves again. */
  readonly acting?: { readonly mandateId: string; readonly name: string; readonly ended: boolean; readonly onlyReads: boolean };
}

/**
 * Reads a session; one query on every request, and one write at most each minute: none where the request is no use of it.
 * @returns `undefined` when the token is unknown, ended or over
 */
export function authenticate(ctx: Pick<Context, 'database'>): (sessionToken: string, now: Temporal.Instant, used?: boolean) => Promise<SignedIn | undefined> {
  return async (sessionToken, now, used = true) => {
    const tokenSha256 = sha256Hex(sessionToken);
    const session = await findSession(ctx.database.read, tokenSha256, legalDay(now));
    if (session === undefined || !isAlive(session, now)) return undefined;
    if (used && session.lastSeenAt.until(now).total('seconds') >= touchedAfter(session)) await touchSession(ctx.database.read, tokenSha256, now);
    return {
      actor: actorOf(session),
      userName: session.userName,
      unread: session.unread,
      ...actingOf(session),
      ...(session.sharedVisit !== null && { sharedVisit: session.sharedVisit }),
    };
  };
}

function actorOf(session: SessionRow): Actor {
  const { accountId, holderId, mandateId, services } = session;
  if (accountId !== null && holderId !== null) {
    const [receives, writes, trust] = [session.receives!, session.writes!, session.mandateTrust!];
    return actorUnder({ id: mandateId!, holderId, agentId: accountId, services, receives, writes, trust }, session.trust!);
  }
  if (accountId !== null) return { kind: 'citizen', accountId, trust: session.trust! };
  return { kind: 'staff', staffId: session.staffId!, roles: session.roles!, authorities: session.authorities! };
}

function actingOf({ mandateId, holderId, holderName, writes }: SessionRow): Pick<SignedIn, 'acting'> {
  return mandateId === null ? {} : { acting: { mandateId, name: holderName ?? '–', ended: holderId === null, onlyReads: writes === false } };
}
