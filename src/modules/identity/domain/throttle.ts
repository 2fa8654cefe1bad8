/** Failed tries at one account, as kept. Tries by client address are limited in `platform/http`. */
export interface Failures {
  readonly failures: number;
  /** After this the count starts anew. */
  readonly windowEndsAt: Temporal.Instant;
  readonly blockedUntil?: Temporal.Instant;
}

/** How many failures are free, and how long the pauses grow. */
export interface ThrottleRule {
  /** Failures without a pause. */
  readonly free: number;
  /** First pause; each further failure doubles it. */
  readonly firstPauseMinutes: number;
  /** No pause is longer: a stranger must not lock somebody out for a day. */
  readonly longestPauseMinutes: number;
  /** A count is forgotten this long after its last failure. */
  readonly windowMinutes: number;
}

export const ACCOUNT_RULE: ThrottleRule = { free: 5, firstPauseMinutes: 1, longestPauseMinutes: 15, windowMinutes: 60 };
/** Mails that anybody may cause to be sent to one address. */
export const MAIL_RULE: ThrottleRule = { free: 3, firstPauseMinutes: 10, longestPauseMinutes: 60, windowMinutes: 60 };

/** The count after one more try. A try counts before its password is looked at, so that parallel tries gain nothing. */
export function countTry(before: Failures | undefined, rule: ThrottleRule, now: Temporal.Instant): Failures {
  const fresh = before === undefined || Temporal.Instant.compare(now, before.windowEndsAt) >= 0;
  const failures = fresh ? 1 : before.failures + 1;
  const windowEndsAt = now.add({ minutes: rule.windowMinutes });
  if (failures < rule.free) return { failures, windowEndsAt };
  const pause = Math.min(rule.longestPauseMinutes, rule.firstPauseMinutes * 2 ** Math.min(failures - rule.free, 20));
  return { failures, windowEndsAt, blockedUntil: now.add({ minutes: pause }) };
}

/** Whole minutes until the next try is allowed; 0 when it is allowed now. */
export function waitMinutes(state: Failures | undefined, now: Temporal.Instant): number {
  if (state?.blockedUntil === undefined) return 0;
  return Math.max(0, Math.ceil(now.until(state.blockedUntil).total('minutes')));
}
