import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import type { Comment, ReportReason } from '../domain/contribution.ts';
import type { CommentChange } from '../domain/moderate.ts';

const COLUMNS = sql`id, contribution_id as "contributionId", text, state, checked, hidden_because as "hiddenBecause", submitted_at as "submittedAt"`;

export interface NewComment extends Omit<Comment, 'hiddenBecause'> {
  readonly tokenSha256: string;
  readonly accountId: string | null;
}

export async function insertComment(tx: Tx, one: NewComment): Promise<void> {
  await sql`insert into contributions.comment (id, contribution_id, text, state, checked, token_sha256, account_id, submitted_at)
    values (${one.id}, ${one.contributionId}, ${one.text}, ${one.state}, ${one.checked}, ${one.tokenSha256}, ${one.accountId}, ${one.submittedAt})`.execute(tx);
  await recount(tx, one.contributionId);
}

/** The number of published comments stands at the contribution. */
async function recount(tx: Tx, contributionId: string): Promise<void> {
  await sql`update contributions.contribution set comments =
    (select count(*) from contributions.comment where contribution_id = ${contributionId} and state = 'published') where id = ${contributionId}`.execute(tx);
}

/** Published comments, oldest first. */
export async function listComments(db: Sql, contributionId: string, limit: number): Promise<readonly Comment[]> {
  const { rows } = await sql<Comment>`select ${COLUMNS} from contributions.comment where contribution_id = ${contributionId} and state = 'published'
    order by id limit ${limit}`.execute(db);
  return rows;
}

export async function lockComment(tx: Tx, id: string): Promise<Comment | undefined> {
  return (await sql<Comment>`select ${COLUMNS} from contributions.comment where id = ${id} for update`.execute(tx)).rows[0];
}

export async function findComment(db: Sql, id: string): Promise<Comment | undefined> {
  return (await sql<Comment>`select ${COLUMNS} from contributions.comment where id = ${id}`.execute(db)).rows[0];
}

export async function findCommentByToken(db: Sql, tokenSha256: string): Promise<Comment | undefined> {
  return (await sql<Comment>`select ${COLUMNS} from contributions.comment where token_sha256 = ${tokenSha256}`.execute(db)).rows[0];
}

export async function commentAuthorOf(db: Sql, id: string): Promise<string | undefined> {
  const { rows } = await sql<{ accountId: string | null }>`select account_id as "accountId" from contributions.comment where id = ${id}`.execute(db);
  return rows[0]?.accountId ?? undefined;
}

export async function commentsOfAccount(db: Sql, accountId: string, limit: number): Promise<readonly Comment[]> {
  return (await sql<Comment>`select ${COLUMNS} from contributions.comment where account_id = ${accountId} order by id desc limit ${limit}`.execute(db)).rows;
}

export async function changeComment(tx: Tx, one: Comment, { state, checked, hiddenBecause }: CommentChange): Promise<void> {
  await sql`update contributions.comment set state = ${state}, checked = ${checked}, hidden_because = ${hiddenBecause} where id = ${one.id}`.execute(tx);
  await recount(tx, one.contributionId);
}

export async function eraseComment(tx: Tx, one: Comment): Promise<void> {
  await sql`update contributions.comment set state = 'deleted', checked = true, text = '', token_sha256 = null, account_id = null where id = ${one.id}`.execute(
    tx,
  );
  await sql`delete from contributions.report where comment_id = ${one.id}`.execute(tx);
  await recount(tx, one.contributionId);
}

export async function putCommentBeforeAuthority(tx: Tx, id: string): Promise<void> {
  await sql`update contributions.comment set checked = false where id = ${id}`.execute(tx);
}

export interface Report {
  readonly id: string;
  readonly contributionId: string;
  readonly commentId: string | null;
  readonly reason: ReportReason;
  readonly text: string;
  readonly reportedAt: Temporal.Instant;
}

export async function insertReport(tx: Tx, one: Report): Promise<void> {
  await sql`insert into contributions.report (id, contribution_id, comment_id, reason, text, reported_at)
    values (${one.id}, ${one.contributionId}, ${one.commentId}, ${one.reason}, ${one.text}, ${one.reportedAt})`.execute(tx);
}

/** Reports of one thing that nobody has looked at. */
export async function countReports(db: Sql, contributionId: string, commentId: string | null): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*) as n from contributions.report
    where contribution_id = ${contributionId} and comment_id is not distinct from ${commentId}::uuid`.execute(db);
  return rows[0]!.n;
}

/** What was reported has been looked at. */
export async function deleteReports(tx: Tx, contributionId: string, commentId: string | null): Promise<void> {
  await sql`delete from contributions.report where contribution_id = ${contributionId} and comment_id is not distinct from ${commentId}::uuid`.execute(tx);
}

/** Reports of several contributions and of their comments. */
export async function listReports(db: Sql, contributionIds: readonly string[]): Promise<readonly Report[]> {
  const { rows } = await sql<Report>`select id, contribution_id as "contributionId", comment_id as "commentId", reason, text, reported_at as "reportedAt"
    from contributions.report where contribution_id = any(${[...contributionIds]}::uuid[]) order by id`.execute(db);
  return rows;
}
