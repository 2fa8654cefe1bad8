import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';

export interface DeviceRow {
  readonly id: string;
  readonly name: string;
  readonly createdAt: Temporal.Instant;
}

export async function insertDevice(
  tx: Tx,
  device: { readonly id: string; readonly name: string; readonly keySha256: string },
  now: Temporal.Instant,
): Promise<void> {
  await sql`insert into identity.device (id, name, key_sha256, created_at)
    values (${device.id}, ${device.name}, ${device.keySha256}, ${now.toString()}::timestamptz)`.execute(tx);
}

/** Devices that are let in, oldest first. */
export async function activeDevices(db: Sql): Promise<readonly DeviceRow[]> {
  const { rows } = await sql<DeviceRow>`select id, name, created_at as "createdAt"
    from identity.device where revoked_at is null order by created_at, id`.execute(db);
  return rows;
}

/** @returns whether it was still let in */
export async function revokeDeviceRow(tx: Tx, id: string, now: Temporal.Instant): Promise<boolean> {
  const { rows } =
    await sql`update identity.device set revoked_at = ${now.toString()}::timestamptz where id = ${id} and revoked_at is null returning id`.execute(tx);
  return rows.length > 0;
}

export async function findDeviceByKey(db: Sql, keySha256: string): Promise<{ readonly id: string } | undefined> {
  return (await sql<{ id: string }>`select id from identity.device where key_sha256 = ${keySha256} and revoked_at is null`.execute(db)).rows[0];
}

export async function findDeviceName(db: Sql, id: string): Promise<string | undefined> {
  return (await sql<{ name: string }>`select name from identity.device where id = ${id} and revoked_at is null`.execute(db)).rows[0]?.name;
}
