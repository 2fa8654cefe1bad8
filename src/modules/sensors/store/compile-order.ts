import { sql } from 'kysely';
import type { EntityName } from '../domain/entities.ts';
import type { PageEnd } from '../domain/page-token.ts';
import type { Plan } from '../domain/plan.ts';
import type { Order } from '../domain/query.ts';
import type { Compiler } from './compile-expression.ts';
import { at, type Fragment } from './compile-tables.ts';
import { SQL_TYPES, type Value } from './compile-value.ts';

/** One thing to order by. PostgreSQL counts null as the greatest value, and so do pages. */
interface Key {
  readonly sql: Fragment;
  /** The SQL type its text is read back as. */
  readonly type: string;
  readonly descending: boolean;
  /** Never null. */
  readonly certain: boolean;
}

const CERTAIN = new Set(['id', '@iot.id', 'name', 'description', 'definition', 'encodingType', 'observationType', 'time']);

export function keysOf(compiler: Compiler, { entity, orderby }: Plan, alias: string, usual?: Fragment): readonly Key[] {
  if (orderby.length === 0) return usual === undefined ? [] : [{ sql: usual, type: 'int', descending: false, certain: true }];
  return orderby.flatMap((order) => {
    const value = compiler.orderValue(order.by, { entity, alias, variables: {} });
    if (value.kind === 'null') return [];
    const { sql: by, type } = sortable(value);
    return [{ sql: sql`(${by})`, type, descending: order.descending, certain: isCertain(entity, order) }];
  });
}

function sortable(value: Exclude<Value, { kind: 'null' }>): Pick<Key, 'sql' | 'type'> {
  switch (value.kind) {
    case 'duration':
      return { sql: sql`extract(epoch from ${value.sql})`, type: 'numeric' };
    case 'interval':
      return { sql: value.sql, type: 'timestamptz' };
    case 'json':
      return { sql: value.sql, type: 'jsonb' };
    case 'number':
      return { sql: value.sql, type: value.whole ? 'bigint' : 'double precision' };
    default:
      return { sql: value.sql, type: SQL_TYPES[value.kind] };
  }
}

function isCertain(entity: EntityName, { by }: Order): boolean {
  if (by.kind !== 'path' || by.segments.length !== 1) return false;
  return CERTAIN.has(by.segments[0]!) || (entity === 'Observation' && by.segments[0] === 'phenomenonTime');
}

/** The id comes last, in the direction of what stands before it, so that an index serves both. */
const idDescends = (keys: readonly Key[]): boolean => keys.at(-1)?.descending ?? false;

const direction = (descending: boolean): Fragment => (descending ? sql`desc` : sql`asc`);

/** A key is selected under a name and ordered by it: SQL orders by no constant. */
export const keyName = (index: number): string => `k${String(index)}`;

export function orderBy(keys: readonly Key[], alias: string): Fragment {
  return sql.join([
    ...keys.map((key, index) => sql`${sql.raw(keyName(index))} ${direction(key.descending)}`),
    sql`${at(alias, 'id')} ${direction(idDescends(keys))}`,
  ]);
}

/** What comes after the end of a page. */
export function afterPage(keys: readonly Key[], end: PageEnd, alias: string): Fragment {
  const id = at(alias, 'id');
  const lastId = sql`${end.id}::bigint`;
  const down = idDescends(keys);
  const ends = keys.map((key, index) => textAs(end.keys[index] ?? null, key.type));
  // one comparison of rows, which an index can follow, where no value is null and all go one way
  if (keys.every((key) => key.certain && key.descending === down))
    return sql`(${sql.join([...keys.map((key) => key.sql), id])}) ${down ? sql`<` : sql`>`} (${sql.join([...ends, lastId])})`;
  const equal = (index: number): Fragment => sql`${keys[index]!.sql} is not distinct from ${ends[index]!}`;
  const before = (length: number): Fragment[] => Array.from({ length }, (_, index) => equal(index));
  const ways = keys.map((key, index) => sql`(${sql.join([...before(index), beyond(key, ends[index]!, end.keys[index] ?? null)], sql` and `)})`);
  const last = sql`(${sql.join([...before(keys.length), down ? sql`${id} < ${lastId}` : sql`${id} > ${lastId}`], sql` and `)})`;
  return sql`(${sql.join([...ways, last], sql` or `)})`;
}

function beyond(key: Key, end: Fragment, text: string | null): Fragment {
  if (text === null) return key.descending ? sql`${key.sql} is not null` : sql`false`;
  return key.descending ? sql`${key.sql} < ${end}` : sql`(${key.sql} > ${end} or ${key.sql} is null)`;
}

const textAs = (text: string | null, type: string): Fragment => sql`${text}::text::${sql.raw(type)}`;
