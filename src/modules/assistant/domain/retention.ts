import { keptDays, lastDayKept } from '../../../kernel/retention.ts';

/**
 * How long results and conversations are kept after they were last changed. No statute gives a number (Art. 5 Abs. 1
 * Buchst. e DSGVO: no longer than needed); the city sets it.
 */
export const RETENTION = keptDays('assistant.kept-days', 'Ergebnisse und Gespräche des Assistenten nach der letzten Änderung', { least: 1, most: 365 }, 90);

/** The last day on which something is kept that was last changed on this day. */
export const keptUntil = (changedOn: Temporal.PlainDate): Temporal.PlainDate => lastDayKept(RETENTION, changedOn);

export const assistantParameters = [RETENTION];
