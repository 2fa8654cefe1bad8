import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import type { TideInlet } from '../domain/sources.ts';
import type { Structure } from '../domain/structures.ts';

/** A grid without its heights. */
export interface GridRow {
  readonly id: string;
  readonly name: string;
  readonly source: string;
  readonly columns: number;
  readonly rows: number;
  readonly cellMetres: number;
  readonly westMetres: number;
  readonly southMetres: number;
  readonly lowestMetres: number;
  readonly highestMetres: number;
  readonly missing: number;
  readonly sha256: string;
  readonly structures: readonly Structure[];
  readonly inlet: TideInlet;
  readonly demo: boolean;
  readonly madeAt: Temporal.Instant;
}

const GRID = sql`id, name, source, columns, rows, cell_metres as "cellMetres", west_metres as "westMetres", south_metres as "southMetres",
  lowest_metres as "lowestMetres", highest_metres as "highestMetres", missing, sha256, structures, inlet, demo, made_at as "madeAt"`;

export async function insertGrid(tx: Tx, grid: GridRow, heights: Uint8Array): Promise<void> {
  await sql`insert into flood.grid (id, name, source, columns, rows, cell_metres, west_metres, south_metres, lowest_metres, highest_metres, missing, heights, sha256, structures, inlet, demo, made_at)
    values (${grid.id}, ${grid.name}, ${grid.source}, ${grid.columns}, ${grid.rows}, ${grid.cellMetres}, ${grid.westMetres}, ${grid.southMetres}, ${grid.lowestMetres},
      ${grid.highestMetres}, ${grid.missing}, ${heights}, ${grid.sha256}, ${JSON.stringify(grid.structures)}::jsonb, ${JSON.stringify(grid.inlet)}::jsonb, ${grid.demo}, ${grid.madeAt})`.execute(
    tx,
  );
}

/** Newest first, made-up ones last. */
export async function listGrids(db: Sql, limit: number): Promise<readonly GridRow[]> {
  return (await sql<GridRow>`select ${GRID} from flood.grid order by demo, id desc limit ${limit}`.execute(db)).rows;
}

export async function findGrid(db: Sql, id: string): Promise<GridRow | undefined> {
  return (await sql<GridRow>`select ${GRID} from flood.grid where id = ${id}`.execute(db)).rows[0];
}

/** The same ground with the same structures, brought again. */
export async function sameGrid(db: Sql, sha256: string, name: string): Promise<GridRow | undefined> {
  return (await sql<GridRow>`select ${GRID} from flood.grid where sha256 = ${sha256} and name = ${name} limit 1`.execute(db)).rows[0];
}

export async function readHeights(db: Sql, id: string): Promise<Uint8Array> {
  return (await sql<{ heights: Uint8Array }>`select heights from flood.grid where id = ${id}`.execute(db)).rows[0]!.heights;
}
