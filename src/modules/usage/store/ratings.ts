import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import type { Span } from './cells.ts';
import type { RatingSum, Words } from '../domain/kept.ts';

export async function ratedKeys(db: Sql, keys: readonly string[]): Promise<Set<string>> {
  const rows = await sql<{ key: string }>`select key from usage.rated where key = any(${[...keys]}::text[])`.execute(db);
  return new Set(rows.rows.map(({ key }) => key));
}

/** In the order of the keys, which is none. */
/** @returns those that were not there yet */
export async function insertRated(tx: Tx, keys: readonly string[]): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ key: string }>`insert into usage.rated (key) select * from unnest(${keys.toSorted()}::text[])
    on conflict do nothing returning key`.execute(tx);
  return new Set(rows.map(({ key }) => key));
}

export async function addRatings(tx: Tx, month: string, { service, after, count, sum }: RatingSum): Promise<void> {
  await sql`insert into usage.rating (month, service, after, count, sum) values (${month}, ${service}, ${after}, ${count}, ${sum})
    on conflict (month, service, after) do update set count = usage.rating.count + excluded.count, sum = usage.rating.sum + excluded.sum`.execute(tx);
}

export async function sumRatings(db: Sql, { from, until }: Span): Promise<RatingSum[]> {
  const rows = await sql<RatingSum>`select service, after, sum(count)::int as count, sum(sum)::int as sum from usage.rating
    where month >= ${from.with({ day: 1 }).toString()} and month <= ${until.toString()} group by service, after order by service, after`.execute(db);
  return rows.rows;
}

export async function insertWords(tx: Tx, words: readonly Words[]): Promise<void> {
  for (const { id, month, service, text } of words) {
    await sql`insert into usage.words (id, month, service, text) values (${id}, ${month}, ${service}, ${text})`.execute(tx);
  }
}

/** Newest month first, within it in no order. */
export async function listWords(db: Sql, after: string | undefined, limit: number): Promise<Words[]> {
  const rows = await sql<Words>`select id, month::text as month, service, text from usage.words
    where ${after ?? null}::uuid is null or (month, id) < (select month, id from usage.words where id = ${after ?? null}::uuid)
    order by month desc, id desc limit ${limit}`.execute(db);
  return rows.rows;
}

/** @param before first of a month @returns how many went */
export async function forgetWords(db: Sql, before: string): Promise<number> {
  const deleted = await sql`delete from usage.words where month < ${before}`.execute(db);
  return Number(deleted.numAffectedRows ?? 0);
}
