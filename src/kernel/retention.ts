/** How many days something is kept, from a day on and with who says so. Whoever changes it adds a row. */
export interface DatedDays {
  /** ISO day. */
  readonly from: string;
  readonly days: number;
  readonly source: string;
}

/** The days of the row in force on this day; before the first row, those of the first. */
export const daysInForce = (rows: readonly DatedDays[], day: Temporal.PlainDate): number =>
  (rows.findLast(({ from }) => from <= day.toString()) ?? rows[0]!).days;

/** The last day on which something is kept that ended on this day, by the row in force then. */
export const lastDayKept = (rows: readonly DatedDays[], endedOn: Temporal.PlainDate): Temporal.PlainDate => endedOn.add({ days: daysInForce(rows, endedOn) });
