import { checkExpression, checkFilter } from './check-expression.ts';
import { Cursor } from './cursor.ts';
import { navigationOf, propertyOf, type EntityName } from './entities.ts';
import type { Path } from './expression.ts';
import { mistake, understood, type QueryProblem } from './mistake.ts';
import { parseExpression, parsePath } from './parse-expression.ts';
import type { Expand, GivenOption, Order, Query } from './query.ts';
import type { Result } from '../../../kernel/result.ts';

type Reader = (cursor: Cursor, entity: EntityName) => Partial<Query>;

const READERS: Readonly<Record<string, Reader>> = {
  $filter(cursor, entity) {
    const filter = parseExpression(cursor);
    checkFilter(filter, { entity, variables: {} });
    return { filter };
  },
  $orderby: (cursor, entity) => ({ orderby: listOf(cursor, () => parseOrder(cursor, entity)) }),
  $select: (cursor, entity) => ({ select: listOf(cursor, () => parseSelected(cursor, entity)) }),
  $expand: (cursor, entity) => ({ expand: mergeExpands(listOf(cursor, () => parseExpand(cursor, entity))) }),
  $top: (cursor) => ({ top: parseWhole(cursor) }),
  $skip: (cursor) => ({ skip: parseWhole(cursor) }),
  $count: (cursor) => ({ count: parseBoolean(cursor) }),
};

/** The options of a request, checked against the model; a problem names its option and place. */
export function parseQuery(entity: EntityName, options: readonly GivenOption[]): Result<Query, QueryProblem & { readonly option: string }> {
  let query: Query = {};
  const seen = new Set<string>();
  for (const { name, text } of options) {
    const read = understood(() => {
      const cursor = new Cursor(text);
      const part = readOption(name, seen, cursor, entity, 0);
      cursor.end();
      return part;
    });
    if (!read.ok) return { ok: false, problem: { ...read.problem, option: name } };
    query = { ...query, ...read.value };
  }
  return { ok: true, value: query };
}

function readOption(name: string, seen: Set<string>, cursor: Cursor, entity: EntityName, at: number): Partial<Query> {
  const reader = Object.hasOwn(READERS, name) ? READERS[name] : undefined;
  if (reader === undefined) return mistake(at, `Die Angabe „${name.slice(0, 40)}“ gibt es nicht.`);
  if (seen.has(name)) mistake(at, `Die Angabe „${name}“ steht zweimal da.`);
  seen.add(name);
  return reader(cursor, entity);
}

function listOf<T>(cursor: Cursor, parse: () => T): readonly T[] {
  const list = [parse()];
  while (cursor.accept(',')) list.push(parse());
  return list;
}

function parseOrder(cursor: Cursor, entity: EntityName): Order {
  const by = parseExpression(cursor);
  const kind = checkExpression(by, { entity, variables: {} });
  if (kind === 'relation' || kind === 'geometry' || kind === 'null') mistake(by.at, `Nach ${kind} kann niemand ordnen.`);
  const { kind: token, text } = cursor.peek();
  if (token !== 'name' || (text !== 'asc' && text !== 'desc')) return { by, descending: false };
  cursor.take();
  return { by, descending: text === 'desc' };
}

function parseSelected(cursor: Cursor, entity: EntityName): Path {
  const path = parsePath(cursor);
  const [first, second] = path.segments as [string, string?];
  const kind = propertyOf(entity, first);
  if (kind === undefined && navigationOf(entity, first) === undefined) mistake(path.at, `${entity} hat keine Eigenschaft „${first.slice(0, 40)}“.`);
  if (second !== undefined && kind !== 'json') mistake(path.at, `„${first}“ hat keine Teile, die man auswählen kann.`);
  return path;
}

/** `Datastreams/Observations($top=1)` is `Datastreams($expand=Observations($top=1))`. */
function parseExpand(cursor: Cursor, entity: EntityName): Expand {
  return cursor.within(() => {
    const { text: relation, at } = cursor.name('der Name einer Beziehung');
    const next = navigationOf(entity, relation);
    if (next === undefined) return mistake(at, `${entity} hat keine Beziehung „${relation.slice(0, 40)}“.`);
    if (cursor.accept('/')) return { relation, ...next, query: { expand: [parseExpand(cursor, next.target)] } };
    return { relation, ...next, query: parseNested(cursor, next.target) };
  });
}

function parseNested(cursor: Cursor, entity: EntityName): Query {
  if (!cursor.accept('(')) return {};
  let query: Query = {};
  const seen = new Set<string>();
  do {
    const { kind, text, at } = cursor.peek();
    if (kind !== 'option') cursor.unexpected('eine Angabe wie $filter');
    cursor.take();
    cursor.expect('=');
    query = { ...query, ...readOption(text, seen, cursor, entity, at) };
  } while (cursor.accept(';'));
  cursor.expect(')');
  return query;
}

/** `Datastreams/Sensor,Datastreams/Thing` expands one relation with two below it. */
function mergeExpands(expands: readonly Expand[]): readonly Expand[] {
  const merged = new Map<string, Expand>();
  for (const expand of expands) {
    const before = merged.get(expand.relation);
    const below = [...(before?.query.expand ?? []), ...(expand.query.expand ?? [])];
    const query = { ...before?.query, ...expand.query, ...(below.length > 0 ? { expand: mergeExpands(below) } : {}) };
    merged.set(expand.relation, { ...expand, query });
  }
  return [...merged.values()];
}

function parseWhole(cursor: Cursor): number {
  const { kind, text, at } = cursor.take();
  if (kind !== 'number' || !/^\d{1,15}$/.test(text)) return mistake(at, 'Gebraucht wird eine ganze Zahl ab 0.');
  return Number(text);
}

function parseBoolean(cursor: Cursor): boolean {
  const { text, at } = cursor.take();
  return text === 'true' || (text === 'false' ? false : mistake(at, 'Gebraucht wird true oder false.'));
}
