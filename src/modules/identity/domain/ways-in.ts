import type { SignInMethod } from './session.ts';

/** The lasting ways into an account. Recovery codes are used up one by one, so they are none. */
export interface WaysIn {
  readonly password: boolean;
  readonly passkeys: number;
  readonly eids: number;
}

export const countWays = ({ password, passkeys, eids }: WaysIn): number => (password ? 1 : 0) + passkeys + eids;

/** Since when a way is there, and since when its account. */
export interface Dated {
  readonly since: Temporal.Instant;
  readonly accountSince: Temporal.Instant;
}

/**
 * Whether a way was there long enough before `at`, or since the account began: then whoever has just got hold of
 * something else did not make it. Every rule about who prevails over whom rests on this (ADR 63).
 */
export const isSettled = ({ since, accountSince }: Dated, at: Temporal.Instant, settleDays: number): boolean =>
  Temporal.Instant.compare(since, at.subtract({ hours: 24 * settleDays })) <= 0 || Temporal.Instant.compare(since, accountSince) <= 0;

/** Since when there is each way that is stronger than mail. */
export interface StrongWays {
  readonly accountSince: Temporal.Instant;
  readonly passkeys: readonly Temporal.Instant[];
  readonly eids: readonly Temporal.Instant[];
  /** Of codes that still work. */
  readonly codes: readonly Temporal.Instant[];
}

/** Whether mail alone may set a new password at once: only where no settled way is stronger. */
export const mailOpensAtOnce = ({ accountSince, passkeys, eids, codes }: StrongWays, now: Temporal.Instant, settleDays: number): boolean =>
  ![...passkeys, ...eids, ...codes].some((since) => isSettled({ since, accountSince }, now, settleDays));

/** Ways that prove the person anew, so that a forgotten password can be replaced without the old one. */
const PROVES: readonly SignInMethod[] = ['passkey', 'eid', 'code'];
/** Ways that may also take another away. A code opens, but one that was found must not shut its owner out. */
const TAKES_AWAY: readonly SignInMethod[] = ['passkey', 'eid'];
export const FRESH_MINUTES = 15;

/** How a session began. */
export interface Begun extends Dated {
  readonly method: SignInMethod;
  readonly createdAt: Temporal.Instant;
  /** When the password was asked for again; null: never. */
  readonly confirmedAt: Temporal.Instant | null;
}

const within = (at: Temporal.Instant, now: Temporal.Instant): boolean => Temporal.Instant.compare(now, at.add({ minutes: FRESH_MINUTES })) < 0;

/** Whether a session is fresh enough to add ways in: one left open must not make itself a key of its own. */
export const isFresh = ({ createdAt, confirmedAt }: Pick<Begun, 'createdAt' | 'confirmedAt'>, now: Temporal.Instant): boolean =>
  within(createdAt, now) || (confirmedAt !== null && within(confirmedAt, now));

const freshBy = (methods: readonly SignInMethod[], begun: Begun, now: Temporal.Instant, settleDays: number): boolean =>
  within(begun.createdAt, now) && (begun.method === 'recovery' || (methods.includes(begun.method) && isSettled(begun, now, settleDays)));

/** Whether a session is fresh enough, and begun by a way strong enough, to set a password without the old one. */
export const mayReplacePassword = (begun: Begun, now: Temporal.Instant, settleDays: number): boolean => freshBy(PROVES, begun, now, settleDays);

/** Whether a session may take away a settled way, or move the address that mail goes to. */
export const mayTakeAway = (begun: Begun, now: Temporal.Instant, settleDays: number): boolean => freshBy(TAKES_AWAY, begun, now, settleDays);

/** Whether a sign-in ends a recovery: only by a way that was settled when it was asked for. */
export const endsRecovery = (way: Dated, askedAt: Temporal.Instant, settleDays: number): boolean => isSettled(way, askedAt, settleDays);
