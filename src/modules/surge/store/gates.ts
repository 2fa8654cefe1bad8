import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import type { Gate, GateFacts, GateState, PersonWord, PolderFacts, SensorWord, Zone, ZoneFacts } from '../domain/gates.ts';

export interface KeptGate extends Gate {
  /** What the picture shows of it: told again only when it differs. */
  readonly shown: string;
}

type Stored<T> = Omit<T, 'at' | 'since'> & { readonly at: string; readonly since?: string };
interface GateRow extends Omit<KeptGate, 'sensor' | 'person'> {
  readonly sensor: Stored<SensorWord> | null;
  readonly person: Stored<PersonWord> | null;
}

const toGate = (row: GateRow): KeptGate => ({
  ...row,
  sensor: row.sensor && { ...row.sensor, at: Temporal.Instant.from(row.sensor.at), since: Temporal.Instant.from(row.sensor.since!) },
  person: row.person && { ...row.person, at: Temporal.Instant.from(row.person.at) },
});

const COLUMNS = sql`g.id, g.polder_id as "polderId", p.name as polder, g.code, g.name, g.kind, g.closing_metres as "closingMetres", g.closing_minutes as "closingMinutes",
  g.pilot, g.lon, g.lat, g.stream_id as "streamId", g.sensor, g.person, g.shown`;

/** Every gate of a Lage by its code. */
export async function listGates(db: Sql, lageId: string): Promise<KeptGate[]> {
  const { rows } =
    await sql<GateRow>`select ${COLUMNS} from surge.gate g join surge.polder p on p.id = g.polder_id where g.lage_id = ${lageId} order by g.code`.execute(db);
  return rows.map(toGate);
}

/** A gate, held until the commit. */
export async function lockGate(tx: Tx, lageId: string, id: string): Promise<KeptGate | undefined> {
  const { rows } = await sql<GateRow>`select ${COLUMNS} from surge.gate g join surge.polder p on p.id = g.polder_id
    where g.lage_id = ${lageId} and g.id = ${id} for update of g`.execute(tx);
  return rows[0] && toGate(rows[0]);
}

export async function setGateWord(tx: Tx, gate: Gate, source: 'sensor' | 'person', word: SensorWord | PersonWord): Promise<void> {
  await sql`update surge.gate set ${sql.ref(source)} = ${JSON.stringify(word)}::jsonb where id = ${gate.id}`.execute(tx);
}

export async function setShown(tx: Tx, shown: readonly { readonly id: string; readonly shown: string }[]): Promise<void> {
  if (shown.length === 0) return;
  await sql`update surge.gate g set shown = c.shown from unnest(${shown.map(({ id }) => id)}::uuid[], ${shown.map((one) => one.shown)}::text[]) as c (id, shown)
    where g.id = c.id`.execute(tx);
}

export interface GateWord {
  readonly id: string;
  readonly state: GateState;
  readonly source: 'sensor' | 'person';
  readonly by: string;
  readonly remark: string;
  readonly at: Temporal.Instant;
  readonly receivedAt: Temporal.Instant;
}

export async function insertGateWord(tx: Tx, gateId: string, one: GateWord): Promise<void> {
  await sql`insert into surge.gate_word (id, gate_id, state, source, said_by, remark, at, received_at)
    values (${one.id}, ${gateId}, ${one.state}, ${one.source}, ${one.by}, ${one.remark}, ${one.at}, ${one.receivedAt})`.execute(tx);
}

/** What was said of a gate, the newest first. */
export async function listGateWords(
  db: Sql,
  gateId: string,
  { limit, after }: { readonly limit: number; readonly after?: string | undefined },
): Promise<GateWord[]> {
  const { rows } = await sql<GateWord>`select id, state, source, said_by as by, remark, at, received_at as "receivedAt" from surge.gate_word
    where gate_id = ${gateId} and (${after ?? null}::uuid is null or id < ${after ?? null}::uuid) order by id desc limit ${limit}`.execute(db);
  return rows;
}

