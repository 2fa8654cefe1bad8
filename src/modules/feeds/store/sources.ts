import { sql } from 'kysely';
import { lookAt } from '../../../kernel/storable.ts';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import type { Outcome, Source, SourceKind, Tally } from '../domain/source.ts';

/** Of each source so many rejected messages are kept to look at, the newest; older ones are only counted. */
export const RING = 50;

const COLUMNS = sql`s.id, s.lage_id as "lageId", s.kind, s.name, s.config, s.active, s.declared_by as "declaredBy", s.declared_at as "declaredAt",
  s.last_heard_at as "lastHeardAt", s.failures, s.problem`;

export type NewSource = Pick<Source, 'id' | 'lageId' | 'kind' | 'name' | 'config' | 'declaredBy' | 'declaredAt'> & { readonly dueAt?: Temporal.Instant };

/** @returns `false` when the Lage has one of this kind and name */
export async function insertSource(tx: Tx, one: NewSource): Promise<boolean> {
  const { rows } = await sql`insert into feeds.source (id, lage_id, kind, name, config, active, declared_by, declared_at, due_at)
    values (${one.id}, ${one.lageId}, ${one.kind}, ${one.name}, ${JSON.stringify(one.config)}::jsonb, true, ${one.declaredBy}, ${one.declaredAt}, ${one.dueAt ?? null})
    on conflict (lage_id, kind, name) do nothing returning 1`.execute(tx);
  return rows.length === 1;
}

export async function findSource(db: Sql, lageId: string, id: string): Promise<Source | undefined> {
  const { rows } = await sql<Source>`select ${COLUMNS} from feeds.source s where s.lage_id = ${lageId} and s.id = ${id}::uuid`.execute(db);
  return rows[0];
}

export async function findSourceByName(db: Sql, lageId: string, kind: SourceKind, name: string): Promise<Source | undefined> {
  const { rows } = await sql<Source>`select ${COLUMNS} from feeds.source s where s.lage_id = ${lageId} and s.kind = ${kind} and s.name = ${name}`.execute(db);
  return rows[0];
}

/** Active sources of a kind in Lagen that are named. */
export async function activeSources(db: Sql, kind: SourceKind, lageIds: readonly string[]): Promise<readonly Source[]> {
  const { rows } =
    await sql<Source>`select ${COLUMNS} from feeds.source s where s.kind = ${kind} and s.active and s.lage_id = any(${[...lageIds]}::uuid[]) order by s.id`.execute(
      db,
    );
  return rows;
}

/** A source with what came of it in the last hour and in all. */
export interface CountedSource extends Source {
  readonly lastHour: number;
  readonly taken: number;
  readonly repeated: number;
  readonly refused: number;
  readonly quarantined: number;
}

export async function listSources(
  db: Sql,
  lageId: string,
  hour: Temporal.Instant,
  page: { readonly after?: string; readonly limit: number },
): Promise<readonly CountedSource[]> {
  const { rows } = await sql<CountedSource>`select ${COLUMNS}, coalesce(t."lastHour", 0)::float8 as "lastHour", coalesce(t.taken, 0)::float8 as taken,
      coalesce(t.repeated, 0)::float8 as repeated, coalesce(t.refused, 0)::float8 as refused, coalesce(t.quarantined, 0)::float8 as quarantined
    from feeds.source s left join lateral (
      select sum(taken) as taken, sum(repeated) as repeated, sum(refused) as refused, sum(quarantined) as quarantined,
        sum(taken) filter (where hour = ${hour}::timestamptz) as "lastHour"
      from feeds.tally where source_id = s.id) t on true
    where s.lage_id = ${lageId} and (${page.after ?? null}::uuid is null or s.id > ${page.after ?? null}::uuid) order by s.id limit ${page.limit}`.execute(db);
  return rows;
}

export async function setActive(tx: Tx, id: string, active: boolean): Promise<void> {
  await sql`update feeds.source set active = ${active}, problem = null, failures = 0 where id = ${id}`.execute(tx);
}

