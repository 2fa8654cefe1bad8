import type { Actor } from '../../../kernel/actor.ts';
import { newId } from '../../../kernel/id.ts';
import { invalidField, type Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { Context } from '../../../platform/context.ts';
import { randomToken, sha256Hex } from '../../../kernel/token.ts';
import type { Sql } from '../../../platform/database/port.ts';
import { activeDevices, findDeviceByKey, findDeviceName, insertDevice, revokeDeviceRow, type DeviceRow } from '../store/devices.ts';

type Managing = Pick<Context, 'database' | 'journal'>;
export type Device = DeviceRow;

/** Lets a device in. @returns its key: shown this once, kept only as a hash */
export function addDevice(
  ctx: Managing,
  actor: Actor,
  wish: { readonly name: string },
  now: Temporal.Instant,
): Promise<Result<{ readonly id: string; readonly key: string }, Problem>> {
  return ctx.database.transaction(async (tx) => {
    const name = wish.name.trim();
    if (name === '' || name.length > 100)
      return refuse(invalidField('name', 'Geben Sie dem Gerät einen Namen mit höchstens 100 Zeichen, etwa «Pegel St. Pauli».'));
    const [id, key] = [newId(now.epochMilliseconds), randomToken()];
    await insertDevice(tx, { id, name, keySha256: sha256Hex(key) }, now);
    await ctx.journal.append(tx, actor, now, [{ stream: `identity:device:${id}`, kind: 'identity.device-added', payload: { name } }]);
    return ok({ id, key });
  });
}

/** Devices that are let in. */
export const listDevices = (ctx: Pick<Context, 'database'>): Promise<readonly Device[]> => activeDevices(ctx.database.read);

/** What a device that is let in is called. */
export const deviceName = (db: Sql, id: string): Promise<string | undefined> => findDeviceName(db, id);

/** Its key opens nothing from now on. */
export function revokeDevice(ctx: Managing, actor: Actor, id: string, now: Temporal.Instant): Promise<Result<{ readonly id: string }, Problem>> {
  return ctx.database.transaction(async (tx) => {
    if (!(await revokeDeviceRow(tx, id, now))) return refuse({ kind: 'not-found', detail: 'Dieses Gerät ist nicht mehr zugelassen. Laden Sie die Liste neu.' });
    await ctx.journal.append(tx, actor, now, [{ stream: `identity:device:${id}`, kind: 'identity.device-revoked', payload: {} }]);
    return ok({ id });
  });
}

/** Who shows an access key (`Authorization: Bearer`). @returns `undefined` for a key nobody has */
export function authenticateDevice(ctx: Pick<Context, 'database'>): (key: string) => Promise<{ readonly actor: Actor } | undefined> {
  return async (key) => {
    const device = await findDeviceByKey(ctx.database.read, sha256Hex(key));
    return device && { actor: { kind: 'device', deviceId: device.id } };
  };
}
