import type { Spot } from './plane.ts';

/** RLS-19, table 3: A in dB, B in km/h, C, by kind of vehicle. */
const VEHICLES = {
  car: { a: 88, b: 20, c: 3.06 },
  lorry: { a: 100.3, b: 40, c: 4.33 },
  trailer: { a: 105.4, b: 50, c: 4.88 },
} as const;

const lg = Math.log10;
const level = (energy: number): number => 10 * lg(energy);
const energyOf = (decibel: number): number => 10 ** (decibel / 10);

/** Sound power of one vehicle in dB at a constant speed (RLS-19, equation 4): A + 10·lg(1 + (v/B)^C). */
export function vehiclePower(kind: keyof typeof VEHICLES, speedKmh: number): number {
  const { a, b, c } = VEHICLES[kind];
  return a + level(1 + (speedKmh / b) ** c);
}

/** Traffic of one hour. */
export interface HourlyTraffic {
  readonly vehiclesPerHour: number;
  /** Lorries above 3.5 t and buses, and lorries with trailers, in % of all. */
  readonly lorryPercent: number;
  readonly trailerPercent: number;
  readonly speedKmh: number;
}

/** Of the vehicles of a day, the share that drives in each hour from 6 to 22, on roads of a municipality (RLS-19, table 2). */
export const DAY_SHARE_PER_HOUR = 0.0575;
/** Shares of lorries by day on roads of a municipality, in % (RLS-19, table 2). */
export const LORRY_PERCENT = 3;
export const TRAILER_PERCENT = 4;

/**
 * Sound power of a metre of road in dB (RLS-19, equation 3, without corrections for surface, gradient,
 * crossings and reflections): 10·lg M + 10·lg(Σ pᵢ/100 · 10^(0.1·Lᵢ)/v) − 30.
 */
export function roadPower({ vehiclesPerHour, lorryPercent, trailerPercent, speedKmh }: HourlyTraffic): number {
  const part = (percent: number, kind: keyof typeof VEHICLES): number => ((percent / 100) * energyOf(vehiclePower(kind, speedKmh))) / speedKmh;
  const all = part(100 - lorryPercent - trailerPercent, 'car') + part(lorryPercent, 'lorry') + part(trailerPercent, 'trailer');
  return level(vehiclesPerHour) + level(all) - 30;
}

/** Heights above ground in metres: source as in RLS-19, receiver as for noise maps. */
const SOURCE_METRES = 0.5;
const RECEIVER_METRES = 4;
const MEAN_HEIGHT = (SOURCE_METRES + RECEIVER_METRES) / 2;
const RISE = RECEIVER_METRES - SOURCE_METRES;

/** Loss over a distance in dB besides spreading: air s/200, ground max(0, 4.8 − (hm/s)·(34 + 600/s)) (RLS-19, equations 11 and 12). */
export const lossOver = (distanceMetres: number): number =>
  distanceMetres / 200 + Math.max(0, 4.8 - (MEAN_HEIGHT / distanceMetres) * (34 + 600 / distanceMetres));

/** A straight piece of road that sounds. */
export interface SoundPiece {
  readonly from: Spot;
  readonly to: Spot;
  /** dB a metre. */
  readonly power: number;
}

/** A piece with what is the same for all receivers. */
export interface PreparedPiece {
  readonly x: number;
  readonly y: number;
  /** Direction, of length 1. */
  readonly dx: number;
  readonly dy: number;
  readonly length: number;
  /** Energy of a metre over 2π. */
  readonly energy: number;
}

export function preparedPiece({ from: [x, y], to, power }: SoundPiece): PreparedPiece {
  const length = Math.hypot(to[0] - x, to[1] - y);
  const unit = length === 0 ? 0 : 1 / length;
  return { x, y, dx: (to[0] - x) * unit, dy: (to[1] - y) * unit, length, energy: energyOf(power) / (2 * Math.PI) };
}

/** ln 10 / 10: e^(−L·this) is 10^(−L/10), and faster. */
const PER_DECIBEL = Math.LN10 / 10;

/**
 * Energy (10^(L/10)) of a straight piece at a receiver 4 m above flat, open ground. Spreading is the
 * integral of 1/(2π r²) along the piece, which is its angle of view over its distance; RLS-19 sums
 * short pieces instead. Air and ground are taken at the piece's nearest spot.
 * @param reachMetres farther pieces count nothing
 */
export function energyAt(receiverX: number, receiverY: number, { x, y, dx, dy, length, energy }: PreparedPiece, reachMetres = Infinity): number {
  const [east, north] = [receiverX - x, receiverY - y];
  const along = east * dx + north * dy;
  const aside = east * dy - north * dx;
  const beyond = along < 0 ? -along : Math.max(0, along - length);
  const nearestSquared = aside * aside + RISE * RISE + beyond * beyond;
  if (length === 0 || nearestSquared > reachMetres * reachMetres) return 0;
  const across = Math.sqrt(aside * aside + RISE * RISE);
  const angle = Math.atan((length - along) / across) + Math.atan(along / across);
  return (energy * Math.exp(-PER_DECIBEL * lossOver(Math.sqrt(nearestSquared))) * angle) / across;
}

/** Level in dB(A) of the energies of many pieces; `-Infinity` in silence. */
export const levelOf = (energy: number): number => level(energy);
