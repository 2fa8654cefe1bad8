import { createHmac } from 'node:crypto';

/** A keyed hash: the same text gives the same key, and nobody without the secret can tell the text. */
export function keyedHash(secret: string, text: string): string {
  return createHmac('sha256', secret).update(text).digest('hex');
}
