import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';

export interface ImportRun {
  readonly id: string;
  readonly collectionId: string;
  readonly source: string;
  readonly format: string;
  readonly state: 'running' | 'done' | 'failed' | 'cancelled';
  readonly rowsRead: number;
  readonly created: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly rejected: number;
  readonly message: string | null;
  readonly startedAt: Temporal.Instant;
  readonly endedAt: Temporal.Instant | null;
}

const RUN = sql`id, collection_id as "collectionId", source, format, state, rows_read as "rowsRead", created, changed, unchanged, rejected, message,
  started_at as "startedAt", ended_at as "endedAt"`;

/** A run of the same source that was interrupted. */
export async function interruptedRun(db: Sql, collectionId: string, source: string): Promise<ImportRun | undefined> {
  const { rows } = await sql<ImportRun>`select ${RUN} from geodata.import_run where collection_id = ${collectionId} and source = ${source} and state = 'running'
    order by started_at desc limit 1`.execute(db);
  return rows[0];
}

export async function insertRun(tx: Tx, run: Pick<ImportRun, 'id' | 'collectionId' | 'source' | 'format'>, now: Temporal.Instant): Promise<ImportRun> {
  const { rows } = await sql<ImportRun>`insert into geodata.import_run (id, collection_id, source, format, state, started_at)
    values (${run.id}, ${run.collectionId}, ${run.source}, ${run.format}, 'running', ${now.toString()}::timestamptz) returning ${RUN}`.execute(tx);
  return rows[0]!;
}

export async function findRun(db: Sql, id: string): Promise<ImportRun> {
  return (await sql<ImportRun>`select ${RUN} from geodata.import_run where id = ${id}`.execute(db)).rows[0]!;
}

export interface Reject {
  readonly row: number;
  readonly reason: string;
}

/** How far the run has come; rejected rows with their reasons. */
export async function advanceRun(
  tx: Tx,
  id: string,
  step: { readonly rowsRead: number; readonly created: number; readonly changed: number; readonly unchanged: number; readonly rejects: readonly Reject[] },
): Promise<ImportRun> {
  if (step.rejects.length > 0)
    await sql`insert into geodata.import_reject (run_id, row_number, reason)
      select ${id}, r.row, r.reason from jsonb_to_recordset(${JSON.stringify(step.rejects)}::jsonb) as r (row bigint, reason text)`.execute(tx);
  const { rows } = await sql<ImportRun>`update geodata.import_run set rows_read = ${step.rowsRead}, created = created + ${step.created},
    changed = changed + ${step.changed}, unchanged = unchanged + ${step.unchanged}, rejected = rejected + ${step.rejects.length}
    where id = ${id} returning ${RUN}`.execute(tx);
  return rows[0]!;
}

export async function endRun(
  tx: Tx,
  id: string,
  state: 'done' | 'failed' | 'cancelled',
  message: string | undefined,
  now: Temporal.Instant,
): Promise<ImportRun> {
  const { rows } = await sql<ImportRun>`update geodata.import_run set state = ${state}, message = ${message ?? null}, ended_at = ${now.toString()}::timestamptz
    where id = ${id} returning ${RUN}`.execute(tx);
  return rows[0]!;
}

/** @param after row after which they begin */
export async function findRejects(db: Sql, id: string, limit: number, after = 0): Promise<readonly Reject[]> {
  const { rows } = await sql<Reject>`select row_number as row, reason from geodata.import_reject
    where run_id = ${id} and row_number > ${after} order by row_number limit ${limit}`.execute(db);
  return rows;
}
