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
import { estimatedWait, type QueueNumber } from '../domain/queue.ts';
import { findPlace, findPlaceById, lockPlace } from '../store/places.ts';
import {
  callNext,
  countGuides,
  countWaiting,
  drawNumber,
  endNumber,
  findCalledBy,
  findNumber,
  listCalled,
  lockCalledBy,
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
    await ctx.journal.append(tx, NOBODY, now, [entryOf('drawn', number)]);
    return ok({ number, code });
  });
}

const CLOSED = wrongState('Nummern gibt es nur, solange der Ort geöffnet ist. Nehmen Sie einen Termin, oder kommen Sie in der Öffnungszeit wieder.');

const entryOf = (kind: string, { id, placeId, number }: QueueNumber) => ({
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
  const number = await findNumber(db, codeHash(code, ctx.secret));
  const place = number && (await findPlaceById(db, number.placeId));
  if (number === undefined || place === undefined) return refuse(noNumber);
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
    await ctx.journal.append(tx, NOBODY, now, [entryOf('left', one)]);
    return ok({ ...one, state: 'left' });
  });
}

/** The guide calls the next; whom they served until now is served. `undefined`: nobody waits. */
export async function call(ctx: GuidesContext, actor: Actor, placeKey: string, desk: string): Promise<Result<QueueNumber | undefined, GuideProblem>> {
  const guide = guideOf(actor);
  if (guide === undefined) return refuse(guidesOnly);
  return ctx.database.transaction(async (tx) => {
    const place = await lockPlace(tx, placeKey);
    if (place === undefined) return refuse(noPlace);
    const now = ctx.clock();
    const day = legalDay(now);
    const before = await lockCalledBy(tx, place.id, day, guide.staffId);
    if (before !== undefined) await endNumber(tx, before.id, 'served', now);
    const next = await callNext(tx, { placeId: place.id, day, staffId: guide.staffId, desk: desk.trim().slice(0, 40), now });
    const entries = [...(before === undefined ? [] : [entryOf('served', before)]), ...(next === undefined ? [] : [entryOf('called', next)])];
    if (entries.length > 0) await ctx.journal.append(tx, actor, now, entries);
    return ok(next);
  });
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
    await ctx.journal.append(tx, actor, now, [entryOf(outcome, one)]);
    return ok({ ...one, state: outcome });
  });
}

/** Whom the guide has called at a place and not ended. */
export async function calledByMe(ctx: Pick<GuidesContext, 'database' | 'clock'>, actor: Actor, { id }: Pick<Place, 'id'>): Promise<QueueNumber | undefined> {
  const guide = guideOf(actor);
  return guide && findCalledBy(ctx.database.read, id, legalDay(ctx.clock()), guide.staffId);
}
