import type { Known } from './desk.ts';

/** What was reckoned from what is known, until the journal moves: many read what changes once a minute. */
const RECKONED = new WeakMap<Known, Map<string, unknown>>();

export function once<T>(known: Known, about: readonly (string | undefined)[], reckon: () => T): T {
  const memory = RECKONED.get(known) ?? new Map<string, unknown>();
  RECKONED.set(known, memory);
  const key = about.join('\n');
  if (!memory.has(key)) memory.set(key, reckon());
  return memory.get(key) as T;
}
