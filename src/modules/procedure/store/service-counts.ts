import { sql } from 'kysely';
import type { Sql } from '../../../platform/database/port.ts';

export interface UsedService {
  readonly service: string;
  readonly people: number;
}

/** Accounts that applied for a service, by service; the count is of accounts, so that one busy person is no crowd. */
export async function countByService(db: Sql, { since, fewest }: { readonly since: Temporal.Instant; readonly fewest: number }): Promise<UsedService[]> {
  const rows = await sql<UsedService>`select service, count(distinct account_id) as people from procedure.case_file
    where account_id is not null and submitted_at >= ${since}
    group by service having count(distinct account_id) >= ${fewest} order by people desc, service`.execute(db);
  return rows.rows;
}

export interface FollowedService {
  readonly service: string;
  readonly next: string;
  readonly people: number;
}

/** Accounts whose case of one service was followed by one of another. */
export async function countFollowed(
  db: Sql,
  { since, withinDays, fewest }: { readonly since: Temporal.Instant; readonly withinDays: number; readonly fewest: number },
): Promise<FollowedService[]> {
  const rows = await sql<FollowedService>`select a.service, b.service as next, count(distinct a.account_id) as people
    from procedure.case_file a join procedure.case_file b on b.account_id = a.account_id and b.service <> a.service
      and b.submitted_at > a.submitted_at and b.submitted_at <= a.submitted_at + make_interval(days => ${withinDays}::int)
    where a.submitted_at >= ${since}
    group by a.service, b.service having count(distinct a.account_id) >= ${fewest} order by people desc, a.service, next`.execute(db);
  return rows.rows;
}
