import { sql } from 'kysely';
import type { Sql } from '../../../platform/database/port.ts';
import type { Layer, StaffFunction } from '../../../kernel/lage.ts';
import type { Box } from '../../../kernel/picture.ts';

/** A change as the live feed reads it: with its JSON as the database writes it, so that nobody parses it on the way. */
export interface ChangeRow {
  readonly seq: number;
  readonly id: string;
  readonly layer: Layer;
  readonly needToKnow: readonly StaffFunction[] | null;
  readonly box: Box | undefined;
  /** A `KeptObject`, without who needs to know. */
  readonly json: string;
}

interface Row extends Omit<ChangeRow, 'box' | 'json'> {
  readonly west: number | null;
  readonly south: number | null;
  readonly east: number | null;
  readonly north: number | null;
  readonly body: string;
  readonly ended: boolean;
  readonly changedAt: Temporal.Instant;
}

const COLUMNS = sql`seq, id, layer, need_to_know as "needToKnow", west, south, east, north, (body - 'needToKnow')::text as body, ended, changed_at as "changedAt"`;

/** Number of the last change of a Lage's picture. */
export async function pictureHead(db: Sql, lageId: string): Promise<number> {
  const { rows } = await sql<{ head: number }>`select picture_seq as head from situation.lage where id = ${lageId}`.execute(db);
  return rows[0]?.head ?? 0;
}

/** The latest state of each object that changed after `seq`, the oldest change first, whoever may see it. */
export async function changesAfter(db: Sql, lageId: string, seq: number, limit: number): Promise<ChangeRow[]> {
  const { rows } = await sql<Row>`select ${COLUMNS} from situation.object where lage_id = ${lageId} and seq > ${seq} order by seq limit ${limit}`.execute(db);
  return rows.map(toChange);
}

/** The `limit` objects that changed last, up to the change `head`, the oldest first. */
export async function newestChanges(db: Sql, lageId: string, head: number, limit: number): Promise<ChangeRow[]> {
  const { rows } =
    await sql<Row>`select ${COLUMNS} from situation.object where lage_id = ${lageId} and seq <= ${head} order by seq desc limit ${limit}`.execute(db);
  return rows.reverse().map(toChange);
}

function toChange({ west, south, east, north, body, ended, changedAt, ...row }: Row): ChangeRow {
  const box = west === null || south === null || east === null || north === null ? undefined : { west, south, east, north };
  return { ...row, box, json: `{"seq":${row.seq},"ended":${ended},"changedAt":"${changedAt.toString()}",${body.slice(1)}` };
}

/** What those of the members who still belong to their Lage may do and see. */
export async function presentMembers(
  db: Sql,
  ids: readonly string[],
  now: Temporal.Instant,
): Promise<{ readonly id: string; readonly function: StaffFunction; readonly layers: readonly Layer[] | null }[]> {
  const { rows } = await sql<{ id: string; function: StaffFunction; layers: readonly Layer[] | null }>`select id, function, layers from situation.member
    where id = any(${[...ids]}::uuid[]) and ended_at is null and (until is null or until > ${now})`.execute(db);
  return rows;
}
