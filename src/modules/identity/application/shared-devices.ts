import type { Actor } from '../../../kernel/actor.ts';
import { idOrNobody, newId } from '../../../kernel/id.ts';
import { invalidField, type Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { isToken, randomToken, sha256Hex } from '../../../kernel/token.ts';
import type { Tx } from '../../../platform/database/port.ts';
import { VISIT_TOUCH_SECONDS, visitRuns, type VisitEnd } from '../domain/shared-device.ts';
import {
  beginVisit,
  findSharedDevice,
  finishVisit,
  insertSharedDevice,
  listSharedDevices,
  lockSharedDevice,
  markRemoved,
  touchVisit,
  type SharedDeviceRow,
} from '../store/shared-devices.ts';
import { ANONYMOUS, type Caller, type IdentityContext } from './context.ts';
import { signOut } from './sessions.ts';

type Ctx = Pick<IdentityContext, 'database' | 'journal'>;
export type DeviceProblem = Problem<'not-found' | 'invalid-input'>;

const LONGEST_NAME = 60;
const unknownDevice: DeviceProblem = {
  kind: 'not-found',
  detail: 'Dieses Gerät gibt es nicht oder nicht mehr. Sehen Sie in der Liste der gemeinsamen Geräte nach.',
};

/** What a request is told of the shared device that it comes from. */
export interface SharedDeviceSeen {
  readonly name: string;
  /** The visit for which it is open; absent: closed. */
  readonly visitId?: string;
  /** It is none any more, but its browser has the cookie still: it stays closed, and does not fall open for whoever sits there. */
  readonly removed?: true;
}

/**
 * Which shared device a cookie belongs to, and whether it is open: one query on each of its requests, and a write now and
 * then. `usedIn`: the visit that the request belongs to; without it, or in another, it keeps nothing awake.
 */
export function sharedDeviceOf(
  ctx: Pick<IdentityContext, 'database'>,
): (token: string, now: Temporal.Instant, usedIn?: string) => Promise<SharedDeviceSeen | undefined> {
  return async (token, now, usedIn) => {
    const device = isToken(token) ? await findSharedDevice(ctx.database.read, sha256Hex(token)) : undefined;
    if (device === undefined) return undefined;
    const { name, visit, removed } = device;
    if (removed) return { name, removed };
    if (visit === undefined || !visitRuns(visit, now)) return { name };
    if (visit.visitId === usedIn && visit.seenAt.until(now).total('seconds') >= VISIT_TOUCH_SECONDS) await touchVisit(ctx.database.read, visit.visitId, now);
    return { name, visitId: visit.visitId };
  };
}

/**
 * Makes the browser of whoever asks a shared device of a place, and signs them out of it: the session of a guide does not
 * stay where strangers sit. @returns the token for the device's cookie
 */
export async function setUpSharedDevice(
  ctx: Ctx,
  actor: Actor,
  caller: Caller,
  { name, place }: { readonly name: string; readonly place: string },
): Promise<Result<{ readonly id: string; readonly token: string }, DeviceProblem>> {
  const named = name.trim();
  if (named === '' || named.length > LONGEST_NAME)
    return refuse(invalidField('name', `Geben Sie dem Gerät einen Namen mit höchstens ${LONGEST_NAME} Zeichen.`));
  const [id, token] = [newId(caller.now.epochMilliseconds), randomToken()];
  await ctx.database.write(async (tx) => {
    await insertSharedDevice(tx, { id, tokenSha256: sha256Hex(token), name: named, placeKey: place }, caller.now);
    await ctx.journal.append(tx, actor, caller.now, [{ stream: `shared-device:${id}`, kind: 'identity.shared-device-set-up', payload: { place } }]);
  });
  await signOut(ctx, actor, caller);
  return ok({ id, token });
}

/** A device as the list shows it. */
export interface SharedDeviceNow {
  readonly id: string;
  readonly name: string;
  readonly place: string;
  /** Since when its visit runs; absent: closed. */
  readonly openSince?: Temporal.Instant;
}

export async function sharedDevices(ctx: Pick<Ctx, 'database'>, now: Temporal.Instant): Promise<readonly SharedDeviceNow[]> {
  const devices = await listSharedDevices(ctx.database.read);
  return devices.map(({ id, name, placeKey: place, visit }) => ({
    id,
    name,
    place,
    ...(visit !== undefined && visitRuns(visit, now) && { openSince: visit.openedAt }),
  }));
}

/** Opens a device for one visit. One that still runs ends first: the person before is gone. */
export async function openForVisit(ctx: Ctx, actor: Actor, id: string, now: Temporal.Instant): Promise<Result<null, DeviceProblem>> {
  return onDevice(ctx, id, async (tx, device) => {
    await end(ctx, tx, actor, device, now, 'next');
    await beginVisit(tx, device.id, newId(now.epochMilliseconds), now);
    await ctx.journal.append(tx, actor, now, [
      { stream: `shared-device:${device.id}`, kind: 'identity.shared-visit-opened', payload: { place: device.placeKey } },
    ]);
  });
}

/** A guide closes a device. Doing it twice is fine. */
export const closeDevice = (ctx: Ctx, actor: Actor, id: string, now: Temporal.Instant): Promise<Result<null, DeviceProblem>> =>
  onDevice(ctx, id, (tx, device) => end(ctx, tx, actor, device, now, 'closed'));

/** The device is none any more; its cookie opens nothing, and its browser stays closed until the cookie is deleted there. */
export async function removeSharedDevice(ctx: Ctx, actor: Actor, id: string, now: Temporal.Instant): Promise<Result<null, DeviceProblem>> {
  return onDevice(ctx, id, async (tx, device) => {
    await end(ctx, tx, actor, device, now, 'removed');
    await markRemoved(tx, device.id, now);
    await ctx.journal.append(tx, actor, now, [{ stream: `shared-device:${device.id}`, kind: 'identity.shared-device-removed', payload: {} }]);
  });
}

/** Whoever sits at the device is done. The journal does not say who they were. Doing it twice is fine. */
export async function doneAtDevice(ctx: Ctx, token: string, now: Temporal.Instant): Promise<void> {
  const device = isToken(token) ? await findSharedDevice(ctx.database.read, sha256Hex(token)) : undefined;
  if (device !== undefined) await onDevice(ctx, device.id, (tx, held) => end(ctx, tx, ANONYMOUS, held, now, 'done'));
}

/** Ends visits that nobody uses any more, so that their sessions are gone and the journal knows. @returns how many */
export async function endIdleVisits(ctx: Ctx, now: Temporal.Instant): Promise<number> {
  const over = (await listSharedDevices(ctx.database.read)).filter(({ visit }) => visit !== undefined && !visitRuns(visit, now));
  for (const { id } of over)
    await onDevice(ctx, id, (tx, device) =>
      device.visit !== undefined && visitRuns(device.visit, now) ? Promise.resolve() : end(ctx, tx, SWEEP, device, now, 'idle'),
    );
  return over.length;
}

const SWEEP: Actor = { kind: 'system', job: 'identity.shared-devices' };

function onDevice(ctx: Ctx, id: string, work: (tx: Tx, device: SharedDeviceRow) => Promise<void>): Promise<Result<null, DeviceProblem>> {
  return ctx.database.transaction(async (tx) => {
    const device = await lockSharedDevice(tx, idOrNobody(id));
    if (device === undefined) return refuse(unknownDevice);
    await work(tx, device);
    return ok(null);
  });
}

async function end(ctx: Ctx, tx: Tx, actor: Actor, { id, placeKey: place, visit }: SharedDeviceRow, now: Temporal.Instant, asked: VisitEnd): Promise<void> {
  if (visit === undefined) return;
  const why: VisitEnd = visitRuns(visit, now) ? asked : 'idle';
  await finishVisit(tx, id, visit.visitId);
  await ctx.journal.append(tx, actor, now, [{ stream: `shared-device:${id}`, kind: 'identity.shared-visit-ended', payload: { place, why } }]);
}
