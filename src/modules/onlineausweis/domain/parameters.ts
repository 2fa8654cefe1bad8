/**
 * What a city must look after: each value with its days, its source, and whether somebody has read the source.
 * A value that is not in force on the day is not shown.
 */
export interface Dated<T> {
  readonly from: Temporal.PlainDate;
  readonly until?: Temporal.PlainDate;
  readonly value: T;
  readonly source: string;
}

const day = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text);

/** The day on which somebody last looked at what the helper says. */
export const LOOKED_AT: Temporal.PlainDate = day('2026-11-29');

/** Fee of a new Personalausweis in cents: from 24 years on, and below. */
export const CARD_FEE: readonly Dated<{ readonly full: number; readonly young: number }>[] = [
  { from: day('2021-01-01'), until: day('2026-02-06'), value: { full: 3700, young: 2280 }, source: 'PAuswGebV, nach Angaben mehrerer Kommunen' },
  {
    from: day('2026-02-07'),
    value: { full: 4600, young: 2760 },
    source: 'PAuswGebV in der Fassung der Verordnung vom 30.01.2026 (BGBl. 2026 I Nr. 31), nach Angaben mehrerer Kommunen',
  },
];

/** Minutes and weeks: estimates, no promise. */
export const DURATIONS: readonly Dated<{ readonly app: number; readonly counter: number; readonly newCardWeeks: number }>[] = [
  { from: day('2024-01-01'), value: { app: 10, counter: 10, newCardWeeks: 4 }, source: 'Angaben einzelner Kommunen und eigene Schätzung, ungeprüft' },
];

/**
 * The free letter that resets a PIN was suspended on 29 December 2023, and no new start is known. When it starts again,
 * a city names the day (`KONTOR_PIN_LETTER_FROM`).
 */
export const RESET_BY_LETTER: readonly Dated<true>[] = [
  { from: day('2022-02-01'), until: day('2023-12-28'), value: true, source: 'Bundesministerium des Innern; ausgesetzt am 29.12.2023' },
];

/** Whether the letter can be had. @param again the day on which it starts again, as the city set it */
export const letterSent = (on: Temporal.PlainDate, again?: Temporal.PlainDate): boolean =>
  inForce(RESET_BY_LETTER, on) === true || (again !== undefined && Temporal.PlainDate.compare(again, on) <= 0);

/** The value in force on a day. */
export function inForce<T>(table: readonly Dated<T>[], on: Temporal.PlainDate): T | undefined {
  const { compare } = Temporal.PlainDate;
  return table.find(({ from, until }) => compare(from, on) <= 0 && (until === undefined || compare(on, until) <= 0))?.value;
}
