import type { Actor } from '../../../kernel/actor.ts';
import { invalidField } from '../../../kernel/problem.ts';
import { refuse, type Result } from '../../../kernel/result.ts';
import { legalDay } from '../../../kernel/time.ts';
import { closeDevice, openForVisit, removeSharedDevice, setUpSharedDevice, sharedDevices, type SharedDeviceNow } from '../../identity/public.ts';
import { guidesOnly, type GuideProblem } from '../domain/problems.ts';
import { findPlace, listPlaces } from '../store/places.ts';
import type { GuidesContext } from './context.ts';
import { guideOf } from './guide.ts';

/** A shared device with the name of its place. */
export interface DeskDevice extends SharedDeviceNow {
  readonly placeName: string;
}

/** The tablets at the places, for people without a device of their own. */
export async function deskDevices(ctx: GuidesContext): Promise<readonly DeskDevice[]> {
  const now = ctx.clock();
  const places = new Map((await listPlaces(ctx.database.read, legalDay(now), true)).map(({ key, name }) => [key, name]));
  return (await sharedDevices(ctx, now)).map((one) => ({ ...one, placeName: places.get(one.place) ?? one.place }));
}

/** Makes this browser a shared device of a place. @returns the token for its cookie; the guide is signed out of it */
export async function setUpDevice(
  ctx: GuidesContext,
  caller: { readonly actor: Actor; readonly now: Temporal.Instant; readonly sessionToken: string | undefined },
  input: { readonly place: string; readonly name: string },
): Promise<Result<{ readonly id: string; readonly token: string }, GuideProblem>> {
  if (guideOf(caller.actor) === undefined) return refuse(guidesOnly);
  if ((await findPlace(ctx.database.read, input.place)) === undefined) return refuse(invalidField('place', 'Wählen Sie den Ort, an dem das Gerät steht.'));
  return setUpSharedDevice(ctx, caller.actor, caller, input);
}

const ACTIONS = { open: openForVisit, close: closeDevice, remove: removeSharedDevice } as const;
export type DeviceAction = keyof typeof ACTIONS;

/** Opens a device for one visit, closes it, or takes it out of use. */
export async function changeDevice(ctx: GuidesContext, actor: Actor, id: string, action: DeviceAction): Promise<Result<null, GuideProblem>> {
  if (guideOf(actor) === undefined) return refuse(guidesOnly);
  return ACTIONS[action](ctx, actor, id, ctx.clock());
}
