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
  /** Day of the newest observation of a Datastream. */
  readonly observedOn: string | null;
}

const COLUMNS = sql`key, body, active, tried_at as "triedAt", fetched_at as "fetchedAt", problem, observed_on::text as "observedOn"`;

export async function listSources(db: Sql): Promise<readonly SourceRow[]> {
  return (await sql<SourceRow>`select ${COLUMNS} from indicators.source order by key`.execute(db)).rows;
}

export async function findSource(db: Sql, key: string): Promise<SourceRow | undefined> {
  return (await sql<SourceRow>`select ${COLUMNS} from indicators.source where key = ${key}`.execute(db)).rows[0];
}

/** The same, and nobody else changes it until the transaction ends. */
export async function lockSource(tx: Tx, key: string): Promise<SourceRow | undefined> {
  return (await sql<SourceRow>`select ${COLUMNS} from indicators.source where key = ${key} for update`.execute(tx)).rows[0];
}

export async function saveSource(tx: Tx, row: Pick<SourceRow, 'key' | 'body' | 'active'>, now: Temporal.Instant): Promise<void> {
  await sql`insert into indicators.source (key, body, active, changed_at) values (${row.key}, ${JSON.stringify(row.body)}::jsonb, ${row.active}, ${now})
    on conflict (key) do update set body = excluded.body, active = excluded.active, changed_at = excluded.changed_at, problem = null`.execute(tx);
}

/** What came of a try. */
export interface Tried {
  /** Absent: it brought figures. */
  readonly problem?: string | undefined;
  /** Absent: it told nothing new of its newest observation. */
  readonly observedOn?: string | undefined;
}

/** @returns whether the day of the newest observation is another than before */
export async function noteTry(tx: Tx, key: string, now: Temporal.Instant, { problem, observedOn }: Tried): Promise<boolean> {
  const before = (await findSource(tx, key))?.observedOn ?? undefined;
  await sql`update indicators.source set tried_at = ${now}, problem = ${problem ?? null}, observed_on = coalesce(${observedOn ?? null}::date, observed_on),
    fetched_at = case when ${problem ?? null}::text is null then ${now}::timestamptz else fetched_at end where key = ${key}`.execute(tx);
  return observedOn !== undefined && observedOn !== before;
}

/** Figures of another source are none of this one, which is asked with the next run. @returns how many there were */
export async function dropValues(tx: Tx, key: string): Promise<number> {
  await sql`update indicators.source set tried_at = null, fetched_at = null, observed_on = null where key = ${key}`.execute(tx);
  const done = await sql`delete from indicators.imported_value where key = ${key}`.execute(tx);
  return Number(done.numAffectedRows ?? 0);
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