/** Adds or renews a polder by its code. @returns its id */
export async function keepPolder(tx: Tx, lageId: string, id: string, one: PolderFacts): Promise<string> {
  const { rows } = await sql<{ id: string }>`insert into surge.polder (id, lage_id, code, name, people, facilities, lon, lat, synthetic)
    values (${id}, ${lageId}, ${one.code}, ${one.name}, ${one.people}, ${one.facilities}, ${one.lon}, ${one.lat}, ${one.synthetic})
    on conflict (lage_id, code) do update set name = excluded.name, people = excluded.people, facilities = excluded.facilities, lon = excluded.lon, lat = excluded.lat
    returning id`.execute(tx);
  return rows[0]!.id;
}

/** Adds or renews a gate by its code; what was said of it stays. */
export async function keepGate(tx: Tx, lageId: string, polderId: string, id: string, one: Omit<GateFacts, 'polder'>): Promise<void> {
  await sql`insert into surge.gate (id, lage_id, polder_id, code, name, kind, closing_metres, closing_minutes, pilot, lon, lat, stream_id)
    values (${id}, ${lageId}, ${polderId}, ${one.code}, ${one.name}, ${one.kind}, ${one.closingMetres}, ${one.closingMinutes}, ${one.pilot}, ${one.lon}, ${one.lat}, ${one.streamId})
    on conflict (lage_id, code) do update set polder_id = excluded.polder_id, name = excluded.name, kind = excluded.kind, closing_metres = excluded.closing_metres,
      closing_minutes = excluded.closing_minutes, pilot = excluded.pilot, lon = excluded.lon, lat = excluded.lat, stream_id = excluded.stream_id`.execute(tx);
}

export interface Polder extends PolderFacts {
  readonly id: string;
}

/** Whether a plan that was made up is among what the Lage has. */
export async function hasSynthetic(db: Sql, lageId: string): Promise<boolean> {
  return (await sql`select 1 from surge.polder where lage_id = ${lageId} and synthetic limit 1`.execute(db)).rows.length > 0;
}

export async function listPolders(db: Sql, lageId: string): Promise<Polder[]> {
  const { rows } =
    await sql<Polder>`select id, code, name, people, facilities, lon, lat, synthetic from surge.polder where lage_id = ${lageId} order by code`.execute(db);
  return rows;
}

const ZONE = sql`id, code, name, people, helpers, minutes, area, synthetic, state, people_left as left, at, said_by as by, remark`;

export async function listZones(db: Sql, lageId: string): Promise<Zone[]> {
  return (await sql<Zone>`select ${ZONE} from surge.zone where lage_id = ${lageId} order by code`.execute(db)).rows;
}

export async function lockZone(tx: Tx, lageId: string, id: string): Promise<Zone | undefined> {
  return (await sql<Zone>`select ${ZONE} from surge.zone where lage_id = ${lageId} and id = ${id} for update`.execute(tx)).rows[0];
}

export async function keepZone(tx: Tx, lageId: string, id: string, one: ZoneFacts): Promise<void> {
  await sql`insert into surge.zone (id, lage_id, code, name, people, helpers, minutes, area, synthetic)
    values (${id}, ${lageId}, ${one.code}, ${one.name}, ${one.people}, ${one.helpers}, ${one.minutes}, ${one.area === null ? null : JSON.stringify(one.area)}::jsonb, ${one.synthetic})
    on conflict (lage_id, code) do update set name = excluded.name, people = excluded.people, helpers = excluded.helpers, minutes = excluded.minutes, area = excluded.area`.execute(
    tx,
  );
}

export async function setZone(tx: Tx, { id, state, left, at, by, remark }: Zone): Promise<void> {
  await sql`update surge.zone set state = ${state}, people_left = ${left}, at = ${at}, said_by = ${by}, remark = ${remark} where id = ${id}`.execute(tx);
}
