import { sql } from 'kysely';
import type { Sql } from '../../../platform/database/port.ts';
import type { Case } from '../domain/case.ts';

/** Cases of the same applicant in which the same is granted for longer. */
const successors = sql`from procedure.case_file n
  where n.valid_for = c.valid_for and n.service = c.service and n.valid_until > c.valid_until and n.id <> c.id
    and (n.account_id = c.account_id or n.account_id = any(c.co_accounts) or c.account_id = any(n.co_accounts))`;

/** The case in which what this one grants has been granted anew, for the longest. */
export async function findSuccessor(db: Sql, caseId: string): Promise<{ readonly id: string; readonly fileNumber: string } | undefined> {
  const rows = await sql<{ id: string; fileNumber: string }>`select s.id, s."fileNumber" from procedure.case_file c
    cross join lateral (select n.id, n.file_number as "fileNumber", n.valid_until ${successors} order by n.valid_until desc, n.id limit 1) s
    where c.id = ${caseId}`.execute(db);
  return rows.rows[0];
}

/** Which permits are asked for. */
export interface PermitSpan {
  readonly from: Temporal.PlainDate;
  readonly until: Temporal.PlainDate;
  /** Accounts that applied; absent: all. */
  readonly holders?: readonly string[];
  /** Granted under this version of a package; absent: any. */
  readonly packageHash?: string;
}

/** A case with the last day of what it grants. */
export interface PermitRow {
  readonly id: string;
  readonly validUntil: Temporal.PlainDate;
  readonly state: Case;
}

/** What ends from one day to another, both included, and has not been granted anew: a page after the last one seen. */
export async function permitsEnding(db: Sql, span: PermitSpan, limit: number, after?: Pick<PermitRow, 'id' | 'validUntil'>): Promise<PermitRow[]> {
  const { from, until, holders, packageHash } = span;
  const mine =
    holders === undefined
      ? sql``
      : sql`and (c.account_id = any(${[...holders]}::uuid[]) or (c.co_accounts <> '{}' and c.co_accounts && ${[...holders]}::uuid[]))`;
  const under = packageHash === undefined ? sql`` : sql`and c.package_hash = ${packageHash}`;
  const later = after === undefined ? sql`` : sql`and (c.valid_until, c.id) > (${after.validUntil}::date, ${after.id}::uuid)`;
  const rows = await sql<PermitRow>`select c.id, c.valid_until as "validUntil", c.state from procedure.case_file c
    where c.valid_until between ${from}::date and ${until}::date and c.account_id is not null ${under} ${mine} ${later}
      and not exists (select 1 ${successors})
    order by c.valid_until, c.id limit ${limit}`.execute(db);
  return rows.rows;
}

/** Versions of packages under which something ends from one day to another. */
export async function versionsEnding(db: Sql, from: Temporal.PlainDate, until: Temporal.PlainDate): Promise<readonly string[]> {
  const rows = await sql<{ hash: string }>`select distinct package_hash as hash from procedure.case_file
    where valid_until between ${from}::date and ${until}::date order by hash`.execute(db);
  return rows.rows.map(({ hash }) => hash);
}
