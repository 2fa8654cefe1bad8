import { z } from 'zod';
import { CATEGORIES, ORIGINS } from '../../../kernel/report.ts';
import { pairFigures, type PairFigures } from './evaluate.ts';
import { fusableOf } from './fusable.ts';
import { Fusion } from './fuse.ts';
import { scoreTracks, type TrackFigures, type TrackPoint } from './gospa.ts';
import { distanceMetres } from './match.ts';
import type { IncomingReport } from './report.ts';

const instant = z.iso.datetime({ offset: true, error: 'Zeiten stehen so: 2026-11-12T18:00:00Z' }).transform((text) => Temporal.Instant.from(text));

const reportLine = z.object({
  event: z.string().min(1),
  text: z.string().max(10_000),
  origin: z.enum(ORIGINS).default('social'),
  sourceName: z.string().default(''),
  sourceRef: z.string().optional(),
  originRef: z.string().optional(),
  category: z.enum(CATEGORIES).optional(),
  lon: z.number().min(-180).max(180).optional(),
  lat: z.number().min(-85).max(85).optional(),
  uncertaintyMetres: z.number().min(0).optional(),
  eventAt: instant,
  receivedAt: instant.optional(),
});

const trackLine = z.object({
  track: z.enum(['truth', 'estimate']),
  id: z.string().min(1),
  at: instant,
  lon: z.number().min(-180).max(180),
  lat: z.number().min(-85).max(85),
});

/** A labelled report as a line of a file says it. */
export interface LabelledReport extends Omit<IncomingReport, 'lageId'> {
  readonly event: string;
}

export interface LabelledSet {
  readonly reports: readonly LabelledReport[];
  readonly truth: readonly TrackPoint[];
  readonly estimates: readonly TrackPoint[];
}

/** Reads one line of JSON. @returns what it says, or in one sentence what is wrong with it */
export function readLine(
  line: string,
): { readonly report: LabelledReport } | { readonly track: TrackPoint; readonly truth: boolean } | { readonly wrong: string } {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return { wrong: 'kein gültiges JSON' };
  }
  if (value !== null && typeof value === 'object' && 'track' in value) {
    const read = trackLine.safeParse(value);
    if (!read.success) return { wrong: firstMistake(read.error) };
    const { track, ...point } = read.data;
    return { track: point, truth: track === 'truth' };
  }
  const read = reportLine.safeParse(value);
  return read.success ? { report: reportOf(read.data) } : { wrong: firstMistake(read.error) };
}

const firstMistake = ({ issues: [issue] }: z.ZodError): string => `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`;

function reportOf({ lon, lat, uncertaintyMetres, receivedAt, sourceRef, originRef, category, ...rest }: z.output<typeof reportLine>): LabelledReport {
  return {
    ...rest,
    receivedAt: receivedAt ?? rest.eventAt,
    ...(sourceRef === undefined ? {} : { sourceRef }),
    ...(originRef === undefined ? {} : { originRef }),
    ...(category === undefined ? {} : { category }),
    ...(lon === undefined || lat === undefined ? {} : { place: { lon, lat, ...(uncertaintyMetres === undefined ? {} : { uncertaintyMetres }) } }),
  };
}

/** A report as a line of a file. */
export const lineOf = ({ event, text, origin, sourceName, sourceRef, originRef, category, place, eventAt, receivedAt }: LabelledReport): string =>
  JSON.stringify({
    event,
    text,
    origin,
    sourceName,
    sourceRef,
    originRef,
    category,
    ...(place === undefined ? {} : { lon: place.lon, lat: place.lat, uncertaintyMetres: place.uncertaintyMetres }),
    eventAt: eventAt.toString(),
    receivedAt: receivedAt.toString(),
  });

export interface SetFigures {
  readonly pairs: PairFigures;
  /** Reports that were there already by their source's id. */
  readonly repeats: number;
  readonly contradictions: number;
  /** Absent: the set has no tracks. */
  readonly tracks?: TrackFigures;
}

/** Beyond that, a position is another object's. */
const CUTOFF_METRES = 100;

/** Takes the reports in as the city would, one after the other as they were received, and scores what was found. */
export function evaluateSet({ reports, truth, estimates }: LabelledSet, cutoffMetres = CUTOFF_METRES): SetFigures {
  const fusion = new Fusion();
  const atSource = new Map<string, string>();
  let [repeats, contradictions] = [0, 0];
  const ordered = reports.toSorted((a, b) => Temporal.Instant.compare(a.receivedAt, b.receivedAt));
  const labelled = ordered.map((report, index) => {
    const key = report.sourceRef === undefined ? undefined : JSON.stringify([report.origin, report.sourceName, report.sourceRef]);
    const known = key === undefined ? undefined : atSource.get(key);
    if (known !== undefined) {
      repeats++;
      return { event: report.event, found: known };
    }
    const verdict = fusion.place(fusableOf(`m${index}`, report));
    contradictions += verdict.contradictions.length;
    if (key !== undefined) atSource.set(key, verdict.eventId);
    return { event: report.event, found: verdict.eventId };
  });
  const figures = { pairs: pairFigures(labelled), repeats, contradictions };
  return truth.length + estimates.length === 0 ? figures : { ...figures, tracks: scoreTracks(truth, estimates, cutoffMetres, distanceMetres) };
}
