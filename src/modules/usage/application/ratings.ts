import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import type { CitizenActor } from '../../../kernel/actor.ts';
import { invalidField, type Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { legalDay } from '../../../kernel/time.ts';
import { FEWEST } from '../../../kernel/few.ts';
import { poolsToRelease, shuffled, type GivenRating, type RatingPool } from '../domain/rating-pools.ts';
import { addRatings, insertRated, insertWords, ratedKeys } from '../store/ratings.ts';
import type { UsageContext } from './context.ts';
import type { After } from '../domain/kept.ts';

export const MOST_WORDS = 500;

export interface TypedRating {
  readonly score: number;
  readonly words?: string;
}

const notYours: Problem = { kind: 'not-found', detail: 'Diesen Vorgang gibt es nicht, oder er gehört nicht zu Ihrem Konto. Öffnen Sie Ihre Anträge.' };
const notDecided: Problem = { kind: 'wrong-state', detail: 'Noch ist nicht entschieden. Sie können bewerten, sobald der Bescheid da ist.' };
const givenBefore: Problem = { kind: 'conflict', detail: 'Sie haben schon bewertet. Danke! Jeder Vorgang zählt einmal.' };
const badLink: Problem = { kind: 'not-found', detail: 'Diese Frage gehört zu keinem verworfenen Antrag. Öffnen Sie Ihre Anträge.' };

/**
 * Ratings that wait until there are ten of them, in memory: what a stop loses are at most nine for each service. Nothing of
 * one rating is written before it is one of ten, not even that it was given.
 */
export class RatingDesk {
  readonly #ctx: UsageContext;
  #pools: RatingPool[] = [];
  /** Being written: neither waiting any more nor to be read in the database yet. */
  readonly #leaving = new Set<RatingPool>();
  #month = '';

  constructor(ctx: UsageContext) {
    this.#ctx = ctx;
  }

  /** Whether this case or draft has been rated. */
  async isGiven(id: string): Promise<boolean> {
    const key = this.#keyOf(id);
    return this.#waits(key) || (await ratedKeys(this.#ctx.database.read, [key])).has(key);
  }

  /** After the Bescheid, by the applicant, once for each case. */
  async rateCase(actor: CitizenActor, caseId: string, typed: TypedRating): Promise<Result<true, Problem>> {
    const found = await this.#ctx.cases.own(actor, caseId);
    if (found === undefined) return refuse(notYours);
    return found.decided ? this.#give(caseId, { service: found.service, after: 'decision' }, typed) : refuse(notDecided);
  }

  /** After a draft was thrown away; the link that led here proves that there was one. */
  async rateAbandonment(
    asked: { readonly draftId: string; readonly service: string; readonly proof: string },
    typed: TypedRating,
  ): Promise<Result<true, Problem>> {
    if (!this.proves(asked)) return refuse(badLink);
    return this.#give(asked.draftId, { service: asked.service, after: 'abandonment' }, typed);
  }

  proofOf(draftId: string, service: string): string {
    return createHmac('sha256', this.#ctx.secret).update(`usage.abandoned\n${draftId}\n${service}`).digest('base64url').slice(0, 32);
  }

  proves({ draftId, service, proof }: { readonly draftId: string; readonly service: string; readonly proof: string }): boolean {
    const [given, wanted] = [Buffer.from(proof), Buffer.from(this.proofOf(draftId, service))];
    return given.length === wanted.length && timingSafeEqual(given, wanted);
  }

  /** What has too few of its own is put together when the month ends, or the city stops. */
  async gather(month = this.#thisMonth()): Promise<void> {
    const { ready, waiting } = poolsToRelease(this.#pools, 'gather');
    this.#pools = waiting;
    await this.#releaseAll(ready, month);
  }

  async #give(id: string, { service, after }: { service: string; after: After }, { score, words = '' }: TypedRating): Promise<Result<true, Problem>> {
    if (!Number.isInteger(score) || score < 1 || score > 5) return refuse(invalidField('score', 'Wählen Sie eine Note von 1 bis 5.'));
    if (words.length > MOST_WORDS) return refuse(invalidField('words', `Schreiben Sie höchstens ${MOST_WORDS} Zeichen.`));
    await this.#turnMonth();
    if (await this.isGiven(id)) return refuse(givenBefore);
    const key = this.#keyOf(id);
    // asked again without waiting: two presses at once are one rating
    if (this.#waits(key)) return refuse(givenBefore);
    const given: GivenRating = { key, score, ...(words.trim() === '' ? {} : { words: words.trim() }) };
    const pool = this.#pools.find((one) => one.service === service && one.after === after);
    if (pool === undefined) this.#pools.push({ service, after, given: [given] });
    else pool.given.push(given);
    const { ready, waiting } = poolsToRelease(this.#pools, 'full');
    this.#pools = waiting;
    await this.#releaseAll(ready, this.#thisMonth());
    return ok(true as const);
  }

  /** What cannot be written now waits again: whoever gave it is told nothing of that. */
  async #releaseAll(pools: readonly RatingPool[], month: string): Promise<void> {
    for (const pool of pools) this.#leaving.add(pool);
    for (const pool of pools) {
      const left = await this.#release(pool, month).catch((error: unknown) => {
        this.#ctx.log.error('usage.ratings-not-written', { error: String(error) });
        return pool.given;
      });
      if (left.length > 0) this.#pools.push({ ...pool, given: [...left] });
      this.#leaving.delete(pool);
    }
  }

  /** Ten or more at once, in no order, in one transaction; nothing tells which is whose. @returns what waits again */
  async #release({ service, after, given }: RatingPool, month: string): Promise<readonly GivenRating[]> {
    const now = this.#ctx.clock();
    return this.#ctx.database.write(async (tx) => {
      const known = await ratedKeys(
        tx,
        given.map(({ key }) => key),
      );
      // another process may have written some of them meanwhile
      const fresh = given.filter(({ key }) => !known.has(key));
      if (fresh.length < FEWEST) return fresh;
      const inserted = await insertRated(
        tx,
        fresh.map(({ key }) => key),
      );
      if (inserted.size < fresh.length) throw new Error('ratings are being written by another process');
      const scores = shuffled(fresh, this.#ctx.random).map(({ score }) => score);
      const words = shuffled(fresh, this.#ctx.random).flatMap((one) =>
        one.words === undefined ? [] : [{ id: randomUUID(), month, service, text: one.words }],
      );
      await insertWords(tx, words);
      await addRatings(tx, month, { service, after, count: scores.length, sum: scores.reduce((total, score) => total + score, 0) });
      const entries = scores.map((score) => ({ stream: 'usage:ratings', kind: 'usage.rated', payload: { service, score, after } }));
      await this.#ctx.journal.append(tx, { kind: 'system', job: 'usage.release-ratings' }, now, entries);
      return [];
    });
  }

  async #turnMonth(): Promise<void> {
    const [before, month] = [this.#month, this.#thisMonth()];
    this.#month = month;
    // what was given in a month is told in that month
    if (before !== '' && month !== before) await this.gather(before);
  }

  #waits(key: string): boolean {
    return [...this.#pools, ...this.#leaving].some((pool) => pool.given.some((one) => one.key === key));
  }

  /** Its first day. */
  #thisMonth(): string {
    return legalDay(this.#ctx.clock()).with({ day: 1 }).toString();
  }

  #keyOf(id: string): string {
    return createHmac('sha256', this.#ctx.secret).update(`usage.rated\n${id}`).digest('base64url');
  }
}
