import { DatabaseSync } from 'node:sqlite';
import { codeOf } from '../../../kernel/error-code.ts';
import { readWkb } from '../domain/read-wkb.ts';
import { UnreadableFile, type FileCrs, type SourceFeature, type SourceRow } from '../domain/source.ts';
import { crsOfEpsg } from '../domain/source-crs.ts';

/** Bytes of the envelope by its number in the flags (GeoPackage 1.3, table 6). */
const ENVELOPES = [0, 32, 48, 48, 64];

interface Layer {
  readonly table: string;
  readonly column: string;
  readonly primary: string;
  readonly organization: string;
  readonly code: number;
}

/**
 * Features of the one layer of a GeoPackage (OGC 12-128r18), row by row.
 * @param wish.layer which, when there are several
 * @param tell the layer and its system, before its first feature
 * @throws UnreadableFile
 */
export async function* readGeoPackage(
  path: string,
  wish: { readonly layer?: string; readonly tell?: (layer: string, crs: FileCrs) => void } = {},
): AsyncGenerator<SourceRow> {
  const database = open(path);
  try {
    const layer = chooseLayer(layersOf(database), wish.layer);
    wish.tell?.(layer.table, crsOfEpsg(layer.organization.toUpperCase() === 'EPSG' ? layer.code : 0));
    const statement = database.prepare(`select * from ${quoted(layer.table)} order by ${quoted(layer.primary)}`);
    statement.setReadBigInts(true);
    let row = 0;
    for (const record of statement.iterate()) yield { row: ++row, ...featureOf(record, layer) };
  } catch (error) {
    if (isSqlite(error)) throw new UnreadableFile('Die GeoPackage-Datei ist beschädigt. Laden Sie sie noch einmal herunter.', { cause: error });
    throw error;
  } finally {
    database.close();
  }
}

function open(path: string): DatabaseSync {
  try {
    return new DatabaseSync(path, { readOnly: true, allowExtension: false });
  } catch (error) {
    throw new UnreadableFile('Die GeoPackage-Datei lässt sich nicht öffnen. Prüfen Sie die Datei.', { cause: error });
  }
}

const isSqlite = (error: unknown): boolean => codeOf(error) === 'ERR_SQLITE_ERROR';
const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** Only tables: a view of a stranger may reckon without end. */
function layersOf(database: DatabaseSync): readonly Layer[] {
  const rows = database
    .prepare(
      `select g.table_name as "table", g.column_name as "column", s.organization, s.organization_coordsys_id as code,
        (select p.name from pragma_table_info(g.table_name) p where p.pk = 1) as "primary"
      from gpkg_geometry_columns g
      join gpkg_contents c on c.table_name = g.table_name and c.data_type = 'features'
      join gpkg_spatial_ref_sys s on s.srs_id = g.srs_id
      join sqlite_schema m on m.name = g.table_name and m.type = 'table' order by 1`,
    )
    .all();
  return rows.map(({ table, column, organization, code, primary }) => ({
    table: String(table),
    column: String(column),
    organization: String(organization),
    code: Number(code),
    primary: String(primary ?? 'rowid'),
  }));
}

function chooseLayer(layers: readonly Layer[], wished: string | undefined): Layer {
  const names = layers.map(({ table }) => `„${table}“`).join(', ');
  if (layers.length === 0) throw new UnreadableFile('Im GeoPackage steht keine Ebene mit Objekten.');
  const found = wished === undefined ? (layers.length === 1 ? layers[0] : undefined) : layers.find(({ table }) => table === wished);
  if (found === undefined) throw new UnreadableFile(`Im GeoPackage stehen die Ebenen ${names}. Nennen Sie eine mit --layer.`);
  return found;
}

function featureOf(record: Readonly<Record<string, unknown>>, { column, primary }: Layer): { readonly value: SourceFeature } | { readonly reason: string } {
  const properties: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(record)) {
    // bytes have no place in GeoJSON
    if (name !== column && value !== null && !(value instanceof Uint8Array)) properties[name] = typeof value === 'bigint' ? exact(value) : value;
  }
  const id = properties[primary];
  const named = typeof id === 'number' || typeof id === 'string' ? { id } : {};
  const blob = record[column];
  if (!(blob instanceof Uint8Array)) return { value: { geometry: null, properties, ...named } };
  const read = readBlob(blob);
  return 'reason' in read ? read : { value: { geometry: read.geometry, properties, ...named } };
}

/** GeoPackageBinary: a head of its own, then WKB. */
function readBlob(blob: Uint8Array): ReturnType<typeof readWkb> {
  const flags = blob[3] ?? 0;
  const envelope = ENVELOPES[(flags >> 1) & 7];
  if (blob[0] !== 0x47 || blob[1] !== 0x50 || envelope === undefined) return { reason: 'Die Geometrie ist keine des GeoPackage.' };
  return (flags & 0x10) === 0 ? readWkb(blob.subarray(8 + envelope)) : { geometry: null };
}

const exact = (value: bigint): number | string => (BigInt.asIntN(54, value) === value ? Number(value) : String(value));
