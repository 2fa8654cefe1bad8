import { parameter } from '../../../kernel/parameter.ts';

/** What a recovery by mail takes. */
export interface RecoveryTerms {
  /** Between asking and the link that opens the account (hours). Nobody shortens it. */
  readonly waitHours: number;
  /** How long that link then works (hours). */
  readonly openHours: number;
  /** For how long a way into the account must have been there to count against mail (days). */
  readonly settleDays: number;
}

/** Own setting of the city, no law: see ADR 54 and 63. A shorter wait would open accounts to whoever reads somebody's mail for a weekend. */
export const RECOVERY_TERMS = parameter(
  'identity.recovery',
  'Zurück ins Konto mit einer Mail',
  {
    waitHours: { label: 'Warten', unit: 'Stunden', least: 72, most: 336 },
    openHours: { label: 'Danach offen', unit: 'Stunden', least: 24, most: 336 },
    settleDays: { label: 'Ein neuer Weg ins Konto zählt nach', unit: 'Tagen', least: 7, most: 90 },
  },
  [{ from: '2026-01-01', value: { waitHours: 72, openHours: 72, settleDays: 7 }, source: 'Eigene Setzung der Stadt, keine Vorschrift' }],
);

/** The terms that hold on a legal day. */
export const recoveryTerms = (day: Temporal.PlainDate): RecoveryTerms => RECOVERY_TERMS.on(day);

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

export const identityParameters = [RECOVERY_TERMS];
