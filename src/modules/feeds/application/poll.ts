import type { Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { lageStream, openLagen, type Lage } from '../../situation/public.ts';
import type { CapFeedDeclaration, SocialDeclaration } from '../domain/declaration.ts';
import { instantOf } from '../domain/cot-picture.ts';
import { readFeed } from '../domain/feed-list.ts';
import { readPosts, type Post } from '../domain/posts.ts';
import type { Source } from '../domain/source.ts';
import { claimDue, countIn, noteRun } from '../store/sources.ts';
import type { FedReport, FeedsContext } from './context.ts';
import { keepCap } from './take-cap.ts';
import { serialised } from '../domain/xml-text.ts';

const ACTOR = { kind: 'system', job: 'feeds.poll' } as const;
const MOST_BYTES = 5_000_000;
const TIMEOUT_MS = 15_000;
/** Whoever asks has the source for so long. */
const CLAIM_SECONDS = 300;
/** Messages a feed only links to are fetched so many at a time. */
const MOST_FETCHED = 50;
const LONGEST_PAUSE_SECONDS = 3600;

/** Asks every source that is due. @returns how many */
export async function pollDue(ctx: FeedsContext): Promise<number> {
  const now = ctx.clock();
  const lagen = await openLagen(ctx.database.read);
  if (lagen.length === 0) return 0;
  const due = await claimDue(
    ctx.database.read,
    ['cap-feed', 'social'],
    lagen.map(({ id }) => id),
    now,
    now.add({ seconds: CLAIM_SECONDS }),
  );
  for (const source of due)
    await pollOne(
      ctx,
      lagen.find(({ id }) => id === source.lageId)!,
      source,
    );
  return due.length;
}

/** A source that does not answer is asked ever less often, and says why. */
async function pollOne(ctx: FeedsContext, lage: Lage, source: Source): Promise<void> {
  let problem: string | null = null;
  try {
    const asked = await (source.kind === 'social' ? askSocial(ctx, lage, source) : askCap(ctx, lage, source));
    if (!asked.ok) problem = asked.problem.detail;
  } catch (error) {
    ctx.log.error('feeds.poll-failed', { sourceId: source.id, error: String(error) });
    problem = 'In der Stadt selbst ging etwas schief. Die IT findet den Grund im Protokoll.';
  }
  const { everySeconds = 60 } = source.config as { everySeconds?: number };
  const pause = problem === null ? everySeconds : Math.min(LONGEST_PAUSE_SECONDS, everySeconds * 2 ** Math.min(6, source.failures + 1));
  await noteRun(ctx.database.read, source.id, problem, ctx.clock().add({ seconds: pause }));
}

async function askCap(ctx: FeedsContext, lage: Lage, source: Source): Promise<Result<number, Problem>> {
  const { url } = source.config as unknown as CapFeedDeclaration;
  const answer = await ctx.outbound.text(url, {
    maxBytes: MOST_BYTES,
    timeoutMs: TIMEOUT_MS,
    headers: { accept: 'application/cap+xml, application/atom+xml, application/rss+xml, application/xml' },
  });
  if (!answer.ok) return answer;
  const feed = readFeed(answer.value.text, url);
  if (!feed.ok) return refuse({ kind: 'unavailable', detail: feed.problem });
  const { alerts, links } = feed.value;
  // the message itself as it came; those inside of a feed are written anew
  const single = links.length === 0 && alerts.length === 1 && /<(?:[\w.-]+:)?alert[\s>]/.test(answer.value.text.slice(0, 2000));
  const texts = single ? [answer.value.text] : alerts.map(serialised);
  let wrong: Problem | undefined =
    links.length > MOST_FETCHED
      ? { kind: 'too-large', detail: `Der Feed nennt ${links.length} Meldungen; gelesen werden die ersten ${MOST_FETCHED}.` }
      : undefined;
  for (const link of links.slice(0, MOST_FETCHED)) {
    const one = await ctx.outbound.text(link, { maxBytes: MOST_BYTES, timeoutMs: TIMEOUT_MS });
    if (one.ok) texts.push(one.value.text);
    else wrong = one.problem;
  }
  for (const text of texts)
    await ctx.database.write(async (tx) => {
      const now = ctx.clock();
      const kept = await keepCap(ctx, tx, lage, source, text, now);
      await ctx.journal.append(tx, ACTOR, now, kept.entries);
    });
  return wrong === undefined ? ok(texts.length) : refuse(wrong);
}

async function askSocial(ctx: FeedsContext, lage: Lage, source: Source): Promise<Result<number, Problem>> {
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
  return ok(read.posts.length);
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
