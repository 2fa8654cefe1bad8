import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import type { ForceRecord, Position, RecordKind } from '../domain/records.ts';

interface Row extends Omit<ForceRecord, 'position'> {
  readonly lon: number | null;
  readonly lat: number | null;
  readonly accuracyMetres: number | null;
  readonly at: Temporal.Instant | null;
}

const COLUMNS = sql`r.id, r.lage_id as "lageId", r.kind, r.number, r.version, r.body, r.changed_at as "changedAt", r.changed_by as "changedBy",
  p.lon, p.lat, p.accuracy_metres as "accuracyMetres", p.at`;
const FROM = sql`forces.record r left join forces.position p on p.unit_id = r.id`;

function toRecord({ lon, lat, accuracyMetres, at, ...row }: Row): ForceRecord {
  const position: Position | null = lon === null || lat === null || at === null ? null : { lon, lat, accuracyMetres, at };
  return { ...row, position };
}

/** Holds the kind within the Lage until the commit: numbers have no gaps, names of units stay apart. */
export async function lockKind(tx: Tx, lageId: string, kind: RecordKind): Promise<void> {
  await sql`insert into forces.counter (lage_id, kind, last) values (${lageId}, ${kind}, 0) on conflict (lage_id, kind) do nothing`.execute(tx);
  await sql`select 1 from forces.counter where lage_id = ${lageId} and kind = ${kind} for update`.execute(tx);
}

/** The next number; call `lockKind` first. */
export async function nextNumber(tx: Tx, lageId: string, kind: RecordKind): Promise<number> {
  const { rows } = await sql<{ last: number }>`update forces.counter set last = last + 1 where lage_id = ${lageId} and kind = ${kind} returning last`.execute(
    tx,
  );
  return rows[0]!.last;
}

export async function findRecord(db: Sql, lageId: string, id: string): Promise<ForceRecord | undefined> {
  const { rows } = await sql<Row>`select ${COLUMNS} from ${FROM} where r.lage_id = ${lageId} and r.id = ${id}`.execute(db);
  return rows[0] && toRecord(rows[0]);
}

export interface RecordQuery {
  readonly limit: number;
  readonly after?: number | undefined;
  readonly open?: boolean | undefined;
}

export async function listRecords(db: Sql, lageId: string, kind: RecordKind, { limit, after = 0, open }: RecordQuery): Promise<ForceRecord[]> {
  const { rows } = await sql<Row>`select ${COLUMNS} from ${FROM} where r.lage_id = ${lageId} and r.kind = ${kind} and r.number > ${after}
    and ${open === undefined ? sql`true` : sql`r.open = ${open}`} order by r.number limit ${limit}`.execute(db);
  return rows.map(toRecord);
}

/** What is open of several kinds, each in its order. */
export async function listOpen(db: Sql, lageId: string, kinds: readonly RecordKind[], limit: number): Promise<ForceRecord[]> {
  const { rows } = await sql<Row>`select ${COLUMNS} from ${FROM} where r.lage_id = ${lageId} and r.kind = any(${[...kinds]}::text[]) and r.open
    order by r.kind, r.number limit ${limit}`.execute(db);
  return rows.map(toRecord);
}

/** Open units by call sign (any case) or id. */
export async function findUnits(db: Sql, lageId: string, names: readonly string[]): Promise<ForceRecord<'unit'>[]> {
  const lower = names.map((name) => name.toLowerCase());
  const { rows } = await sql<Row>`select ${COLUMNS} from ${FROM} where r.lage_id = ${lageId} and r.kind = 'unit' and r.open
    and (lower(r.name) = any(${lower}::text[]) or r.id::text = any(${lower}::text[]))`.execute(db);
  return rows.map(toRecord) as ForceRecord<'unit'>[];
}

export interface KeptChange {
  readonly changeId: string | null;
  readonly step: string;
  readonly memberId: string;
  readonly name: string;
  readonly open: boolean;
}

export async function keepRecord(tx: Tx, one: ForceRecord, change: KeptChange): Promise<void> {
  const body = JSON.stringify(one.body);
  await sql`insert into forces.record as r (id, lage_id, kind, number, version, name, open, body, changed_at, changed_by)
    values (${one.id}, ${one.lageId}, ${one.kind}, ${one.number}, ${one.version}, ${change.name}, ${change.open}, ${body}::jsonb, ${one.changedAt}, ${one.changedBy})
    on conflict (id) do update set version = excluded.version, name = excluded.name, open = excluded.open, body = excluded.body,
      changed_at = excluded.changed_at, changed_by = excluded.changed_by`.execute(tx);
  await sql`insert into forces.change (record_id, version, change_id, step, body, changed_at, member_id, changed_by)
    values (${one.id}, ${one.version}, ${change.changeId}, ${change.step}, ${body}::jsonb, ${one.changedAt}, ${change.memberId}, ${one.changedBy})`.execute(tx);
}

export async function wasChanged(tx: Tx, id: string, changeId: string): Promise<boolean> {
  const { rows } = await sql`select 1 from forces.change where record_id = ${id} and change_id = ${changeId}`.execute(tx);
  return rows.length > 0;
}

export interface PastChange {
  readonly version: number;
  readonly step: string;
  readonly body: ForceRecord['body'];
  readonly changedAt: Temporal.Instant;
  readonly changedBy: string;
}

/** Every version, the newest first. */
export async function changesOf(db: Sql, id: string): Promise<PastChange[]> {
  const { rows } = await sql<PastChange>`select version, step, body, changed_at as "changedAt", changed_by as "changedBy" from forces.change
    where record_id = ${id} order by version desc limit 200`.execute(db);
  return rows;
}

/** Moves units, unless something newer is known. @returns ids of those that moved */
export async function keepPositions(tx: Tx, positions: readonly (Position & { readonly unitId: string })[]): Promise<Set<string>> {
  const of = <T>(read: (one: Position & { readonly unitId: string }) => T): T[] => positions.map(read);
  const { rows } = await sql<{ id: string }>`insert into forces.position as p (unit_id, lon, lat, accuracy_metres, at)
    select * from unnest(${of(({ unitId }) => unitId)}::uuid[], ${of(({ lon }) => lon)}::float8[], ${of(({ lat }) => lat)}::float8[],
      ${of(({ accuracyMetres }) => accuracyMetres)}::float8[], ${of(({ at }) => at.toString())}::timestamptz[])
    on conflict (unit_id) do update set lon = excluded.lon, lat = excluded.lat, accuracy_metres = excluded.accuracy_metres, at = excluded.at
      where p.at < excluded.at
    returning unit_id as id`.execute(tx);
  return new Set(rows.map(({ id }) => id));
}
