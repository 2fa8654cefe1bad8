import { createHmac, timingSafeEqual } from 'node:crypto';

/** Seconds by which a message's clock may differ (Standard Webhooks: five minutes against replay). */
export const TOLERANCE_SECONDS = 300;

export interface SignedMessage {
  readonly id: string;
  /** Seconds since 1970. */
  readonly timestamp: number;
  readonly body: Uint8Array;
}

/** `whsec_` and base64, or the base64 alone. */
const keyOf = (secret: string): Buffer => Buffer.from(secret.replace(/^whsec_/, ''), 'base64');

/** HMAC-SHA256 over `id.timestamp.body`, as `v1,<base64>` (Standard Webhooks 1.0). */
export function signMessage(secret: string, { id, timestamp, body }: SignedMessage): string {
  return `v1,${createHmac('sha256', keyOf(secret)).update(`${id}.${timestamp}.`).update(body).digest('base64')}`;
}

export type Verdict = 'ok' | 'no-signature' | 'wrong-signature' | 'stale';

/**
 * @param secrets those in force; two while a key is being changed
 * @param signatures the header: several, separated by spaces
 * @param nowSeconds since 1970
 */
export function verifyMessage(secrets: readonly string[], message: SignedMessage, signatures: string, nowSeconds: number): Verdict {
  if (message.id === '' || signatures === '' || !Number.isSafeInteger(message.timestamp)) return 'no-signature';
  const given = signatures
    .split(' ')
    .slice(0, 8)
    .map((one) => Buffer.from(one));
  const right = secrets.some((secret) => {
    const expected = Buffer.from(signMessage(secret, message));
    return given.some((one) => one.byteLength === expected.byteLength && timingSafeEqual(one, expected));
  });
  if (!right) return 'wrong-signature';
  return Math.abs(nowSeconds - message.timestamp) <= TOLERANCE_SECONDS ? 'ok' : 'stale';
}
