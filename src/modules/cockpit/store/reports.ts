import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';

export interface KeptReport {
  readonly quarter: string;
  /** Of the PDF. */
  readonly sha256: string;
  readonly madeAt: Temporal.Instant;
}

/** The newest first. */
export async function listReports(db: Sql): Promise<readonly KeptReport[]> {
  return (await sql<KeptReport>`select quarter, sha256, made_at as "madeAt" from cockpit.report order by quarter desc limit 200`.execute(db)).rows;
}

export async function findReport(db: Sql, quarter: string): Promise<KeptReport | undefined> {
  return (await sql<KeptReport>`select quarter, sha256, made_at as "madeAt" from cockpit.report where quarter = ${quarter}`.execute(db)).rows[0];
}

/** @returns `false`: there is one already, and it stays */
export async function insertReport(tx: Tx, { quarter, sha256, madeAt }: KeptReport): Promise<boolean> {
  const { rows } = await sql`insert into cockpit.report (quarter, sha256, made_at) values (${quarter}, ${sha256}, ${madeAt})
    on conflict (quarter) do nothing returning quarter`.execute(tx);
  return rows.length > 0;
}
