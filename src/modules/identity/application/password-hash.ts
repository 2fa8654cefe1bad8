import { hash, parseOptions, verify } from '@node-rs/argon2';
import { normalisePassword } from '../domain/password.ts';
import { randomToken } from '../../../kernel/token.ts';

/** argon2id as the OWASP Password Storage Cheat Sheet sets it: 19 MiB, two passes, one lane. */
export const ARGON2 = { algorithm: 2 /* Argon2id */, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** @returns the hash as a PHC string with its own salt and parameters */
export async function hashPassword(password: string): Promise<string> {
  return hash(normalisePassword(password), ARGON2);
}

let nobody: Promise<string> | undefined;

/**
 * Compares a password with what is kept. Without a kept hash it does the same work against a hash
 * that nothing matches, so that the time tells nobody whether an account exists.
 */
export async function passwordMatches(kept: string | undefined, password: string): Promise<boolean> {
  nobody ??= hashPassword(randomToken());
  const matches = await verify(kept ?? (await nobody), normalisePassword(password));
  return matches && kept !== undefined;
}

/** Whether a hash was made with other parameters than today's. */
export function isOutdated(kept: string): boolean {
  const { algorithm, memoryCost, timeCost, parallelism } = parseOptions(kept);
  return algorithm !== ARGON2.algorithm || memoryCost !== ARGON2.memoryCost || timeCost !== ARGON2.timeCost || parallelism !== ARGON2.parallelism;
}
