import type { Actor } from '../../../kernel/actor.ts';
import type { Result } from '../../../kernel/result.ts';
import type { Context } from '../../../platform/context.ts';
import type { Sql } from '../../../platform/database/port.ts';
import type { Lage } from '../../situation/public.ts';
import type { SurgeProblem } from '../domain/problems.ts';
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
  /** What the gate is called in plans, e.g. in the structures of a height grid. */
  readonly code: string;
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
  /** Gives a task, before the surge keeps its reference. @param id the same order has the same: given twice it is one */
  readonly orderTask?: (actor: Actor, key: string, order: TaskOrder, id: string) => Promise<Result<{ readonly ref: string }, SurgeProblem>>;
  /** Helpers that are free, and dyke defenders that are placed; `null` where nobody knows. */
  readonly forces?: (db: Sql, lage: Lage) => Promise<{ readonly free: number | null; readonly dykeDefenders: number | null }>;
  readonly whatIfOpen?: (question: OpenGateQuestion) => Promise<Result<OpenGateAnswer, SurgeProblem>>;
}
