import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import type { Lage } from '../domain/lage.ts';
import { LAGE_COLUMNS } from './lagen.ts';

/** A Lage and the name it knows a device by; `undefined` where the device was not admitted. */
export async function findAdmitted(db: Sql, key: string, deviceId: string): Promise<{ readonly lage: Lage; readonly name: string } | undefined> {
  const { rows } = await sql<Lage & { readonly deviceName: string }>`select ${LAGE_COLUMNS}, d.name as "deviceName"
    from situation.lage l join situation.device d on d.lage_id = l.id and d.device_id = ${deviceId} and d.ended_at is null where l.key = ${key}`.execute(db);
  if (rows[0] === undefined) return undefined;
  const { deviceName, ...lage } = rows[0];
  return { lage, name: deviceName };
}

/** Admits it, also once more. */
export async function admit(tx: Tx, lageId: string, one: { readonly deviceId: string; readonly name: string }, now: Temporal.Instant): Promise<void> {
  await sql`insert into situation.device (lage_id, device_id, name, admitted_at) values (${lageId}, ${one.deviceId}, ${one.name}, ${now})
    on conflict (lage_id, device_id) do update set name = excluded.name, admitted_at = excluded.admitted_at, ended_at = null`.execute(tx);
}

export async function dismiss(tx: Tx, lageId: string, deviceId: string, now: Temporal.Instant): Promise<void> {
  await sql`update situation.device set ended_at = ${now} where lage_id = ${lageId} and device_id = ${deviceId} and ended_at is null`.execute(tx);
}
