import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Sql } from '../../../platform/database/port.ts';

const markOf = (url: string): string => createHash('sha256').update(url).digest('hex');

const compare = (a: number, b: number): number => (a === b ? 0 : a - b);

/** Links of a feed in the order they are to be fetched: those that never were, as the feed names them, then those that were fetched longest ago. Links the feed names no more are forgotten. */
export async function inFetchOrder(
  db: Sql,
  sourceId: string,
  links: readonly string[],
): Promise<{ readonly links: readonly string[]; readonly fresh: number }> {
  const marks = links.map(markOf);
  await sql`delete from feeds.link where source_id = ${sourceId} and not (sha256 = any(${marks}::text[]))`.execute(db);
  const { rows } = await sql<{ sha256: string; at: Temporal.Instant }>`select sha256, fetched_at as at from feeds.link where source_id = ${sourceId}`.execute(
    db,
  );
  const fetched = new Map(rows.map(({ sha256, at }) => [sha256, at.epochMilliseconds]));
  const placed = links.map((link, index) => ({ link, at: fetched.get(marks[index]!) ?? -Infinity }));
  return { links: placed.toSorted((a, b) => compare(a.at, b.at)).map(({ link }) => link), fresh: placed.filter(({ at }) => at === -Infinity).length };
}

export async function noteFetched(db: Sql, sourceId: string, link: string, now: Temporal.Instant): Promise<void> {
  await sql`insert into feeds.link (source_id, sha256, fetched_at) values (${sourceId}, ${markOf(link)}, ${now})
    on conflict (source_id, sha256) do update set fetched_at = excluded.fetched_at`.execute(db);
}
