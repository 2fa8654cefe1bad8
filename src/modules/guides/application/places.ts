import type { Actor } from '../../../kernel/actor.ts';
import { newId } from '../../../kernel/id.ts';
import { invalidField } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { legalDay } from '../../../kernel/time.ts';
import { districtAt } from '../../catalogue/public.ts';
import { isOutside } from '../domain/appointment.ts';
import { openState, spansOn, type OpenState } from '../domain/opening.ts';
import type { Place } from '../domain/place.ts';
import { guidesOnly, noPlace, type GuideProblem } from '../domain/problems.ts';
import { readPlace, type TypedPlace } from '../domain/read-place.ts';
import { listComing, reviseComing } from '../store/appointments.ts';
import { findPlace, insertPlace, listPlaces, lockPlace, updatePlace } from '../store/places.ts';
import type { GuidesContext } from './context.ts';
import { guideOf } from './guide.ts';
import { callOffAll, OUTSIDE, outsideComplaint } from './outside-hours.ts';

/** A place and whether it is open now. */
export interface SeenPlace {
  readonly place: Place;
  readonly state: OpenState;
}

const inCityOf =
  ({ desk }: GuidesContext) =>
  (position: Place['position']) =>
    districtAt(desk.services.districts, position) !== undefined;

/** Adds a place; its key stands in addresses and stays. */
export async function addPlace(ctx: GuidesContext, actor: Actor, typed: TypedPlace): Promise<Result<Place, GuideProblem>> {
  if (guideOf(actor) === undefined) return refuse(guidesOnly);
  const read = readPlace(typed, inCityOf(ctx));
  if (!read.ok) return read;
  return ctx.database.transaction(async (tx) => {
    const now = ctx.clock();
    const place: Place = { ...read.value, id: newId(now.epochMilliseconds) };
    if (!(await insertPlace(tx, place.id, place, now)))
      return refuse(invalidField('key', 'Diesen Kurznamen hat schon ein anderer Ort. Wählen Sie einen anderen.'));
    await ctx.journal.append(tx, actor, now, [placeEntry('added', place)]);
    return ok(place);
  });
}

/** A place that was changed, and how many appointments fell out of its hours by that. */
export interface ChangedPlace {
  readonly place: Place;
  readonly outside: number;
}

/**
 * Changes what is stated of a place. Appointments keep what they take. Where some fall out of the hours by this change,
 * the guide decides: they stay, and somebody is there; or they are called off. @param decided `''`: nothing yet
 */
export async function changePlace(
  ctx: GuidesContext,
  actor: Actor,
  key: string,
  typed: TypedPlace,
  decided: string,
): Promise<Result<ChangedPlace, GuideProblem>> {
  if (guideOf(actor) === undefined) return refuse(guidesOnly);
  const read = readPlace({ ...typed, key }, inCityOf(ctx));
  return ctx.database.transaction(async (tx) => {
    const before = await lockPlace(tx, key);
    if (before === undefined) return refuse(noPlace);
    if (!read.ok) return read;
    const now = ctx.clock();
    const place = { ...read.value, id: before.id };
    const outside = (await listComing(tx, place.id, now)).filter((one) => isOutside(place, one) && !isOutside(before, one));
    const decision = OUTSIDE.find((one) => one === decided);
    if (outside.length > 0 && decision === undefined) return refuse(invalidField('outside', outsideComplaint(outside)));
    await updatePlace(tx, place.id, place, now);
    if (place.name !== before.name || place.address !== before.address) await reviseComing(tx, place.id, now);
    const off = decision === 'cancel' ? await callOffAll(ctx, tx, outside, place, now) : [];
    const entry = placeEntry('changed', place);
    const told = outside.length === 0 ? {} : { outside: outside.length, outsideStay: decision === 'keep' };
    await ctx.journal.append(tx, actor, now, [{ ...entry, payload: { ...entry.payload, ...told } }, ...off]);
    return ok({ place, outside: outside.length });
  });
}

/** What is public of a place is in the journal whole: people relied on its hours. */
function placeEntry(kind: 'added' | 'changed', { id, key, hours, closedOn, startsOn, endsOn, position, desks, slotMinutes }: Place) {
  const payload = { placeId: id, key, hours, closedOn, startsOn: startsOn.toString(), endsOn: endsOn?.toString() ?? null, position, desks, slotMinutes };
  return { stream: `place:${id}`, kind: `guides.place-${kind}`, payload };
}

/** When a place opens next, as text that sorts; open ones first, those that stay closed last. */
const opensNext = (state: OpenState): string => (state.open ? '' : state.next === undefined ? '~' : `${state.next.day.toString()} ${state.next.from}`);

/** Places that are there or will be: open ones, then the next to open. */
export async function seePlaces(ctx: Pick<GuidesContext, 'database' | 'clock'>): Promise<readonly SeenPlace[]> {
  const now = ctx.clock();
  const seen = (await listPlaces(ctx.database.read, legalDay(now))).map((place) => ({ place, state: openState(place, now) }));
  return seen.toSorted((a, b) => (opensNext(a.state) < opensNext(b.state) ? -1 : opensNext(a.state) > opensNext(b.state) ? 1 : 0));
}

/** All places for the desk, those that have gone last. */
export async function allPlaces(ctx: Pick<GuidesContext, 'database' | 'clock'>): Promise<readonly SeenPlace[]> {
  const now = ctx.clock();
  return (await listPlaces(ctx.database.read, legalDay(now), true)).map((place) => ({ place, state: openState(place, now) }));
}

export async function seePlace(ctx: Pick<GuidesContext, 'database' | 'clock'>, key: string): Promise<Result<SeenPlace, GuideProblem>> {
  const place = await findPlace(ctx.database.read, key);
  return place === undefined ? refuse(noPlace) : ok({ place, state: openState(place, ctx.clock()) });
}

const SHOWN_DAYS = 14;

/** The days on which a place opens within two weeks, today included. */
export function comingDays(place: Place, now: Temporal.Instant): readonly Temporal.PlainDate[] {
  const today = legalDay(now);
  return Array.from({ length: SHOWN_DAYS }, (_, ahead) => today.add({ days: ahead })).filter((day) => spansOn(place, day).length > 0);
}
