import { lastDayKept, type DatedDays } from '../../../kernel/retention.ts';

/**
 * How long results and conversations are kept after they were last changed. No statute gives a number (Art. 5 Abs. 1
 * Buchst. e DSGVO: no longer than needed); the city sets it. Whoever changes it adds a row.
 */
export const RETENTION: readonly DatedDays[] = [
  { from: '2026-01-01', days: 90, source: 'Festlegung der Stadt zu Art. 5 Abs. 1 Buchst. e DSGVO; Zahl nicht geprüft' },
];

/** The last day on which something is kept that was last changed on this day. */
export const keptUntil = (changedOn: Temporal.PlainDate): Temporal.PlainDate => lastDayKept(RETENTION, changedOn);
