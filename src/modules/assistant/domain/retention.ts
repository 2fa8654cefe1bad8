interface Dated {
  readonly from: string;
  readonly days: number;
  readonly source: string;
}

/**
 * How long results and conversations are kept after they were last changed. No statute gives a number (Art. 5 Abs. 1
 * Buchst. e DSGVO: no longer than needed); the city sets it. Whoever changes it adds a row.
 */
export const RETENTION: readonly Dated[] = [
  { from: '2026-01-01', days: 90, source: 'Festlegung der Stadt zu Art. 5 Abs. 1 Buchst. e DSGVO; Zahl nicht geprüft' },
];

const inForce = (day: Temporal.PlainDate): Dated => RETENTION.findLast(({ from }) => from <= day.toString()) ?? RETENTION[0]!;

/** The last day on which something is kept that was last changed on this day. */
export const keptUntil = (changedOn: Temporal.PlainDate): Temporal.PlainDate => changedOn.add({ days: inForce(changedOn).days });
