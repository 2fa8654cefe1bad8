import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import type { Declaration } from '../domain/connector.ts';

export interface Connector {
  readonly id: string;
  readonly name: string;
  readonly declaration: Declaration;
  readonly paused: boolean;
  readonly createdAt: Temporal.Instant;
  readonly nextRunAt: Temporal.Instant;
  readonly lastRunAt: Temporal.Instant | null;
  readonly lastSuccessAt: Temporal.Instant | null;
  readonly lastError: string | null;
  readonly failures: number;
  readonly kept: number;
  readonly rejected: number;
  readonly lastRejects: readonly string[];
  readonly latestAt: Temporal.Instant | null;
  readonly marks: Readonly<Record<string, string>>;
}

const CONNECTOR = sql`id, name, declaration, paused, created_at as "createdAt", next_run_at as "nextRunAt", last_run_at as "lastRunAt", last_success_at as "lastSuccessAt",
  last_error as "lastError", failures, kept, rejected, last_rejects as "lastRejects", latest_at as "latestAt", marks`;
const at = (instant: Temporal.Instant) => sql`${instant.toString()}::timestamptz`;

export async function listConnectors(db: Sql): Promise<readonly Connector[]> {
  return (await sql<Connector>`select ${CONNECTOR} from sensors.connector order by name, id`.execute(db)).rows;
}

export async function findConnector(db: Sql, id: string): Promise<Connector | undefined> {
  return (await sql<Connector>`select ${CONNECTOR} from sensors.connector where id = ${id}`.execute(db)).rows[0];
}

export async function insertConnector(tx: Tx, one: Pick<Connector, 'id' | 'name' | 'declaration'>, now: Temporal.Instant): Promise<void> {
  await sql`insert into sensors.connector (id, name, declaration, created_at, next_run_at)
    values (${one.id}, ${one.name}, ${JSON.stringify(one.declaration)}::jsonb, ${at(now)}, ${at(now)})`.execute(tx);
}

/** Declares it anew: it begins afresh, with what it has read so far from the same address. */
export async function updateConnector(tx: Tx, one: Pick<Connector, 'id' | 'name' | 'declaration'>, now: Temporal.Instant): Promise<boolean> {
  const { rows } =
    await sql`update sensors.connector set name = ${one.name}, declaration = ${JSON.stringify(one.declaration)}::jsonb, failures = 0, last_error = null,
    marks = case when declaration ->> 'url' = ${JSON.stringify(one.declaration)}::jsonb ->> 'url' then marks else '{}' end,
    next_run_at = ${at(now)} where id = ${one.id} returning 1`.execute(tx);
  return rows.length > 0;
}

export async function removeConnector(tx: Tx, id: string): Promise<boolean> {
  return (await sql`delete from sensors.connector where id = ${id} returning 1`.execute(tx)).rows.length > 0;
}

/** @returns `false` when it is so already, or not there */
export async function pauseConnector(tx: Tx, id: string, paused: boolean, now: Temporal.Instant): Promise<boolean> {
  const { rows } = await sql`update sensors.connector set paused = ${paused}, next_run_at = ${at(now)}, failures = 0
    where id = ${id} and paused <> ${paused} returning 1`.execute(tx);
  return rows.length > 0;
}

/** Due at once. @returns `false` when it is paused or not there */
export async function hurryConnector(tx: Tx, id: string, now: Temporal.Instant): Promise<boolean> {
  const { rows } = await sql`update sensors.connector set next_run_at = ${at(now)} where id = ${id} and not paused returning 1`.execute(tx);
  return rows.length > 0;
}

/** Takes what is due, for this process alone until `until`. @param mqtt connections, or everything else */
export async function claimDue(
  db: Sql,
  { now, until, mqtt, limit }: { readonly now: Temporal.Instant; readonly until: Temporal.Instant; readonly mqtt: boolean; readonly limit: number },
): Promise<readonly Connector[]> {
  const { rows } = await sql<Connector>`update sensors.connector set claimed_until = ${at(until)}, last_run_at = ${at(now)} where id in (
      select id from sensors.connector where not paused and next_run_at <= ${at(now)} and (claimed_until is null or claimed_until < ${at(now)})
        and (declaration ->> 'kind' = 'mqtt') = ${mqtt}
      order by next_run_at limit ${limit} for update skip locked)
    returning ${CONNECTOR}`.execute(db);
  return rows;
}

