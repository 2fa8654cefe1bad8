import type { EntityName } from '../domain/entities.ts';
import type { Plan, PlannedExpand, Row, RowSet } from '../domain/plan.ts';
import { nextLink, selfLink } from './read-links.ts';

export type Shown = Record<string, unknown>;

/** Properties that are shown even without a value: clients look for them (OGC 18-088, table 17). */
const ALWAYS = new Set(['resultTime', 'result']);

/** An entity as SensorThings sends it (OGC 18-088, 9.2). */
export function showEntity(base: string, { entity, selection, expand: expands }: Plan, row: Row): Shown {
  const { properties, links, whole } = selection;
  const own = selfLink(base, entity, row['@id']);
  const shown: Shown = whole ? { '@iot.id': row['@id'], '@iot.selfLink': own } : {};
  for (const path of properties) put(shown, path, path[0] === '@iot.id' ? row['@id'] : row[path.join('/')]);
  for (const link of links) {
    if (expands.some(({ relation }) => relation === link) || leadsNowhere(entity, link, row)) continue;
    shown[`${link}@iot.navigationLink`] = `${own}/${link}`;
  }
  for (const expand of expands) showExpanded(shown, base, own, expand, row[expand.relation] as RowSet);
  return shown;
}

/** Sets `properties/a/b` as parts of parts. */
function put(into: Shown, [name, ...parts]: readonly string[], value: unknown): void {
  if (value === undefined || (value === null && !(parts.length === 0 && ALWAYS.has(name!)))) return;
  if (parts.length === 0) {
    into[name!] = value;
    return;
  }
  const before = into[name!];
  const inner: Shown = typeof before === 'object' && before !== null ? { ...before } : {};
  put(inner, parts, value);
  into[name!] = inner;
}

/** An observation belongs to a Datastream or to a MultiDatastream. */
const leadsNowhere = (entity: EntityName, link: string, row: Row): boolean =>
  entity === 'Observation' && ((link === 'Datastream' && row['@multi'] === true) || (link === 'MultiDatastream' && row['@multi'] === false));

function showExpanded(shown: Shown, base: string, own: string, { relation, many, plan, options }: PlannedExpand, set: RowSet): void {
  if (!many) {
    const [row] = set.rows;
    if (row !== undefined) shown[relation] = showEntity(base, plan, row);
    return;
  }
  const { rows, last } = pageOf(plan, set.rows);
  if (set.count !== undefined) shown[`${relation}@iot.count`] = set.count;
  shown[relation] = rows.map((row) => showEntity(base, plan, row));
  if (last !== undefined) shown[`${relation}@iot.nextLink`] = nextLink(`${own}/${relation}`, options, last);
}

/** The rows of this page; `last` if another one follows. */
export function pageOf({ top }: Plan, all: readonly Row[]): { readonly rows: readonly Row[]; readonly last: Row | undefined } {
  const rows = all.slice(0, top);
  return { rows, last: all.length > rows.length ? rows.at(-1) : undefined };
}

/** A page of entities (OGC 18-088, 9.3.3). */
export function showPage(set: RowSet, next: string | undefined, value: readonly unknown[]): Shown {
  return { ...(set.count === undefined ? {} : { '@iot.count': set.count }), ...(next === undefined ? {} : { '@iot.nextLink': next }), value };
}
