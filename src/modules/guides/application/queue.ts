import type { Actor } from '../../../kernel/actor.ts';
import { newId } from '../../../kernel/id.ts';
import { wrongState } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { legalDay } from '../../../kernel/time.ts';
import type { Sql } from '../../../platform/database/port.ts';
import { codeHash, drawCode } from '../domain/codes.ts';
import { openState } from '../domain/opening.ts';
import type { Place } from '../domain/place.ts';
import { guidesOnly, noPlace, type GuideProblem } from '../domain/problems.ts';
import { estimatedWait, stateOn, type QueueNumber } from '../domain/queue.ts';
import { findPlace, findPlaceById, lockPlace } from '../store/places.ts';
import {
  callAgain,
  callNext,
  countGuides,
  countWaiting,
  drawNumber,
  endNumber,
  findCalledBy,
  findNumber,
  listAbsent,
  listCalled,
  lockCalledBy,
  lockMissed,
  lockNumber,
  servedSeconds,
} from '../store/queue.ts';
import type { GuidesContext } from './context.ts';
import { guideOf } from './guide.ts';

const NOBODY: Actor = { kind: 'anonymous' };

/** How it stands with the queue of a place. */
export interface QueueState {
  readonly waiting: number;
  /** Minutes for who comes now; absent: too little was measured. */
  readonly minutes: number | undefined;
  /** Numbers that are being called or served, latest first. */
  readonly called: readonly QueueNumber[];
  readonly asOf: Temporal.Instant;
}

async function waitBehind(db: Sql, placeId: string, ahead: number, now: Temporal.Instant): Promise<number | undefined> {
  const [seconds, guides] = await Promise.all([servedSeconds(db, placeId), countGuides(db, placeId, now.subtract({ hours: 1 }))]);
  return estimatedWait(ahead, seconds, guides);
}

export async function queueOf(ctx: Pick<GuidesContext, 'database' | 'clock'>, { id }: Pick<Place, 'id'>): Promise<QueueState> {
  const db = ctx.database.read;
  const now = ctx.clock();
  const [waiting, called] = await Promise.all([countWaiting(db, id, legalDay(now)), listCalled(db, id, legalDay(now))]);
  return { waiting, minutes: await waitBehind(db, id, waiting, now), called, asOf: now };
}

export interface Drawn {
  readonly number: QueueNumber;
  readonly code: string;
}

/** Somebody without an appointment draws a number, while the place is open. */
export async function draw(ctx: GuidesContext, placeKey: string): Promise<Result<Drawn, GuideProblem>> {
  const code = drawCode(3);
  return ctx.database.transaction(async (tx) => {
    const place = await lockPlace(tx, placeKey);
    if (place === undefined) return refuse(noPlace);
    const now = ctx.clock();
    if (!openState(place, now).open) return refuse(CLOSED);
    const id = newId(now.epochMilliseconds);
    const number = await drawNumber(tx, { id, placeId: place.id, day: legalDay(now), codeHash: codeHash(code, ctx.secret), now });
    await ctx.journal.append(tx, NOBODY, now, [numberEntry('drawn', number)]);
    return ok({ number, code });
  });
}

const CLOSED = wrongState('Nummern gibt es nur, solange der Ort geöffnet ist. Nehmen Sie einen Termin, oder kommen Sie in der Öffnungszeit wieder.');

export const numberEntry = (kind: string, { id, placeId, number }: QueueNumber) => ({
  stream: `place:${placeId}`,
  kind: `guides.number-${kind}`,
  payload: { numberId: id, placeId, number },
});

export interface OwnNumber {
  readonly number: QueueNumber;
  readonly place: Place;
  readonly ahead: number;
  readonly minutes: number | undefined;
}

const noNumber: GuideProblem = { kind: 'not-found', detail: 'Diese Nummer gibt es nicht oder nicht mehr. Ziehen Sie am Ort eine neue.' };

/** A number by its code: how many are before it, and how long that may take. */
export async function readNumber(ctx: Pick<GuidesContext, 'database' | 'clock' | 'secret'>, code: string): Promise<Result<OwnNumber, GuideProblem>> {
  const db = ctx.database.read;
  const found = await findNumber(db, codeHash(code, ctx.secret));
  const place = found && (await findPlaceById(db, found.placeId));
  if (found === undefined || place === undefined) return refuse(noNumber);
  const number = { ...found, state: stateOn(found.state, found.day, legalDay(ctx.clock())) };
  const ahead = number.state === 'waiting' ? await countWaiting(db, place.id, number.day, number.number) : 0;
  return ok({ number, place, ahead, minutes: await waitBehind(db, place.id, ahead, ctx.clock()) });
}

/** Somebody goes without having been called. */
export async function leave(ctx: GuidesContext, code: string): Promise<Result<QueueNumber, GuideProblem>> {
  return ctx.database.transaction(async (tx) => {
    const one = await lockNumber(tx, codeHash(code, ctx.secret));
    if (one === undefined) return refuse(noNumber);
    if (one.state !== 'waiting') return ok(one);
    const now = ctx.clock();
    await endNumber(tx, one.id, 'left', now);
    await ctx.journal.append(tx, NOBODY, now, [numberEntry('left', one)]);
    return ok({ ...one, state: 'left' });
  });
}

