import { keptDays, lastDayKept } from '../../../kernel/retention.ts';

/**
 * How long a question that was handed over is kept after it was closed. No statute gives a number (Art. 5 Abs. 1
 * Buchst. e DSGVO: no longer than needed); the city sets it.
 */
export const RETENTION = keptDays('finder.kept-days', 'Fragen an einen Menschen nach der Antwort', { least: 7, most: 180 }, 30);

export const daysKept = (day: Temporal.PlainDate): number => RETENTION.on(day).days;

/** The last day on which it is kept, by the row in force on the day it was closed. */
export const keptUntil = (closedOn: Temporal.PlainDate): Temporal.PlainDate => lastDayKept(RETENTION, closedOn);

export const finderParameters = [RETENTION];