/** Holds what this process is still at work on. @returns `false` when it is to be let go: paused, declared anew or gone */
export async function holdClaim(db: Sql, { id, declaration }: Pick<Connector, 'id' | 'declaration'>, until: Temporal.Instant): Promise<boolean> {
  const { rows } = await sql`update sensors.connector set claimed_until = ${at(until)}
    where id = ${id} and not paused and declaration = ${JSON.stringify(declaration)}::jsonb returning 1`.execute(db);
  return rows.length > 0;
}

/** Whatever was claimed by a process that is gone. Only where there is one process. */
export async function dropClaims(db: Sql): Promise<void> {
  await sql`update sensors.connector set claimed_until = null where claimed_until is not null`.execute(db);
}

export async function lockConnector(tx: Tx, id: string): Promise<boolean> {
  return (await sql`select 1 from sensors.connector where id = ${id} and not paused for update`.execute(tx)).rows.length > 0;
}

export interface Progress {
  readonly kept: number;
  readonly rejects: readonly string[];
  readonly rejected: number;
  readonly latest?: string;
  readonly marks?: Readonly<Record<string, string>>;
}

/** What a step has brought; in the transaction of its observations. */
export async function advanceConnector(tx: Tx, id: string, { kept, rejects, rejected, latest, marks = {} }: Progress): Promise<void> {
  await sql`update sensors.connector set kept = kept + ${kept}, rejected = rejected + ${rejected},
    last_rejects = case when ${rejects.length} = 0 then last_rejects else ${JSON.stringify(rejects)}::jsonb end,
    latest_at = greatest(latest_at, ${latest ?? null}::timestamptz), marks = marks || ${JSON.stringify(marks)}::jsonb where id = ${id}`.execute(tx);
}

/** The end of a run, and when the next one is. */
export async function endConnectorRun(
  tx: Tx,
  id: string,
  end: { readonly now: Temporal.Instant; readonly next: Temporal.Instant; readonly failures: number; readonly error?: string },
): Promise<void> {
  const well = end.error === undefined;
  await sql`update sensors.connector set claimed_until = null, failures = ${end.failures}, last_error = case when ${well} then last_error else ${end.error ?? null} end,
    last_success_at = case when ${well} then ${at(end.now)} else last_success_at end,
    -- somebody has asked for a run meanwhile
    next_run_at = case when next_run_at > last_run_at then next_run_at else ${at(end.next)} end
    where id = ${id}`.execute(tx);
}

/** Success of what has no runs, such as an open connection. */
export async function noteSuccess(tx: Tx, id: string, now: Temporal.Instant): Promise<void> {
  await sql`update sensors.connector set failures = 0, last_success_at = ${at(now)} where id = ${id}`.execute(tx);
}

/** When the next is due. */
export async function nextDue(db: Sql): Promise<Temporal.Instant | undefined> {
  const { rows } = await sql<{ due: Temporal.Instant | null }>`select min(greatest(next_run_at, coalesce(claimed_until, next_run_at))) as due
    from sensors.connector where not paused`.execute(db);
  return rows[0]?.due ?? undefined;
}

/** Datastreams by their own key in `properties`; a key that two share finds none. */
export async function streamsByKey(db: Sql, property: string, keys: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ key: string; id: number }>`select properties ->> ${property} as key, min(id) as id from sensors.stream
    where properties ->> ${property} in (select jsonb_array_elements_text(${JSON.stringify(keys)}::jsonb)) group by 1 having count(*) = 1`.execute(db);
  return new Map(rows.map(({ key, id }) => [key, id]));
}

/** Which of these (datastream, time) are there already, as `<stream> <epoch milliseconds>`. */
export async function knownTimes(tx: Tx, rows: readonly { readonly streamId: number; readonly epochMs: number }[]): Promise<ReadonlySet<string>> {
  if (rows.length === 0) return new Set();
  const { rows: found } = await sql<{ key: string }>`
    with wanted as (select distinct w.s, w.t from jsonb_to_recordset(${JSON.stringify(rows.map(({ streamId, epochMs }) => ({ s: streamId, t: epochMs })))}::jsonb) as w (s bigint, t bigint))
    select distinct w.s || ' ' || w.t as key from wanted w
    join lateral (select 1 from sensors.observation o where o.stream_id = w.s
      and o.phenomenon_start >= to_timestamp(w.t / 1000.0) and o.phenomenon_start < to_timestamp((w.t + 1) / 1000.0) limit 1) o on true`.execute(tx);
  return new Set(found.map(({ key }) => key));
}
