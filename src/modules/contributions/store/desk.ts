import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import type { Comment, Contribution } from '../domain/contribution.ts';
import type { Counted } from '../domain/evaluation.ts';

const CONTRIBUTION = sql`c.id, c.participation_id as "participationId", c.number, c.category, c.title, c.text, c.geometry, c.lon, c.lat, c.district,
  c.has_picture as "hasPicture", c.state, c.checked, c.hidden_because as "hiddenBecause", c.hidden_note as "hiddenNote", c.merged_into as "mergedInto",
  c.answer, c.answered_at as "answeredAt", c.support, c.comments, c.submitted_at as "submittedAt", c.published_at as "publishedAt"`;

export type QueueView = 'open' | 'published' | 'hidden' | 'all';

/** Contributions for the authority, oldest first; `open` has those with a comment nobody has looked at, too. */
export async function listForDesk(
  db: Sql,
  participationId: string,
  { view, limit, after }: { readonly view: QueueView; readonly limit: number; readonly after: number },
): Promise<readonly Contribution[]> {
  const open = sql`(not c.checked or exists (select 1 from contributions.comment m where m.contribution_id = c.id and not m.checked))`;
  const which = { open, published: sql`c.state = 'published'`, hidden: sql`c.state in ('hidden', 'merged')`, all: sql`c.state <> 'deleted'` }[view];
  const { rows } = await sql<Contribution>`select ${CONTRIBUTION} from contributions.contribution c
    where c.participation_id = ${participationId} and c.number > ${after} and ${which} order by c.number limit ${limit}`.execute(db);
  return rows;
}

/** Comments of these contributions that are there for the authority. */
export async function commentsForDesk(db: Sql, contributionIds: readonly string[]): Promise<readonly Comment[]> {
  const { rows } = await sql<Comment>`select id, contribution_id as "contributionId", text, state, checked, hidden_because as "hiddenBecause",
      submitted_at as "submittedAt"
    from contributions.comment where contribution_id = any(${[...contributionIds]}::uuid[]) and state <> 'deleted' order by id`.execute(db);
  return rows;
}

export async function countForDesk(db: Sql, participationId: string): Promise<Readonly<Record<QueueView, number>>> {
  const { rows } = await sql<Record<QueueView, number>>`select
      count(*) filter (where not c.checked or exists (select 1 from contributions.comment m where m.contribution_id = c.id and not m.checked)) as open,
      count(*) filter (where c.state = 'published') as published,
      count(*) filter (where c.state in ('hidden', 'merged')) as hidden,
      count(*) filter (where c.state <> 'deleted') as "all"
    from contributions.contribution c where c.participation_id = ${participationId}`.execute(db);
  return rows[0]!;
}

export async function listCounted(db: Sql, participationId: string): Promise<readonly Counted[]> {
  const { rows } = await sql<Counted>`select category, district, state, support, comments, answer is not null as answered, submitted_at as "submittedAt"
    from contributions.contribution where participation_id = ${participationId} order by number`.execute(db);
  return rows;
}

/** Participations whose retention period may be over. */
export async function notForgotten(db: Sql, endedBefore: Temporal.PlainDate): Promise<readonly { readonly id: string; readonly endsOn: Temporal.PlainDate }[]> {
  const { rows } = await sql<{ id: string; endsOn: Temporal.PlainDate }>`select id, ends_on as "endsOn" from contributions.participation
    where forgotten_at is null and ends_on < ${endedBefore} order by ends_on`.execute(db);
  return rows;
}

/** Takes away what could lead to a person; what is published, its counts and its answers stay. @returns `false` when another was faster */
export async function forgetPersons(tx: Tx, id: string, now: Temporal.Instant): Promise<boolean> {
  const { rows } = await sql`update contributions.participation set forgotten_at = ${now} where id = ${id} and forgotten_at is null returning 1`.execute(tx);
  if (rows.length === 0) return false;
  const of = sql`(select id from contributions.contribution where participation_id = ${id})`;
  await sql`delete from contributions.support where contribution_id in ${of}`.execute(tx);
  await sql`delete from contributions.report where contribution_id in ${of}`.execute(tx);
  await sql`delete from contributions.picture where contribution_id in (select id from contributions.contribution
    where participation_id = ${id} and state <> 'published')`.execute(tx);
  await sql`update contributions.comment set token_sha256 = null, account_id = null, text = case when state = 'published' then text else '' end
    where contribution_id in ${of}`.execute(tx);
  await sql`update contributions.contribution set token_sha256 = null, account_id = null,
    title = case when state = 'published' then title else '' end, text = case when state = 'published' then text else '' end,
    geometry = case when state = 'published' then geometry end, lon = case when state = 'published' then lon end, lat = case when state = 'published' then lat end,
    has_picture = has_picture and state = 'published', hidden_note = null where participation_id = ${id}`.execute(tx);
  return true;
}
