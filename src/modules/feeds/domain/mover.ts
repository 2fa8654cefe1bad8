import { FUTURE_MS } from './clock.ts';
import { meaningOf, type CotEvent } from './cot.ts';

/** A place at a time. */
interface Fix {
  readonly lon: number;
  readonly lat: number;
  readonly timeMs: number;
  readonly ceMetres: number;
}

/** What is known of something that moves and has a name of its own. */
export interface Mover {
  readonly uid: string;
  /** Time of the newest event, believed or not: nothing older is taken. */
  readonly timeMs: number;
  /** Where it is believed to be; absent: it never said. */
  readonly fix?: Fix;
  /** A place it said it had jumped to, not believed yet. */
  readonly held?: Fix & { readonly reports: number };
  /** The last jump that was believed. */
  readonly jump?: Jump;
  readonly ended: boolean;
}

/** Whose mover it is: a uid is a name that its source gives, and others may give the same. */
export interface MoverName {
  readonly sourceId: string;
  readonly uid: string;
}

export const moverKey = ({ sourceId, uid }: MoverName): string => `${sourceId} ${uid}`;

export interface Jump {
  readonly metres: number;
  readonly timeMs: number;
  readonly lon: number;
  readonly lat: number;
  /** Whether the place before was left for it. */
  readonly believed: boolean;
}

export type Verdict =
  | { readonly kind: 'keep'; readonly mover: Mover }
  /** The old place stays; the new one is marked. */
  | { readonly kind: 'hold'; readonly mover: Mover; readonly reason: string }
  | { readonly kind: 'repeat' }
  | { readonly kind: 'refuse'; readonly reason: string };

/** Older events are refused; what a mover said before that need not be known any more. */
export const OLDEST_MS = 24 * 3600_000;
/** So many reports in a row that fit each other make a jump believed. */
const CONFIRMATIONS = 3;
const EARTH_METRES = 6_371_008.8;

/** The fastest that what moves in a dimension (the third part of a type) is believed to be, in m/s. */
const FASTEST: Readonly<Record<string, number>> = { A: 350, G: 75, S: 45, U: 25, P: 8000 };
const FASTEST_OTHER = 100;
export const fastestOf = (type: string): number => FASTEST[type.split('-')[2] ?? ''] ?? FASTEST_OTHER;

/** The rules by which an event of a known or unknown mover is believed. */
export function judge(event: CotEvent, before: Mover | undefined, nowMs: number): Verdict {
  if (event.timeMs > nowMs + FUTURE_MS) return refusal('Die Zeit der Meldung liegt mehr als eine Minute in der Zukunft. Prüfen Sie die Uhr des Geräts.');
  if (event.timeMs < nowMs - OLDEST_MS) return refusal('Die Meldung ist älter als ein Tag.');
  if (event.staleMs < event.timeMs) return refusal('Die Meldung war schon veraltet, als sie geschrieben wurde (stale vor time).');
  if (before !== undefined && event.timeMs <= before.timeMs)
    return event.timeMs === before.timeMs && sameAs(event, before) ? { kind: 'repeat' } : refusal(REPLAY);
  const fastest = fastestOf(event.type);
  if ((event.speedMetresPerSecond ?? 0) > fastest) return refusal(`So schnell (${Math.round(event.speedMetresPerSecond!)} m/s) ist das nicht.`);
  const known = { uid: event.uid, timeMs: event.timeMs, ended: false };
  if (hasNoPlace(event)) return { kind: 'keep', mover: { ...known, ...(before?.fix === undefined ? {} : { fix: before.fix }) } };
  const fix: Fix = { lon: event.lon, lat: event.lat, timeMs: event.timeMs, ceMetres: event.ceMetres ?? 20 };
  if (before?.fix === undefined || before.ended || meaningOf(event) !== 'mover' || reaches(before.fix, fix, fastest))
    return { kind: 'keep', mover: { ...known, fix } };
  return afterJump(known, before.fix, before.held, fix, fastest);
}

const REPLAY = 'Von diesem Absender ist schon eine Meldung derselben oder einer späteren Zeit da (wiederholt oder überholt).';
const refusal = (reason: string): Verdict => ({ kind: 'refuse', reason });

/** An event that comes over two ways. */
function sameAs(event: CotEvent, { fix, held }: Mover): boolean {
  const last = held ?? fix;
  return last === undefined ? hasNoPlace(event) : last.lon === event.lon && last.lat === event.lat;
}

function afterJump(known: Omit<Mover, 'fix'>, old: Fix, held: Mover['held'], fix: Fix, fastest: number): Verdict {
  const reports = held !== undefined && reaches(held, fix, fastest) ? held.reports + 1 : 1;
  const metres = Math.round(distanceMetres(old, fix));
  const jump = { metres, timeMs: fix.timeMs, lon: fix.lon, lat: fix.lat };
  if (reports >= CONFIRMATIONS) return { kind: 'keep', mover: { ...known, fix, jump: { ...jump, believed: true } } };
  const reason = `Sprung um ${metres >= 10_000 ? `${Math.round(metres / 1000)} km` : `${metres} m`}: der alte Ort bleibt, bis ${CONFIRMATIONS} Meldungen den neuen bestätigen.`;
  return { kind: 'hold', reason, mover: { ...known, fix: old, held: { ...fix, reports }, jump: { ...jump, believed: false } } };
}

/** A device without a position says 0, 0 and an unknown error. */
export const hasNoPlace = ({ lat, lon, ceMetres }: CotEvent): boolean => lat === 0 && lon === 0 && ceMetres === undefined;

/** Whether one can get from one place to the other in the time between, both taken as inexact as they say. */
function reaches(from: Fix, to: Fix, fastest: number): boolean {
  const slack = 50 + 3 * (Math.min(from.ceMetres, 1000) + Math.min(to.ceMetres, 1000));
  return distanceMetres(from, to) <= slack + (fastest * (to.timeMs - from.timeMs)) / 1000;
}

/** Along the great circle of a sphere. */
export function distanceMetres(a: { readonly lon: number; readonly lat: number }, b: { readonly lon: number; readonly lat: number }): number {
  const [latA, latB] = [(a.lat * Math.PI) / 180, (b.lat * Math.PI) / 180];
  const half = Math.sin((latB - latA) / 2) ** 2 + Math.cos(latA) * Math.cos(latB) * Math.sin(((b.lon - a.lon) * Math.PI) / 360) ** 2;
  return 2 * EARTH_METRES * Math.asin(Math.min(1, Math.sqrt(half)));
}
