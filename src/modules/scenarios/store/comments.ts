import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import type { Comment, CommentState } from '../domain/comment.ts';

const COMMENT = sql`id, scenario_id as "scenarioId", author, written_as as "as", body as text, state, written_at as "writtenAt"`;

/** Oldest first. @param seenBy absent: all; else what is shown, and what this person has written */
export async function listComments(db: Sql, scenarioId: string, seenBy?: string): Promise<readonly Comment[]> {
  const { rows } = await sql<Comment>`select ${COMMENT} from scenarios.comment
    where scenario_id = ${scenarioId} and ${seenBy === undefined ? sql`true` : sql`(state = 'shown' or author = ${seenBy})`} order by id`.execute(db);
  return rows;
}

/** How many there are on the scenario, and how many the author has written anywhere since. */
export async function countComments(
  tx: Tx,
  scenarioId: string,
  author: string,
  since: Temporal.Instant,
): Promise<{ readonly here: number; readonly recent: number }> {
  await sql`select pg_advisory_xact_lock(hashtext(${`scenarios.comment ${author}`}))`.execute(tx);
  const { rows } = await sql<{ here: number; recent: number }>`select
    (select count(*)::int from scenarios.comment where scenario_id = ${scenarioId}) as here,
    (select count(*)::int from scenarios.comment where author = ${author} and written_at > ${since}) as recent`.execute(tx);
  return rows[0]!;
}

export async function insertComment(tx: Tx, { id, scenarioId, author, as, text, state, writtenAt }: Comment): Promise<void> {
  await sql`insert into scenarios.comment (id, scenario_id, author, written_as, body, state, written_at)
    values (${id}, ${scenarioId}, ${author}, ${as}, ${text}, ${state}, ${writtenAt})`.execute(tx);
}

export async function setCommentState(tx: Tx, scenarioId: string, id: string, state: CommentState): Promise<boolean> {
  const { rows } = await sql`update scenarios.comment set state = ${state} where scenario_id = ${scenarioId} and id = ${id} returning id`.execute(tx);
  return rows.length > 0;
}
