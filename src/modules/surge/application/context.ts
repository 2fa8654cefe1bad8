import type { Context } from '../../../platform/context.ts';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import type { NewEntry } from '../../../platform/journal/port.ts';
import type { LageView } from '../../situation/public.ts';
import type { LevelPoint } from '../domain/forecast.ts';
import type { Responsible } from '../domain/rules.ts';

/** The latest word of a stream. */
export interface StreamWord {
  readonly streamId: number;
  readonly name: string;
  readonly at: Temporal.Instant;
  readonly result: unknown;
}

/** Streams of measurements, as this module needs them; never called inside a transaction. */
export interface Streams {
  readonly latest: (streamIds: readonly number[]) => Promise<readonly StreamWord[]>;
  /** Numbers between two instants, oldest first; `undefined` when there is no such stream. */
  readonly between: (streamId: number, from: Temporal.Instant, to: Temporal.Instant) => Promise<readonly LevelPoint[] | undefined>;
}

/** An order that a measure or an accepted proposal becomes. */
export interface TaskOrder {
  readonly title: string;
  readonly text: string;
  readonly responsible: Responsible;
  readonly dueAt: Temporal.Instant | null;
  readonly refs: readonly string[];
}

/** A gate that stays open, as the flood model asks it. */
export interface OpenGateQuestion {
  readonly lageId: string;
  readonly gateId: string;
  readonly lon: number;
  readonly lat: number;
  /** Metres NHN the water stands at outside. */
  readonly metres: number;
}

/** What the flood model answers. */
export interface OpenGateAnswer {
  readonly areaSquareMetres: number;
  readonly deepestMetres: number;
  readonly people: number | null;
  readonly facilities: number | null;
  /** Where the layer is to be seen. */
  readonly href: string | null;
  readonly milliseconds: number;
  readonly model: string;
}

/** What the module needs; ports that are not there are said so on the page. */
export interface SurgeContext extends Pick<Context, 'clock' | 'database' | 'journal' | 'log'> {
  readonly streams: Streams;
  readonly orderTask?: (
    tx: Tx,
    view: Pick<LageView, 'lage' | 'member'>,
    order: TaskOrder,
    now: Temporal.Instant,
  ) => Promise<{ readonly ref: string; readonly journal: readonly NewEntry[] }>;
  /** Helpers that are free, and dyke defenders that are placed; `null` where nobody knows. */
  readonly forces?: (db: Sql, lageId: string) => Promise<{ readonly free: number | null; readonly dykeDefenders: number | null }>;
  readonly whatIfOpen?: (question: OpenGateQuestion) => Promise<OpenGateAnswer>;
}
