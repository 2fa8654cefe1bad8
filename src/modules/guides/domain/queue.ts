/** How it stands with a number of the queue. `absent` may be called again; `closed`: its day is over. */
export type NumberState = 'waiting' | 'called' | 'served' | 'absent' | 'left' | 'closed';

export interface QueueNumber {
  readonly id: string;
  readonly placeId: string;
  readonly number: number;
  readonly state: NumberState;
  readonly drawnAt: Temporal.Instant;
  readonly calledAt: Temporal.Instant | null;
  /** Where to go, as the guide said. */
  readonly desk: string | null;
}

/** How it stands on a day: a number of an earlier one is over, also before the night's work has said so. */
export const stateOn = (state: NumberState, day: Temporal.PlainDate, today: Temporal.PlainDate): NumberState =>
  (state === 'waiting' || state === 'called') && Temporal.PlainDate.compare(day, today) < 0 ? 'closed' : state;

/** Fewer measured helps say nothing about the next. */
const FEWEST_MEASURED = 5;

/**
 * How long somebody waits behind `ahead` others, in whole minutes: the median of measured helps, shared by the guides at work.
 * @returns `undefined` where too little was measured: a guess is no estimate
 */
export function estimatedWait(ahead: number, servedSeconds: readonly number[], guidesAtWork: number): number | undefined {
  if (servedSeconds.length < FEWEST_MEASURED) return undefined;
  const sorted = servedSeconds.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const median = sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
  return Math.ceil((ahead * median) / Math.max(1, guidesAtWork) / 60);
}
