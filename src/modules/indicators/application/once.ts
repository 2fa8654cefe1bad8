import type { Month } from '../domain/months.ts';
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

interface Settled {
  readonly on: readonly unknown[];
  readonly value: unknown;
}

/** By what it belongs to and goes with. */
const SETTLED = new WeakMap<object, Map<string, Settled>>();

/** Kept with its owner while everything that it hangs on stays the same. */
export function onceWhile<T>(owner: object, key: string, on: readonly unknown[], reckon: () => T): T {
  const memory = SETTLED.get(owner) ?? new Map<string, Settled>();
  SETTLED.set(owner, memory);
  const kept = memory.get(key);
  if (kept !== undefined && kept.on.length === on.length && kept.on.every((one, index) => one === on[index])) return kept.value as T;
  const value = reckon();
  memory.set(key, { on, value });
  return value;
}

/**
 * Kept while none of these months changes, whatever else the journal says: most months never do. For the city alone: of
 * services there are too many. Definitions are made anew when one of them, or an imported figure, changes. @param also what else it hangs on, e.g. a day
 */
export function onceOf<T>({ definitions, figures }: Known, months: readonly Month[], about: readonly string[], reckon: () => T, also?: string): T {
  return onceWhile(definitions, about.join('\n'), [also, ...months.map((month) => figures.rows(month))], reckon);
}
