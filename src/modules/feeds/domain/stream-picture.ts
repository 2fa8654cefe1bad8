import type { Json, PictureObject } from '../../../kernel/picture.ts';

/** A stream as this module shows it; the module of sensors knows more. */
export interface ShownStream {
  readonly streamId: number;
  readonly name: string;
  readonly thing: string;
  readonly unit: string;
  readonly place: { readonly lon: number; readonly lat: number } | null;
  readonly value: number | null;
  readonly word: string | null;
  readonly measuredAt: Temporal.Instant | null;
  readonly recent: readonly { readonly at: Temporal.Instant; readonly value: number }[];
}

type As = 'gauge' | 'gate' | 'weather' | 'traffic';

const LAYER = { gauge: 'pegel', gate: 'tore', weather: 'prognose', traffic: 'sperrungen' } as const;
const KIND = { gauge: 'gauge', gate: 'gate', weather: 'gauge', traffic: 'facility' } as const;
/** A trend needs so many numbers over so many minutes. */
const [FEWEST, SHORTEST_MINUTES] = [3, 5];
const HOUR_MS = 3600_000;
const CENTIMETRES: Readonly<Record<string, number>> = { m: 100, cm: 1, mm: 0.1 };
/** Slower is neither rising nor falling. */
const STILL = 1;

/**
 * Slope of the least-squares line through the numbers, in units of the stream per hour; `undefined` where they are
 * too few or too close.
 */
export function slopePerHour(points: ShownStream['recent']): number | undefined {
  const [first, last] = [points[0], points.at(-1)];
  if (points.length < FEWEST || last!.at.epochMilliseconds - first!.at.epochMilliseconds < SHORTEST_MINUTES * 60_000) return undefined;
  const hours = points.map(({ at }) => (at.epochMilliseconds - first!.at.epochMilliseconds) / HOUR_MS);
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanHours, meanValue] = [mean(hours), mean(points.map(({ value }) => value))];
  const spread = hours.reduce((sum, hour) => sum + (hour - meanHours) ** 2, 0);
  return hours.reduce((sum, hour, index) => sum + (hour - meanHours) * (points[index]!.value - meanValue), 0) / spread;
}

export interface Trend {
  readonly trend: 'rising' | 'falling' | 'still';
  /** Of lengths in centimetres an hour, else in the stream's unit. */
  readonly perHour: number;
}

export function trendOf({ recent, unit }: Pick<ShownStream, 'recent' | 'unit'>): Trend | undefined {
  const slope = slopePerHour(recent);
  if (slope === undefined) return undefined;
  const perHour = Math.round(slope * (CENTIMETRES[unit] ?? 1) * 10) / 10;
  return { trend: Math.abs(perHour) < STILL ? 'still' : perHour > 0 ? 'rising' : 'falling', perHour };
}

/** A stream that says nothing yet is in no picture. */
export function objectOfStream(stream: ShownStream, as: As, staleAfterSeconds: number, now: Temporal.Instant): PictureObject | undefined {
  const { streamId, name, thing, unit, place, value, word, measuredAt } = stream;
  if (measuredAt === null) return undefined;
  return {
    id: `${KIND[as]}:stream-${streamId}`,
    kind: KIND[as],
    layer: LAYER[as],
    title: thing.slice(0, 80),
    geometry: place === null ? null : { type: 'Point', coordinates: [place.lon, place.lat] },
    facts: {
      what: as,
      stream: name.slice(0, 200),
      streamId,
      ...(unit === '' ? {} : { unit }),
      ...(value === null ? (word === null ? {} : { state: word.slice(0, 200) }) : { value }),
      ...((value === null ? undefined : trendOf(stream)) as Readonly<Record<string, Json>> | undefined),
    },
    source: { kind: 'sensor', name: thing.slice(0, 80), ref: `Datastreams(${streamId})` },
    reliability: 'B',
    credibility: 2,
    eventAt: measuredAt,
    receivedAt: now,
    staleAfterSeconds,
  };
}
