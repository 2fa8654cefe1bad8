import { worksForCity, type Actor } from '../../../kernel/actor.ts';
import type { Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { Context } from '../../../platform/context.ts';
import type { Database } from '../../../platform/database/port.ts';
import { DEEPEST, depthOf, extentOf, MOST_ENTITIES } from '../domain/extent.ts';
import { readToken, type PageEnd } from '../domain/page-token.ts';
import { parseQuery } from '../domain/parse-query.ts';
import { parseResource, type Resource } from '../domain/parse-resource.ts';
import { planOf, type Plan, type RowSet } from '../domain/plan.ts';
import type { GivenOption, Query } from '../domain/query.ts';
import { compileRequest } from '../store/compile-page.ts';
import type { Reader } from '../store/compile-tables.ts';
import { readRows, type Failure } from '../store/read-page.ts';
import { statementOf, type Statement } from '../store/statement.ts';

export interface ReadRequest {
  /** Decoded, below the service's root. */
  readonly path: string;
  readonly options: readonly GivenOption[];
  /** `$skiptoken` of a nextLink. */
  readonly token: string | undefined;
}

export interface Reading {
  readonly resource: Resource;
  readonly plan: Plan;
  readonly set: RowSet;
}

export interface ReadProblem extends Problem<'malformed-query' | 'not-found' | 'too-costly'> {
  readonly option?: string;
  readonly position?: number;
}

/** Staff and devices see streams that are closed to the public. */
export const readerOf = (actor: Actor, now: Temporal.Instant): Reader => ({
  seesInternal: worksForCity(actor),
  now,
});

/** Reads what a path and its options ask for (SensorThings API 1.1, 9). */
export async function readResource(ctx: Pick<Context, 'database' | 'clock'>, actor: Actor, request: ReadRequest): Promise<Result<Reading, ReadProblem>> {
  const resource = parseResource(request.path);
  if (!resource.ok) return refuse({ ...resource.problem, option: 'Pfad' });
  const reader = readerOf(actor, ctx.clock());
  const key = shapeOf(resource.value, request, reader);
  const prepared = KNOWN.get(key) ?? prepare(ctx.database, resource.value, request, reader);
  if ('problem' in prepared) return prepared;
  if (prepared.quick && request.token === undefined) remember(key, prepared);
  return answer(ctx.database, resource.value, prepared);
}

interface Prepared {
  readonly plan: Plan;
  readonly statement: Statement;
  readonly quick: boolean;
}

/** Statements that are asked again and again, for one stream after the other; none of them knows the time or the caller. */
const KNOWN = new Map<string, Prepared>();
const MOST_KNOWN = 200;
const LONGEST_SHAPE = 500;

function remember(shape: string, prepared: Prepared): void {
  if (shape.length > LONGEST_SHAPE) return;
  // what was used last stands last, so that shapes nobody asks again make room
  KNOWN.delete(shape);
  KNOWN.set(shape, prepared);
  if (KNOWN.size > MOST_KNOWN) KNOWN.delete(KNOWN.keys().next().value!);
}

/** All that a statement depends on but the numbers in the path. */
const shapeOf = ({ steps, property, form }: Resource, { options, token }: ReadRequest, { seesInternal }: Reader): string =>
  JSON.stringify([
    steps.map(({ relation, id }) => [relation, id === undefined]),
    property,
    form,
    options.map(({ name, text }) => [name, text]),
    token,
    seesInternal,
  ]);

function prepare(database: Database, resource: Resource, request: ReadRequest, reader: Reader): Prepared | { ok: false; problem: ReadProblem } {
  const asked = planRequest(resource, request);
  if (!asked.ok) return asked;
  const { plan } = asked.value;
  return { plan, statement: statementOf(compileRequest(asked.value, reader), database.read), quick: isQuick(resource, plan) };
}

async function answer(database: Database, resource: Resource, { plan, statement, quick }: Prepared): Promise<Result<Reading, ReadProblem>> {
  const set = await readRows(database, statement, resource, quick);
  if (typeof set === 'string') return refuse(FAILURES[set]);
  if (set === undefined || (isSingle(resource) && set.rows.length === 0)) return refuse(NOT_FOUND);
  return ok({ resource, plan, set });
}

const NOT_FOUND: ReadProblem = { kind: 'not-found', detail: 'Das gibt es nicht, oder es ist nicht öffentlich. Prüfen Sie die Nummer in der Adresse.' };

const FAILURES: Readonly<Record<Failure, ReadProblem>> = {
  'too-costly': {
    kind: 'too-costly',
    detail: 'Die Abfrage dauert zu lange. Grenzen Sie sie ein, zum Beispiel mit $filter auf phenomenonTime oder einem kleineren $top.',
  },
  impossible: {
    kind: 'malformed-query',
    detail: 'Mit einem der Werte kann niemand rechnen. Prüfen Sie Zahlen, Zeiten und Geometrien, und verwenden Sie @iot.nextLink unverändert.',
  },
};

/** Whether the path leads to one entity and not to a set. */
export const isSingle = ({ steps }: Resource): boolean => {
  const last = steps.at(-1)!;
  return last.id !== undefined || !last.many;
};

const OF_SETS = new Set(['$filter', '$orderby', '$top', '$skip', '$count', '$skiptoken']);

interface Asked {
  readonly resource: Resource;
  readonly plan: Plan;
  readonly after: PageEnd | undefined;
}

function planRequest(resource: Resource, { options, token }: ReadRequest): Result<Asked, ReadProblem> {
  const { steps, property, form } = resource;
  const misplaced = options.find(
    ({ name }) =>
      (isSingle(resource) && OF_SETS.has(name)) || property.length > 0 || (form === 'ref' && name === '$expand') || (form === 'count' && name !== '$filter'),
  );
  if (misplaced !== undefined) return malformed(misplaced.name, `${misplaced.name} passt nicht zu dieser Adresse. Lassen Sie die Angabe weg.`);
  const given = parseQuery(steps.at(-1)!.entity, options);
  if (!given.ok) return refuse(given.problem);
  const query = form === 'count' ? { ...given, value: { ...given.value, count: true, top: 0 } } : given;
  if (extentOf(query.value, !isSingle(resource)) > MOST_ENTITIES)
    return malformed(
      '$expand',
      `Die Antwort könnte mehr als ${MOST_ENTITIES.toLocaleString('de-DE')} Einträge haben. Setzen Sie $top in der Abfrage und in $expand kleiner.`,
    );
  if (depthOf(query.value) > DEEPEST)
    return malformed('$filter', `Die Abfrage hat zu viele Stufen. Erlaubt sind ${String(DEEPEST)}; Ketten aus „and“ und „or“ zählen nicht mit.`);
  const after = token === undefined ? undefined : readToken(token);
  const expected = query.value.orderby?.length ?? (steps.at(-1)!.relation === 'ObservedProperties' && steps.length > 1 ? 1 : 0);
  if (token !== undefined && after?.keys.length !== expected)
    return malformed('$skiptoken', 'Dieser Verweis auf die nächste Seite ist unvollständig. Verwenden Sie @iot.nextLink unverändert.');
  return ok({ resource, plan: planOf(steps.at(-1)!.entity, withProperty(query.value, property)), after });
}

const withProperty = (query: Query, property: readonly string[]): Query =>
  property.length === 0 ? query : { ...query, select: [{ kind: 'path', segments: property, at: 0 }] };

const malformed = (option: string, detail: string): { ok: false; problem: ReadProblem } => refuse({ kind: 'malformed-query', option, position: 0, detail });

/** Reads one index from one end, whoever asks: needs no limit of time. */
function isQuick({ steps }: Resource, { filter, count, skip, orderby, expand }: Plan): boolean {
  if (filter !== undefined || count || skip > 0 || expand.length > 0) return false;
  const [order] = orderby;
  if (order === undefined) return steps.length <= 1 || steps.at(-1)!.id !== undefined;
  const byTime = order.by.kind === 'path' && order.by.segments.join('/') === 'phenomenonTime' && orderby.length === 1;
  return byTime && order.descending && steps.length === 2 && steps.at(-1)!.relation === 'Observations' && steps[0].entity !== 'FeatureOfInterest';
}
