import { sql } from 'kysely';
import type { Sql } from '../database/port.ts';

const LAST_SEQ = '9223372036854775807';

/**
 * The last entry of each of these kinds, by kind; those never kept are left out. One step in an index for each:
 * asked for a kind alone, PostgreSQL may look for one that never was through the whole journal, by number.
 */
export async function lastEvents(db: Sql, kinds: readonly string[]): Promise<ReadonlyMap<string, { readonly seq: number; readonly at: Temporal.Instant }>> {
  const { rows } = await sql<{ kind: string; seq: number; at: Temporal.Instant }>`select k.kind, last.seq, last.at
    from unnest(${[...kinds]}::text[]) as k (kind)
    cross join lateral (select j.kind, j.seq, j.at from platform.journal j
      where (j.kind, j.seq) <= (k.kind, ${LAST_SEQ}::bigint) order by j.kind desc, j.seq desc limit 1) last
    where last.kind = k.kind`.execute(db);
  return new Map(rows.map(({ kind, seq, at }) => [kind, { seq, at }]));
}
