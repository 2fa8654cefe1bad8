import { sql } from 'kysely';
import type { EntityName } from '../domain/entities.ts';
import type { PageEnd } from '../domain/page-token.ts';
import type { Resource } from '../domain/parse-resource.ts';
import type { Plan, PlannedExpand } from '../domain/plan.ts';
import { Compiler } from './compile-expression.ts';
import { afterPage, keyName, keysOf, orderBy } from './compile-order.ts';
import { HIDDEN, ownPairs } from './compile-row.ts';
import { stepNumber } from './statement.ts';
import { admitted, at, nearAlias, placeInStream, related, tableOf, type Fragment, type Near, type Reader } from './compile-tables.ts';

/** A set of entities: all, or those at the far end of a relation. */
interface Set {
  readonly entity: EntityName;
  readonly among: (alias: string) => Fragment;
  readonly through?: EntityName;
  /** The order of rows where the query names none; the id otherwise. */
  readonly usual?: (alias: string) => Fragment;
}

interface Asked {
  readonly resource: Resource;
  readonly plan: Plan;
  readonly after: PageEnd | undefined;
}

/** One statement for a whole request: `rows` (JSON, one more than asked for tells of a next page) and `count`; both null where the way to them does not exist. */
export function compileRequest({ resource, plan, after }: Asked, reader: Reader): Fragment {
  const compiler = new Compiler(reader);
  const { steps } = resource;
  const set = lastSet(compiler, steps);
  const rows = page(compiler, set, plan, after);
  const counted = plan.count ? count(compiler, set, plan) : undefined;
  if (steps.length === 1) return sql`select ${rows} as rows, ${counted ?? NONE} as count`;
  const way = wayExists(compiler, steps.slice(0, -1));
  return sql`select case when ${way} then ${rows} end as rows, ${counted === undefined ? NONE : sql`case when ${way} then ${counted} end`} as count`;
}

const NONE = sql`null::bigint`;

type Steps = readonly Resource['steps'][number][];

function lastSet(compiler: Compiler, steps: Steps): Set {
  const last = steps.at(-1)!;
  const before = steps.slice(0, -1);
  const through = before.at(-1)?.entity;
  const near = before.length === 0 ? undefined : nearEnd(compiler, before);
  return {
    entity: last.entity,
    among(alias) {
      const numbered = last.id === undefined ? [] : [sql`${at(alias, 'id')} = ${stepNumber(before.length)}`];
      const joined = near === undefined ? [] : [related(through!, last.relation, near, alias)];
      return sql.join([sql`true`, ...numbered, ...joined], sql` and `);
    },
    ...(through === undefined ? {} : { through }),
    ...usualOrder(last.relation, near),
  };
}

/** The results of a MultiDatastream are in the order of its properties, and clients read the one by the other. */
function usualOrder(relation: string, near: Near | undefined): Pick<Set, 'usual'> {
  return relation === 'ObservedProperties' && near !== undefined ? { usual: (alias) => placeInStream(near, alias) } : {};
}

/** The row the steps lead to, as the near end of the next: known by number, or looked up. */
function nearEnd(compiler: Compiler, steps: Steps): Near {
  const last = steps.at(-1)!;
  return (column) => (column === 'id' && last.id !== undefined ? stepNumber(steps.length - 1) : reached(compiler, steps, (alias) => at(alias, column)));
}

function reached(compiler: Compiler, steps: Steps, what: (alias: string) => Fragment): Fragment {
  const alias = compiler.alias();
  const { entity, among, through } = lastSet(compiler, steps);
  return sql`(select ${what(alias)} from ${tableOf(entity)} ${sql.raw(alias)} where ${among(alias)} and ${admitted(entity, alias, compiler.reader, through)} limit 1)`;
}

/** Every step on the way must be there, and lead from the one before. */
function wayExists(compiler: Compiler, steps: Steps): Fragment {
  const each = steps.map((_, index) => sql`exists ${reached(compiler, steps.slice(0, index + 1), () => sql`1`)}`);
  return sql`(${sql.join(each, sql` and `)})`;
}

function conditions(compiler: Compiler, { entity, among, through }: Set, { filter }: Plan, alias: string): Fragment[] {
  const asked = filter === undefined ? [] : [compiler.condition(filter, { entity, alias, variables: {} })];
  return [among(alias), admitted(entity, alias, compiler.reader, through), ...asked];
}

/**
 * A page as JSON. Only its rows are expanded, after they have been ordered and cut. Its length, a number of ours,
 * stands in the text: a plan made for any length reads too much.
 */
function page(compiler: Compiler, set: Set, plan: Plan, after?: PageEnd): Fragment {
  const [inner, outer] = [compiler.alias(), compiler.alias()];
  const keys = keysOf(compiler, plan, inner, set.usual?.(inner));
  const where = conditions(compiler, set, plan, inner);
  if (after !== undefined) where.push(afterPage(keys, after, inner));
  const named = keys.map((key, index) => sql`, ${key.sql} as ${sql.raw(keyName(index))}`);
  // with an offset that it does not know, PostgreSQL plans anew each time it runs
  const skip = plan.skip === 0 ? sql`` : sql` offset ${plan.skip}::bigint`;
  const rows = sql`select ${sql.raw(inner)}.*${sql.join(named, sql``)} from ${tableOf(set.entity)} ${sql.raw(inner)}
    where ${sql.join(where, sql` and `)} order by ${orderBy(keys, inner)} limit ${sql.raw(String(plan.top + 1))}${skip}`;
  const texts = keys.map((_, index) => sql`${at(outer, keyName(index))}::text`);
  const ends = keys.length === 0 ? [] : [sql`${sql.lit(HIDDEN.keys)}::text, json_build_array(${sql.join(texts)})`];
  const expanded = plan.expand.map((expand) => expansion(compiler, set.entity, expand, outer));
  const pairs = [...ownPairs(plan, outer, set.through), ...ends, ...expanded];
  return sql`(select coalesce(json_agg(json_build_object(${sql.join(pairs)})), '[]'::json) from (${rows}) ${sql.raw(outer)})`;
}

function expansion(compiler: Compiler, from: EntityName, { relation, plan }: PlannedExpand, outer: string): Fragment {
  const near = nearAlias(outer);
  const set: Set = { entity: plan.entity, among: (alias) => related(from, relation, near, alias), through: from, ...usualOrder(relation, near) };
  const counted = plan.count ? sql`, 'count', ${count(compiler, set, plan)}` : sql``;
  return sql`${relation}::text, json_build_object('rows', ${page(compiler, set, plan)}${counted})`;
}

function count(compiler: Compiler, set: Set, plan: Plan): Fragment {
  const alias = compiler.alias();
  return sql`(select count(*) from ${tableOf(set.entity)} ${sql.raw(alias)} where ${sql.join(conditions(compiler, set, plan, alias), sql` and `)})`;
}
