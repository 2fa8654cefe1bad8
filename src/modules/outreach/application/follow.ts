import { legalDay } from '../../../kernel/time.ts';
import { ORIGIN_PARAMETER, type Device, type Reader } from '../../../kernel/usage.ts';
import { judgeFollow, rulesOn, type FollowRules, type Opening, type Verdict } from '../domain/follow.ts';
import { linkStands } from '../domain/link.ts';
import { Recent } from '../domain/recent.ts';
import { landingOf, serviceIn } from '../domain/target.ts';
import { WaitingTens } from '../domain/waiting-tens.ts';
import type { FoundLink } from '../store/links.ts';
import { addOpenings, countedSince } from '../store/openings.ts';
import { findPublished } from '../store/pages.ts';
import { serviceOf, type OutreachContext } from './context.ts';
import { LinkMemory } from './link-memory.ts';
import { linkByCode } from './links.ts';

/** Where a link leads now. `gone`: it is valid, and what it leads to is not there any more. */
export type Followed =
  | { readonly kind: 'onward'; readonly to: string }
  /** `to`: what it is about, if that can be read. */
  | { readonly kind: 'over' | 'early' | 'gone'; readonly found: FoundLink; readonly to: string | undefined }
  | { readonly kind: 'unknown' };

export type { FoundLink };

export interface Follower {
  /** Absent: wants not to be counted, and takes no code along either. */
  readonly reader: Reader | undefined;
  /** Nobody reads the answer: a HEAD request, or a browser that fetches in advance. */
  readonly ahead: boolean;
}

/** Follows a short link: counts what counts, keeps by which rule the rest did not, and leads on in any case. */
export async function followLink(ctx: OutreachContext, watch: FollowWatch, code: string, follower: Follower): Promise<Followed> {
  const now = ctx.clock();
  const known = await watch.links.read(code, now.epochMilliseconds, async () => {
    const asked = await linkByCode(ctx, code);
    if (!asked.ok) return undefined;
    const { target } = asked.value.link;
    return { found: asked.value, to: (await isThere(ctx, target)) ? target : undefined };
  });
  if (known === undefined) return { kind: 'unknown' };
  const { found, to } = known;
  const stands = linkStands(found.link, found.campaign, now);
  if (stands !== 'open') return { kind: stands, found, to };
  if (to === undefined) return { kind: 'gone', found, to };
  const { reader, ahead } = follower;
  if (reader === undefined) return { kind: 'onward', to };
  const verdict = await watch.note(ctx, { kind: 'link', code }, { reader, ahead }, now);
  if (verdict === 'counted') ctx.count(reader, { step: 'link-followed', subject: code, origin: code });
  return { kind: 'onward', to: `${to}?${ORIGIN_PARAMETER}=${code}` };
}

/** Services go, and landing pages are withdrawn: what is printed must not lead nowhere. */
async function isThere(ctx: OutreachContext, target: string): Promise<boolean> {
  const [service, slug] = [serviceIn(target), landingOf(target)];
  if (service !== undefined) return serviceOf(ctx, service) !== undefined;
  return slug === undefined || (await findPublished(ctx.database.read, slug)) !== undefined;
}

const subjectOf = (opening: Opening): string => (opening.kind === 'link' ? opening.code : `/d/${opening.slug} ${opening.step}`);

interface Usual {
  readonly hour: number;
  readonly perMinute: number;
}

const HOUR_MS = 3_600_000;
/** The usual rate of a link, or of a landing page, is that of so many days. */
const USUAL_DAYS = 7;
/** Who fills the memory with made-up browsers loses the oldest ones, not the city. */
const MOST_READERS = 50_000;

/**
 * Remembers for an hour at most what the rules must know: how often one browser of today followed a link, and with which
 * kinds of device it was followed in the last minutes. In memory alone: it goes with the process, and with the day.
 */
export class FollowWatch {
  readonly links = new LinkMemory();
  readonly #byReader = new Map<string, number[]>();
  readonly #recent = new Map<string, Recent>();
  readonly #usual = new Map<string, Usual>();
  readonly #tens = new WaitingTens();

  /** Judges an opening, and keeps it when it makes a ten full. */
  async note(
    ctx: Pick<OutreachContext, 'database'>,
    opening: Opening,
    follower: Follower & { readonly reader: Reader },
    now: Temporal.Instant,
  ): Promise<Verdict> {
    const verdict = await this.#judge(ctx, opening, follower, now);
    const today = legalDay(now);
    // ten that count are ten different browsers; what is left out is nobody, or somebody who comes again and again
    const full = this.#tens.add(`${subjectOf(opening)} ${verdict}`, today.toString(), verdict === 'counted' ? follower.reader.ofToday : undefined);
    if (full > 0) await ctx.database.write((tx) => addOpenings(tx, opening, today, verdict, full));
    return verdict;
  }

  async #judge(
    ctx: Pick<OutreachContext, 'database'>,
    opening: Opening,
    { reader, ahead }: { readonly reader: Reader; readonly ahead: boolean },
    now: Temporal.Instant,
  ): Promise<Verdict> {
    const subject = subjectOf(opening);
    const rules = rulesOn(now);
    const at = now.epochMilliseconds;
    const own = ahead || reader.robot;
    // robots and prefetches say themselves what they are, and take no place
    const byReader = own ? 0 : this.#readerCount(`${subject} ${reader.ofToday}`, at);
    // one browser that comes again and again is left out by its own rule, and makes no burst for the others
    const repeats = byReader > rules.perReaderAndHour;
    const recent = own ? {} : this.#recentCounts(subject, repeats ? undefined : reader.device, at, rules);
    const usual = (await this.#perMinute(ctx, opening, now)) * rules.burst.minutes;
    return judgeFollow({ robot: reader.robot, ahead, byReader, recent, usual }, rules);
  }

  #readerCount(key: string, at: number): number {
    const times = (this.#byReader.get(key) ?? []).filter((one) => one > at - HOUR_MS).slice(-100);
    times.push(at);
    this.#byReader.delete(key);
    this.#byReader.set(key, times);
    this.#forgetReaders(at);
    return times.length;
  }

  /** Who was seen last stands at the end: what is older than an hour, or too much, goes from the front. */
  #forgetReaders(at: number): void {
    for (const [key, times] of this.#byReader) {
      if (times.at(-1)! > at - HOUR_MS && this.#byReader.size <= MOST_READERS) return;
      this.#byReader.delete(key);
    }
  }

  #recentCounts(subject: string, seen: Device | undefined, at: number, { burst }: FollowRules): Readonly<Partial<Record<Device, number>>> {
    const recent = this.#recent.get(subject) ?? new Recent();
    this.#recent.set(subject, recent);
    if (seen !== undefined) recent.add(at, seen);
    return recent.since(at - burst.minutes * 60_000);
  }

  /** Asked of the store once an hour. */
  async #perMinute(ctx: Pick<OutreachContext, 'database'>, opening: Opening, now: Temporal.Instant): Promise<number> {
    const subject = subjectOf(opening);
    const hour = Math.floor(now.epochMilliseconds / HOUR_MS);
    const known = this.#usual.get(subject);
    if (known?.hour === hour) return known.perMinute;
    const counted = await countedSince(ctx.database.read, opening, legalDay(now).subtract({ days: USUAL_DAYS }));
    const perMinute = counted / (USUAL_DAYS * 24 * 60);
    this.#usual.set(subject, { hour, perMinute });
    return perMinute;
  }
}
