import { sql } from 'kysely';
import type { Sql } from '../../../platform/database/port.ts';
import type { CaseStatus } from '../domain/status.ts';

/** Versions of a service that open cases run on, with their number. */
export async function openVersions(db: Sql, service: string, statuses: readonly CaseStatus[]): Promise<{ hash: string; cases: number }[]> {
  const rows = await sql<{ hash: string; cases: number }>`select package_hash as hash, count(*) as cases from procedure.case_file
    where service = ${service} and status = any(${[...statuses]}::text[]) group by package_hash order by min(submitted_at)`.execute(db);
  return rows.rows;
}

export interface VersionPage {
  readonly service: string;
  readonly hash: string;
  readonly statuses: readonly CaseStatus[];
  readonly limit: number;
  readonly after: string | undefined;
}

/** Ids of open cases on one version, in order, after the last one seen. */
export async function casesOnVersion(db: Sql, { service, hash, statuses, limit, after }: VersionPage): Promise<string[]> {
  const rows = await sql<{ id: string }>`select id from procedure.case_file
    where service = ${service} and package_hash = ${hash} and status = any(${[...statuses]}::text[])
      ${after === undefined ? sql`` : sql`and id > ${after}::uuid`}
    order by id limit ${limit}`.execute(db);
  return rows.rows.map((row) => row.id);
}
