import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import type { Statement } from '../domain/statement.ts';
import { prefixQuery } from './search.ts';

/** Keeps a new or changed statement. @returns false when somebody was faster, or it is there already */
export async function putStatement(tx: Tx, state: Statement, expectedVersion: number, at: Temporal.Instant): Promise<boolean> {
  const search = [state.number, state.number.replaceAll('-', ' '), state.author.name ?? '', state.text].join(' ');
  const flags = { weighed: state.weighing !== undefined, released: state.releasedOn !== undefined, published: state.publishedOn !== undefined };
  const kept =
    expectedVersion === 0
      ? await sql`insert into participation.statement
          (id, case_id, round_id, consultation_id, number, version, state, received_at, answer, late, weighed, released, published, account_id, search_text)
          values (${state.id}, ${state.caseId}, ${state.roundId}, ${state.consultationId ?? null}, ${state.number}, ${state.version}, ${state}, ${at},
            ${state.answer}, ${state.late}, ${flags.weighed}, ${flags.released}, ${flags.published}, ${state.accountId ?? null}, to_tsvector('simple', ${search}))
          on conflict (id) do nothing`.execute(tx)
      : await sql`update participation.statement set version = ${state.version}, state = ${state}, answer = ${state.answer}, late = ${state.late},
            weighed = ${flags.weighed}, released = ${flags.released}, published = ${flags.published}, search_text = to_tsvector('simple', ${search})
          where id = ${state.id} and version = ${expectedVersion}`.execute(tx);
  return Number(kept.numAffectedRows ?? 0) === 1;
}

export async function findStatement(db: Sql, caseId: string, id: string): Promise<Statement | undefined> {
  const found = await sql<{ state: Statement }>`select state from participation.statement where case_id = ${caseId} and id = ${id}`.execute(db);
  return found.rows[0]?.state;
}

export async function lockStatement(tx: Tx, caseId: string, id: string): Promise<Statement | undefined> {
  const found = await sql<{ state: Statement }>`select state from participation.statement where case_id = ${caseId} and id = ${id} for update`.execute(tx);
  return found.rows[0]?.state;
}

/** What the synopsis asks for. */
export interface StatementFilter {
  readonly show: 'all' | 'open' | 'weighed' | 'late' | 'agencies' | 'public';
  readonly roundId?: string | undefined;
  readonly search?: string | undefined;
  readonly limit: number;
  readonly after?: { readonly receivedAt: string; readonly id: string } | undefined;
}

export interface StatementRow {
  readonly state: Statement;
  readonly receivedAt: Temporal.Instant;
}

/** All statements of a case in the order they came. */
export async function listStatements(db: Sql, caseId: string, { show, roundId, search, limit, after }: StatementFilter): Promise<StatementRow[]> {
  const words = prefixQuery(search);
  const shown = {
    all: sql``,
    open: sql`and not weighed`,
    weighed: sql`and weighed`,
    late: sql`and late`,
    agencies: sql`and consultation_id is not null`,
    public: sql`and consultation_id is null`,
  }[show];
  const rows = await sql<StatementRow>`select state, received_at as "receivedAt" from participation.statement where case_id = ${caseId} ${shown}
      ${roundId === undefined ? sql`` : sql`and round_id = ${roundId}`}
      ${words === '' ? sql`` : sql`and search_text @@ to_tsquery('simple', ${words})`}
      ${after === undefined ? sql`` : sql`and (received_at, id) > (${after.receivedAt}::timestamptz, ${after.id}::uuid)`}
    order by received_at, id limit ${limit}`.execute(db);
  return rows.rows;
}

/** Statements the applicant may see: the officer has confirmed them. */
export async function listReleased(db: Sql, caseId: string): Promise<Statement[]> {
  const rows = await sql<{ state: Statement }>`select state from participation.statement
    where case_id = ${caseId} and released order by received_at, id limit 500`.execute(db);
  return rows.rows.map((row) => row.state);
}

/** Answers of agencies that ask for conditions, and whose Abwaegung follows them wholly or in part; in the order they came. */
export async function listFollowed(db: Sql, caseId: string): Promise<Statement[]> {
  const rows = await sql<{ state: Statement }>`select state from participation.statement
    where case_id = ${caseId} and weighed and consultation_id is not null and not (state->>'personal')::boolean
      and state->'weighing'->>'result' in ('gefolgt', 'teilweise') and jsonb_array_length(state->'conditions') > 0
    order by received_at, id limit 500`.execute(db);
  return rows.rows.map((row) => row.state);
}

/** Statements everybody may read, a page after the cursor. */
export async function listPublished(db: Sql, roundId: string, limit: number, after: StatementFilter['after']): Promise<StatementRow[]> {
  const rows = await sql<StatementRow>`select state, received_at as "receivedAt" from participation.statement
    where round_id = ${roundId} and published
      ${after === undefined ? sql`` : sql`and (received_at, id) > (${after.receivedAt}::timestamptz, ${after.id}::uuid)`}
    order by received_at, id limit ${limit}`.execute(db);
  return rows.rows;
}

/** Statements of an account, newest first. */
export async function listOfAccount(db: Sql, accountId: string): Promise<Statement[]> {
  const rows = await sql<{ state: Statement }>`select state from participation.statement
    where account_id = ${accountId} order by received_at desc, id limit 200`.execute(db);
  return rows.rows.map((row) => row.state);
}

export interface Counts {
  readonly statements: number;
  readonly unweighed: number;
  readonly unreleased: number;
  readonly openRounds: number;
  readonly waiting: number;
}

/** What is open in the Beteiligung of a case, in one query. */
export async function countOpen(db: Sql, caseId: string): Promise<Counts | undefined> {
  const rows = await sql<Counts>`select
      (select count(*) from participation.statement where case_id = ${caseId}) as statements,
      (select count(*) from participation.statement where case_id = ${caseId} and not weighed) as unweighed,
      (select count(*) from participation.statement where case_id = ${caseId} and not released) as unreleased,
      (select count(*) from participation.round where case_id = ${caseId} and status <> 'closed') as "openRounds",
      (select count(*) from participation.consultation where case_id = ${caseId} and status = 'asked') as waiting
    from participation.case_file where case_id = ${caseId}`.execute(db);
  return rows.rows[0];
}

/** Next number of a statement; gaps are harmless. */
export async function nextStatementSerial(tx: Tx): Promise<number> {
  const rows = await sql<{ serial: number }>`select nextval('participation.statement_serial') as serial`.execute(tx);
  return rows.rows[0]!.serial;
}
