import { daysInForce, lastDayKept, type DatedDays } from '../../../kernel/retention.ts';

/**
 * How long a question that was handed over is kept after it was closed. No statute gives a number (Art. 5 Abs. 1
 * Buchst. e DSGVO: no longer than needed); the city sets it. Whoever changes it adds a row.
 */
export const RETENTION: readonly DatedDays[] = [
  { from: '2026-01-01', days: 30, source: 'Festlegung der Stadt zu Art. 5 Abs. 1 Buchst. e DSGVO; Zahl nicht geprüft' },
];

export const daysKept = (day: Temporal.PlainDate): number => daysInForce(RETENTION, day);

/** The last day on which it is kept, by the row in force on the day it was closed. */
export const keptUntil = (closedOn: Temporal.PlainDate): Temporal.PlainDate => lastDayKept(RETENTION, closedOn);
