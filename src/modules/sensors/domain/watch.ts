import { pointInRing, type Position, type Ring } from '../../../kernel/geo.ts';

/** How loud a notice is. */
export type Severity = 'hint' | 'warning' | 'alarm';

/**
 * What a rule watches in the latest observation of a stream.
 * `threshold`: a limit is reached; it is over once the value has come back past `clear` (hysteresis).
 * `rate`: the value changes faster, in its unit an hour, than `perHour` over the last `minutes`.
 * `absence`: nothing was measured for `minutes`.
 * `geofence`: the thing stands inside (or outside) of a ring, CRS84.
 */
export type Condition =
  | { readonly kind: 'threshold'; readonly side: 'above' | 'below'; readonly limit: number; readonly clear: number }
  | { readonly kind: 'rate'; readonly side: 'rising' | 'falling'; readonly perHour: number; readonly minutes: number }
  | { readonly kind: 'absence'; readonly minutes: number }
  | { readonly kind: 'geofence'; readonly when: 'inside' | 'outside'; readonly ring: Ring };

/** What is known of a stream at the time of looking. */
export interface StreamFacts {
  readonly value?: number;
  readonly measuredAt?: Temporal.Instant;
  /** The last value measured at least the rule's `minutes` before the latest. */
  readonly earlier?: { readonly value: number; readonly measuredAt: Temporal.Instant };
  readonly position?: Position;
}

/** `unknown`: there is nothing to judge by, or it is too old; what was raised stays raised. */
export type Verdict = 'raised' | 'between' | 'quiet' | 'unknown';

/** Clocks of devices go wrong by minutes; what is dated further ahead is a forecast or a mistake, and not the latest value. */
const CLOCK_ERROR_MINUTES = 5;

/** Measured up to here counts as measured by now. */
export const latestAt = (now: Temporal.Instant): Temporal.Instant => now.add({ minutes: CLOCK_ERROR_MINUTES });

/** A value older than this says nothing about now. */
export const STALE_MINUTES = 180;

/** @param now the time of looking; facts measured after it count as measured now */
export function judge(condition: Condition, facts: StreamFacts, now: Temporal.Instant): Verdict {
  switch (condition.kind) {
    case 'threshold':
      return isStale(facts, now) ? 'unknown' : byThreshold(condition, facts.value!);
    case 'rate':
      return isStale(facts, now) ? 'unknown' : byRate(condition, facts);
    case 'absence':
      return facts.measuredAt !== undefined && minutesBetween(facts.measuredAt, now) < condition.minutes ? 'quiet' : 'raised';
    case 'geofence':
      if (facts.position === undefined) return 'unknown';
      return pointInRing(facts.position, condition.ring) === (condition.when === 'inside') ? 'raised' : 'quiet';
  }
}

const minutesBetween = (from: Temporal.Instant, to: Temporal.Instant): number => from.until(to).total('minutes');

const isStale = ({ value, measuredAt }: StreamFacts, now: Temporal.Instant): boolean =>
  value === undefined || measuredAt === undefined || minutesBetween(measuredAt, now) > STALE_MINUTES;

function byThreshold({ side, limit, clear }: Extract<Condition, { kind: 'threshold' }>, value: number): Verdict {
  const sign = side === 'above' ? 1 : -1;
  if (sign * (value - limit) >= 0) return 'raised';
  return sign * (value - clear) >= 0 && clear !== limit ? 'between' : 'quiet';
}

function byRate({ side, perHour }: Extract<Condition, { kind: 'rate' }>, { value, measuredAt, earlier }: StreamFacts): Verdict {
  if (earlier === undefined) return 'unknown';
  const hours = minutesBetween(earlier.measuredAt, measuredAt!) / 60;
  if (hours <= 0) return 'unknown';
  const change = (value! - earlier.value) / hours;
  return (side === 'rising' ? change : -change) >= perHour ? 'raised' : 'quiet';
}

/** What follows for the notice of a rule and a stream. */
export function follow(open: boolean, verdict: Verdict): 'raise' | 'clear' | undefined {
  if (verdict === 'raised') return open ? undefined : 'raise';
  return verdict === 'quiet' && open ? 'clear' : undefined;
}

const number = (value: number): string => value.toLocaleString('de-DE', { maximumFractionDigits: 3 });

/** The condition as a German sentence; `unit` is that of the stream. */
export function sayCondition(condition: Condition, unit: string): string {
  switch (condition.kind) {
    case 'threshold': {
      const { side, limit, clear } = condition;
      const until = clear === limit ? '' : `, vorbei erst ${side === 'above' ? 'unter' : 'über'} ${number(clear)} ${unit}`;
      return `Wert ${side === 'above' ? 'mindestens' : 'höchstens'} ${number(limit)} ${unit}${until}`;
    }
    case 'rate':
      return `Wert ${condition.side === 'rising' ? 'steigt' : 'fällt'} um mindestens ${number(condition.perHour)} ${unit} je Stunde, gemessen über ${condition.minutes} Minuten`;
    case 'absence':
      return `seit ${condition.minutes} Minuten kein Messwert`;
    case 'geofence':
      return condition.when === 'inside' ? 'Standort liegt in der Fläche' : 'Standort liegt nicht in der Fläche';
  }
}
