import { createHmac, timingSafeEqual } from 'node:crypto';

/** Callbacks older than this are not taken (FIT-Connect, «Verwendung von Callbacks»). */
const MAX_AGE_SECONDS = 5 * 60;
const SKEW_SECONDS = 60;

export type CallbackVerdict = 'ok' | 'unsigned' | 'forged' | 'stale' | 'future-dated';

/**
 * HMAC-SHA-512 over time stamp, full stop and body, in lower-case hex.
 * @param timestamp the header `callback-timestamp` as it stands, seconds since 1970
 */
export const callbackHmac = (secret: string, timestamp: string, body: Uint8Array): string =>
  createHmac('sha512', secret).update(`${timestamp}.`).update(body).digest('hex');

/** Whether a callback comes from who knows the secret, and is fresh. The signature is asked first: a forger learns no more. */
export function judgeCallback(
  secret: string,
  callback: { readonly authentication: string | undefined; readonly timestamp: string | undefined; readonly body: Uint8Array },
  now: Temporal.Instant,
): CallbackVerdict {
  const { authentication, timestamp, body } = callback;
  if (authentication === undefined || timestamp === undefined) return 'unsigned';
  const expected = Buffer.from(callbackHmac(secret, timestamp, body));
  const given = Buffer.from(authentication);
  if (!/^\d{1,12}$/.test(timestamp) || given.byteLength !== expected.byteLength || !timingSafeEqual(given, expected)) return 'forged';
  const age = now.epochMilliseconds / 1000 - Number(timestamp);
  if (age > MAX_AGE_SECONDS) return 'stale';
  return age < -SKEW_SECONDS ? 'future-dated' : 'ok';
}
