import type { Result } from '../../../kernel/result.ts';
import type { PropertyKind } from './collection.ts';
import { ARITHMETIC, ARRAYS, COMPARISONS, FILTER_LIMITS, filterMistake, SPATIAL, TEMPORAL, understoodFilter } from './cql2-tree.ts';
import type { Cql2, FilterProblem } from './cql2-tree.ts';

export type FilterType = 'boolean' | 'number' | 'text' | 'date' | 'instant' | 'interval' | 'geometry' | 'array' | 'any';
/** Name -> kind, as the collection knows them; `geometry` and `id` are always there. */
export type Queryables = Readonly<Record<string, PropertyKind>>;

const OF_KIND: Readonly<Record<PropertyKind, FilterType>> = {
  text: 'text',
  number: 'number',
  integer: 'number',
  boolean: 'boolean',
  date: 'date',
  instant: 'instant',
  object: 'any',
  mixed: 'any',
};
const NAMES: Readonly<Record<FilterType, string>> = {
  boolean: 'eine Bedingung',
  number: 'eine Zahl',
  text: 'ein Text',
  date: "ein Tag, etwa DATE('2026-01-31')",
  instant: "ein Zeitpunkt, etwa TIMESTAMP('2026-01-31T08:00:00Z')",
  interval: 'ein Zeitraum',
  geometry: 'eine Geometrie',
  array: 'eine Liste',
  any: 'ein Wert',
};
const TIMES: readonly FilterType[] = ['date', 'instant'];
const COUNTS: Readonly<Record<string, number>> = { not: 1, isNull: 1, casei: 1, accenti: 1, between: 3 };

/** Refuses what has no meaning for these properties, before a database sees it. */
export function checkCql2(filter: Cql2, queryables: Queryables): Result<Cql2, FilterProblem> {
  return understoodFilter(() => {
    need(filter, ['boolean'], queryables);
    return filter;
  });
}

/** The type of a checked part. */
export function typeOf(node: Cql2, queryables: Queryables): FilterType {
  switch (node.kind) {
    case 'literal':
      return typeof node.value === 'string' ? 'text' : typeof node.value === 'number' ? 'number' : 'boolean';
    case 'property':
      return propertyType(node, queryables);
    case 'date':
      return 'date';
    case 'timestamp':
      return 'instant';
    case 'geometry':
    case 'bbox':
      return 'geometry';
    case 'interval':
    case 'array':
      return node.kind;
    case 'op':
      return ARITHMETIC.includes(node.op as never) ? 'number' : node.op === 'casei' || node.op === 'accenti' ? 'text' : 'boolean';
  }
}

function propertyType({ name, at }: { readonly name: string; readonly at: string }, queryables: Queryables): FilterType {
  if (name === 'geometry') return 'geometry';
  if (name === 'id' && !Object.hasOwn(queryables, name)) return 'text';
  if (!Object.hasOwn(queryables, name))
    return filterMistake(at, `Die Eigenschaft „${name.slice(0, 60)}“ gibt es hier nicht. Welche es gibt, steht unter /queryables.`);
  return OF_KIND[queryables[name]!];
}

function need(node: Cql2, types: readonly FilterType[], queryables: Queryables): FilterType {
  const type = typeOf(node, queryables);
  if (type !== 'any' && !types.includes(type))
    filterMistake(node.at, `Erwartet wird ${types.map((one) => NAMES[one]).join(' oder ')}, hier steht ${NAMES[type]}.`);
  if (type === 'any' && types.every((one) => one === 'geometry')) filterMistake(node.at, 'Erwartet wird eine Geometrie.');
  if (node.kind === 'literal' && typeof node.value === 'string' && node.value.includes('\0'))
    filterMistake(node.at, 'Der Text enthält ein Zeichen, das nicht gespeichert werden kann.');
  if (node.kind === 'op') checkOperation(node, queryables);
  if (node.kind === 'interval') checkInterval(node, queryables);
  return type;
}

