import type { Dimension } from './cell.ts';
import type { Format, Measure } from './history.ts';

/** What counters add up to. */
export interface Sum {
  readonly step: string;
  readonly subject: string;
  readonly dimension: Dimension;
  readonly value: string;
  readonly count: number;
}

/** When a person was asked. */
export type After = 'decision' | 'abandonment';

/** Ratings of ten or more. */
export interface RatingSum {
  readonly service: string;
  readonly after: After;
  readonly count: number;
  readonly sum: number;
}

/** What somebody wrote beside a rating. */
export interface Words {
  readonly id: string;
  readonly month: string;
  readonly service: string;
  readonly text: string;
}

/** What a share speaks of: who could go online and does not (Nutzungslücke), or who knows or uses what the city offers. */
export const SURVEY_ABOUT = ['gap', 'reach'] as const;
export type SurveyAbout = (typeof SURVEY_ABOUT)[number];

/** A share that a survey found. */
export interface Survey {
  readonly id: string;
  readonly about: SurveyAbout;
  /** What was asked, e.g. of whom the share speaks. */
  readonly title: string;
  readonly source: string;
  readonly takenOn: Temporal.PlainDate;
  readonly sampleSize: number;
  /** From 0 to 1. */
  readonly share: number;
  readonly enteredAt: Temporal.Instant;
}

/** A file of another system that was taken in. Days as ISO text. */
export interface Import {
  readonly id: string;
  readonly source: string;
  readonly format: Format;
  readonly firstDay: string;
  readonly lastDay: string;
  readonly enteredAt: Temporal.Instant;
  readonly rows: number;
}

/** What another system counted in a month, `YYYY-MM`. */
export interface ImportedMonth {
  readonly source: string;
  readonly month: string;
  readonly measure: Measure;
  readonly count: number;
  readonly enteredAt: Temporal.Instant;
}

/** A column as the database lists it. */
export interface StoredColumn {
  /** With its schema. */
  readonly table: string;
  readonly column: string;
  readonly type: string;
}

/** What the counters of a service counted in a month. */
export interface CountedMonth {
  readonly service: string;
  /** Its first day. */
  readonly month: string;
  readonly count: number;
}
