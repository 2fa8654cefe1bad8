import { sql } from 'kysely';
import type { Sql } from '../../../platform/database/port.ts';

export interface Between {
  readonly from: Temporal.Instant;
  /** Not included. */
  readonly to: Temporal.Instant;
}

/** Applications of one service, through a Servicekonto or another online system; and how many of them are decided. */
export interface CameIn {
  readonly service: string;
  readonly submitted: number;
  readonly decided: number;
}

/** What was applied for online. What the authority began itself, and closed files that were taken over, are no applications. */
export async function cameInOnline(db: Sql, { from, to }: Between): Promise<CameIn[]> {
  const rows = await sql<CameIn>`select c.service, count(*)::int as submitted, count(o.case_id)::int as decided
    from procedure.case_file c left join procedure.outcome o on o.case_id = c.id
    where c.submitted_at >= ${from} and c.submitted_at < ${to} and c.status <> 'abgeschlossen' and c.state->>'origin' is distinct from 'amt'
    group by c.service`.execute(db);
  return rows.rows;
}

/** Drafts that nobody submitted, deleted since or not, by whether they were touched since `idleBefore`, and by the page they were left at. */
export interface LeftDrafts {
  readonly service: string;
  readonly lastPage: string | null;
  readonly idle: number;
  readonly open: number;
}

export async function leftDrafts(db: Sql, { from, to }: Between, idleBefore: Temporal.Instant): Promise<LeftDrafts[]> {
  const rows = await sql<LeftDrafts>`select service, last_page as "lastPage", sum(idle)::int as idle, sum(open)::int as open from (
      select service, last_page, count(*) filter (where updated_at < ${idleBefore}) as idle, count(*) filter (where updated_at >= ${idleBefore}) as open
      from procedure.draft where created_at >= ${from} and created_at < ${to} group by service, last_page
      union all
      select service, nullif(last_page, ''), drafts, 0 from procedure.left_draft
      where begun_on >= (${from}::timestamptz at time zone 'Europe/Berlin')::date and begun_on < (${to}::timestamptz at time zone 'Europe/Berlin')::date
    ) left_ones group by service, last_page`.execute(db);
  return rows.rows;
}

/** Cases that a campaign's links led to. @param origins whole, or the code for all its variants */
export async function casesByOrigin(db: Sql, origins: readonly string[], { from, to }: Between): Promise<{ submitted: number; decided: number }> {
  const wanted = [...origins];
  const rows = await sql<{ submitted: number; decided: number }>`select count(*)::int as submitted, count(o.case_id)::int as decided
    from procedure.case_file c left join procedure.outcome o on o.case_id = c.id
    where c.state->>'cameBy' is not null and c.submitted_at >= ${from} and c.submitted_at < ${to}
      and (c.state->>'cameBy' = any(${wanted}::text[]) or split_part(c.state->>'cameBy', '.', 1) = any(${wanted}::text[]))`.execute(db);
  return rows.rows[0]!;
}

/**
 * Applications that were begun by this link: still drafts, or submitted since. A case bears its draft's id, and the id the
 * time it was begun. @param ids the first and the one past the last id that could be of these days
 */
export async function begunByOrigin(db: Sql, origin: string, { from, to }: Between, ids: { readonly first: string; readonly past: string }): Promise<number> {
  const rows = await sql<{ count: number }>`select (
      (select count(*) from procedure.draft where origin = ${origin} and created_at >= ${from} and created_at < ${to})
      + (select coalesce(sum(drafts), 0) from procedure.left_draft where origin = ${origin}
          and begun_on >= (${from}::timestamptz at time zone 'Europe/Berlin')::date and begun_on < (${to}::timestamptz at time zone 'Europe/Berlin')::date)
      + (select count(*) from procedure.case_file where state->>'cameBy' = ${origin} and id >= ${ids.first}::uuid and id < ${ids.past}::uuid)
    )::int as count`.execute(db);
  return rows.rows[0]!.count;
}