/** Hours in which something came, the newest first. */
export async function hoursOf(db: Sql, sourceId: string, limit: number) {
  const { rows } = await sql<{ hour: Temporal.Instant; taken: number; repeated: number; refused: number; quarantined: number }>`
    select hour, taken::float8 as taken, repeated::float8 as repeated, refused::float8 as refused, quarantined::float8 as quarantined
    from feeds.tally where source_id = ${sourceId} order by hour desc limit ${limit}`.execute(db);
  return rows;
}

export interface RejectedRow {
  readonly number: number;
  readonly at: Temporal.Instant;
  readonly outcome: Outcome;
  readonly reason: string;
  readonly raw: string;
}

/** The newest that were not taken. */
export async function rejectedOf(db: Sql, sourceId: string): Promise<readonly RejectedRow[]> {
  const { rows } =
    await sql<RejectedRow>`select number::float8 as number, at, outcome, reason, raw from feeds.rejected where source_id = ${sourceId} order by number desc`.execute(
      db,
    );
  return rows;
}

/** Counts what came, and keeps the newest of what was not taken. */
export async function countIn(tx: Tx, sourceId: string, tally: Tally, now: Temporal.Instant): Promise<void> {
  const { taken, repeated, rejected, uncounted = { refused: 0, quarantined: 0 } } = tally;
  const refused = rejected.filter(({ outcome }) => outcome === 'refused').length + uncounted.refused;
  const quarantined = rejected.filter(({ outcome }) => outcome === 'quarantined').length + uncounted.quarantined;
  const hour = hourOf(now);
  await sql`insert into feeds.tally as t (source_id, hour, taken, repeated, refused, quarantined)
    values (${sourceId}, ${hour}, ${taken}, ${repeated}, ${refused}, ${quarantined})
    on conflict (source_id, hour) do update set taken = t.taken + excluded.taken, repeated = t.repeated + excluded.repeated,
      refused = t.refused + excluded.refused, quarantined = t.quarantined + excluded.quarantined`.execute(tx);
  const { rows } = await sql<{ rejected: number }>`update feeds.source set rejected = rejected + ${refused + quarantined},
    last_heard_at = ${now} where id = ${sourceId} returning rejected::float8 as rejected`.execute(tx);
  const newest = rejected.slice(-RING);
  if (newest.length === 0) return;
  const first = rows[0]!.rejected - newest.length;
  await sql`insert into feeds.rejected (source_id, slot, number, at, outcome, reason, raw)
    select ${sourceId}::uuid, number % ${RING}, number, ${now}::timestamptz, outcome, reason, raw from unnest(
      ${newest.map((_, index) => first + index)}::bigint[], ${newest.map(({ outcome }) => outcome)}::text[],
      ${newest.map(({ reason }) => lookAt(reason))}::text[], ${newest.map(({ raw }) => lookAt(raw))}::text[]) as r (number, outcome, reason, raw)
    on conflict (source_id, slot) do update set number = excluded.number, at = excluded.at, outcome = excluded.outcome, reason = excluded.reason, raw = excluded.raw`.execute(
    tx,
  );
}

export const hourOf = (now: Temporal.Instant): Temporal.Instant => now.round({ smallestUnit: 'hour', roundingMode: 'floor' });

/** The source of open Lagen that has been due longest; who gets it has it until `next`, and nobody else meanwhile. */
export async function claimNext(
  db: Sql,
  kinds: readonly SourceKind[],
  lageIds: readonly string[],
  { now, next }: { readonly now: Temporal.Instant; readonly next: Temporal.Instant },
): Promise<Source | undefined> {
  const { rows } = await sql<Source>`update feeds.source s set due_at = ${next} where s.id = (
      select id from feeds.source where active and due_at <= ${now} and kind = any(${[...kinds]}::text[]) and lage_id = any(${[...lageIds]}::uuid[])
      order by due_at, id limit 1 for update skip locked
    ) returning ${COLUMNS}`.execute(db);
  return rows[0];
}

/** How asking went, and when it is asked next. */
export async function noteRun(tx: Sql, id: string, problem: string | null, dueAt: Temporal.Instant): Promise<void> {
  await sql`update feeds.source set due_at = ${dueAt}, problem = ${problem === null ? null : lookAt(problem)},
    failures = case when ${problem}::text is null then 0 else failures + 1 end where id = ${id}`.execute(tx);
}
