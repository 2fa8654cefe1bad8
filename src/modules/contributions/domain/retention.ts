import { keptDays, lastDayKept } from '../../../kernel/retention.ts';

/**
 * How long after its last day what could lead to a person is kept: personal links, accounts, keys of supporters,
 * and the words and pictures of what was never published. No statute gives a number (Art. 5 Abs. 1 Buchst. e DSGVO:
 * no longer than needed); the city sets it.
 */
export const RETENTION = keptDays(
  'contributions.kept-days',
  'Beteiligung auf der Karte: Links, Konten, Unveröffentlichtes nach dem Ende',
  { least: 30, most: 730 },
  365,
);

/** The last legal day on which it is kept, by the row in force on the last day of the participation. */
export const keptUntil = (endsOn: Temporal.PlainDate): Temporal.PlainDate => lastDayKept(RETENTION, endsOn);

export const contributionsParameters = [RETENTION];
