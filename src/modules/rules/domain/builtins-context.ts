import { builtin, library } from './builtin.ts';
import { FeelDateTime, FeelTime } from './temporal.ts';
import { contextOf, equals, isContext, isList, typeOf, type Context, type Value } from './value.ts';

const entryOf = (context: Context, key: string): Value => (Object.hasOwn(context, key) ? (context[key] ?? null) : null);

function getByPath(context: Context, keys: readonly Value[]): Value {
  let value: Value = context;
  if (keys.length === 0) return null;
  for (const key of keys) {
    if (!isContext(value) || typeof key !== 'string') return null;
    value = entryOf(value, key);
  }
  return value;
}

const put = (context: Context, key: string, value: Value): Context =>
  contextOf(
    Object.hasOwn(context, key) ? Object.entries(context).map(([name, old]) => [name, name === key ? value : old]) : [...Object.entries(context), [key, value]],
  );

function putByPath(context: Context, keys: readonly Value[], value: Value): Value {
  const [key, ...rest] = keys;
  if (typeof key !== 'string') return null;
  if (rest.length === 0) return put(context, key, value);
  const inner = entryOf(context, key);
  if (inner !== null && !isContext(inner)) return null;
  const changed = putByPath(inner ?? {}, rest, value);
  return changed === null ? null : put(context, key, changed);
}

/** From `[{key, value}]`; null where a key is missing or comes twice. */
function fromEntries(entries: readonly Value[]): Value {
  const found = new Map<string, Value>();
  for (const entry of entries) {
    if (!isContext(entry) || !Object.hasOwn(entry, 'key') || !Object.hasOwn(entry, 'value')) return null;
    if (typeof entry['key'] !== 'string' || found.has(entry['key'])) return null;
    found.set(entry['key'], entry['value'] ?? null);
  }
  return contextOf(found);
}

const merge = (contexts: readonly Value[]): Value => (contexts.every(isContext) ? contextOf(contexts.flatMap((one) => Object.entries(one))) : null);

/** The same clock at the same offset, however the place is named. */
const sameTime = (a: FeelTime, b: FeelTime, days: number): boolean => a.nanosOfDay === b.nanosOfDay && a.offset(days) === b.offset(days);

/** Whether two values are the same in every part; of different types they are not (10.3.4.10). */
function is(a: Value, b: Value): boolean {
  if (a instanceof FeelTime && b instanceof FeelTime) return sameTime(a, b, 0);
  if (a instanceof FeelDateTime && b instanceof FeelDateTime) return equals(a.date, b.date) === true && sameTime(a.time, b.time, a.date.days);
  return typeOf(a) === typeOf(b) && equals(a, b) === true;
}

/** Contexts (OMG DMN 1.5, 10.3.4.9 and 10.3.4.10). */
export const CONTEXT_FUNCTIONS = library(
  builtin(
    'get value',
    ['m: context, key: string', entryOf],
    ['context: context, key: string', entryOf],
    ['m: context, keys: list', getByPath],
    ['context: context, keys: list', getByPath],
  ),
  builtin(
    'get entries',
    ['m: context', (m: Context) => Object.entries(m).map(([key, value]) => ({ key, value }))],
    ['context: context', (m: Context) => Object.entries(m).map(([key, value]) => ({ key, value }))],
  ),
  builtin('context', ['entries: list', fromEntries]),
  builtin(
    'context put',
    ['context: context, key: string, value: any', put],
    [
      'context: context, keys: list, value: any',
      (context: Context, keys: readonly Value[], value: Value) => (isList(keys) ? putByPath(context, keys, value) : null),
    ],
  ),
  builtin('context merge', ['contexts: list', merge]),
  builtin('is', ['value1: any, value2: any', is]),
);
