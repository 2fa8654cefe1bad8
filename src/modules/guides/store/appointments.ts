import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import type { Appointment } from '../domain/appointment.ts';

const COLUMNS = sql`id, place_id as "placeId", starts_at as "startsAt", ends_at as "endsAt", desk, topic, lang, cancelled_at as "cancelledAt", cancelled_by as "cancelledBy",
  revision`;

/** @returns `false` when somebody else has just taken this desk for some of this time */
export async function insertAppointment(
  tx: Tx,
  one: Appointment,
  { codeHash, email, now }: { readonly codeHash: string; readonly email: string | null; readonly now: Temporal.Instant },
): Promise<boolean> {
  const { rows } = await sql`insert into guides.appointment (id, place_id, starts_at, ends_at, desk, code_hash, topic, lang, email, booked_at)
    values (${one.id}, ${one.placeId}, ${one.startsAt}, ${one.endsAt}, ${one.desk}, ${codeHash}, ${one.topic}, ${one.lang}, ${email}, ${now})
    on conflict do nothing returning 1`.execute(tx);
  return rows.length === 1;
}

/** Which desks are taken from when until when, of all that touches the time from `from` until `until`. */
export async function takenDesks(
  db: Sql,
  placeId: string,
  from: Temporal.Instant,
  until: Temporal.Instant,
): Promise<readonly Pick<Appointment, 'desk' | 'startsAt' | 'endsAt'>[]> {
  const { rows } = await sql<Pick<Appointment, 'desk' | 'startsAt' | 'endsAt'>>`select desk, starts_at as "startsAt", ends_at as "endsAt"
    from guides.appointment where place_id = ${placeId} and starts_at < ${until} and ends_at > ${from} and cancelled_at is null`.execute(db);
  return rows;
}

export async function findAppointment(db: Sql, codeHash: string): Promise<Appointment | undefined> {
  const { rows } = await sql<Appointment>`select ${COLUMNS} from guides.appointment where code_hash = ${codeHash}`.execute(db);
  return rows[0];
}

export async function lockAppointment(tx: Tx, codeHash: string): Promise<Appointment | undefined> {
  const { rows } = await sql<Appointment>`select ${COLUMNS} from guides.appointment where code_hash = ${codeHash} for update`.execute(tx);
  return rows[0];
}

/** The address goes with it: there is nothing to remind of. */
export async function cancelAppointment(tx: Tx, id: string, now: Temporal.Instant): Promise<void> {
  await sql`update guides.appointment set cancelled_at = ${now}, cancelled_by = 'person', revision = revision + 1, email = null where id = ${id}`.execute(tx);
}

/** What is booked at a place, from `from` until before `until`. */
export async function listAppointments(db: Sql, placeId: string, from: Temporal.Instant, until: Temporal.Instant): Promise<readonly Appointment[]> {
  const { rows } = await sql<Appointment>`select ${COLUMNS} from guides.appointment
    where place_id = ${placeId} and starts_at >= ${from} and starts_at < ${until} and cancelled_at is null order by starts_at, desk limit 500`.execute(db);
  return rows;
}

/** What is booked at a place and not over, with whether it has an address to write to. */
export async function listComing(db: Sql, placeId: string, now: Temporal.Instant): Promise<readonly (Appointment & { readonly hasEmail: boolean })[]> {
  const { rows } = await sql<Appointment & { readonly hasEmail: boolean }>`select ${COLUMNS}, email is not null as "hasEmail" from guides.appointment
    where place_id = ${placeId} and ends_at > ${now} and cancelled_at is null order by starts_at, desk`.execute(db);
  return rows;
}

/** Something that stands in calendars has changed for all that is booked and not over. */
export async function reviseComing(tx: Tx, placeId: string, now: Temporal.Instant): Promise<void> {
  await sql`update guides.appointment set revision = revision + 1 where place_id = ${placeId} and ends_at > ${now} and cancelled_at is null`.execute(tx);
}

/** The place calls appointments off. @returns the addresses to write to, which go with it */
export async function callOff(tx: Tx, ids: readonly string[], now: Temporal.Instant): Promise<readonly { readonly id: string; readonly email: string }[]> {
  const { rows } = await sql<{ id: string; email: string }>`select id, email from guides.appointment
    where id = any(${[...ids]}::uuid[]) and cancelled_at is null and email is not null order by id for update`.execute(tx);
  await sql`update guides.appointment set cancelled_at = ${now}, cancelled_by = 'place', revision = revision + 1, email = null
    where id = any(${[...ids]}::uuid[]) and cancelled_at is null`.execute(tx);
  return rows;
}

/** Takes the addresses of those who begin after `now` and by `until`: they are written to once. Who has begun is not written to; the address goes too. */
export async function takeReminders(tx: Tx, now: Temporal.Instant, until: Temporal.Instant): Promise<readonly (Appointment & { readonly email: string })[]> {
  const { rows } = await sql<Appointment & { readonly email: string }>`select ${COLUMNS}, email from guides.appointment
    where email is not null and starts_at <= ${until} and cancelled_at is null order by id limit 200 for update skip locked`.execute(tx);
  const ids = rows.map(({ id }) => id);
  await sql`update guides.appointment set email = null where id = any(${ids}::uuid[])`.execute(tx);
  return rows.filter(({ startsAt }) => Temporal.Instant.compare(startsAt, now) > 0);
}

/** @returns how many were deleted */
export async function deleteAppointmentsBefore(tx: Tx, before: Temporal.Instant): Promise<number> {
  const { numAffectedRows } = await sql`delete from guides.appointment where starts_at < ${before}`.execute(tx);
  return Number(numAffectedRows ?? 0);
}
