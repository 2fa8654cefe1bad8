import { sql } from 'kysely';
import type { Owner } from '../../../kernel/actor.ts';
import type { Sql } from '../../../platform/database/port.ts';
import type { Case } from '../domain/case.ts';
import type { Source } from '../domain/events.ts';
import type { CaseStatus } from '../domain/status.ts';

/** A case as lists show it. */
export interface CaseRow {
  readonly id: string;
  readonly fileNumber: string;
  readonly service: string;
  readonly packageHash: string;
  readonly authority: string;
  readonly status: CaseStatus;
  readonly submittedAt: Temporal.Instant;
  readonly changedAt: Temporal.Instant;
  readonly decisionDue: Temporal.PlainDate | null;
  readonly assignee: string | null;
  readonly remindOn: Temporal.PlainDate | null;
  readonly applicantName: string;
  readonly origin: 'amt' | Source | null;
  /** How many applied together with that person. */
  readonly coApplicants: number;
}

const columns = sql`c.id, c.file_number as "fileNumber", c.service, c.package_hash as "packageHash", c.authority, c.status,
  c.submitted_at as "submittedAt", c.changed_at as "changedAt", c.decision_due as "decisionDue", c.assignee,
  c.remind_on as "remindOn", c.state->'applicant'->>'name' as "applicantName", c.state->>'origin' as origin, cardinality(c.co_accounts) as "coApplicants"`;

/** Cases that the account applied for, alone or with others. */
const ownedBy = (accountId: string) => sql`(account_id = ${accountId} or (co_accounts <> '{}' and co_accounts @> array[${accountId}]::uuid[]))`;

/** The owner's cases, newest first; `before` is the id of the last one seen (ids grow with time). */
export async function listOwnCases(db: Sql, { accountId, services }: Owner, limit: number, before?: string): Promise<CaseRow[]> {
  const rows = await sql<CaseRow>`select ${columns} from procedure.case_file c
    where ${ownedBy(accountId)} ${services === undefined ? sql`` : sql`and c.service = any(${[...services]}::text[])`}
       ${before === undefined ? sql`` : sql`and c.id < ${before}::uuid`}
    order by c.id desc limit ${limit}`.execute(db);
  return rows.rows;
}

/** How many of the account's cases are not at their end. */
export async function countOpenCases(db: Sql, accountId: string): Promise<number> {
  const rows = await sql<{ cases: number }>`select count(*) as cases from procedure.case_file
    where ${ownedBy(accountId)} and status <> all(${ENDED}::text[])`.execute(db);
  return rows.rows[0]!.cases;
}

const ENDED = ['bestandskraeftig', 'zurueckgenommen', 'abgeschlossen'];

/** What an officer's list asks for. */
export interface InboxFilter {
  /** Authorities the officer works for; empty list sees nothing. */
  readonly authorities: readonly string[];
  readonly view: 'open' | 'mine' | 'unassigned' | 'reminders' | 'took-part' | 'all';
  /** The officer and those they stand in for. */
  readonly staffIds: readonly string[];
  readonly search?: string;
  readonly today: Temporal.PlainDate;
  readonly limit: number;
  /** Last row seen: `due|id`, due may be empty. */
  readonly after?: string;
}

const OPEN = ['eingegangen', 'unvollstaendig', 'in_pruefung', 'anhoerung', 'ausgesetzt', 'freigabe', 'beschlossen', 'widerspruch'];

/** Cases by deadline (none last), then by age; a page of `limit` after the cursor. */
export async function listInbox(db: Sql, filter: InboxFilter): Promise<CaseRow[]> {
  const [due = '', id = ''] = filter.after?.split('|') ?? [];
  const rows = await sql<CaseRow>`select ${columns} from procedure.case_file c
    where c.authority = any(${[...filter.authorities]}::text[])
      and ${viewCondition(filter)}
      ${filter.search === undefined ? sql`` : sql`and c.search_text @@ to_tsquery('simple', ${prefixQuery(filter.search)})`}
      ${filter.after === undefined ? sql`` : sql`and (coalesce(c.decision_due, 'infinity'::date), c.id) > (coalesce(nullif(${due}::text, '')::date, 'infinity'::date), ${id}::uuid)`}
    order by coalesce(c.decision_due, 'infinity'::date), c.id limit ${filter.limit}`.execute(db);
  return rows.rows;
}

