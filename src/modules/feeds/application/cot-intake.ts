import { setTimeout as sleep } from 'node:timers/promises';
import { codeOf } from '../../../kernel/error-code.ts';
import type { Actor } from '../../../kernel/actor.ts';
import { markerId, nameOf, trackId, type Position } from '../domain/cot-picture.ts';
import { moverKey, OLDEST_MS } from '../domain/mover.ts';
import type { Tx } from '../../../platform/database/port.ts';
import { countMovers } from '../store/movers.ts';
import type { FeedsContext } from './context.ts';
import { keepBatch, type KeptBatch, type MessageOutcome, type SourcedMessage } from './keep-positions.ts';

const MOST_AT_ONCE = 2000;
/** Messages that wait in memory for one Lage; who sends more waits. */
const MOST_WAITING = 10_000;
/** A mover is shown anew at most so often; in between the newest wins. */
const SHOWN_EVERY_MS = 1000;
/** What one Lage may take of this process. */
interface Bounds {
  /** Movers at the same time. */
  readonly moving: number;
  /** Those that are known beside them because they ended within a day, and they themselves. */
  readonly known: number;
  /** How long a desk without work is kept. */
  readonly keptMs: number;
}
const BOUNDS: Bounds = { moving: 20_000, known: 100_000, keptMs: 10 * 60_000 };
/** How often it is counted anew who still moves. */
const COUNTED_EVERY_MS = 60_000;
const TRIES = 4;
const ACTOR: Actor = { kind: 'system', job: 'feeds.cot' };

interface Waiting {
  readonly messages: readonly SourcedMessage[];
  readonly done: (outcomes: readonly MessageOutcome[]) => void;
  readonly failed: (error: unknown) => void;
}

/** Of one Lage: what waits to be kept, and what waits to be shown. */
interface Desk {
  readonly waiting: Waiting[];
  waitingMessages: number;
  readonly unshown: Map<string, Position>;
  readonly shownAt: Map<string, number>;
  /** How many more may come, and when that was counted. */
  room: { left: number; readonly countedAt: number } | undefined;
  working: Promise<void> | undefined;
  timer: NodeJS.Timeout | undefined;
}

/**
 * Keeps CoT messages that arrive at the same time in one durable commit. Each event is a row; a mover that reports
 * faster than once a second is shown once a second.
 */
export class CotIntake {
  readonly #ctx: FeedsContext;
  readonly #bounds: Bounds;
  readonly #desks = new Map<string, Desk>();
  #closed = false;

  constructor(ctx: FeedsContext, bounds: Partial<Bounds> = {}) {
    this.#ctx = ctx;
    this.#bounds = { ...BOUNDS, ...bounds };
  }

  /** Whether who sends for this Lage should pause. */
  isFull(lageId: string): boolean {
    return (this.#desks.get(lageId)?.waitingMessages ?? 0) >= MOST_WAITING;
  }

  /** All of one Lage. @returns after the commit, what became of each */
  keep(lageId: string, messages: readonly SourcedMessage[]): Promise<readonly MessageOutcome[]> {
    const desk = this.#deskOf(lageId);
    return new Promise((done, failed) => {
      desk.waiting.push({ messages, done, failed });
      desk.waitingMessages += messages.length;
      this.#wake(lageId, desk);
    });
  }

  /** What waits is kept and shown first. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const [lageId, desk] of this.#desks) {
      clearTimeout(desk.timer);
      await desk.working;
      if (desk.unshown.size > 0)
        await this.#commit(lageId, desk, []).catch((error: unknown) => this.#ctx.log.error('feeds.cot-not-shown', { error: String(error) }));
    }
  }

  #deskOf(lageId: string): Desk {
    const desk = this.#desks.get(lageId) ?? {
      waiting: [],
      waitingMessages: 0,
      unshown: new Map(),
      shownAt: new Map(),
      room: undefined,
      working: undefined,
      timer: undefined,
    };
    this.#desks.set(lageId, desk);
    return desk;
  }

  #wake(lageId: string, desk: Desk): void {
    desk.working ??= this.#work(lageId, desk).finally(() => {
      desk.working = undefined;
      if (desk.waiting.length > 0) this.#wake(lageId, desk);
      else this.#showLater(lageId, desk);
    });
  }

  #showLater(lageId: string, desk: Desk): void {
    if (this.#closed) return;
    clearTimeout(desk.timer);
    // a Lage from which nothing comes any more, closed or not, leaves no desk behind
    const [after, then] =
      desk.unshown.size > 0 ? ([SHOWN_EVERY_MS, () => this.#wake(lageId, desk)] as const) : ([this.#bounds.keptMs, () => this.#clear(lageId, desk)] as const);
    desk.timer = setTimeout(then, after);
    desk.timer.unref();
  }

  #clear(lageId: string, desk: Desk): void {
    if (desk.working === undefined && desk.waiting.length === 0) this.#desks.delete(lageId);
  }

  /** Desks that are kept in memory. */
  get desks(): number {
    return this.#desks.size;
  }

  async #work(lageId: string, desk: Desk): Promise<void> {
    do {
      // whatever else arrives in this turn of the loop comes along
      await new Promise((next) => setImmediate(next));
      const batch: Waiting[] = [];
      for (let messages = 0; desk.waiting.length > 0 && (messages === 0 || messages + desk.waiting[0]!.messages.length <= MOST_AT_ONCE);) {
        const one = desk.waiting.shift()!;
        messages += one.messages.length;
        batch.push(one);
      }
      await this.#keepWaiting(lageId, desk, batch);
      for (const { messages } of batch) desk.waitingMessages -= messages.length;
    } while (desk.waiting.length > 0);
  }

