import type { Position as Place } from '../../../kernel/geo.ts';
import type { PictureObject } from '../../../kernel/picture.ts';
import type { Problem } from '../../../kernel/problem.ts';
import type { Result } from '../../../kernel/result.ts';
import type { Context } from '../../../platform/context.ts';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import type { NewEntry } from '../../../platform/journal/port.ts';
import type { Outbound } from '../../../platform/outbound/port.ts';
import type { StreamState } from '../../sensors/public.ts';
import type { Position } from '../domain/cot-picture.ts';

/** A report as this module hands it on; the module of reports keeps, grades and fuses it. */
export interface FedReport {
  readonly lageId: string;
  readonly origin: 'mail' | 'social' | 'cap' | 'cot' | 'import' | 'image' | 'sensor';
  readonly sourceName: string;
  readonly organisation?: string;
  readonly sourceRef?: string;
  readonly originRef?: string;
  readonly text: string;
  readonly place?: { readonly lon: number; readonly lat: number; readonly uncertaintyMetres?: number };
  readonly eventAt: Temporal.Instant;
  readonly receivedAt: Temporal.Instant;
  readonly reliability?: 'A' | 'B' | 'C' | 'D' | 'E' | 'F';
  readonly credibility?: 1 | 2 | 3 | 4 | 5 | 6;
  readonly pictures?: readonly string[];
  readonly sender?: string;
}

export interface KeptPicture {
  readonly sha256: string;
  readonly takenAt?: Place;
}

/** What the module asks of others; the wiring fills it. */
export interface FeedsContext extends Pick<Context, 'clock' | 'database' | 'journal' | 'log'> {
  readonly outbound: Outbound;
  /** Keeps reports; it is called before anything else of the transaction changes the picture. Absent: nobody keeps reports. */
  readonly receiveReports?: (
    tx: Tx,
    reports: readonly FedReport[],
    now: Temporal.Instant,
  ) => Promise<{ readonly repeats: number; readonly journal: readonly NewEntry[] }>;
  /** Moves those of these movers that are units of the Lage. @returns their objects of the picture, by key of the mover; they are shown with all others */
  readonly placeUnits?: (tx: Tx, lageId: string, positions: readonly Position[], now: Temporal.Instant) => Promise<ReadonlyMap<string, PictureObject>>;
  /** Checks a picture and keeps it. Absent: pictures are not taken. */
  readonly keepPicture?: (
    tx: Tx,
    lageId: string,
    picture: { readonly fileName: string; readonly bytes: Uint8Array },
    now: Temporal.Instant,
  ) => Promise<Result<KeptPicture, Problem>>;
  /** The state of streams of this city's sensors. */
  readonly streams: (db: Sql, ids: readonly number[], now: Temporal.Instant) => Promise<readonly StreamState[]>;
  /** Tells which streams have new numbers, after their commit. @returns ends it */
  readonly followStreams: (told: (ids: readonly number[]) => void) => () => void;
  /** What the city calls a device that it knows. */
  readonly deviceName: (db: Sql, deviceId: string) => Promise<string | undefined>;
  /** Factor on how much one sender may send; 0: no bound (benchmarks). */
  readonly paceFactor: number;
}
