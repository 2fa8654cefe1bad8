import type { EntityName } from '../domain/entities.ts';
import type { Plan, Row, RowSet } from '../domain/plan.ts';
import { showEntity, showPage, type Shown } from '../application/read-entity.ts';
import { selfLink } from '../application/read-links.ts';

/** What a format is made of: one page, and the address of the next. */
export interface Sheet {
  readonly base: string;
  readonly plan: Plan;
  readonly set: RowSet;
  readonly rows: readonly Row[];
  readonly next: string | undefined;
}

const columnsOf = (sheet: Sheet): readonly string[] => sheet.plan.selection.properties.map((path) => path.join('/'));

const named = (column: string): string => (column === '@iot.id' ? 'id' : column);
const cellOf = (row: Row, column: string): unknown => (column === '@iot.id' ? row['@id'] : (row[column] ?? null));

/** Observations by their streams, names once and values in rows (OGC 18-088, 14.2). */
export function dataArray(sheet: Sheet): string {
  const columns = columnsOf(sheet);
  const streams = Map.groupBy(sheet.rows, (row) => row['@stream']!);
  const value = [...streams].map(([stream, rows]) => {
    const kind = rows[0]!['@multi'] === true ? 'MultiDatastream' : 'Datastream';
    return {
      [`${kind}@iot.navigationLink`]: selfLink(sheet.base, kind, stream),
      components: columns.map(named),
      'dataArray@iot.count': rows.length,
      dataArray: rows.map((row) => columns.map((column) => cellOf(row, column))),
    };
  });
  return JSON.stringify(showPage(sheet.set, sheet.next, value));
}

/** A table (RFC 4180): what is one entity beside the row gets columns of its own, what is many stands in one cell as JSON. */
export function csvTable(sheet: Sheet): string {
  const columns = csvColumns(sheet.plan, '');
  const lines = sheet.rows.map((row) => columns.map(({ value }) => csvCell(value(row))).join(','));
  return `${[columns.map(({ name }) => csvCell(name)).join(','), ...lines].join('\r\n')}\r\n`;
}

interface Column {
  readonly name: string;
  readonly value: (row: Row | undefined) => unknown;
}

function csvColumns({ selection, expand }: Plan, prefix: string): readonly Column[] {
  const own = selection.properties.map((path): Column => {
    const column = path.join('/');
    return { name: prefix + named(column), value: (row) => row && cellOf(row, column) };
  });
  const expanded = expand.flatMap(({ relation, many, plan }): readonly Column[] => {
    const rowsOf = (row: Row | undefined): readonly Row[] => (row?.[relation] as RowSet | undefined)?.rows ?? [];
    if (many) return [{ name: prefix + relation, value: (row) => rowsOf(row).map((one) => plain(plan, one)) }];
    return csvColumns(plan, `${prefix}${relation}/`).map(({ name, value }) => ({ name, value: (row) => value(rowsOf(row)[0]) }));
  });
  return [...own, ...expanded];
}

/** A row as its values, without links. */
function plain(plan: Plan, row: Row): Shown {
  return Object.fromEntries(csvColumns(plan, '').map(({ name, value }) => [name, value(row)]));
}

function csvCell(value: unknown): string {
  const text = value === null || value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const GEOMETRIES: Readonly<Partial<Record<EntityName, string>>> = {
  Location: 'location',
  FeatureOfInterest: 'feature',
  Datastream: 'observedArea',
  MultiDatastream: 'observedArea',
};
/** Where an entity without a place of its own has one, if it is expanded. */
const PLACES: Readonly<Partial<Record<EntityName, readonly string[]>>> = {
  Thing: ['Locations'],
  HistoricalLocation: ['Locations'],
  Datastream: ['Thing'],
  MultiDatastream: ['Thing'],
  Observation: ['FeatureOfInterest', 'Datastream', 'MultiDatastream'],
};

/** A FeatureCollection (RFC 7946). A Thing lies where its expanded Location is. */
export function geoJson(sheet: Sheet): string {
  const features = sheet.rows.map((row) => {
    const shown = showEntity(sheet.base, sheet.plan, row);
    const own = GEOMETRIES[sheet.plan.entity];
    const properties = Object.fromEntries(Object.entries(shown).filter(([name]) => name !== own));
    return { type: 'Feature', id: row['@id'], geometry: placeOf(shown, sheet.plan) ?? null, properties };
  });
  return JSON.stringify({
    type: 'FeatureCollection',
    ...(sheet.set.count === undefined ? {} : { '@iot.count': sheet.set.count }),
    ...(sheet.next === undefined ? {} : { '@iot.nextLink': sheet.next }),
    features,
  });
}

function placeOf(shown: Shown, { entity, expand }: Plan): unknown {
  const own = GEOMETRIES[entity];
  const geometry = own === undefined ? undefined : geometryIn(shown[own]);
  if (geometry !== undefined) return geometry;
  for (const relation of PLACES[entity] ?? []) {
    const expanded = expand.find((one) => one.relation === relation);
    const there = shown[relation];
    const first: unknown = Array.isArray(there) ? there[0] : there;
    const place = expanded && typeof first === 'object' && first !== null ? placeOf(first as Shown, expanded.plan) : undefined;
    if (place !== undefined) return place;
  }
  return undefined;
}

/** A location may be a geometry or a whole feature. */
function geometryIn(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('type' in value)) return undefined;
  return value.type === 'Feature' && 'geometry' in value ? value.geometry : value;
}
