import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';

/** The things' places from now on, and the place in history that the server keeps itself (OGC 18-088, 8.2.3). @returns its number */
export async function placeThing(tx: Tx, thingId: number, locationIds: readonly number[], now: Temporal.Instant): Promise<number> {
  await sql`delete from sensors.thing_location where thing_id = ${thingId}`.execute(tx);
  const { rows } = await sql<{
    id: number;
  }>`insert into sensors.historical_location (thing_id, time) values (${thingId}, ${now.toString()}::timestamptz) returning id`.execute(tx);
  for (const id of locationIds) {
    await sql`insert into sensors.thing_location (thing_id, location_id) values (${thingId}, ${id}) on conflict do nothing`.execute(tx);
    await linkHistory(tx, rows[0]!.id, id);
  }
  return rows[0]!.id;
}

export async function linkHistory(tx: Tx, historicalLocationId: number, locationId: number): Promise<void> {
  await sql`insert into sensors.historical_location_location values (${historicalLocationId}, ${locationId}) on conflict do nothing`.execute(tx);
}

export async function placesOfThing(db: Sql, thingId: number): Promise<readonly number[]> {
  const { rows } = await sql<{ id: number }>`select location_id as id from sensors.thing_location where thing_id = ${thingId} order by 1`.execute(db);
  return rows.map(({ id }) => id);
}

/** What a stream observes, in the order of its result's parts. */
export async function setObserved(tx: Tx, streamId: number, propertyIds: readonly number[]): Promise<void> {
  await sql`delete from sensors.stream_observed_property where stream_id = ${streamId}`.execute(tx);
  for (const [place, id] of propertyIds.entries())
    await sql`insert into sensors.stream_observed_property (stream_id, place, observed_property_id) values (${streamId}, ${place}, ${id})`.execute(tx);
}

export interface StreamRow {
  readonly id: number;
  readonly multi: boolean;
  /** Closed to the public. */
  readonly internal: boolean;
  readonly parts: number;
}

/** Streams by id, with how many parts a result has. */
export async function findStreams(db: Sql, ids: readonly number[]): Promise<ReadonlyMap<number, StreamRow>> {
  const { rows } = await sql<StreamRow>`select id, multi, internal, coalesce(jsonb_array_length(part_types), 1) as parts from sensors.stream
    where id = any(${`{${ids.join(',')}}`}::bigint[])`.execute(db);
  return new Map(rows.map((row) => [row.id, row]));
}

/** Numbers of features that are there. */
export async function findFeatures(db: Sql, ids: readonly number[]): Promise<ReadonlySet<number>> {
  if (ids.length === 0) return new Set();
  const { rows } = await sql<{ id: number }>`select id from sensors.feature where id = any(${`{${ids.join(',')}}`}::bigint[])`.execute(db);
  return new Set(rows.map(({ id }) => id));
}