  async #keepWaiting(lageId: string, desk: Desk, batch: readonly Waiting[]): Promise<void> {
    try {
      const outcomes = await this.#tryCommit(
        lageId,
        desk,
        batch.flatMap(({ messages }) => messages),
      );
      let from = 0;
      for (const { messages, done } of batch) done(outcomes.slice(from, (from += messages.length)));
    } catch (error) {
      if (batch.length > 1) for (const one of batch) await this.#keepWaiting(lageId, desk, [one]);
      else {
        this.#ctx.log.error('feeds.cot-not-kept', { error: String(error), messages: batch[0]?.messages.length ?? 0 });
        batch[0]?.failed(error);
      }
    }
  }

  /** A batch that may have been kept is tried again: what was kept is then a repeat. */
  async #tryCommit(lageId: string, desk: Desk, messages: readonly SourcedMessage[]): Promise<readonly MessageOutcome[]> {
    for (let tries = 1; ; tries++)
      try {
        return await this.#commit(lageId, desk, messages);
      } catch (error) {
        if (tries >= TRIES || this.#closed || !isPassing(error)) throw error;
        await sleep(100 * 4 ** tries, undefined, { ref: false });
      }
  }

  async #commit(lageId: string, desk: Desk, messages: readonly SourcedMessage[]): Promise<readonly MessageOutcome[]> {
    const { database, journal, clock } = this.#ctx;
    const now = clock();
    let due: readonly Position[] = [];
    const kept: KeptBatch = await database.write(async (tx) => {
      const room = await this.#roomOf(tx, lageId, desk, now.epochMilliseconds);
      const done = await keepBatch(this.#ctx, tx, lageId, messages, {
        now,
        room,
        due: (fresh, ended) => (due = this.#due(desk, fresh, ended, now.epochMilliseconds)),
      });
      await journal.append(tx, ACTOR, now, done.entries);
      return done;
    });
    if (desk.room !== undefined) desk.room.left -= kept.newMovers;
    if (kept.ended.size > 0) for (const [key, position] of desk.unshown) if (isEnded(position, kept.ended)) desk.unshown.delete(key);
    for (const [key, position] of kept.positions) desk.unshown.set(key, position);
    for (const position of due) {
      const key = moverKey(nameOf(position));
      desk.unshown.delete(key);
      desk.shownAt.set(key, now.epochMilliseconds);
    }
    return kept.outcomes;
  }

  #due(desk: Desk, fresh: ReadonlyMap<string, Position>, ended: ReadonlySet<string>, nowMs: number): readonly Position[] {
    const held = [...desk.unshown].filter(([, position]) => !isEnded(position, ended));
    const all = new Map([...held, ...fresh]);
    return [...all].flatMap(([key, position]) => (this.#closed || nowMs - (desk.shownAt.get(key) ?? 0) >= SHOWN_EVERY_MS ? [position] : []));
  }

  /** So many movers more may come: who ended or fell silent for a day makes room. */
  async #roomOf(tx: Tx, lageId: string, desk: Desk, nowMs: number): Promise<number> {
    if (desk.room !== undefined && nowMs - desk.room.countedAt < COUNTED_EVERY_MS) return desk.room.left;
    const { moving, known } = await countMovers(tx, lageId, nowMs - OLDEST_MS);
    for (const [key, at] of desk.shownAt) if (nowMs - at > COUNTED_EVERY_MS) desk.shownAt.delete(key);
    desk.room = { left: Math.min(this.#bounds.moving - moving, this.#bounds.known - known), countedAt: nowMs };
    return desk.room.left;
  }
}

const isEnded = (position: Position, ended: ReadonlySet<string>): boolean =>
  ended.size > 0 && (ended.has(trackId(nameOf(position))) || ended.has(markerId(nameOf(position))));

/** The connection was lost or the server is stopping or busy; trying again may help. */
function isPassing(error: unknown): boolean {
  const code = codeOf(error) ?? '';
  return !/^[0-9A-Z]{5}$/.test(code) || /^(08|57|40|53)/.test(code);
}
