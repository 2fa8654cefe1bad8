/** What a recovery by mail takes. */
export interface RecoveryTerms {
  /** Legal day from which they hold. */
  readonly from: string;
  /** Between asking and the link that opens the account (hours). Nobody shortens it. */
  readonly waitHours: number;
  /** How long that link then works (hours). */
  readonly openHours: number;
  /** For how long a way into the account must have been there to count against mail (days). */
  readonly settleDays: number;
}

/** Own setting of the city, no law: see ADR 54 and 63. The last row whose day has come holds. */
const TERMS: readonly RecoveryTerms[] = [{ from: '2026-01-01', waitHours: 72, openHours: 72, settleDays: 7 }];

/** The terms that hold on a legal day. */
export function recoveryTerms(day: Temporal.PlainDate, terms: readonly RecoveryTerms[] = TERMS): RecoveryTerms {
  const held = terms.filter(({ from }) => Temporal.PlainDate.compare(Temporal.PlainDate.from(from), day) <= 0);
  return held.at(-1) ?? terms[0]!;
}

/** The instants of a recovery that is asked for at `asked`. */
export interface RecoveryTimes {
  readonly halfAt: Temporal.Instant;
  readonly readyAt: Temporal.Instant;
  readonly expiresAt: Temporal.Instant;
}

export function recoveryTimes({ waitHours, openHours }: RecoveryTerms, asked: Temporal.Instant): RecoveryTimes {
  const readyAt = asked.add({ hours: waitHours });
  return { halfAt: asked.add({ minutes: waitHours * 30 }), readyAt, expiresAt: readyAt.add({ hours: openHours }) };
}

/** What is due for a recovery that runs. */
export type RecoveryStep = 'wait' | 'tell-half' | 'open' | 'expire';

export function recoveryStep(state: RecoveryTimes & { readonly halfTold: boolean; readonly opened: boolean }, now: Temporal.Instant): RecoveryStep {
  const due = (at: Temporal.Instant): boolean => Temporal.Instant.compare(now, at) >= 0;
  if (due(state.expiresAt)) return 'expire';
  if (due(state.readyAt)) return state.opened ? 'wait' : 'open';
  return due(state.halfAt) && !state.halfTold ? 'tell-half' : 'wait';
}
