import { createHash, randomBytes } from 'node:crypto';

/** A secret nobody can guess: 256 random bits, base64url, 43 signs. */
export const randomToken = (): string => randomBytes(32).toString('base64url');

/** Whether a text has the form of a token. */
export const isToken = (text: string): boolean => /^[A-Za-z0-9_-]{43}$/.test(text);

/** What is kept of a token, and of words beside the journal: lower-case hex of SHA-256. A random token needs no salt and no slow hash. */
export const sha256Hex = (text: string): string => createHash('sha256').update(text).digest('hex');
