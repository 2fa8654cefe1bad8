import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import type { Contribution } from '../domain/contribution.ts';
import type { Change } from '../domain/moderate.ts';

const COLUMNS = sql`id, participation_id as "participationId", number, category, title, text, geometry, lon, lat, district,
  has_picture as "hasPicture", state, checked, hidden_because as "hiddenBecause", hidden_note as "hiddenNote", merged_into as "mergedInto",
  answer, answered_at as "answeredAt", support, comments, submitted_at as "submittedAt", published_at as "publishedAt"`;

export interface NewContribution extends Omit<Contribution, 'hiddenBecause' | 'hiddenNote' | 'mergedInto' | 'answer' | 'answeredAt' | 'support' | 'comments'> {
  readonly tokenSha256: string;
  readonly accountId: string | null;
}

export async function insertContribution(tx: Tx, one: NewContribution): Promise<void> {
  await sql`insert into contributions.contribution (id, participation_id, number, category, title, text, geometry, lon, lat, district,
      has_picture, state, checked, token_sha256, account_id, submitted_at, published_at)
    values (${one.id}, ${one.participationId}, ${one.number}, ${one.category}, ${one.title}, ${one.text},
      ${one.geometry === null ? null : JSON.stringify(one.geometry)}::jsonb, ${one.lon}, ${one.lat}, ${one.district},
      ${one.hasPicture}, ${one.state}, ${one.checked}, ${one.tokenSha256}, ${one.accountId}, ${one.submittedAt}, ${one.publishedAt})`.execute(tx);
}

export async function findContribution(db: Sql, id: string): Promise<Contribution | undefined> {
  return (await sql<Contribution>`select ${COLUMNS} from contributions.contribution where id = ${id}`.execute(db)).rows[0];
}

export async function lockContribution(tx: Tx, id: string): Promise<Contribution | undefined> {
  return (await sql<Contribution>`select ${COLUMNS} from contributions.contribution where id = ${id} for update`.execute(tx)).rows[0];
}

export async function findByNumber(db: Sql, participationId: string, number: number): Promise<Contribution | undefined> {
  const { rows } = await sql<Contribution>`select ${COLUMNS} from contributions.contribution
    where participation_id = ${participationId} and number = ${number}`.execute(db);
  return rows[0];
}

export async function findByToken(db: Sql, tokenSha256: string): Promise<Contribution | undefined> {
  return (await sql<Contribution>`select ${COLUMNS} from contributions.contribution where token_sha256 = ${tokenSha256}`.execute(db)).rows[0];
}

/** Account of the author, where there is one. */
export async function authorOf(db: Sql, id: string): Promise<string | undefined> {
  const { rows } = await sql<{ accountId: string | null }>`select account_id as "accountId" from contributions.contribution where id = ${id}`.execute(db);
  return rows[0]?.accountId ?? undefined;
}

export async function listOfAccount(db: Sql, accountId: string, limit: number): Promise<readonly Contribution[]> {
  return (
    await sql<Contribution>`select ${COLUMNS} from contributions.contribution where account_id = ${accountId} order by id desc limit ${limit}`.execute(db)
  ).rows;
}

export type Sorting = 'newest' | 'support';

export interface PublishedWish {
  readonly category?: string | undefined;
  readonly sorting: Sorting;
  readonly limit: number;
  readonly after?: { readonly support: number; readonly number: number } | undefined;
}

/** What everybody sees of a participation: the one query behind map, list, API and export. */
export async function listPublished(db: Sql, participationId: string, { category, sorting, limit, after }: PublishedWish): Promise<readonly Contribution[]> {
  const order = sorting === 'newest' ? sql`number desc` : sql`support desc, number desc`;
  const place =
    after === undefined ? sql`true` : sorting === 'newest' ? sql`number < ${after.number}` : sql`(support, number) < (${after.support}, ${after.number})`;
  const { rows } = await sql<Contribution>`select ${COLUMNS} from contributions.contribution
    where participation_id = ${participationId} and state = 'published' and ${category === undefined ? sql`true` : sql`category = ${category}`} and ${place}
    order by ${order} limit ${limit}`.execute(db);
  return rows;
}

/** Published ones by category. */
export async function countPublished(
  db: Sql,
  participationId: string,
): Promise<ReadonlyMap<string, { readonly contributions: number; readonly support: number }>> {
  const { rows } = await sql<{ category: string; contributions: number; support: number }>`
    select category, count(*) as contributions, coalesce(sum(support), 0) as support from contributions.contribution
    where participation_id = ${participationId} and state = 'published' group by category`.execute(db);
  return new Map(rows.map(({ category, ...counts }) => [category, counts]));
}

/** What of a contribution a decision changes; the rest stays. */
export async function changeContribution(tx: Tx, one: Contribution, change: Change): Promise<void> {
  const next = { ...one, ...change };
  await sql`update contributions.contribution set state = ${next.state}, checked = ${next.checked}, hidden_because = ${next.hiddenBecause},
    hidden_note = ${next.hiddenNote}, merged_into = ${next.mergedInto}, answer = ${next.answer}, answered_at = ${next.answeredAt},
    published_at = ${next.publishedAt} where id = ${one.id}`.execute(tx);
}

/** Back into the queue, e.g. because somebody reported it. */
export async function putBeforeAuthority(tx: Tx, id: string): Promise<void> {
  await sql`update contributions.contribution set checked = false where id = ${id}`.execute(tx);
}

/** Takes away all that the author wrote, and who supported it; its number stays taken. Comments of others are shown no more, but stay theirs. */
export async function eraseContribution(tx: Tx, id: string): Promise<void> {
  await sql`update contributions.contribution set state = 'deleted', checked = true, title = '', text = '', geometry = null, lon = null, lat = null,
    district = null, has_picture = false, hidden_note = null, answer = null, answered_at = null, token_sha256 = null, account_id = null,
    support = 0, comments = 0 where id = ${id}`.execute(tx);
  await sql`delete from contributions.picture where contribution_id = ${id}`.execute(tx);
  await sql`delete from contributions.support where contribution_id = ${id}`.execute(tx);
  await sql`update contributions.comment set state = 'hidden', checked = true where contribution_id = ${id} and state <> 'deleted'`.execute(tx);
  await sql`delete from contributions.report where contribution_id = ${id}`.execute(tx);
}

export async function keepPicture(tx: Tx, contributionId: string, mediaType: string, bytes: Uint8Array): Promise<void> {
  await sql`insert into contributions.picture (contribution_id, media_type, bytes) values (${contributionId}, ${mediaType}, ${bytes})
    on conflict (contribution_id) do update set media_type = excluded.media_type, bytes = excluded.bytes`.execute(tx);
  await sql`update contributions.contribution set has_picture = true where id = ${contributionId}`.execute(tx);
}

export async function findPicture(db: Sql, contributionId: string): Promise<{ readonly mediaType: string; readonly bytes: Uint8Array } | undefined> {
  const { rows } = await sql<{ mediaType: string; bytes: Uint8Array }>`select media_type as "mediaType", bytes from contributions.picture
    where contribution_id = ${contributionId}`.execute(db);
  return rows[0];
}
