import type { SignInMethod } from './session.ts';

/** The lasting ways into an account. Recovery codes are used up one by one, so they are none. */
export interface WaysIn {
  readonly password: boolean;
  readonly passkeys: number;
  readonly eids: number;
}

export const countWays = ({ password, passkeys, eids }: WaysIn): number => (password ? 1 : 0) + passkeys + eids;

/** Whether mail alone may set a new password at once: only where mail and password were all there ever was. */
export const mailOpensAtOnce = ({ passkeys, eids }: WaysIn, codesLeft: number): boolean => passkeys + eids + codesLeft === 0;

/** Ways that prove the person anew, so that a forgotten password can be replaced without the old one. */
const PROVES: readonly SignInMethod[] = ['passkey', 'eid', 'code', 'recovery'];
export const FRESH_MINUTES = 15;

/** How a session began. */
export interface Begun {
  readonly method: SignInMethod;
  readonly createdAt: Temporal.Instant;
}

/** Whether a session is fresh enough to change the ways in: one left open must not make itself a key of its own. */
export const isFresh = (begun: Begun, now: Temporal.Instant): boolean => Temporal.Instant.compare(now, begun.createdAt.add({ minutes: FRESH_MINUTES })) < 0;

/** Whether a session is fresh enough to set a password without the old one. */
export const mayReplacePassword = (begun: Begun, now: Temporal.Instant): boolean => PROVES.includes(begun.method) && isFresh(begun, now);
