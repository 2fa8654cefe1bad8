import type { DefinitionsByName } from '../domain/definition.ts';
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

/** What was reckoned from the rows of some months. Definitions are made anew when one of them, or an imported figure, changes. */
const SETTLED = new WeakMap<DefinitionsByName, Map<string, Settled>>();

/**
 * Kept while none of these months changes, whatever else the journal says: most months never do. For the city alone: of
 * services there are too many. @param also what else it hangs on, e.g. a day
 */
export function onceOf<T>({ definitions, figures }: Known, months: readonly Month[], about: readonly string[], reckon: () => T, also?: string): T {
  const memory = SETTLED.get(definitions) ?? new Map<string, Settled>();
  SETTLED.set(definitions, memory);
  const [key, on] = [about.join('\n'), [also, ...months.map((month) => figures.rows(month))]];
  const kept = memory.get(key);
  if (kept !== undefined && kept.on.length === on.length && kept.on.every((one, index) => one === on[index])) return kept.value as T;
  const value = reckon();
  memory.set(key, { on, value });
  return value;
}