function viewCondition({ view, staffIds, today }: InboxFilter) {
  const open = sql`c.status = any(${OPEN}::text[])`;
  switch (view) {
    case 'open':
      return open;
    case 'mine':
      return sql`${open} and c.assignee = any(${[...staffIds]}::text[])`;
    case 'unassigned':
      return sql`${open} and c.assignee is null`;
    case 'reminders':
      return sql`c.remind_on <= ${today}`;
    case 'took-part':
      return sql`exists (select 1 from procedure.participation p where p.case_id = c.id and p.staff_id = ${staffIds[0] ?? ''})`;
    case 'all':
      return sql`true`;
  }
}

/** `petersen bf-2026` -> every word must begin some word of the case. */
function prefixQuery(search: string): string {
  const words = search.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.length === 0 ? '' : words.map((word) => `${word}:*`).join(' & ');
}

/** The cursor after which the next page begins. */
export const cursorOf = (row: CaseRow): string => `${row.decisionDue?.toString() ?? ''}|${row.id}`;

/** Counts of an officer's views, for the tabs. */
export async function countInbox(
  db: Sql,
  filter: Pick<InboxFilter, 'authorities' | 'staffIds' | 'today'>,
): Promise<Record<'open' | 'mine' | 'unassigned' | 'reminders', number>> {
  const rows = await sql<{ open: number; mine: number; unassigned: number; reminders: number }>`select
      count(*) filter (where status = any(${OPEN}::text[])) as open,
      count(*) filter (where status = any(${OPEN}::text[]) and assignee = any(${[...filter.staffIds]}::text[])) as mine,
      count(*) filter (where status = any(${OPEN}::text[]) and assignee is null) as unassigned,
      count(*) filter (where remind_on <= ${filter.today}) as reminders
    from procedure.case_file where authority = any(${[...filter.authorities]}::text[])`.execute(db);
  return rows.rows[0]!;
}

/** A deadline whose day has come; the three parts are also its place in the order. */
export interface FiringDeadline {
  readonly caseId: string;
  readonly kind: string;
  readonly firesOn: Temporal.PlainDate;
}

/** Deadlines on which the sweeper has something to do by `today`, oldest first, after the last one seen. */
export async function firingDeadlines(db: Sql, today: Temporal.PlainDate, limit: number, after?: FiringDeadline): Promise<FiringDeadline[]> {
  const rows = await sql<FiringDeadline>`
    select case_id as "caseId", kind, fires_on as "firesOn" from procedure.deadline
    where fires_on <= ${today}
      ${after === undefined ? sql`` : sql`and (fires_on, case_id, kind) > (${after.firesOn}::date, ${after.caseId}::uuid, ${after.kind}::text)`}
    order by fires_on, case_id, kind limit ${limit}`.execute(db);
  return rows.rows;
}

/** Cases of these services, newest first. */
export async function listCasesOfServices(db: Sql, services: readonly string[], limit: number): Promise<Case[]> {
  const rows = await sql<{ state: Case }>`select state from procedure.case_file where service = any(${[...services]}::text[])
    order by submitted_at desc, id limit ${limit}`.execute(db);
  return rows.rows.map((row) => row.state);
}

/** All cases of the city. */
export async function countAllCases(db: Sql): Promise<number> {
  const rows = await sql<{ cases: number }>`select count(*) as cases from procedure.case_file`.execute(db);
  return rows.rows[0]!.cases;
}

/** Closed cases of a Leistung at an authority, the newest first. */
export async function listClosed(
  db: Sql,
  { service, authority, limit }: { readonly service: string; readonly authority: string; readonly limit: number },
): Promise<{ readonly state: Case; readonly closedAt: Temporal.Instant }[]> {
  const { rows } = await sql<{ state: Case; closedAt: Temporal.Instant }>`select state, changed_at as "closedAt" from procedure.case_file
    where service = ${service} and authority = ${authority} and status = any(${ENDED}::text[]) order by changed_at desc, id limit ${limit}`.execute(db);
  return rows;
}
