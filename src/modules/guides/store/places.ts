import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import type { Place, PlaceFacts } from '../domain/place.ts';

type Row = Omit<Place, 'position'> & { readonly lon: number; readonly lat: number };

const COLUMNS = sql`id, key, name, kind, address, lon, lat, note, offers, access, hours, closed_on as "closedOn", starts_on as "startsOn",
  ends_on as "endsOn", slot_minutes as "slotMinutes", desks`;

const toPlace = ({ lon, lat, ...row }: Row): Place => ({ ...row, position: { lon, lat } });

/** Places that are there on this day or later, by name; those that have gone, last, where `gone` is wished. */
export async function listPlaces(db: Sql, today: Temporal.PlainDate, gone = false): Promise<readonly Place[]> {
  const { rows } = await sql<Row>`select ${COLUMNS} from guides.place
    where ${gone ? sql`true` : sql`(ends_on is null or ends_on >= ${today}::date)`}
    order by coalesce(ends_on < ${today}::date, false), name, id limit 200`.execute(db);
  return rows.map(toPlace);
}

export async function findPlace(db: Sql, key: string): Promise<Place | undefined> {
  if (!/^[a-z0-9-]{1,60}$/.test(key)) return undefined;
  const { rows } = await sql<Row>`select ${COLUMNS} from guides.place where key = ${key}`.execute(db);
  return rows[0] && toPlace(rows[0]);
}

/** As `findPlace`, held: hours do not change while an appointment is given, and numbers are drawn one by one. */
export async function lockPlace(tx: Tx, key: string): Promise<Place | undefined> {
  if (!/^[a-z0-9-]{1,60}$/.test(key)) return undefined;
  const { rows } = await sql<Row>`select ${COLUMNS} from guides.place where key = ${key} for update`.execute(tx);
  return rows[0] && toPlace(rows[0]);
}

/** As `findPlace`, shared: appointments at one place do not wait for each other, changes of the place wait for them. */
export async function sharePlace(tx: Tx, key: string): Promise<Place | undefined> {
  if (!/^[a-z0-9-]{1,60}$/.test(key)) return undefined;
  const { rows } = await sql<Row>`select ${COLUMNS} from guides.place where key = ${key} for share`.execute(tx);
  return rows[0] && toPlace(rows[0]);
}

export async function findPlaceById(db: Sql, id: string): Promise<Place | undefined> {
  const { rows } = await sql<Row>`select ${COLUMNS} from guides.place where id = ${id}`.execute(db);
  return rows[0] && toPlace(rows[0]);
}

/** @returns `false` when the key is taken */
export async function insertPlace(tx: Tx, id: string, one: PlaceFacts, now: Temporal.Instant): Promise<boolean> {
  const { rows } = await sql`insert into guides.place
      (id, key, name, kind, address, lon, lat, note, offers, access, hours, closed_on, starts_on, ends_on, slot_minutes, desks, changed_at)
    values (${id}, ${one.key}, ${one.name}, ${one.kind}, ${one.address}, ${one.position.lon}, ${one.position.lat}, ${one.note},
      ${[...one.offers]}::text[], ${[...one.access]}::text[], ${JSON.stringify(one.hours)}::jsonb, ${[...one.closedOn]}::text[],
      ${one.startsOn}, ${one.endsOn}, ${one.slotMinutes}, ${one.desks}, ${now})
    on conflict do nothing returning 1`.execute(tx);
  return rows.length === 1;
}

/** All but the key, which stands in addresses that people have. */
export async function updatePlace(tx: Tx, id: string, one: PlaceFacts, now: Temporal.Instant): Promise<void> {
  await sql`update guides.place set name = ${one.name}, kind = ${one.kind}, address = ${one.address}, lon = ${one.position.lon}, lat = ${one.position.lat},
    note = ${one.note}, offers = ${[...one.offers]}::text[], access = ${[...one.access]}::text[], hours = ${JSON.stringify(one.hours)}::jsonb,
    closed_on = ${[...one.closedOn]}::text[], starts_on = ${one.startsOn}, ends_on = ${one.endsOn}, slot_minutes = ${one.slotMinutes},
    desks = ${one.desks}, changed_at = ${now} where id = ${id}`.execute(tx);
}
