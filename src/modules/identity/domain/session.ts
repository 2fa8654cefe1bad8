import type { TrustLevel } from '../../../kernel/actor.ts';
import { VISIT_IDLE_MINUTES, VISIT_TOUCH_SECONDS } from './shared-device.ts';

/** How somebody signed in. */
export type SignInMethod = 'password' | 'passkey' | 'eid' | 'oidc' | 'code' | 'recovery';

/** Whom a new session is for. */
export type SessionHolder =
  | {
      readonly kind: 'citizen';
      readonly accountId: string;
      readonly trust: TrustLevel;
      readonly method: Exclude<SignInMethod, 'oidc'>;
      /** Since when the way is there by which the person came; absent: it has just been made. */
      readonly since?: Temporal.Instant;
    }
  | { readonly kind: 'staff'; readonly staffId: string; readonly method: 'oidc' };

/** A session without use ends after this (hours). */
export const IDLE_HOURS = 8;
/** A session ends after this whatever happens (hours); a working day for staff. */
export const ABSOLUTE_HOURS = { citizen: 24, staff: 12 } as const;
/** `last_seen_at` is written at most once in this time (seconds): not every request is a write. */
const TOUCH_SECONDS = 60;

/** The instant at which a session begun at `now` ends in any case. */
export function absoluteEnd(kind: SessionHolder['kind'], now: Temporal.Instant): Temporal.Instant {
  return now.add({ hours: ABSOLUTE_HOURS[kind] });
}

/** What decides how long a session lives. `sharedVisit`: it was begun at a shared device. */
interface Aging {
  readonly lastSeenAt: Temporal.Instant;
  readonly expiresAt: Temporal.Instant;
  readonly sharedVisit?: string | null;
}

/** Whether a session may still be used. Both ends are excluded: at the end it is over. */
export function isAlive(session: Aging, now: Temporal.Instant): boolean {
  const idleEnd = session.lastSeenAt.add((session.sharedVisit ?? null) === null ? { hours: IDLE_HOURS } : { minutes: VISIT_IDLE_MINUTES });
  return Temporal.Instant.compare(now, idleEnd) < 0 && Temporal.Instant.compare(now, session.expiresAt) < 0;
}

/** After how many seconds the use of a session is written again. */
export const touchedAfter = ({ sharedVisit }: Pick<Aging, 'sharedVisit'>): number => ((sharedVisit ?? null) === null ? TOUCH_SECONDS : VISIT_TOUCH_SECONDS);

/** One of a person's own sessions, as the account page lists it. */
export interface OwnSession {
  readonly id: string;
  readonly method: SignInMethod;
  /** Kind of browser and system, coarse; null where the device said nothing. The place is not kept. */
  readonly deviceKind: string | null;
  readonly createdAt: Temporal.Instant;
  readonly lastSeenAt: Temporal.Instant;
  readonly current: boolean;
}
