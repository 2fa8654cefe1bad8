import { lastDayKept, type DatedDays } from '../../../kernel/retention.ts';

/**
 * How long after its last day what could lead to a person is kept: personal links, accounts, keys of supporters,
 * and the words and pictures of what was never published. No statute gives a number (Art. 5 Abs. 1 Buchst. e DSGVO:
 * no longer than needed); the city sets it. Whoever changes it adds a row.
 */
export const RETENTION: readonly DatedDays[] = [
  { from: '2026-01-01', days: 365, source: 'Festlegung der Stadt zu Art. 5 Abs. 1 Buchst. e DSGVO; Zahl nicht geprüft' },
];

/** The last legal day on which it is kept, by the row in force on the last day of the participation. */
export const keptUntil = (endsOn: Temporal.PlainDate): Temporal.PlainDate => lastDayKept(RETENTION, endsOn);
