import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { canonicalJson } from '../../../kernel/canonical-json.ts';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import type { Case } from '../domain/case.ts';
import type { CaseDeadline } from '../domain/deadlines.ts';
import type { StoredEvent } from '../domain/events.ts';

/** The case's stream in the journal. */
export const caseStream = (caseId: string): string => `case:${caseId}`;

/** Journal entry of an event: its facts, and the hash of its words. */
export function journalEntry(event: StoredEvent, caseId: string) {
  const contentSha256 = event.content === undefined ? {} : { contentSha256: sha256Of(event.content) };
  return {
    stream: caseStream(caseId),
    kind: `procedure.${event.kind}`,
    payload: { ...event.facts, version: event.version, ...contentSha256 },
  };
}

/** SHA-256 of a value as canonical JSON, hex. */
export const sha256Of = (value: unknown): string => createHash('sha256').update(canonicalJson(value)).digest('hex');

/** What lists and searches need besides the state. */
export interface CaseIndex {
  readonly decisionDue: string | undefined;
  readonly searchText: string;
  /** Last day of what is granted now. */
  readonly validUntil: string | undefined;
  /** What the grant is for, as a hash. */
  readonly validFor: string | undefined;
  readonly deadlines: readonly CaseDeadline[];
}

/** Keeps a new case. @returns false when the case is there already (submitted before) */
export async function insertCase(tx: Tx, state: Case, index: CaseIndex, at: Temporal.Instant): Promise<boolean> {
  const inserted = await sql`insert into procedure.case_file
    (id, file_number, service, package_hash, authority, account_id, status, version, state, submitted_at, changed_at, decision_due, search_text, co_accounts, valid_for)
    values (${state.id}, ${state.fileNumber}, ${state.service}, ${state.packageHash}, ${state.authority}, ${state.accountId},
      ${state.status}, ${state.version}, ${state}, ${at}, ${at}, ${index.decisionDue ?? null}, to_tsvector('simple', ${index.searchText}),
      ${(state.coApplicants ?? []).map((one) => one.accountId)}::uuid[], ${index.validFor ?? null})
    on conflict (id) do nothing`.execute(tx);
  return Number(inserted.numAffectedRows ?? 0) === 1;
}

/** Replaces the state, if nobody else did since `expectedVersion`. @returns whether it did */
export async function updateCase(tx: Tx, state: Case, expectedVersion: number, index: CaseIndex, at: Temporal.Instant): Promise<boolean> {
  const updated = await sql`update procedure.case_file set
      package_hash = ${state.packageHash}, authority = ${state.authority}, status = ${state.status}, version = ${state.version}, state = ${state}, changed_at = ${at},
      decision_due = ${index.decisionDue ?? null}, assignee = ${state.assignee ?? null}, remind_on = ${state.remindOn ?? null},
      search_text = to_tsvector('simple', ${index.searchText}), valid_until = ${index.validUntil ?? null}, valid_for = ${index.validFor ?? null}
    where id = ${state.id} and version = ${expectedVersion}`.execute(tx);
  return Number(updated.numAffectedRows ?? 0) === 1;
}

/** Keeps the words of the events beside the journal. */
export async function insertContents(tx: Tx, caseId: string, events: readonly StoredEvent[]): Promise<void> {
  for (const event of events) {
    if (event.content === undefined) continue;
    await sql`insert into procedure.content (case_id, version, sha256, content)
      values (${caseId}, ${event.version}, ${sha256Of(event.content)}, ${event.content})`.execute(tx);
  }
}

/** Makes the deadline rows match the state. */
export async function replaceDeadlines(tx: Tx, caseId: string, deadlines: readonly CaseDeadline[]): Promise<void> {
  await sql`delete from procedure.deadline where case_id = ${caseId}
    and kind <> all(${deadlines.map((deadline) => deadline.kind)}::text[])`.execute(tx);
  for (const { kind, dueOn, firesOn = null } of deadlines) {
    await sql`insert into procedure.deadline (case_id, kind, due_on, fires_on) values (${caseId}, ${kind}, ${dueOn}, ${firesOn})
      on conflict (case_id, kind) do update set due_on = excluded.due_on, fires_on = excluded.fires_on`.execute(tx);
  }
}

/** Remembers that this employee acted in the case. */
export async function recordParticipation(tx: Tx, caseId: string, staffId: string, at: Temporal.Instant): Promise<void> {
  await sql`insert into procedure.participation (case_id, staff_id, last_at) values (${caseId}, ${staffId}, ${at})
    on conflict (case_id, staff_id) do update set last_at = excluded.last_at`.execute(tx);
}

/** The case's present state. */
export async function findCase(db: Sql, caseId: string): Promise<Case | undefined> {
  const found = await sql<{ state: Case }>`select state from procedure.case_file where id = ${caseId}`.execute(db);
  return found.rows[0]?.state;
}

/** As `findCase`, locked until the transaction ends. */
export async function lockCase(tx: Tx, caseId: string): Promise<Case | undefined> {
  const found = await sql<{ state: Case }>`select state from procedure.case_file where id = ${caseId} for update`.execute(tx);
  return found.rows[0]?.state;
}

/** A case by its file number. */
export async function findCaseByNumber(db: Sql, fileNumber: string): Promise<Case | undefined> {
  const found = await sql<{ state: Case }>`select state from procedure.case_file where file_number = ${fileNumber}`.execute(db);
  return found.rows[0]?.state;
}

/** The id alone of a case that somebody applied for, by its file number: asked by strangers, so it is the same small question for every number. */
export async function applicantCaseId(db: Sql, fileNumber: string): Promise<string | undefined> {
  const found = await sql<{ id: string }>`select id from procedure.case_file
    where file_number = ${fileNumber} and state->>'origin' is distinct from 'amt'`.execute(db);
  return found.rows[0]?.id;
}

/** The words of a case's events by version. */
export async function readContents(db: Sql, caseId: string): Promise<Map<number, unknown>> {
  const rows = await sql<{ version: number; content: unknown }>`
    select version, content from procedure.content where case_id = ${caseId}`.execute(db);
  return new Map(rows.rows.map((row) => [row.version, row.content]));
}

/** Next number of the public registers; gaps are harmless. */
export async function nextRegisterSerial(db: Sql): Promise<number> {
  const next = await sql<{ serial: number }>`select nextval('procedure.register_serial') as serial`.execute(db);
  return next.rows[0]!.serial;
}

/** Next number for a file; gaps are harmless, waiting for each other is not. */
export async function nextFileSerial(tx: Tx): Promise<number> {
  const next = await sql<{ serial: number }>`select nextval('procedure.file_serial') as serial`.execute(tx);
  return next.rows[0]!.serial;
}
