import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import type { Consultation, Participation } from '../domain/participation.ts';
import { prefixQuery } from './search.ts';

/** The Beteiligung of a case, or nothing yet. */
export async function findParticipation(db: Sql, caseId: string): Promise<Participation | undefined> {
  const found = await sql<{ state: Participation }>`select state from participation.case_file where case_id = ${caseId}`.execute(db);
  return found.rows[0]?.state;
}

/** As `findParticipation`, held until the transaction ends: answers of several agencies queue up. */
export async function lockParticipation(tx: Tx, caseId: string): Promise<Participation | undefined> {
  const found = await sql<{ state: Participation }>`select state from participation.case_file where case_id = ${caseId} for update`.execute(tx);
  return found.rows[0]?.state;
}

/** Held against closing a round, not against other statements. */
export async function shareParticipation(tx: Tx, caseId: string): Promise<Participation | undefined> {
  const found = await sql<{ state: Participation }>`select state from participation.case_file where case_id = ${caseId} for share`.execute(tx);
  return found.rows[0]?.state;
}

/** Keeps the new state with those rows for lists and clock that changed. @returns false when somebody was faster */
export async function putParticipation(tx: Tx, before: Participation, state: Participation, at: Temporal.Instant): Promise<boolean> {
  const kept =
    before.version === 0
      ? await sql`insert into participation.case_file (case_id, version, state, changed_at)
          values (${state.caseId}, ${state.version}, ${state}, ${at}) on conflict (case_id) do nothing`.execute(tx)
      : await sql`update participation.case_file set version = ${state.version}, state = ${state}, changed_at = ${at}
          where case_id = ${state.caseId} and version = ${before.version}`.execute(tx);
  if (Number(kept.numAffectedRows ?? 0) !== 1) return false;
  // Folding leaves what did not change as it was, the very same object.
  for (const { id, kind, status, title, request, startsOn, dueOn, noticedOn } of state.rounds.filter((round) => !before.rounds.includes(round))) {
    await sql`insert into participation.round (id, case_id, kind, status, title, starts_on, due_on, noticed_on, search_text)
      values (${id}, ${state.caseId}, ${kind}, ${status}, ${title}, ${startsOn}, ${dueOn}, ${noticedOn ?? null}, to_tsvector('simple', ${`${title} ${request}`}))
      on conflict (id) do update set status = excluded.status, due_on = excluded.due_on`.execute(tx);
  }
  for (const one of state.consultations.filter((each) => !before.consultations.includes(each))) await putConsultation(tx, state.caseId, one);
  return true;
}

async function putConsultation(tx: Tx, caseId: string, one: Consultation): Promise<void> {
  await sql`insert into participation.consultation (id, case_id, round_id, status, due_on, clock_on, claimed_by)
    values (${one.id}, ${caseId}, ${one.roundId}, ${one.status}, ${one.dueOn}, ${clockDay(one)}, ${one.claimedBy ?? null})
    on conflict (id) do update set status = excluded.status, due_on = excluded.due_on, clock_on = excluded.clock_on, claimed_by = excluded.claimed_by`.execute(
    tx,
  );
}

/** The day to remind, then the day after the end; nothing once it is settled. */
function clockDay({ status, email, remindedOn, remindOn, dueOn, linkRevoked }: Consultation): string | null {
  if (status !== 'asked') return null;
  const dayAfter = Temporal.PlainDate.from(dueOn).add({ days: 1 }).toString();
  return email !== undefined && remindedOn === undefined && !linkRevoked && remindOn < dayAfter ? remindOn : dayAfter;
}

/** Cases in which the clock has something to do today, after `after`. */
export async function casesOfTheDay(db: Sql, today: Temporal.PlainDate, limit: number, after: string): Promise<string[]> {
  const rows = await sql<{ caseId: string }>`select case_id as "caseId" from (
      select case_id from participation.consultation where clock_on <= ${today}
      union select case_id from participation.round where status = 'open' and due_on < ${today}) as due
    where case_id > ${after}::uuid order by case_id limit ${limit}`.execute(db);
  return rows.rows.map((row) => row.caseId);
}

/** The case a round or a consultation belongs to. */
export async function caseOfRound(db: Sql, roundId: string): Promise<string | undefined> {
  const rows = await sql<{ caseId: string }>`select case_id as "caseId" from participation.round where id = ${roundId}`.execute(db);
  return rows.rows[0]?.caseId;
}

export async function caseOfConsultation(db: Sql, consultationId: string): Promise<string | undefined> {
  const rows = await sql<{ caseId: string }>`select case_id as "caseId" from participation.consultation where id = ${consultationId}`.execute(db);
  return rows.rows[0]?.caseId;
}

/** Consultations an account took over, next deadline first. @param by `actorRef` */
export async function claimedConsultations(db: Sql, by: string): Promise<{ readonly id: string; readonly state: Participation }[]> {
  const rows = await sql<{ id: string; state: Participation }>`select c.id, f.state from participation.consultation c
    join participation.case_file f on f.case_id = c.case_id where c.claimed_by = ${by} order by c.due_on desc, c.id limit 200`.execute(db);
  return rows.rows;
}

/** What the public list asks for. */
export interface PublicRoundFilter {
  readonly when: 'running' | 'past' | 'all';
  readonly search?: string | undefined;
  readonly today: Temporal.PlainDate;
  readonly limit: number;
  /** Sort key of the last row seen. */
  readonly after?: { readonly dueOn: string; readonly id: string } | undefined;
}

export interface PublicRoundRow {
  readonly id: string;
  readonly title: string;
  readonly status: 'open' | 'due' | 'closed';
  readonly startsOn: Temporal.PlainDate;
  readonly dueOn: Temporal.PlainDate;
}

/** Public displays, latest end first. */
export async function listPublicRounds(db: Sql, { when, search, today, limit, after }: PublicRoundFilter): Promise<PublicRoundRow[]> {
  const words = prefixQuery(search);
  const rows = await sql<PublicRoundRow>`select id, title, status, starts_on as "startsOn", due_on as "dueOn" from participation.round
    where kind = 'oeffentlich'
      ${when === 'running' ? sql`and due_on >= ${today}` : when === 'past' ? sql`and due_on < ${today}` : sql``}
      ${words === '' ? sql`` : sql`and search_text @@ to_tsquery('simple', ${words})`}
      ${after === undefined ? sql`` : sql`and (due_on, id) < (${after.dueOn}::date, ${after.id}::uuid)`}
    order by due_on desc, id desc limit ${limit}`.execute(db);
  return rows.rows;
}
