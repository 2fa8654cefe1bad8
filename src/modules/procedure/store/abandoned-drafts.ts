import { sql } from 'kysely';
import { legalDay } from '../../../kernel/time.ts';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import type { Draft } from './drafts.ts';

/** Drafts without an announcement that nobody has touched since before a day, in order of their ids. */
export async function untouchedSince(db: Sql, before: Temporal.PlainDate, limit: number, after?: string): Promise<string[]> {
  const rows = await sql<{ id: string }>`select id from procedure.draft
    where announced_on is null and updated_at < ${before}::date at time zone 'Europe/Berlin' ${after === undefined ? sql`` : sql`and id > ${after}::uuid`}
    order by id limit ${limit}`.execute(db);
  return rows.rows.map(({ id }) => id);
}

/** A draft whose deletion is announced, without what was typed. */
export interface AnnouncedDraft extends Pick<Draft, 'id' | 'accountId' | 'service' | 'updatedAt'> {
  readonly announcedOn: Temporal.PlainDate;
}

/** Drafts whose deletion is announced, of these accounts or of all, in order of their ids. */
export async function announcedDrafts(db: Sql, owners: readonly string[] | undefined, limit: number, after?: string): Promise<AnnouncedDraft[]> {
  const rows = await sql<AnnouncedDraft>`select id, account_id as "accountId", service, updated_at as "updatedAt", announced_on as "announcedOn"
    from procedure.draft where announced_on is not null ${owners === undefined ? sql`` : sql`and account_id = any(${[...owners]}::uuid[])`}
      ${after === undefined ? sql`` : sql`and id > ${after}::uuid`} order by id limit ${limit}`.execute(db);
  return rows.rows;
}

export async function announceDraft(tx: Tx, id: string, day: Temporal.PlainDate): Promise<void> {
  await sql`update procedure.draft set announced_on = ${day}::date where id = ${id}`.execute(tx);
}

/** Counts an application that was begun and left, before its draft is deleted: the rates shall not forget it. */
export async function countLeft(tx: Tx, { id, service, lastPage, origin }: Draft): Promise<void> {
  const rows = await sql<{ begun: Temporal.Instant }>`select created_at as begun from procedure.draft where id = ${id}`.execute(tx);
  const begunOn = legalDay(rows.rows[0]!.begun);
  await sql`insert into procedure.left_draft (service, last_page, origin, begun_on, drafts)
    values (${service}, ${lastPage ?? ''}, ${origin ?? ''}, ${begunOn}::date, 1)
    on conflict (service, last_page, origin, begun_on) do update set drafts = left_draft.drafts + 1`.execute(tx);
}
