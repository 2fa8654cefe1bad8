import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import type { Outcome, Question, QuestionRow, QuestionState } from '../domain/question.ts';

const COLUMNS = sql`id, text, lang, channel, contact, state, asked_at as "askedAt", taken_by as "takenBy", answer, outcome, closed_at as "closedAt"`;

export interface NewQuestion extends Pick<Question, 'id' | 'text' | 'lang' | 'channel' | 'contact' | 'askedAt'> {
  readonly receiptSha256: string;
}

/** @returns `false` when the form was sent before */
export async function insertQuestion(tx: Tx, one: NewQuestion): Promise<boolean> {
  const { rows } = await sql`insert into finder.question (id, text, lang, channel, contact, receipt_sha256, asked_at)
    values (${one.id}, ${one.text}, ${one.lang}, ${one.channel}, ${one.contact}, ${one.receiptSha256}, ${one.askedAt})
    on conflict (receipt_sha256) do nothing returning 1`.execute(tx);
  return rows.length === 1;
}

export async function countWaiting(db: Sql): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from finder.question where state <> 'closed'`.execute(db);
  return rows[0]!.count;
}

/** The oldest first; closed ones the newest first. */
export async function listQuestions(
  db: Sql,
  { state, limit, after }: { readonly state: QuestionState; readonly limit: number; readonly after?: string | undefined },
): Promise<QuestionRow[]> {
  const [beyond, order] = state === 'closed' ? [sql`<`, sql`desc`] : [sql`>`, sql`asc`];
  const { rows } = await sql<QuestionRow>`select id, lang, channel, state, asked_at as "askedAt", taken_by as "takenBy", outcome, closed_at as "closedAt"
    from finder.question where state = ${state} and (${after ?? null}::uuid is null or id ${beyond} ${after ?? null}::uuid) order by id ${order} limit ${limit}`.execute(
    db,
  );
  return rows;
}

export async function findQuestion(db: Sql, id: string): Promise<Question | undefined> {
  return (await sql<Question>`select ${COLUMNS} from finder.question where id = ${id}`.execute(db)).rows[0];
}

export async function lockQuestion(tx: Tx, id: string): Promise<Question | undefined> {
  return (await sql<Question>`select ${COLUMNS} from finder.question where id = ${id} for update`.execute(tx)).rows[0];
}

export async function takeQuestion(tx: Tx, id: string, staffId: string, at: Temporal.Instant): Promise<void> {
  await sql`update finder.question set state = 'taken', taken_by = ${staffId}, taken_at = ${at} where id = ${id} and state <> 'closed'`.execute(tx);
}

/** Closes a question of the one who took it. */
export async function closeQuestion(
  tx: Tx,
  id: string,
  staffId: string,
  { outcome, answer, at }: { readonly outcome: Outcome; readonly answer: string; readonly at: Temporal.Instant },
): Promise<void> {
  await sql`update finder.question set state = 'closed', outcome = ${outcome}, answer = ${answer}, closed_at = ${at}
    where id = ${id} and state = 'taken' and taken_by = ${staffId}`.execute(tx);
}

export async function closedBefore(db: Sql, at: Temporal.Instant, limit: number): Promise<{ readonly id: string; readonly closedAt: Temporal.Instant }[]> {
  const { rows } = await sql<{ id: string; closedAt: Temporal.Instant }>`select id, closed_at as "closedAt" from finder.question
    where closed_at < ${at} order by closed_at limit ${limit}`.execute(db);
  return rows;
}

export async function deleteQuestion(tx: Tx, id: string): Promise<boolean> {
  return (await sql`delete from finder.question where id = ${id} and state = 'closed' returning 1`.execute(tx)).rows.length === 1;
}
