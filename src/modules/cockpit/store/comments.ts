import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import type { Comment, CommentPage, CommentRange, Subject } from '../domain/comment.ts';

const COLUMNS = sql`id, case when measure is null then 'decision' else 'measure' end as kind, coalesce(measure, decision) as key, text, name, state, hidden_because as "hiddenBecause", answer, answered_at as "answeredAt", submitted_at as "submittedAt"`;

export interface NewComment extends Pick<Comment, 'id' | 'kind' | 'key' | 'text' | 'name' | 'submittedAt'> {
  readonly tokenSha256: string;
  readonly accountId: string | null;
}

/** Keeps a comment, waiting. The same link twice is one comment. @returns `false`: it was there already */
export async function insertComment(tx: Tx, one: NewComment): Promise<boolean> {
  const { rows } = await sql`insert into cockpit.comment (id, measure, decision, text, name, state, token_sha256, account_id, submitted_at)
    values (${one.id}, ${one.kind === 'measure' ? one.key : null}, ${one.kind === 'decision' ? one.key : null}, ${one.text}, ${one.name}, 'waiting', ${one.tokenSha256}, ${one.accountId}, ${one.submittedAt})
    on conflict (token_sha256) do nothing returning id`.execute(tx);
  return rows.length > 0;
}

/** @param rows one more than the page holds, where more follow */
function pageOf(rows: readonly Comment[], limit: number): CommentPage {
  const items = rows.slice(0, limit);
  const last = rows.length > limit ? items.at(-1) : undefined;
  return { items, next: last && { waiting: last.state === 'waiting', id: last.id } };
}

/** What everybody sees of the comments on a measure or a decision, newest first. */
export async function publishedComments(db: Sql, { kind, key }: Subject, { limit, after }: CommentRange): Promise<CommentPage> {
  const { rows } =
    await sql<Comment>`select ${COLUMNS} from cockpit.comment where ${kind === 'measure' ? sql`measure` : sql`decision`} = ${key} and state = 'published'
    ${after === undefined ? sql`` : sql`and id < ${after.id}`} order by id desc limit ${limit + 1}`.execute(db);
  return pageOf(rows, limit);
}

/**
 * Comments for who moderates: those that wait, the longest before the others, then the rest, newest first.
 * @param about `undefined`: all, also what was written on measures that are no more
 */
export async function commentsFor(db: Sql, about: readonly Subject[] | undefined, { limit, after }: CommentRange): Promise<CommentPage> {
  const keysOf = (wanted: Subject['kind']): string[] => (about ?? []).filter(({ kind }) => kind === wanted).map(({ key }) => key);
  const behind =
    after === undefined ? sql`` : after.waiting ? sql`and (state <> 'waiting' or id > ${after.id})` : sql`and state <> 'waiting' and id < ${after.id}`;
  const { rows } = await sql<Comment>`select ${COLUMNS} from cockpit.comment where state <> 'deleted'
    ${about === undefined ? sql`` : sql`and (measure = any(${keysOf('measure')}::text[]) or decision = any(${keysOf('decision')}::text[]))`} ${behind}
    order by (state = 'waiting') desc, case when state = 'waiting' then id end, id desc limit ${limit + 1}`.execute(db);
  return pageOf(rows, limit);
}

export async function lockComment(tx: Tx, id: string): Promise<Comment | undefined> {
  return (await sql<Comment>`select ${COLUMNS} from cockpit.comment where id = ${id} and state <> 'deleted' for update`.execute(tx)).rows[0];
}

/** Whose comment it is: who holds the personal link, or the account it was written with. */
export interface CommentOwner {
  readonly tokenSha256?: string;
  readonly accountId?: string;
  readonly id?: string;
}

const ownedBy = ({ tokenSha256, accountId, id }: CommentOwner) =>
  tokenSha256 !== undefined ? sql`token_sha256 = ${tokenSha256}` : sql`account_id = ${accountId ?? null}::uuid and id = ${id ?? null}::uuid`;

export async function ownComment(db: Sql, owner: CommentOwner): Promise<Comment | undefined> {
  return (await sql<Comment>`select ${COLUMNS} from cockpit.comment where ${ownedBy(owner)}`.execute(db)).rows[0];
}

/** What an account has written, newest first. */
export async function commentsOfAccount(db: Sql, accountId: string, { limit, after }: CommentRange): Promise<CommentPage> {
  const { rows } = await sql<Comment>`select ${COLUMNS} from cockpit.comment where account_id = ${accountId}
    ${after === undefined ? sql`` : sql`and id < ${after.id}`} order by id desc limit ${limit + 1}`.execute(db);
  return pageOf(rows, limit);
}

export async function changeComment(tx: Tx, id: string, change: Pick<Comment, 'state' | 'hiddenBecause' | 'answer' | 'answeredAt'>): Promise<void> {
  await sql`update cockpit.comment set state = ${change.state}, hidden_because = ${change.hiddenBecause}, answer = ${change.answer},
    answered_at = ${change.answeredAt} where id = ${id}`.execute(tx);
}

/** Takes the words away at their author's wish. @returns what is left */
export async function eraseComment(tx: Tx, owner: CommentOwner): Promise<Comment | undefined> {
  const { rows } = await sql<Comment>`update cockpit.comment set state = 'deleted', text = '', name = null, answer = null, account_id = null
    where ${ownedBy(owner)} and state <> 'deleted' returning ${COLUMNS}`.execute(tx);
  return rows[0];
}

/** Takes a deleted account off what was written with it; the words stay. */
export async function forgetAccount(tx: Tx, accountId: string): Promise<void> {
  await sql`update cockpit.comment set account_id = null where account_id = ${accountId}`.execute(tx);
}

/** Number of the last journal entry that was followed. */
export async function followedUpTo(db: Sql): Promise<number> {
  return (await sql<{ seq: number }>`select seq from cockpit.followed`.execute(db)).rows[0]!.seq;
}

/** @returns `false` where another follower was faster */
export async function followTo(tx: Tx, from: number, seq: number): Promise<boolean> {
  return (await sql`update cockpit.followed set seq = ${seq} where seq = ${from} returning seq`.execute(tx)).rows.length > 0;
}
