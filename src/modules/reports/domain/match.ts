import { compatibility, KINDS } from './category.ts';
import { contradict, type Claim } from './claims.ts';
import type { Category, Origin } from '../../../kernel/report.ts';
import type { Place } from './report.ts';
import { compareNames, similarity, type NameRelation, type TextPrint } from './text-print.ts';

/** What fusion knows of a report: no words, only what they are compared by. */
export interface Fusable {
  readonly id: string;
  /** Absent: not placed yet. */
  readonly eventId?: string;
  readonly origin: Origin;
  readonly sourceName: string;
  readonly sourceRef: string | null;
  readonly originRef: string | null;
  readonly category: Category;
  readonly place: (Place & { readonly uncertaintyMetres: number }) | null;
  readonly eventAt: Temporal.Instant;
  readonly print: TextPrint;
  readonly claims: readonly Claim[];
}

/** Why two reports are taken for one event. */
export const REASONS = ['repost', 'same-text', 'alike'] as const;
export type Reason = (typeof REASONS)[number];

/** Each part in natural logarithms of odds: what speaks for (above 0) or against (below). */
export interface Parts {
  readonly text: number;
  readonly space: number;
  readonly time: number;
  readonly category: number;
  readonly names: number;
}

export interface Match {
  readonly reason: Reason;
  /** From 0 to 1. */
  readonly score: number;
  readonly parts: Parts;
}

/** From here on a rule links. */
export const LINK_FROM = 0.6;
/** From here on a person is asked. */
export const PROPOSE_FROM = 0.25;

const NOTHING: Parts = { text: 0, space: 0, time: 0, category: 0, names: 0 };
/** A sentence that two people hardly write by chance. */
const TELLING_LETTERS = 35;
/** Texts of programs are alike by nature; only those of people prove something. */
const WRITTEN_BY_PEOPLE: readonly Origin[] = ['person', 'form', 'public', 'mail', 'social'];
const REPOSTED_WITHIN_HOURS = 24;

/** Whether two reports mean one event, and why; `undefined` when they cannot. */
export function match(a: Fusable, b: Fusable): Match | undefined {
  const hours = Math.abs(a.eventAt.epochMilliseconds - b.eventAt.epochMilliseconds) / 3_600_000;
  if (isRepost(a, b) && hours <= REPOSTED_WITHIN_HOURS) return { reason: 'repost', score: 1, parts: NOTHING };
  const alike = similarity(a.print, b.print);
  if (sameWords(a, b, alike) && hours <= REPOSTED_WITHIN_HOURS) return { reason: 'same-text', score: 0.97, parts: { ...NOTHING, text: 5 } };
  const compatible = compatibility(a.category, b.category);
  const window = Math.min(KINDS[a.category].windowHours, KINDS[b.category].windowHours);
  if (compatible === 0 || hours > window) return undefined;
  const space = spacePart(a, b, hours);
  if (space === undefined) return undefined;
  const names = compareNames(a.print.names, b.print.names);
  const parts: Parts = {
    text: textPart(alike, names),
    space,
    time: 0.7 - (Math.LN2 * hours * 60) / Math.max(KINDS[a.category].halfLifeMinutes, KINDS[b.category].halfLifeMinutes),
    category: compatible < 1 ? Math.log(compatible) - ACROSS_KINDS : a.category === 'other' ? 0 : 1.4,
    names: NAMES[names],
  };
  return { reason: 'alike', score: chance(PRIOR + parts.text + parts.space + parts.time + parts.category + parts.names), parts };
}

/** Two reports of a Lage taken at random seldom mean the same. */
const PRIOR = -2.5;
/** A false merge hides something: across kinds a rule wants more than an even chance. */
const ACROSS_KINDS = 0.7;
const chance = (logOdds: number): number => 1 / (1 + Math.exp(-logOdds));
const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

