import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import type { OpenVisit } from '../domain/shared-device.ts';

/** A shared device, with its visit where one was opened and not ended. */
export interface SharedDeviceRow {
  readonly id: string;
  readonly name: string;
  readonly placeKey: string;
  readonly visit?: OpenVisit;
  readonly removed?: true;
}

interface Row extends Omit<SharedDeviceRow, 'visit' | 'removed'> {
  readonly visitId: string | null;
  readonly openedAt: Temporal.Instant | null;
  readonly seenAt: Temporal.Instant | null;
  readonly removed: boolean;
}

const COLUMNS = sql`id, name, place_key as "placeKey", visit_id as "visitId", opened_at as "openedAt", seen_at as "seenAt", removed_at is not null as removed`;

const toDevice = ({ id, name, placeKey, visitId, openedAt, seenAt, removed }: Row): SharedDeviceRow => ({
  ...{ id, name, placeKey },
  ...(visitId !== null && openedAt !== null && seenAt !== null && { visit: { visitId, openedAt, seenAt } }),
  ...(removed && { removed }),
});

export async function insertSharedDevice(
  tx: Tx,
  device: { readonly id: string; readonly tokenSha256: string; readonly name: string; readonly placeKey: string },
  now: Temporal.Instant,
): Promise<void> {
  await sql`insert into identity.shared_device (id, token_sha256, name, place_key, set_up_at)
    values (${device.id}, ${device.tokenSha256}, ${device.name}, ${device.placeKey}, ${now})`.execute(tx);
}

/** Also one that was taken out of use. */
export async function findSharedDevice(db: Sql, tokenSha256: string): Promise<SharedDeviceRow | undefined> {
  const { rows } = await sql<Row>`select ${COLUMNS} from identity.shared_device where token_sha256 = ${tokenSha256}`.execute(db);
  return rows[0] && toDevice(rows[0]);
}

/** As by its id, held: of two who open or close it at once one comes after the other. */
export async function lockSharedDevice(tx: Tx, id: string): Promise<SharedDeviceRow | undefined> {
  const { rows } = await sql<Row>`select ${COLUMNS} from identity.shared_device where id = ${id} and removed_at is null for update`.execute(tx);
  return rows[0] && toDevice(rows[0]);
}

/** By place and name. */
export async function listSharedDevices(db: Sql): Promise<readonly SharedDeviceRow[]> {
  const { rows } = await sql<Row>`select ${COLUMNS} from identity.shared_device where removed_at is null order by place_key, name, id limit 500`.execute(db);
  return rows.map(toDevice);
}

export async function beginVisit(tx: Tx, id: string, visitId: string, now: Temporal.Instant): Promise<void> {
  await sql`update identity.shared_device set visit_id = ${visitId}, opened_at = ${now}, seen_at = ${now} where id = ${id}`.execute(tx);
}

/** Ends the visit of a device and every session in it. */
export async function finishVisit(tx: Tx, id: string, visitId: string): Promise<void> {
  await sql`update identity.shared_device set visit_id = null, opened_at = null, seen_at = null where id = ${id}`.execute(tx);
  await sql`delete from identity.session where shared_visit = ${visitId}`.execute(tx);
}

export async function touchVisit(db: Sql, visitId: string, now: Temporal.Instant): Promise<void> {
  await sql`update identity.shared_device set seen_at = ${now} where visit_id = ${visitId} and seen_at < ${now}`.execute(db);
}

/** Nobody can open it from now on. */
export async function markRemoved(tx: Tx, id: string, now: Temporal.Instant): Promise<void> {
  await sql`update identity.shared_device set removed_at = ${now} where id = ${id}`.execute(tx);
}
