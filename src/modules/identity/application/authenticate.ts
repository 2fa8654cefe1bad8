import type { Actor } from '../../../kernel/actor.ts';
import type { Context } from '../../../platform/context.ts';
import { isAlive, TOUCH_SECONDS } from '../domain/session.ts';
import { sha256Hex } from '../domain/tokens.ts';
import { findSession, touchSession, type SessionRow } from '../store/sessions.ts';

/** Who stands behind a session cookie. */
export interface SignedIn {
  readonly actor: Actor;
  /** For the head of the page. */
  readonly userName: string;
  /** Unopened messages in the Postfach; 0 for staff. */
  readonly unread: number;
}

/**
 * Reads a session; one query on every request, and one write at most each minute.
 * @returns `undefined` when the token is unknown, ended or over
 */
export function authenticate(ctx: Pick<Context, 'database'>): (sessionToken: string, now: Temporal.Instant) => Promise<SignedIn | undefined> {
  return async (sessionToken, now) => {
    const tokenSha256 = sha256Hex(sessionToken);
    const session = await findSession(ctx.database.read, tokenSha256);
    if (session === undefined || !isAlive(session, now)) return undefined;
    if (session.lastSeenAt.until(now).total('seconds') >= TOUCH_SECONDS) await touchSession(ctx.database.read, tokenSha256, now);
    return { actor: actorOf(session), userName: session.userName, unread: session.unread };
  };
}

function actorOf(session: SessionRow): Actor {
  if (session.accountId !== null) return { kind: 'citizen', accountId: session.accountId, trust: session.trust! };
  return { kind: 'staff', staffId: session.staffId!, roles: session.roles!, authorities: session.authorities! };
}