export interface Call {
  /** Where to go, as the display shows it. */
  readonly desk: string;
  /** The number the guide saw as their own, 0 for none: who presses twice calls once. Absent: whatever it is. */
  readonly current?: number;
}

/** The guide calls the next; whom they served until now is served. `undefined`: nobody waits. */
export async function call(
  ctx: GuidesContext,
  actor: Actor,
  placeKey: string,
  { desk, current }: Call,
): Promise<Result<QueueNumber | undefined, GuideProblem>> {
  const guide = guideOf(actor);
  if (guide === undefined) return refuse(guidesOnly);
  return ctx.database.transaction(async (tx) => {
    const place = await lockPlace(tx, placeKey);
    if (place === undefined) return refuse(noPlace);
    const now = ctx.clock();
    const day = legalDay(now);
    const before = await lockCalledBy(tx, place.id, day, guide.staffId);
    if (current !== undefined && current !== (before?.number ?? 0)) return ok(before);
    if (before !== undefined) await endNumber(tx, before.id, 'served', now);
    const next = await callNext(tx, { placeId: place.id, day, staffId: guide.staffId, desk: desk.trim().slice(0, 40), now });
    const entries = [...(before === undefined ? [] : [numberEntry('served', before)]), ...(next === undefined ? [] : [numberEntry('called', next)])];
    if (entries.length > 0) await ctx.journal.append(tx, actor, now, entries);
    return ok(next);
  });
}

/** The guide calls a number once more: it has not come yet, or it was taken for absent and is here now. */
export async function callOnceMore(
  ctx: GuidesContext,
  actor: Actor,
  placeKey: string,
  again: { readonly number: number; readonly desk: string },
): Promise<Result<QueueNumber, GuideProblem>> {
  const guide = guideOf(actor);
  if (guide === undefined) return refuse(guidesOnly);
  const { staffId } = guide;
  return ctx.database.transaction(async (tx) => {
    const place = await lockPlace(tx, placeKey);
    if (place === undefined) return refuse(noPlace);
    const now = ctx.clock();
    const day = legalDay(now);
    const one = await lockMissed(tx, { placeId: place.id, day, number: again.number, staffId });
    if (one === undefined) return refuse(NOT_AGAIN);
    const before = await lockCalledBy(tx, place.id, day, staffId);
    const other = before !== undefined && before.id !== one.id ? before : undefined;
    if (other !== undefined) await endNumber(tx, other.id, 'served', now);
    const desk = again.desk.trim().slice(0, 40);
    await callAgain(tx, one.id, { staffId, desk, now });
    await ctx.journal.append(tx, actor, now, [...(other === undefined ? [] : [numberEntry('served', other)]), numberEntry('called-again', one)]);
    return ok({ ...one, state: 'called', calledAt: now, desk });
  });
}

const NOT_AGAIN = wrongState(
  'Diese Nummer können Sie nicht noch einmal aufrufen: Sie wartet noch, ist bei jemand anderem oder fertig. Laden Sie die Seite neu.',
);

/** Who did not come today and may still be called. */
export async function missedToday(ctx: Pick<GuidesContext, 'database' | 'clock'>, actor: Actor, { id }: Pick<Place, 'id'>): Promise<readonly QueueNumber[]> {
  return guideOf(actor) === undefined ? [] : listAbsent(ctx.database.read, id, legalDay(ctx.clock()));
}

/** The guide is done with whom they called, or nobody came. */
export async function finish(ctx: GuidesContext, actor: Actor, placeKey: string, outcome: 'served' | 'absent'): Promise<Result<QueueNumber, GuideProblem>> {
  const guide = guideOf(actor);
  if (guide === undefined) return refuse(guidesOnly);
  return ctx.database.transaction(async (tx) => {
    const place = await findPlace(tx, placeKey);
    if (place === undefined) return refuse(noPlace);
    const now = ctx.clock();
    const one = await lockCalledBy(tx, place.id, legalDay(now), guide.staffId);
    if (one === undefined) return refuse(wrongState('Sie haben gerade niemanden aufgerufen. Rufen Sie zuerst die nächste Nummer auf.'));
    await endNumber(tx, one.id, outcome, now);
    await ctx.journal.append(tx, actor, now, [numberEntry(outcome, one)]);
    return ok({ ...one, state: outcome });
  });
}

/** Whom the guide has called at a place and not ended. */
export async function calledByMe(ctx: Pick<GuidesContext, 'database' | 'clock'>, actor: Actor, { id }: Pick<Place, 'id'>): Promise<QueueNumber | undefined> {
  const guide = guideOf(actor);
  return guide && findCalledBy(ctx.database.read, id, legalDay(ctx.clock()), guide.staffId);
}
