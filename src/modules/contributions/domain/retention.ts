/** A value that holds from a day on. */
interface Dated {
  readonly from: string;
  readonly days: number;
  readonly source: string;
}

/**
 * How long after its last day what could lead to a person is kept: personal links, accounts, keys of supporters,
 * and the words and pictures of what was never published. No statute gives a number (Art. 5 Abs. 1 Buchst. e DSGVO:
 * no longer than needed); the city sets it. Whoever changes it adds a row.
 */
export const RETENTION: readonly Dated[] = [
  { from: '2026-01-01', days: 365, source: 'Festlegung der Stadt zu Art. 5 Abs. 1 Buchst. e DSGVO; Zahl nicht geprüft' },
];

/** The last legal day on which it is kept, by the row in force on the last day of the participation. */
export function keptUntil(endsOn: Temporal.PlainDate): Temporal.PlainDate {
  const inForce = RETENTION.findLast(({ from }) => from <= endsOn.toString()) ?? RETENTION[0]!;
  return endsOn.add({ days: inForce.days });
}
