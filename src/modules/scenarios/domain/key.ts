import { createHash, randomBytes } from 'node:crypto';

/** The key of a link that nobody can guess: 256 random bits, 43 signs. */
export const newKey = (): string => randomBytes(32).toString('base64url');

export const isKey = (text: string): boolean => /^[A-Za-z0-9_-]{43}$/.test(text);

/** All that is kept of a key. */
export const keyHash = (key: string): string => createHash('sha256').update(key).digest('hex');
