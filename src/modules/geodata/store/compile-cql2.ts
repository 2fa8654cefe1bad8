import { sql, type RawBuilder } from 'kysely';
import type { FilterType } from '../domain/cql2-check.ts';
import type { FilterPlan } from '../domain/cql2-plan.ts';
import type { Cql2, TemporalOperation } from '../domain/cql2-tree.ts';

type Part = RawBuilder<unknown>;
type Operation = Extract<Cql2, { kind: 'op' }>;

const COMPARISONS = new Set<string>(['=', '<>', '<', '>', '<=', '>=']);
const ARITHMETIC = new Set<string>(['+', '-', '*', '/', '%', 'div', '^']);

/** A planned filter as a condition on `geodata.feature f`, the row of features. Every value of the client is a parameter. */
export function compileCql2(plan: FilterPlan): Part {
  return typed(plan.filter, 'boolean', plan);
}

/** The part as SQL of this type; a property that holds something else there is null. */
function typed(node: Cql2, type: FilterType, target: FilterPlan): Part {
  switch (node.kind) {
    case 'literal':
      return typeof node.value === 'string'
        ? sql`${node.value}::text`
        : typeof node.value === 'number'
          ? sql`${node.value}::float8`
          : sql`${node.value}::boolean`;
    case 'date':
      return sql`${node.text}::timestamp at time zone 'utc'`;
    case 'timestamp':
      return sql`${node.text}::timestamptz`;
    case 'property':
      return property(node.name, type, target);
    case 'geometry':
      return geometryOf(JSON.stringify(node.geometry));
    case 'bbox':
      throw new Error('a plan holds boxes as areas');
    case 'array':
      return sql`${JSON.stringify(node.items.map((item) => (item.kind === 'literal' ? item.value : null)))}::jsonb`;
    case 'interval':
      throw new Error('an interval stands in a temporal operation only');
    case 'op':
      return operation(node, target);
  }
}

/** Areas that cross themselves are made whole, or PostGIS breaks on them. */
const geometryOf = (geojson: string): Part => sql`st_makevalid(st_setsrid(st_geomfromgeojson(${geojson}), 25832))`;

function property(name: string, type: FilterType, { queryables }: FilterPlan): Part {
  if (name === 'geometry') return sql`f.geometry`;
  if (name === 'id' && !Object.hasOwn(queryables, name)) return sql`f.id`;
  const text = sql`(f.properties ->> ${name}::text)`;
  const holds = (kind: string, cast: Part): Part => sql`(case when jsonb_typeof(f.properties -> ${name}::text) = ${sql.lit(kind)} then ${cast} end)`;
  switch (type) {
    case 'number':
      return holds('number', sql`${text}::float8`);
    case 'boolean':
      return holds('boolean', sql`${text}::boolean`);
    case 'date':
    case 'instant':
      return sql`geodata.instant_of(${text})`;
    case 'text':
      return text;
    default:
      return sql`(f.properties -> ${name}::text)`;
  }
}

function operation(node: Operation, target: FilterPlan): Part {
  const { op, args } = node;
  const all = (type: FilterType): Part[] => args.map((arg) => typed(arg, type, target));
  if (op === 'and' || op === 'or') return sql`(${sql.join(all('boolean'), op === 'and' ? sql` and ` : sql` or `)})`;
  if (op === 'not') return sql`(not ${all('boolean')[0]!})`;
  if (op === 'isNull') return isNull(args[0]!, target);
  if (op === 'casei') return sql`lower(${all('text')[0]!})`;
  if (op === 'accenti') return sql`regexp_replace(normalize(${all('text')[0]!}, nfd), ${'[\u0300-\u036f]'}, '', 'g')`;
  if (op === 'like') return sql`(${all('text')[0]!} like ${all('text')[1]!})`;
  if (ARITHMETIC.has(op)) return arithmetic(op, all('number') as [Part, Part]);
  if (op.startsWith('s_')) return spatial(op, args, all('geometry') as [Part, Part]);
  if (op.startsWith('t_')) return temporal(op as TemporalOperation, args.map((arg) => spanOf(arg, target)) as [Span, Span]);
  if (op.startsWith('a_')) return arrays(op, all('array') as [Part, Part]);
  return compared(node, target);
}

/** Comparison, BETWEEN and IN: all sides in the type of the one that says its own. */
function compared({ op, args }: Operation, target: FilterPlan): Part {
  const sides = op === 'in' && args[1]?.kind === 'array' ? [args[0]!, ...args[1].items] : args;
  const type = sides.map((side) => target.typeOf(side)).find((one) => one !== 'any') ?? 'any';
  const [first, ...rest] = sides.map((side) => typed(side, type, target)) as [Part, ...Part[]];
  if (op === 'between') return sql`(${first} between ${rest[0]!} and ${rest[1]!})`;
  if (op === 'in') return sql`(${first} in (${sql.join(rest)}))`;
  if (!COMPARISONS.has(op)) throw new Error(`no meaning for ${op}`);
  // texts are compared as their characters are numbered, the same on every server
  return sql`(${first} ${sql.raw(op)} ${rest[0]!}${type === 'text' ? sql` collate "C"` : sql``})`;
}

