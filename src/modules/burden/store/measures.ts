import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import type { Measure } from '../domain/history.ts';

const COLUMNS = sql`id, service, kind, target, effective_on as "effectiveOn", reason, declared_at as "declaredAt"`;

/** Measures that hold, of one service or of all, in the order they were declared. */
export async function listMeasures(db: Sql, service?: string): Promise<readonly Measure[]> {
  const rows = await sql<Measure>`select ${COLUMNS} from burden.measure
    where withdrawn_at is null ${service === undefined ? sql`` : sql`and service = ${service}`} order by declared_at, id`.execute(db);
  return rows.rows;
}

/** @returns false where the same measure holds already */
export async function insertMeasure(tx: Tx, measure: Measure, declaredBy: string): Promise<boolean> {
  const { id, service, kind, target, effectiveOn, reason, declaredAt } = measure;
  const done = await sql`insert into burden.measure (id, service, kind, target, effective_on, reason, declared_by, declared_at)
    values (${id}, ${service}, ${kind}, ${target}, ${effectiveOn}, ${reason}, ${declaredBy}, ${declaredAt})
    on conflict do nothing returning id`.execute(tx);
  return done.rows.length === 1;
}

/** @returns the service of the measure that was taken back; undefined where none holds */
export async function withdrawMeasure(tx: Tx, id: string, reason: string, at: Temporal.Instant): Promise<string | undefined> {
  const done = await sql<{ service: string }>`update burden.measure set withdrawn_at = ${at}, withdrawn_reason = ${reason}
    where id = ${id} and withdrawn_at is null returning service`.execute(tx);
  return done.rows[0]?.service;
}
