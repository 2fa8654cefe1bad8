import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import type { Appointment } from '../domain/appointment.ts';

const COLUMNS = sql`id, place_id as "placeId", starts_at as "startsAt", desk, topic, lang, cancelled_at as "cancelledAt"`;

/** @returns `false` when somebody else has just taken this desk at this time */
export async function insertAppointment(
  tx: Tx,
  one: Appointment,
  { codeHash, email, now }: { readonly codeHash: string; readonly email: string | null; readonly now: Temporal.Instant },
): Promise<boolean> {
  const { rows } = await sql`insert into guides.appointment (id, place_id, starts_at, desk, code_hash, topic, lang, email, booked_at)
    values (${one.id}, ${one.placeId}, ${one.startsAt}, ${one.desk}, ${codeHash}, ${one.topic}, ${one.lang}, ${email}, ${now})
    on conflict (place_id, starts_at, desk) where cancelled_at is null do nothing returning 1`.execute(tx);
  return rows.length === 1;
}

/** How many desks are taken at each time, from `from` until before `until`. */
export async function takenDesks(db: Sql, placeId: string, from: Temporal.Instant, until: Temporal.Instant): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ at: Temporal.Instant; taken: number }>`select starts_at as at, count(*) as taken from guides.appointment
    where place_id = ${placeId} and starts_at >= ${from} and starts_at < ${until} and cancelled_at is null group by starts_at`.execute(db);
  return new Map(rows.map(({ at, taken }) => [at.toString(), taken]));
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
  await sql`update guides.appointment set cancelled_at = ${now}, email = null where id = ${id}`.execute(tx);
}

/** What is booked at a place, from `from` until before `until`. */
export async function listAppointments(db: Sql, placeId: string, from: Temporal.Instant, until: Temporal.Instant): Promise<readonly Appointment[]> {
  const { rows } = await sql<Appointment>`select ${COLUMNS} from guides.appointment
    where place_id = ${placeId} and starts_at >= ${from} and starts_at < ${until} and cancelled_at is null order by starts_at, desk limit 500`.execute(db);
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