function isNull(node: Cql2, target: FilterPlan): Part {
  if (node.kind !== 'property') return sql`(${typed(node, target.typeOf(node), target)} is null)`;
  return sql`(${property(node.name, 'text', target)} is null)`;
}

function arithmetic(op: string, [a, b]: readonly [Part, Part]): Part {
  // what cannot be reckoned has no value, as in SQL's null
  if (op === '/') return sql`(${a} / nullif(${b}, 0))`;
  if (op === 'div') return sql`trunc(${a} / nullif(${b}, 0))`;
  if (op === '%') return sql`(${a} - ${b} * trunc(${a} / nullif(${b}, 0)))`;
  if (op === '^') return sql`power(${a}, ${b})`;
  return sql`(${a} ${sql.raw(op)} ${b})`;
}

/** Points of a filter come through a projection: a millimetre apart is the same place. */
function spatial(op: string, nodes: readonly Cql2[], [a, b]: readonly [Part, Part]): Part {
  if (op === 's_equals') return sql`(st_dwithin(${a}, ${b}, 0.001) and st_dimension(${a}) = st_dimension(${b}) and st_hausdorffdistance(${a}, ${b}) < 0.001)`;
  const exact = sql`${sql.raw(`st_${op.slice(2)}`)}(${a}, ${b})`;
  if (!nodes.some((node) => node.kind === 'geometry' && node.geometry.type.endsWith('Point'))) return exact;
  const near = sql`st_dwithin(${a}, ${b}, 0.001)`;
  if (op === 's_intersects') return near;
  if (op === 's_disjoint') return sql`(not ${near})`;
  return op === 's_contains' || op === 's_within'
    ? sql`(${near} and (${exact} or (st_dimension(${a}) = 0 and st_dimension(${b}) = 0 and st_npoints(${a}) = st_npoints(${b}))))`
    : exact;
}

interface Span {
  readonly start: Part;
  readonly end: Part;
}

function spanOf(node: Cql2, target: FilterPlan): Span {
  if (node.kind !== 'interval') {
    const at = typed(node, 'instant', target);
    return { start: at, end: at };
  }
  const start = node.from === '..' ? sql`'-infinity'::timestamptz` : typed(node.from, 'instant', target);
  if (node.to === '..') return { start, end: sql`'infinity'::timestamptz` };
  const end = typed(node.to, 'instant', target);
  // a period to a day ends with that day
  return { start, end: node.to.kind === 'date' ? sql`(${end} + interval '1 day' - interval '1 microsecond')` : end };
}

/** OGC 21-065r2, 7.8, after Allen's interval algebra. */
function temporal(op: TemporalOperation, [a, b]: readonly [Span, Span]): Part {
  const meanings: Readonly<Record<TemporalOperation, () => Part>> = {
    t_after: () => sql`(${a.start} > ${b.end})`,
    t_before: () => sql`(${a.end} < ${b.start})`,
    t_contains: () => sql`(${a.start} < ${b.start} and ${a.end} > ${b.end})`,
    t_disjoint: () => sql`(${a.end} < ${b.start} or ${a.start} > ${b.end})`,
    t_during: () => sql`(${a.start} > ${b.start} and ${a.end} < ${b.end})`,
    t_equals: () => sql`(${a.start} = ${b.start} and ${a.end} = ${b.end})`,
    t_finishedBy: () => sql`(${a.start} < ${b.start} and ${a.end} = ${b.end})`,
    t_finishes: () => sql`(${a.start} > ${b.start} and ${a.end} = ${b.end})`,
    t_intersects: () => sql`(${a.start} <= ${b.end} and ${a.end} >= ${b.start})`,
    t_meets: () => sql`(${a.end} = ${b.start})`,
    t_metBy: () => sql`(${a.start} = ${b.end})`,
    t_overlappedBy: () => sql`(${a.start} > ${b.start} and ${a.start} < ${b.end} and ${a.end} > ${b.end})`,
    t_overlaps: () => sql`(${a.start} < ${b.start} and ${a.end} > ${b.start} and ${a.end} < ${b.end})`,
    t_startedBy: () => sql`(${a.start} = ${b.start} and ${a.end} > ${b.end})`,
    t_starts: () => sql`(${a.start} = ${b.start} and ${a.end} < ${b.end})`,
  };
  return meanings[op]();
}

function arrays(op: string, [a, b]: readonly [Part, Part]): Part {
  const lists = sql`jsonb_typeof(${a}) = 'array' and jsonb_typeof(${b}) = 'array'`;
  if (op === 'a_equals') return sql`(${lists} and ${a} = ${b})`;
  if (op === 'a_contains') return sql`(${lists} and ${a} @> ${b})`;
  if (op === 'a_containedBy') return sql`(${lists} and ${a} <@ ${b})`;
  return sql`(case when ${lists} then exists (select 1 from jsonb_array_elements(${a}) x where ${b} @> x) end)`;
}
