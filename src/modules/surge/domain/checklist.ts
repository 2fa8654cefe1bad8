import { mainPeak, reaches, type Expected, type Forecast } from './forecast.ts';
import { minutesBetween } from './gates.ts';
import { valueOf, type Measure, type SurgeRules } from './rules.ts';

/** Who confirmed a measure, when and with what words. */
export interface Confirmation {
  readonly at: Temporal.Instant;
  readonly by: string;
  readonly remark: string;
  /** Where the measure asks for a number. */
  readonly count: number | null;
}

/** What is kept of a measure in a Lage. */
export interface MeasureState {
  readonly key: string;
  /** Forecast that made it due first. */
  readonly dueSince: Temporal.Instant | null;
  readonly confirmation: Confirmation | null;
  /** Task it became in the module of forces. */
  readonly taskRef: string | null;
  /** 0 in time, 1 overdue, 2 overdue for half an hour and more: then it is the leader's. */
  readonly escalated: 0 | 1 | 2;
}

export type ItemState = 'waiting' | 'due' | 'overdue' | 'done';

/** A line of the checklist. */
export interface Item {
  readonly measure: Measure;
  readonly state: ItemState;
  readonly deadline: Temporal.Instant | null;
  readonly minutesLeft: number | null;
  readonly escalation: 0 | 1 | 2;
  readonly kept: MeasureState | undefined;
}

/** After that an overdue measure goes to who leads. */
export const ESCALATES_AFTER_MINUTES = 30;

export interface ChecklistFacts {
  readonly rules: SurgeRules;
  readonly forecast: Forecast | undefined;
  readonly expected: Expected | undefined;
  readonly measures: readonly MeasureState[];
  readonly now: Temporal.Instant;
}

/** Measures that the forecast makes due, by deadline, then what waits for a higher forecast. */
export function checklist(facts: ChecklistFacts): Item[] {
  const rank: Readonly<Record<ItemState, number>> = { overdue: 0, due: 1, waiting: 2, done: 3 };
  return facts.rules.measures
    .map((measure) => itemOf(measure, facts))
    .toSorted((a, b) => rank[a.state] - rank[b.state] || (a.minutesLeft ?? Infinity) - (b.minutesLeft ?? Infinity) || a.measure.stage - b.measure.stage);
}

function itemOf(measure: Measure, { rules, forecast, expected, measures, now }: ChecklistFacts): Item {
  const kept = measures.find(({ key }) => key === measure.key);
  const peak = forecast && mainPeak(forecast, now);
  const isDue = kept?.dueSince != null || (peak !== undefined && peak.metres >= valueOf(rules, measure.trigger));
  const deadline = forecast === undefined || !isDue ? undefined : deadlineOf(measure, { rules, forecast, expected, now, since: kept?.dueSince ?? null });
  const minutesLeft = deadline === undefined ? null : Math.floor(minutesBetween(now, deadline));
  const state: ItemState = kept?.confirmation != null ? 'done' : !isDue ? 'waiting' : minutesLeft !== null && minutesLeft < 0 ? 'overdue' : 'due';
  const escalation = state !== 'overdue' ? 0 : minutesLeft! < -ESCALATES_AFTER_MINUTES ? 2 : 1;
  return { measure, state, deadline: deadline ?? null, minutesLeft, escalation, kept };
}

interface DeadlineFacts {
  readonly rules: SurgeRules;
  readonly forecast: Forecast;
  readonly expected: Expected | undefined;
  readonly now: Temporal.Instant;
  readonly since: Temporal.Instant | null;
}

/** Until when a measure is to be done; the forecast moves it. */
export function deadlineOf({ deadline }: Measure, { rules, forecast, expected, now, since }: DeadlineFacts): Temporal.Instant | undefined {
  const peak = mainPeak(forecast, now);
  switch (deadline.kind) {
    case 'before-peak':
      return peak?.at.subtract({ minutes: deadline.minutes });
    case 'public-warning':
      return peak?.at.subtract({ minutes: valueOf(rules, 'public-warned-hours-latest') * 60 });
    case 'after-forecast':
      return (since ?? forecast.receivedAt).add({ minutes: deadline.minutes });
    case 'before-level': {
      const reached = expected && reaches(expected, valueOf(rules, deadline.rule));
      return reached?.subtract({ minutes: deadline.minutes });
    }
  }
}