/** One says it copies the other, or both copy a third. */
function isRepost(a: Fusable, b: Fusable): boolean {
  if (a.originRef !== null && (a.originRef === b.originRef || a.originRef === b.sourceRef)) return true;
  return b.originRef !== null && b.originRef === a.sourceRef;
}

function sameWords(a: Fusable, b: Fusable, alike: number): boolean {
  const telling = Math.min(a.print.length, b.print.length) >= TELLING_LETTERS;
  if (!telling || !WRITTEN_BY_PEOPLE.includes(a.origin) || !WRITTEN_BY_PEOPLE.includes(b.origin)) return false;
  if (compatibility(a.category, b.category) === 0) return false;
  if (a.print.canonical === b.print.canonical) return true;
  const names = compareNames(a.print.names, b.print.names);
  return alike >= 0.85 && (names === 'shared' || names === 'none') && !deny(a, b);
}

const deny = (a: Fusable, b: Fusable): boolean => a.claims.some((one) => b.claims.some((two) => one.topic === two.topic && one.says !== two.says));

/** A Lage has about one event of a kind in a square kilometre at a time; what lies nearer than chance speaks for one. */
const SQUARE_METRES_PER_EVENT = 1_000_000;
const FARTHEST_SIGMAS = 3;

function spacePart(a: Fusable, b: Fusable, hours: number): number | undefined {
  if (a.place === null || b.place === null) return 0;
  const variance = varianceOf(a, b, hours * 3600);
  const squared = distanceMetres(a.place, b.place) ** 2 / variance;
  if (squared > FARTHEST_SIGMAS ** 2) return undefined;
  // ratio of a two-dimensional normal density to an even one
  return Math.min(3.5, Math.log(SQUARE_METRES_PER_EVENT / (2 * Math.PI * variance)) - squared / 2);
}

function varianceOf(a: Fusable, b: Fusable, seconds: number): number {
  const [one, two] = [KINDS[a.category], KINDS[b.category]];
  const extent = Math.max(one.extentMetres, two.extentMetres);
  const moved = Math.max(one.metresPerSecond, two.metresPerSecond) * seconds;
  return a.place!.uncertaintyMetres ** 2 + b.place!.uncertaintyMetres ** 2 + extent ** 2 + moved ** 2;
}

const NAMES: Readonly<Record<NameRelation, number>> = { shared: 1.8, near: 1, 'other-number': -1.2, doubtful: -1.4, different: -2.6, none: 0 };

/** A common name makes texts alike and counts by itself; alike words about different places prove nothing. */
function textPart(alike: number, names: NameRelation): number {
  if (names === 'shared' || names === 'near') return clamp(8 * (alike - 0.3), 0, 4);
  return clamp(8 * (alike - 0.12), -0.8, names === 'none' ? 5 : 0.3);
}

/** In a local plane; good below 100 km. */
export function distanceMetres(a: Place, b: Place): number {
  const scale = Math.cos((((a.lat + b.lat) / 2) * Math.PI) / 180);
  return Math.hypot((a.lon - b.lon) * scale, a.lat - b.lat) * 111_320;
}

/** Two facts that cannot both be so, said of one thing; `undefined` when there are none. */
export function contradictionOf(a: Fusable, b: Fusable): readonly [Claim, Claim] | undefined {
  const minutes = (b.eventAt.epochMilliseconds - a.eventAt.epochMilliseconds) / 60_000;
  for (const one of a.claims) for (const two of b.claims) if (contradict(one, two, minutes) && sameThing(a, b, minutes)) return [one, two];
  return undefined;
}

function sameThing(a: Fusable, b: Fusable, minutes: number): boolean {
  const names = compareNames(a.print.names, b.print.names);
  if (names !== 'shared' && names !== 'near' && names !== 'none') return false;
  if (a.place === null || b.place === null) return names === 'shared';
  return distanceMetres(a.place, b.place) ** 2 <= FARTHEST_SIGMAS ** 2 * varianceOf(a, b, Math.abs(minutes) * 60);
}
