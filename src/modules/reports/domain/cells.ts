import { KINDS } from './category.ts';
import type { Fusable } from './match.ts';
import { bandsOf } from './text-print.ts';

/** Sides of the squares by which places are found again, in metres; a report lies in those that are as large as its reach, and larger. */
const SIDES = [400, 1600, 6400, 25_600] as const;
const METRES_PER_DEGREE = 111_320;
/** Squares are laid out for one latitude: they must only be the same for everybody. */
const SHRINK = Math.cos((53.55 * Math.PI) / 180);

/** Numbers under which a report is kept, and those under which others like it are looked for. */
export interface Probes {
  readonly kept: readonly number[];
  readonly sought: readonly number[];
}

/** Bounded: at most 16 of the text, 4 + 36 of the place and 2 of its origin, whatever the Lage holds. */
export function probesOf(report: Fusable): Probes {
  const own = [...bandsOf(report.print).map((band) => numberOf(1, band, 0)), numberOf(2, wordNumber(report.print.canonical), 0)];
  const chain = [report.sourceRef, report.originRef].filter((ref) => ref !== null).map((ref) => numberOf(3, wordNumber(ref), 0));
  const names = report.print.names.map((name) => numberOf(4, wordNumber(name.replace('~', '').split('#')[0]!), 0));
  const shared = [...own, ...chain, ...names];
  if (report.place === null) return { kept: shared, sought: shared };
  const level = levelOf(report);
  const squares = SIDES.map((side) => squareOf(report.place!, side));
  const kept = SIDES.flatMap((_, at) => (at < level ? [] : [squareNumber(at, squares[at]!.x, squares[at]!.y)]));
  const sought = SIDES.flatMap((_, at) => (at < level ? [] : around(at, squares[at]!)));
  return { kept: [...shared, ...kept], sought: [...shared, ...sought] };
}

/** The smallest square as wide as three times the report's own reach. */
function levelOf({ place, category }: Fusable): number {
  const reach = 3 * Math.hypot(place!.uncertaintyMetres, KINDS[category].extentMetres, KINDS[category].metresPerSecond * 1800);
  const found = SIDES.findIndex((side) => side >= reach);
  return found === -1 ? SIDES.length - 1 : found;
}

const squareOf = ({ lon, lat }: { readonly lon: number; readonly lat: number }, side: number): { readonly x: number; readonly y: number } => ({
  x: Math.floor((lon * METRES_PER_DEGREE * SHRINK) / side),
  y: Math.floor((lat * METRES_PER_DEGREE) / side),
});

function around(level: number, { x, y }: { readonly x: number; readonly y: number }): number[] {
  return [-1, 0, 1].flatMap((dx) => [-1, 0, 1].map((dy) => squareNumber(level, x + dx, y + dy)));
}

const squareNumber = (level: number, x: number, y: number): number => numberOf(10 + level, x, y);

/** A whole number below 2^53: two different things share one about once in 10^15. */
function numberOf(kind: number, a: number, b: number): number {
  let [high, low] = [Math.imul(kind, 0x9e3779b1), Math.imul(kind + 7, 0x85ebca77)];
  for (const part of [a, b]) {
    high = Math.imul(high ^ part ^ (high >>> 15), 0x2c1b3c6d);
    low = Math.imul(low ^ part ^ (low >>> 13), 0x297a2d39);
    high ^= low >>> 16;
    low ^= high >>> 14;
  }
  return (high & 0x1fffff) * 2 ** 32 + (low >>> 0);
}

function wordNumber(word: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < word.length; i++) h = Math.imul(h ^ word.charCodeAt(i), 0x01000193);
  return h ^ (h >>> 15);
}
