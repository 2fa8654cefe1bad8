import { newId } from '../../../kernel/id.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { badEndpoint, noSuchDevice, type NotificationProblem } from '../domain/problems.ts';
import { keysAreWhole, type PushAddress } from '../domain/push-endpoint.ts';
import { deleteDevice, holdAccount, keepDevice, listDevices } from '../store/addresses.ts';
import type { NotificationContext } from './context.ts';

const MOST_DEVICES = 10;
const tooMany: NotificationProblem = { kind: 'wrong-state', detail: `Mehr als ${MOST_DEVICES} Geräte gehen nicht. Entfernen Sie zuerst ein altes.` };

/** Keeps a browser's address for notices. An address decides where the city connects to, so it is judged like any that people type in. */
export async function addPushDevice(
  ctx: NotificationContext,
  accountId: string,
  device: PushAddress & { readonly deviceKind?: string },
  now: Temporal.Instant,
): Promise<Result<{ readonly id: string }, NotificationProblem>> {
  if (!keysAreWhole(device) || !(await ctx.push.admits(device.endpoint))) return refuse(badEndpoint);
  return ctx.database.transaction(async (tx) => {
    await holdAccount(tx, accountId);
    const known = await listDevices(tx, accountId);
    if (known.length >= MOST_DEVICES && !known.some(({ endpoint }) => endpoint === device.endpoint)) return refuse(tooMany);
    const { endpoint, p256dh, auth, deviceKind = null } = device;
    const id = await keepDevice(tx, { id: newId(now.epochMilliseconds), accountId, endpoint, p256dh, auth, deviceKind }, now);
    await ctx.journal.append(tx, { kind: 'citizen', accountId, trust: 'einfach' }, now, [
      { stream: `account:${accountId}`, kind: 'notification.push-added', payload: { deviceId: id } },
    ]);
    return ok({ id });
  });
}

/** This browser gets no more notices. */
export async function removePushDevice(
  ctx: Pick<NotificationContext, 'database' | 'journal'>,
  accountId: string,
  id: string,
  now: Temporal.Instant,
): Promise<Result<null, NotificationProblem>> {
  return ctx.database.transaction(async (tx) => {
    if (!(await deleteDevice(tx, accountId, id))) return refuse(noSuchDevice);
    await ctx.journal.append(tx, { kind: 'citizen', accountId, trust: 'einfach' }, now, [
      { stream: `account:${accountId}`, kind: 'notification.push-removed', payload: { deviceId: id } },
    ]);
    return ok(null);
  });
}
