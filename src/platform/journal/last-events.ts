import { sql } from 'kysely';
import type { Sql } from '../database/port.ts';

/** The last entry of each of these kinds, by kind; those never kept are left out. One step in an index for each. */
export async function lastEvents(db: Sql, kinds: readonly string[]): Promise<ReadonlyMap<string, { readonly seq: number; readonly at: Temporal.Instant }>> {
  const { rows } = await sql<{ kind: string; seq: number; at: Temporal.Instant }>`select k.kind, last.seq, last.at
    from unnest(${[...kinds]}::text[]) as k (kind)
    cross join lateral (select seq, at from platform.journal j where j.kind = k.kind order by seq desc limit 1) last`.execute(db);
  return new Map(rows.map(({ kind, seq, at }) => [kind, { seq, at }]));
}
