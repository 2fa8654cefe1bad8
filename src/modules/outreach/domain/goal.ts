import type { StandingRate } from '../../../kernel/usage.ts';
import type { Campaign } from './campaign.ts';

/** Why a goal has no light. */
export type NoLight = 'no-figure' | 'no-start' | 'figure-older';

/** What can be said of a goal by the rate that it names. */
export interface Judged {
  /** Percent; absent where nobody knows it, or it may not be told. */
  readonly percent: number | undefined;
  readonly reached: boolean | undefined;
  /** The day on whose part of the way the rate is held, or why it is held on none. */
  readonly on: Temporal.PlainDate | NoLight;
}

/** A rate of which the campaign's days have no part says nothing of the campaign. */
export function judgeGoal({ goal, startsOn }: Pick<Campaign, 'goal' | 'startsOn'>, { share, days }: StandingRate): Judged {
  if (share.kind !== 'known' || days === undefined) return { percent: undefined, reached: undefined, on: 'no-figure' };
  const percent = share.value * 100;
  const older = Temporal.PlainDate.compare(days.until, startsOn) < 0;
  const on = older ? 'figure-older' : goal.fromPercent === undefined ? 'no-start' : days.until;
  return { percent, reached: older ? undefined : percent >= goal.toPercent - 1e-9, on };
}

/** What an application cost that came by the campaign's links, or why that is not known. */
export type CostPerCase =
  | { readonly kind: 'known'; readonly cents: number; readonly cases: number }
  | { readonly kind: 'unknown'; readonly because: 'nothing-spent' | 'nobody-counts' | 'few' };

/** The count lies below the truth (whole tens), so the cost is the highest that it can be. @param cases absent: nobody counts them */
export function costPerCase(spentCents: number, cases: number | 'suppressed' | 'unknown' | undefined): CostPerCase {
  if (cases === 'suppressed') return { kind: 'unknown', because: 'few' };
  if (cases === undefined || cases === 'unknown') return { kind: 'unknown', because: 'nobody-counts' };
  if (spentCents === 0) return { kind: 'unknown', because: 'nothing-spent' };
  return { kind: 'known', cents: Math.round(spentCents / cases), cases };
}
