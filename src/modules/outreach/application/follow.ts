import { legalDay } from '../../../kernel/time.ts';
import { ORIGIN_PARAMETER, type Device, type Reader } from '../../../kernel/usage.ts';
import { judgeFollow, rulesOn, type FollowRules, type Verdict } from '../domain/follow.ts';
import { linkStands, type Link } from '../domain/link.ts';
import { addFollow, countedSince, type FoundLink } from '../store/links.ts';
import type { OutreachContext } from './context.ts';
import { linkByCode } from './links.ts';

/** Where a link leads now. */
export type Followed =
  | { readonly kind: 'onward'; readonly to: string }
  | { readonly kind: 'over' | 'early'; readonly found: FoundLink }
  | { readonly kind: 'unknown' };

export type { FoundLink };

export interface Follower {
  readonly reader: Reader | undefined;
  /** Nobody reads the answer: a HEAD request, or a browser that fetches in advance. */
  readonly ahead: boolean;
}

/** Follows a short link: counts what counts, keeps by which rule the rest did not, and leads on in any case. */
export async function followLink(ctx: OutreachContext, watch: FollowWatch, code: string, follower: Follower): Promise<Followed> {
  const found = await linkByCode(ctx, code);
  if (!found.ok) return { kind: 'unknown' };
  const { link, campaign } = found.value;
  const now = ctx.clock();
  const stands = linkStands(link, campaign, now);
  if (stands !== 'open') return { kind: stands, found: found.value };
  await noteFollow(ctx, watch, link, follower, now);
  return { kind: 'onward', to: `${link.target}?${ORIGIN_PARAMETER}=${link.code}` };
}

async function noteFollow(ctx: OutreachContext, watch: FollowWatch, { code }: Link, { reader, ahead }: Follower, now: Temporal.Instant): Promise<void> {
  if (reader === undefined) return;
  const verdict = await watch.judge(ctx, code, { reader, ahead }, now);
  await ctx.database.write((tx) => addFollow(tx, code, legalDay(now), verdict));
  if (verdict === 'counted') ctx.count(reader, { step: 'link-followed', subject: code, origin: code });
}

interface Seen {
  readonly at: number;
  readonly device: Device;
}

interface Usual {
  readonly hour: number;
  readonly perMinute: number;
}

const HOUR_MS = 3_600_000;
/** The usual rate of a link is that of so many days. */
const USUAL_DAYS = 7;
/** Who fills the memory with made-up browsers loses the oldest ones, not the city. */
const MOST_READERS = 50_000;
const MOST_RECENT = 10_000;

/**
 * Remembers for an hour at most what the rules must know: how often one browser of today followed a link, and with which
 * kinds of device it was followed in the last minutes. In memory alone: it goes with the process, and with the day.
 */
export class FollowWatch {
  readonly #byReader = new Map<string, number[]>();
  readonly #recent = new Map<string, Seen[]>();
  readonly #usual = new Map<string, Usual>();

  /** @param subject a code, or whatever else is opened and counted alike */
  async judge(
    ctx: Pick<OutreachContext, 'database'>,
    subject: string,
    { reader, ahead }: { readonly reader: Reader; readonly ahead: boolean },
    now: Temporal.Instant,
  ): Promise<Verdict> {
    const rules = rulesOn(now);
    const at = now.epochMilliseconds;
    const own = ahead || reader.robot;
    // robots and prefetches say themselves what they are, and take no place
    const byReader = own ? 0 : this.#readerCount(`${subject} ${reader.ofToday}`, at);
    // one browser that comes again and again is left out by its own rule, and makes no burst for the others
    const repeats = byReader > rules.perReaderAndHour;
    const recent = own ? {} : this.#recentCounts(subject, repeats ? undefined : { at, device: reader.device }, at, rules);
    const usual = (await this.#perMinute(ctx, subject, now)) * rules.burst.minutes;
    return judgeFollow({ robot: reader.robot, ahead, byReader, recent, usual }, rules);
  }

  #readerCount(key: string, at: number): number {
    const times = (this.#byReader.get(key) ?? []).filter((one) => one > at - HOUR_MS).slice(-100);
    times.push(at);
    this.#byReader.delete(key);
    this.#byReader.set(key, times);
    if (this.#byReader.size > MOST_READERS) this.#byReader.delete(this.#byReader.keys().next().value!);
    return times.length;
  }

  #recentCounts(subject: string, seen: Seen | undefined, at: number, { burst }: FollowRules): Partial<Record<Device, number>> {
    const from = at - burst.minutes * 60_000;
    const before = this.#recent.get(subject) ?? [];
    // times only grow: what is too old stands in front
    const start = before.findIndex((one) => one.at > from);
    const kept = (start < 0 ? [] : before.slice(Math.max(start, before.length - MOST_RECENT))).concat(seen ?? []);
    this.#recent.set(subject, kept);
    const counts: Partial<Record<Device, number>> = {};
    for (const { device } of kept) counts[device] = (counts[device] ?? 0) + 1;
    return counts;
  }

  /** Asked of the store once an hour. */
  async #perMinute(ctx: Pick<OutreachContext, 'database'>, subject: string, now: Temporal.Instant): Promise<number> {
    const hour = Math.floor(now.epochMilliseconds / HOUR_MS);
    const known = this.#usual.get(subject);
    if (known?.hour === hour) return known.perMinute;
    const counted = await countedSince(ctx.database.read, subject, legalDay(now).subtract({ days: USUAL_DAYS }));
    const perMinute = counted / (USUAL_DAYS * 24 * 60);
    this.#usual.set(subject, { hour, perMinute });
    return perMinute;
  }
}