function checkInterval(node: Extract<Cql2, { kind: 'interval' }>, queryables: Queryables): void {
  for (const bound of [node.from, node.to]) if (bound !== '..') need(bound, TIMES, queryables);
  if (node.from === '..' || node.to === '..' || !('text' in node.from) || !('text' in node.to)) return;
  if (node.from.text.slice(0, Math.min(node.from.text.length, node.to.text.length)) > node.to.text)
    filterMistake(node.at, 'Der Zeitraum endet, bevor er beginnt.');
}

function checkOperation(node: Extract<Cql2, { kind: 'op' }>, queryables: Queryables): void {
  const { op, args, at } = node;
  const count = COUNTS[op] ?? 2;
  const joins = op === 'and' || op === 'or';
  if (joins ? args.length < 2 : args.length !== count)
    filterMistake(at, `„${op}“ braucht ${joins ? 'mindestens ' : ''}${String(count)} ${count === 1 ? 'Teil' : 'Teile'}.`);
  const all = (types: readonly FilterType[]): void => args.forEach((arg) => need(arg, types, queryables));
  if (joins || op === 'not') return all(['boolean']);
  if (op === 'isNull') return void need(args[0]!, Object.keys(NAMES) as FilterType[], queryables);
  if (op === 'casei' || op === 'accenti') return all(['text']);
  if (ARITHMETIC.includes(op as never)) return all(['number']);
  if (SPATIAL.includes(op as never)) return all(['geometry']);
  if (TEMPORAL.includes(op as never)) return all([...TIMES, 'interval']);
  if (ARRAYS.includes(op as never)) return checkArrays(args, queryables);
  if (op === 'like') return checkLike(args, queryables);
  if (COMPARISONS.includes(op as never) || op === 'between') return same(args, queryables);
  checkIn(args, queryables);
}

/** Values are compared with values of their own kind. */
function same(args: readonly Cql2[], queryables: Queryables): void {
  const scalars: readonly FilterType[] = ['number', 'text', 'boolean', ...TIMES];
  const types = args.map((arg) => need(arg, scalars, queryables));
  const first = types.find((type) => type !== 'any');
  if (first === undefined) return;
  const fitting = TIMES.includes(first) ? TIMES : [first];
  for (const arg of args) need(arg, fitting, queryables);
}

function checkLike([value, pattern]: readonly Cql2[], queryables: Queryables): void {
  need(value!, ['text'], queryables);
  need(pattern!, ['text'], queryables);
  let text: Cql2 = pattern!;
  while (text.kind === 'op') text = text.args[0]!;
  if (text.kind !== 'literal' || typeof text.value !== 'string')
    return filterMistake(text.at, 'Das Muster von LIKE ist ein Text in einfachen Anführungszeichen.');
  if (/(?:^|[^\\])(?:\\\\)*\\$/.test(text.value)) filterMistake(text.at, 'Am Ende des Musters steht ein einzelnes \\. Verdoppeln Sie es.');
  if (text.value.split('%').length - 1 > FILTER_LIMITS.wildcards)
    filterMistake(text.at, `Das Muster hat zu viele %. Erlaubt sind ${String(FILTER_LIMITS.wildcards)}.`);
}

function checkIn([value, list]: readonly Cql2[], queryables: Queryables): void {
  if (list!.kind !== 'array' || list!.items.length === 0) return filterMistake(list!.at, 'IN braucht eine Liste, etwa IN (1, 2).');
  same([value!, ...list!.items], queryables);
}

function checkArrays(args: readonly Cql2[], queryables: Queryables): void {
  for (const arg of args) {
    if (arg.kind === 'array') {
      const odd = arg.items.find(({ kind }) => kind !== 'literal');
      if (odd !== undefined) filterMistake(odd.at, 'In dieser Liste stehen nur Zahlen und Texte.');
    } else if (arg.kind !== 'property' || need(arg, ['array'], queryables) !== 'any') filterMistake(arg.at, 'Erwartet wird eine Liste.');
  }
}
