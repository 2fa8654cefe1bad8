import { setTimeout as sleep } from 'node:timers/promises';
import type { Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { lageStream, openLagen, type Lage } from '../../situation/public.ts';
import type { CapFeedDeclaration, SocialDeclaration } from '../domain/declaration.ts';
import { instantOf } from '../domain/cot-picture.ts';
import { MOST_LINKS, readFeed } from '../domain/feed-list.ts';
import { readPosts, type Post } from '../domain/posts.ts';
import type { Source } from '../domain/source.ts';
import { inFetchOrder, noteFetched } from '../store/links.ts';
import { claimNext, countIn, noteRun } from '../store/sources.ts';
import type { FedReport, FeedsContext } from './context.ts';
import { keepCap } from './take-cap.ts';
import { serialised } from '../domain/xml-text.ts';

const ACTOR = { kind: 'system', job: 'feeds.poll' } as const;
const MOST_BYTES = 5_000_000;
const TIMEOUT_MS = 15_000;
/** Whoever asks has the one source for so long; nothing new is begun in its last minute. */
const [LEASE_SECONDS, ASKING_SECONDS] = [180, 120];
/** So many sources are asked at the same time: one that is slow holds nobody else. */
const AT_ONCE = 8;
/** Messages a feed only links to are fetched so many at a time; the others come next time. */
const MOST_FETCHED = 50;
const LONGEST_PAUSE_SECONDS = 3600;
const CLOSING_MS = 3000;

/**
 * Asks sources that are due, several at a time, beside all other work of the city: the turn of the job is over at once,
 * and a feed that is slow holds neither the others nor any other job.
 */
export class Poller {
  readonly #ctx: FeedsContext;
  readonly #asking = new Set<Promise<void>>();
  #closed = false;

  constructor(ctx: FeedsContext) {
    this.#ctx = ctx;
  }

  /** Begins to ask what is due, with as many hands as are free. */
  wake(): void {
    while (this.#asking.size < AT_ONCE && !this.#closed) {
      const asking = this.#work()
        .catch((error: unknown) => this.#ctx.log.error('feeds.poll-stopped', { error: String(error) }))
        .finally(() => this.#asking.delete(asking));
      this.#asking.add(asking);
    }
  }

  /** Until nothing is being asked any more. */
  async idle(): Promise<void> {
    while (this.#asking.size > 0) await Promise.all(this.#asking);
  }

  /** What is being asked may end within a few seconds; what does not is asked again when its lease is over. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.race([this.idle(), sleep(CLOSING_MS, undefined, { ref: false })]);
  }

  async #work(): Promise<void> {
    while (!this.#closed) {
      const now = this.#ctx.clock();
      const lagen = new Map((await openLagen(this.#ctx.database.read)).map((lage) => [lage.id, lage]));
      if (lagen.size === 0) return;
      const source = await claimNext(this.#ctx.database.read, ['cap-feed', 'social'], [...lagen.keys()], { now, next: now.add({ seconds: LEASE_SECONDS }) });
      if (source === undefined) return;
      await pollOne(this.#ctx, lagen.get(source.lageId)!, source);
    }
  }
}

/** A source that does not answer is asked ever less often, and says why. */
async function pollOne(ctx: FeedsContext, lage: Lage, source: Source): Promise<void> {
  let problem: string | null = null;
  let came: Asked | undefined;
  try {
    const asked = await (source.kind === 'social' ? askSocial(ctx, lage, source) : askCap(ctx, lage, source));
    if (asked.ok) came = asked.value;
    problem = asked.ok ? asked.value.remark : asked.problem.detail;
  } catch (error) {
    ctx.log.error('feeds.poll-failed', { sourceId: source.id, error: String(error) });
    problem = 'In der Stadt selbst ging etwas schief. Die IT findet den Grund im Protokoll.';
  }
  const { everySeconds = 60 } = source.config as { everySeconds?: number };
  // what could not be fetched this time comes soon; only who does not answer at all is asked less often
  const usual = came?.more === true ? Math.min(60, everySeconds) : everySeconds;
  const pause = came === undefined ? Math.min(LONGEST_PAUSE_SECONDS, everySeconds * 2 ** Math.min(6, source.failures + 1)) : usual;
  await noteRun(ctx.database.read, source.id, problem, ctx.clock().add({ seconds: pause }));
}

/** What came of asking, if it answered. */
interface Asked {
  /** There are messages that were not fetched yet. */
  readonly more: boolean;
  /** What was wrong with a part of it; all else came. */
  readonly remark: string | null;
}

async function askCap(ctx: FeedsContext, lage: Lage, source: Source): Promise<Result<Asked, Problem>> {
  const { url } = source.config as unknown as CapFeedDeclaration;
  const answer = await ctx.outbound.text(url, {
    maxBytes: MOST_BYTES,
    timeoutMs: TIMEOUT_MS,
    headers: { accept: 'application/cap+xml, application/atom+xml, application/rss+xml, application/xml' },
  });
  if (!answer.ok) return answer;
  const feed = readFeed(answer.value.text, url);
  if (!feed.ok) return refuse({ kind: 'unavailable', detail: feed.problem });
  const { alerts, links, cut } = feed.value;
  // the message itself as it came; those inside of a feed are written anew
  const single = links.length === 0 && alerts.length === 1 && /<(?:[\w.-]+:)?alert[\s>]/.test(answer.value.text.slice(0, 2000));
  const keep = (text: string): Promise<void> => keepText(ctx, lage, source, text);
  for (const text of single ? [answer.value.text] : alerts.map(serialised)) await keep(text);
  const fetched = await fetchLinks(ctx, source, links, keep);
  const remark = cut ? `Der Feed nennt mehr als ${MOST_LINKS} Meldungen; gelesen werden die ersten ${MOST_LINKS}.` : fetched.remark;
  return ok({ more: fetched.more, remark });
}

/** Fetches messages a feed leads to, those that were never fetched first, each kept as soon as it is here. */
async function fetchLinks(ctx: FeedsContext, source: Source, named: readonly string[], keep: (text: string) => Promise<void>): Promise<Asked> {
  if (named.length === 0) return { more: false, remark: null };
  const { links, fresh } = await inFetchOrder(ctx.database.read, source.id, named);
  const until = performance.now() + ASKING_SECONDS * 1000;
  let [remark, tried]: [string | null, number] = [null, 0];
  for (const link of links.slice(0, MOST_FETCHED)) {
    if (performance.now() > until) break;
    tried += 1;
    const one = await ctx.outbound.text(link, { maxBytes: MOST_BYTES, timeoutMs: TIMEOUT_MS });
    if (one.ok) await keep(one.value.text);
    else remark = one.problem.detail;
    // one that does not answer waits for its turn, too: else it would stand before all others for ever
    await noteFetched(ctx.database.read, source.id, link, ctx.clock());
  }
  return { more: fresh > tried, remark };
}

const keepText = (ctx: FeedsContext, lage: Lage, source: Source, text: string): Promise<void> =>
  ctx.database.write(async (tx) => {
    const now = ctx.clock();
    const kept = await keepCap(ctx, tx, lage, source, text, now);
    await ctx.journal.append(tx, ACTOR, now, kept.entries);
  });

async function askSocial(ctx: FeedsContext, lage: Lage, source: Source): Promise<Result<Asked, Problem>> {
  const declared = source.config as unknown as SocialDeclaration;
  const answer = await ctx.outbound.text(declared.url, { maxBytes: MOST_BYTES, timeoutMs: TIMEOUT_MS, headers: { accept: 'application/json' } });
  if (!answer.ok) return answer;
  let value: unknown;
  try {
    value = JSON.parse(answer.value.text);
  } catch {
    return refuse({ kind: 'unavailable', detail: 'Die Adresse liefert kein JSON.' });
  }
  const now = ctx.clock();
  const read = readPosts(value, declared, now.epochMilliseconds);
  if (typeof read === 'string') return refuse({ kind: 'unavailable', detail: read });
  await ctx.database.write(async (tx) => {
    const reports = read.posts.map((post) => reportOf(lage.id, source, post, now));
    const receipt = reports.length === 0 || ctx.receiveReports === undefined ? { repeats: 0, journal: [] } : await ctx.receiveReports(tx, reports, now);
    await countIn(tx, source.id, { taken: reports.length - receipt.repeats, repeated: receipt.repeats, rejected: read.rejected }, now);
    const payload = { sourceId: source.id, posts: reports.length, repeats: receipt.repeats, rejected: read.rejected.length };
    const asked = reports.length > receipt.repeats ? [{ stream: lageStream(lage.id), kind: 'feeds.posts-received', payload }] : [];
    await ctx.journal.append(tx, ACTOR, now, [...asked, ...receipt.journal]);
  });
  return ok({ more: false, remark: null });
}

/** Nobody knows who writes there, nor whether it is true: F6. */
const reportOf = (lageId: string, source: Source, { id, text, atMs, author, repostOf, place }: Post, now: Temporal.Instant): FedReport => ({
  lageId,
  origin: 'social',
  sourceName: source.name,
  sourceRef: id,
  ...(repostOf === undefined ? {} : { originRef: repostOf }),
  text,
  ...(place === undefined ? {} : { place }),
  eventAt: instantOf(atMs),
  receivedAt: now,
  reliability: 'F',
  credibility: 6,
  ...(author === undefined ? {} : { sender: author }),
});
