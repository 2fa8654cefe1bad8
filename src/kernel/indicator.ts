import type { Problem } from './problem.ts';
import type { Result } from './result.ts';

/** A text in the three languages of the city. */
type Words = Readonly<Record<'de' | 'en' | 'leicht', string>>;

/** Where a figure comes from; each is shown with its figure. */
export const ORIGINS = ['live', 'imported', 'survey', 'self-report'] as const;
export type Origin = (typeof ORIGINS)[number];

export const UNITS = ['share', 'days', 'count', 'per-case', 'score', 'minutes', 'euros'] as const;
/** `share` runs from 0 to 1; `score` from 1 (bad) to 5 (good). */
export type IndicatorUnit = (typeof UNITS)[number];

/** Why a figure is shown, or is not: what is not known is never 0. */
export type IndicatorState =
  | { readonly kind: 'known'; readonly value: number }
  /** The source is older than its limit: the last figure is told with its date, and is not the figure. */
  | { readonly kind: 'stale'; readonly last: number; readonly since: Temporal.Instant }
  /** E.g. a denominator that nobody has counted. */
  | { readonly kind: 'unknown'; readonly reason: Words }
  /** Fewer cases than may be shown, as a whole, in a part of them, or in what is left beside figures that are shown. */
  | { readonly kind: 'suppressed' };

export interface IndicatorDefinition {
  readonly key: string;
  readonly name: Words;
  readonly definition: Words;
  /** As it is reckoned, e.g. `online / (online + counter)`. */
  readonly formula: string;
  readonly unit: IndicatorUnit;
  readonly origin: Origin;
  /** Who answers for it. */
  readonly owner: string;
  readonly source: string;
  readonly confidence: 'high' | 'medium' | 'low';
  readonly confidenceReason: Words;
  /** More is better, or less. */
  readonly better: 'more' | 'less';
  readonly target?: { readonly value: number; readonly by: Temporal.PlainDate; readonly source: string };
}

/** A light with the rule that lit it; without a target there is none. */
export interface IndicatorLight {
  readonly light: 'green' | 'yellow' | 'red';
  readonly rule: Words;
}

export interface Indicator extends IndicatorDefinition {
  /** The kinds of events of the journal that it is made of, as they follow from its formula; none: it comes from outside. */
  readonly events: readonly string[];
  readonly state: IndicatorState;
  /** When the figure was true. */
  readonly asOf: Temporal.Instant | undefined;
  /** How many cases stand behind it. */
  readonly cases: number | undefined;
  readonly light: IndicatorLight | undefined;
}

/** A month of an indicator, `YYYY-MM`. */
export interface IndicatorPoint {
  readonly month: string;
  readonly value: number | undefined;
  readonly cases: number | undefined;
  /** Why there is no value. */
  readonly missing?: 'suppressed' | 'unknown';
}

export interface IndicatorForecast {
  readonly method: Words;
  readonly points: readonly { readonly month: string; readonly low: number; readonly mid: number; readonly high: number }[];
}

/** Months that are over, `YYYY-MM`, both included. */
export interface IndicatorPeriod {
  readonly first: string;
  readonly last: string;
}

/** What the strategy cockpit asks of whoever keeps the indicators. `service`: of that service alone. */
export interface Indicators {
  list(question?: { readonly service?: string }): Promise<readonly Indicator[]>;
  one(key: string, question?: { readonly service?: string }): Promise<Result<Indicator, Problem>>;
  history(key: string, question?: { readonly service?: string; readonly months?: number }): Promise<readonly IndicatorPoint[]>;
  /** The figure of a period that is over, with the light of its last day. A sum over months has none: it cannot be held against the target of a year. */
  during(key: string, period: IndicatorPeriod, question?: { readonly service?: string }): Promise<Result<Indicator, Problem>>;
  /** Absent where there is too little to say, or nothing to forecast. `until`: as it was forecast when this month was the last one. */
  forecast(key: string, months: number, question?: { readonly until?: string }): Promise<IndicatorForecast | undefined>;
}
