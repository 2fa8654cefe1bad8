import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import type { PromptFacts, PromptVersion, SharedPrompt } from '../domain/prompt.ts';

/** Who reads: their own, those of their authorities, those for all. */
export interface PromptReader {
  readonly staffId: string;
  readonly authorities: readonly string[];
}

const columns = ({ staffId }: PromptReader) => sql`p.id, p.entrance, p.visibility, p.authority, p.title, p.text, p.owner_name as "ownerName",
  p.owner = ${staffId} as own, p.version, p.changed_at as "changedAt",
  (select count(*)::int from assistant.rating r where r.prompt_id = p.id) as ratings,
  (select avg(r.stars)::float8 from assistant.rating r where r.prompt_id = p.id) as stars,
  (select r.stars::int from assistant.rating r where r.prompt_id = p.id and r.staff_id = ${staffId}) as "ownStars"`;

const mayRead = ({ staffId, authorities }: PromptReader) =>
  sql`(p.owner = ${staffId} or p.visibility = 'city' or (p.visibility = 'authority' and p.authority = any(${[...authorities]}::text[])))`;

/** Best rated first. */
export async function listPrompts(db: Sql, reader: PromptReader, entrance: string | undefined, limit: number): Promise<readonly SharedPrompt[]> {
  const { rows } = await sql<SharedPrompt>`select ${columns(reader)} from assistant.prompt p
    where ${mayRead(reader)} and ${entrance === undefined ? sql`true` : sql`p.entrance = ${entrance}`}
    order by stars desc nulls last, p.changed_at desc, p.id desc limit ${limit}`.execute(db);
  return rows;
}

export async function findPrompt(db: Sql, reader: PromptReader, id: string): Promise<SharedPrompt | undefined> {
  return (await sql<SharedPrompt>`select ${columns(reader)} from assistant.prompt p where p.id = ${id} and ${mayRead(reader)}`.execute(db)).rows[0];
}

/** Its versions that were shared with the reader when they were written; its owner sees all. */
export async function promptVersions(db: Sql, { staffId, authorities }: PromptReader, id: string): Promise<readonly PromptVersion[]> {
  const { rows } = await sql<PromptVersion>`select v.version, v.title, v.text, v.changed_at as "changedAt"
    from assistant.prompt_version v join assistant.prompt p on p.id = v.prompt_id
    where v.prompt_id = ${id} and (p.owner = ${staffId} or v.visibility = 'city'
      or (v.visibility = 'authority' and v.authority = any(${[...authorities]}::text[])))
    order by v.version desc limit 50`.execute(db);
  return rows;
}

export async function insertPrompt(
  tx: Tx,
  id: string,
  owner: { readonly id: string; readonly name: string },
  facts: PromptFacts,
  now: Temporal.Instant,
): Promise<void> {
  await sql`insert into assistant.prompt (id, owner, owner_name, entrance, visibility, authority, version, title, text, created_at, changed_at)
    values (${id}, ${owner.id}, ${owner.name}, ${facts.entrance}, ${facts.visibility}, ${facts.authority}, 1, ${facts.title}, ${facts.text}, ${now}, ${now})`.execute(
    tx,
  );
  await keepVersion(tx, id, 1, facts, now);
}

async function keepVersion(tx: Tx, id: string, version: number, { title, text, visibility, authority }: PromptFacts, now: Temporal.Instant): Promise<void> {
  await sql`insert into assistant.prompt_version (prompt_id, version, title, text, visibility, authority, changed_at)
    values (${id}, ${version}, ${title}, ${text}, ${visibility}, ${authority}, ${now})`.execute(tx);
}

/** A new version. @returns its number; `undefined` when it is not the owner's, or not the version they saw */
export async function updatePrompt(
  tx: Tx,
  at: { readonly id: string; readonly owner: string; readonly seen: number },
  facts: PromptFacts,
  now: Temporal.Instant,
): Promise<number | undefined> {
  const { rows } = await sql<{
    version: number;
  }>`update assistant.prompt set version = version + 1, entrance = ${facts.entrance}, visibility = ${facts.visibility},
    authority = ${facts.authority}, title = ${facts.title}, text = ${facts.text}, changed_at = ${now}
    where id = ${at.id} and owner = ${at.owner} and version = ${at.seen} returning version`.execute(tx);
  const version = rows[0]?.version;
  if (version !== undefined) await keepVersion(tx, at.id, version, facts, now);
  return version;
}

export async function deletePrompt(tx: Tx, id: string, owner: string): Promise<boolean> {
  return (await sql`delete from assistant.prompt where id = ${id} and owner = ${owner} returning 1`.execute(tx)).rows.length === 1;
}

/** One rating a person; a new one takes its place. */
export async function ratePrompt(tx: Tx, id: string, staffId: string, stars: number): Promise<void> {
  await sql`insert into assistant.rating (prompt_id, staff_id, stars) values (${id}, ${staffId}, ${stars})
    on conflict (prompt_id, staff_id) do update set stars = excluded.stars`.execute(tx);
}
