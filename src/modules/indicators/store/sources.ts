import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import type { ImportedValue, Source } from '../domain/source.ts';

export interface SourceRow {
  readonly key: string;
  readonly body: Source;
  readonly active: boolean;
  readonly triedAt: Temporal.Instant | null;
  readonly fetchedAt: Temporal.Instant | null;
  readonly problem: string | null;
}

const COLUMNS = sql`key, body, active, tried_at as "triedAt", fetched_at as "fetchedAt", problem`;

export async function listSources(db: Sql): Promise<readonly SourceRow[]> {
  return (await sql<SourceRow>`select ${COLUMNS} from indicators.source order by key`.execute(db)).rows;
}

export async function findSource(db: Sql, key: string): Promise<SourceRow | undefined> {
  return (await sql<SourceRow>`select ${COLUMNS} from indicators.source where key = ${key}`.execute(db)).rows[0];
}

export async function saveSource(tx: Tx, row: Pick<SourceRow, 'key' | 'body' | 'active'>, now: Temporal.Instant): Promise<void> {
  await sql`insert into indicators.source (key, body, active, changed_at) values (${row.key}, ${JSON.stringify(row.body)}::jsonb, ${row.active}, ${now})
    on conflict (key) do update set body = excluded.body, active = excluded.active, changed_at = excluded.changed_at, problem = null`.execute(tx);
}

/** What came of a try. @param problem absent: it brought figures */
export async function noteTry(tx: Tx, key: string, now: Temporal.Instant, problem?: string): Promise<void> {
  await sql`update indicators.source set tried_at = ${now}, problem = ${problem ?? null},
    fetched_at = case when ${problem ?? null}::text is null then ${now}::timestamptz else fetched_at end where key = ${key}`.execute(tx);
}

/** @returns how many are new or other than they were */
export async function saveValues(tx: Tx, key: string, values: readonly ImportedValue[], now: Temporal.Instant): Promise<number> {
  const done = await sql`insert into indicators.imported_value (key, day, value, fetched_at)
    select ${key}, v.day, v.value, ${now}::timestamptz
    from unnest(${values.map(({ day }) => day)}::date[], ${values.map(({ value }) => value)}::double precision[]) as v (day, value)
    on conflict (key, day) do update set value = excluded.value, fetched_at = excluded.fetched_at
      where imported_value.value <> excluded.value`.execute(tx);
  return Number(done.numAffectedRows ?? 0);
}

/** Every imported figure, oldest first: a few hundred rows. */
export async function allValues(db: Sql): Promise<readonly (ImportedValue & { readonly key: string })[]> {
  return (await sql<ImportedValue & { readonly key: string }>`select key, day::text as day, value from indicators.imported_value order by key, day`.execute(db))
    .rows;
}
