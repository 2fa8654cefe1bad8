import type { Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';

/** A geometry as GeoJSON writes it, in the coordinates of the filter. */
export interface Geometry {
  readonly type: string;
  readonly coordinates?: unknown;
  readonly geometries?: readonly Geometry[];
}

/** The tree of a CQL2 filter (OGC 21-065r2), the same for text and JSON. `at`: where it was written. */
export type Cql2 =
  | { readonly kind: 'op'; readonly op: Operation; readonly args: readonly Cql2[]; readonly at: string }
  | { readonly kind: 'property'; readonly name: string; readonly at: string }
  | { readonly kind: 'literal'; readonly value: string | number | boolean; readonly at: string }
  | { readonly kind: 'date' | 'timestamp'; readonly text: string; readonly at: string }
  | { readonly kind: 'interval'; readonly from: Cql2 | '..'; readonly to: Cql2 | '..'; readonly at: string }
  | { readonly kind: 'geometry'; readonly geometry: Geometry; readonly at: string }
  | { readonly kind: 'bbox'; readonly box: readonly number[]; readonly at: string }
  | { readonly kind: 'array'; readonly items: readonly Cql2[]; readonly at: string };

export const COMPARISONS = ['=', '<>', '<', '>', '<=', '>='] as const;
export const ARITHMETIC = ['+', '-', '*', '/', '%', 'div', '^'] as const;
export const SPATIAL = ['s_intersects', 's_within', 's_contains', 's_disjoint', 's_equals', 's_touches', 's_crosses', 's_overlaps'] as const;
export const TEMPORAL = [
  ...['t_after', 't_before', 't_contains', 't_disjoint', 't_during', 't_equals', 't_finishedBy', 't_finishes', 't_intersects'],
  ...['t_meets', 't_metBy', 't_overlappedBy', 't_overlaps', 't_startedBy', 't_starts'],
] as readonly TemporalOperation[];
export const ARRAYS = ['a_equals', 'a_contains', 'a_containedBy', 'a_overlaps'] as const;
const OTHERS = ['and', 'or', 'not', 'like', 'between', 'in', 'isNull', 'casei', 'accenti'] as const;

export type TemporalOperation =
  `t_${'after' | 'before' | 'contains' | 'disjoint' | 'during' | 'equals' | 'finishedBy' | 'finishes' | 'intersects' | 'meets' | 'metBy' | 'overlappedBy' | 'overlaps' | 'startedBy' | 'starts'}`;
export type Operation =
  | (typeof COMPARISONS)[number]
  | (typeof ARITHMETIC)[number]
  | (typeof SPATIAL)[number]
  | TemporalOperation
  | (typeof ARRAYS)[number]
  | (typeof OTHERS)[number];

const ALL = new Map<string, Operation>([...COMPARISONS, ...ARITHMETIC, ...SPATIAL, ...TEMPORAL, ...ARRAYS, ...OTHERS].map((op) => [op.toLowerCase(), op]));

/** The operation of this name, however it is capitalised. */
export const operationOf = (name: string): Operation | undefined => ALL.get(name.toLowerCase());
/** Those written as a call in text: `S_INTERSECTS(a, b)`. */
export const isCall = (op: Operation): boolean => /^[sta]_|^casei$|^accenti$/.test(op);

/** What one filter may cost before the database sees it. */
export const FILTER_LIMITS = { characters: 16_384, nodes: 1_000, depth: 40, wildcards: 10 };

export type FilterProblem = Problem<'malformed-filter'>;

/** Thrown inside parser and check alone; `understoodFilter` turns it into a value. */
class FilterMistake extends Error {}

export function filterMistake(at: string, message: string): never {
  throw new FilterMistake(`${at}: ${message}`);
}

export function understoodFilter<T>(parse: () => T): Result<T, FilterProblem> {
  try {
    return ok(parse());
  } catch (error) {
    if (!(error instanceof FilterMistake)) throw error;
    return refuse({ kind: 'malformed-filter', detail: error.message });
  }
}

/** A list of `and` or `or` in one node, however it was bracketed; the meaning is the same. */
export function joined(op: 'and' | 'or', args: readonly Cql2[], at: string): Cql2 {
  return { kind: 'op', op, args: args.flatMap((arg) => (arg.kind === 'op' && arg.op === op ? arg.args : [arg])), at };
}

const EXISTS = {
  date: (text: string) => /^\d{4}-\d\d-\d\d$/.test(text) && Temporal.PlainDate.from(text),
  timestamp: (text: string) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/.test(text) && Temporal.Instant.from(text),
};

/** A day or an instant in UTC; refuses 31 February. */
export function timeNode(kind: 'date' | 'timestamp', text: string, at: string): Cql2 {
  const sample = kind === 'date' ? "DATE('2026-01-31')" : "TIMESTAMP('2026-01-31T08:00:00Z')";
  try {
    if (EXISTS[kind](text) !== false) return { kind, text, at };
  } catch {
    // said below
  }
  return filterMistake(at, `„${text.slice(0, 40)}“ ist keine Zeit. Schreiben Sie zum Beispiel ${sample}.`);
}

/** The bound of an interval as text. */
export function boundNode(text: string, at: string): Cql2 | '..' {
  return text === '..' || text === '' ? '..' : timeNode(text.includes('T') ? 'timestamp' : 'date', text, at);
}
