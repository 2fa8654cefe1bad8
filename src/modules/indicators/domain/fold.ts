import { contributionsOf, contributionsOfFact, type Contribution } from './contributions.ts';
import type { Fact } from './facts.ts';
import { hasState, nextState, type StreamState } from './stream-state.ts';
import type { Month } from './months.ts';

/** The figures of one service in one month: counts, cases by whole days, and what the last snapshot said. Zeros are left out. */
export interface Cell {
  readonly service: string;
  readonly month: Month;
  readonly counts: Record<string, number>;
  readonly days: Record<string, number>;
  readonly snapshot: Record<string, number>;
}

/** Cells by `cellKey`. */
export type Cells = Map<string, Cell>;
export type States = Map<string, StreamState>;

export const cellKey = ({ service, month }: { readonly service: string; readonly month: Month }): string => `${month} ${service}`;

export const emptyCell = (service: string, month: Month): Cell => ({ service, month, counts: {}, days: {}, snapshot: {} });

function addTo(into: Record<string, number>, name: string, n: number): void {
  const sum = (into[name] ?? 0) + n;
  if (sum === 0) delete into[name];
  else into[name] = sum;
}

/** Adds to the cells, or takes away. */
export function apply(cells: Cells, contributions: readonly Contribution[], sign: 1 | -1 = 1): void {
  for (const one of contributions) {
    const key = cellKey(one);
    const cell = cells.get(key) ?? emptyCell(one.service, one.month);
    cells.set(key, cell);
    if ('snapshot' in one) cell.snapshot[one.snapshot] = one.value;
    else if ('days' in one) addTo(cell.days, String(one.days), one.n * sign);
    else addTo(cell.counts, one.counter, one.n * sign);
  }
}

/** Adds what has changed to a cell as it is kept. */
export function merge(kept: Cell, change: Cell): Cell {
  const sum: Cell = { ...kept, counts: { ...kept.counts }, days: { ...kept.days }, snapshot: { ...kept.snapshot, ...change.snapshot } };
  for (const [name, n] of Object.entries(change.counts)) addTo(sum.counts, name, n);
  for (const [name, n] of Object.entries(change.days)) addTo(sum.days, name, n);
  return sum;
}

/**
 * Takes a run of entries, oldest first.
 * @param states what is known of their streams, brought forward in place
 * @returns what changes in the cells, to be merged, and whose states are new
 */
export function foldBatch(facts: readonly Fact[], states: States): { readonly changes: Cells; readonly touched: ReadonlySet<string> } {
  const before = new Map<string, StreamState | undefined>();
  const changes: Cells = new Map();
  for (const fact of facts) {
    if (!hasState(fact)) {
      apply(changes, contributionsOfFact(fact));
      continue;
    }
    const state = states.get(fact.stream);
    const next = nextState(state, fact);
    if (next === undefined || next === state) continue;
    if (!before.has(fact.stream)) before.set(fact.stream, state);
    states.set(fact.stream, next);
  }
  for (const [stream, state] of before) {
    apply(changes, contributionsOf(state), -1);
    apply(changes, contributionsOf(states.get(stream)));
  }
  return { changes, touched: new Set(before.keys()) };
}

/** All figures anew, from the first entry on: states first, their sum at the end; nothing is ever taken away again. */
export class Recomputation {
  readonly #states: States = new Map();
  readonly #cells: Cells = new Map();

  take(facts: readonly Fact[]): void {
    for (const fact of facts) {
      if (!hasState(fact)) apply(this.#cells, contributionsOfFact(fact));
      else {
        const next = nextState(this.#states.get(fact.stream), fact);
        if (next !== undefined) this.#states.set(fact.stream, next);
      }
    }
  }

  cells(): Cells {
    for (const state of this.#states.values()) apply(this.#cells, contributionsOf(state));
    this.#states.clear();
    return this.#cells;
  }
}

export interface Difference {
  readonly service: string;
  readonly month: Month;
  readonly name: string;
  readonly kept: number;
  readonly recomputed: number;
}

/** The first figure (by month, service and name) that is not as it would be reckoned anew. */
export function firstDifference(kept: Cells, recomputed: Cells): Difference | undefined {
  for (const key of [...new Set([...kept.keys(), ...recomputed.keys()])].toSorted()) {
    const [a, b] = [kept.get(key), recomputed.get(key)];
    const { service, month } = (a ?? b)!;
    for (const part of ['counts', 'days', 'snapshot'] as const)
      for (const name of Object.keys({ ...a?.[part], ...b?.[part] }).toSorted()) {
        const [left, right] = [a?.[part][name] ?? 0, b?.[part][name] ?? 0];
        if (left !== right) return { service, month, name: part === 'days' ? `Fälle mit ${name} Tagen` : name, kept: left, recomputed: right };
      }
  }
  return undefined;
}
