/** A visit at a shared device, and each session in it, ends after so long without use (minutes). */
export const VISIT_IDLE_MINUTES = 5;
/** A visit ends after this whatever happens (minutes). */
export const VISIT_MINUTES = 120;
/** Use is written at most once in this time (seconds): a part of five minutes that does not matter. */
export const VISIT_TOUCH_SECONDS = 15;

/** Why a visit ended: somebody was done, nobody was there any more, a guide closed it, the device was taken away. */
export type VisitEnd = 'done' | 'idle' | 'closed' | 'next' | 'removed';

export interface OpenVisit {
  readonly visitId: string;
  readonly openedAt: Temporal.Instant;
  readonly seenAt: Temporal.Instant;
}

/** Whether a visit still runs. */
export function visitRuns({ openedAt, seenAt }: Omit<OpenVisit, 'visitId'>, now: Temporal.Instant): boolean {
  const ends = [seenAt.add({ minutes: VISIT_IDLE_MINUTES }), openedAt.add({ minutes: VISIT_MINUTES })];
  return ends.every((end) => Temporal.Instant.compare(now, end) < 0);
}
