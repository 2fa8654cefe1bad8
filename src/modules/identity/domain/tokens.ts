import { createHash, createHmac, randomBytes } from 'node:crypto';

/** A secret nobody can guess: 256 random bits, base64url. */
export function randomToken(): string {
  return randomBytes(32).toString('base64url');
}

/** What is kept of a token. A random token needs no salt and no slow hash. */
export function sha256Hex(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** A keyed hash: the same text gives the same key, and nobody without the secret can tell the text. */
export function keyedHash(secret: string, text: string): string {
  return createHmac('sha256', secret).update(text).digest('hex');
}
