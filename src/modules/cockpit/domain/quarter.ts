import { CITY_ZONE } from '../../../kernel/time.ts';

/** A quarter as addresses and people name it: `2026-q3`. */
export interface Quarter {
  readonly year: number;
  readonly number: 1 | 2 | 3 | 4;
}

export const quarterOf = ({ year, month }: Temporal.PlainDate): Quarter => ({ year, number: Math.ceil(month / 3) as Quarter['number'] });
export const quarterKey = ({ year, number }: Quarter): string => `${year}-q${number}`;

export function readQuarter(text: string): Quarter | undefined {
  const match = /^(20\d\d)-q([1-4])$/.exec(text);
  return match === null ? undefined : { year: Number(match[1]), number: Number(match[2]) as Quarter['number'] };
}

export const firstDay = ({ year, number }: Quarter): Temporal.PlainDate => Temporal.PlainDate.from({ year, month: number * 3 - 2, day: 1 });
export const lastDay = (quarter: Quarter): Temporal.PlainDate => firstDay(quarter).add({ months: 3 }).subtract({ days: 1 });
export const quarterBefore = (quarter: Quarter): Quarter => quarterOf(firstDay(quarter).subtract({ days: 1 }));

export const quarterAfter = (quarter: Quarter): Quarter => quarterOf(lastDay(quarter).add({ days: 1 }));

/** The quarter whose last day this is. */
export function quarterEnding(day: Temporal.PlainDate): Quarter | undefined {
  const quarter = quarterOf(day);
  return lastDay(quarter).equals(day) ? quarter : undefined;
}

/** Its months, `2026-07`. @param until only those that are over by this day; where none is, all of them */
export function monthsOf(quarter: Quarter, until?: Temporal.PlainDate): { readonly first: string; readonly last: string } {
  const [first, last] = [firstDay(quarter), lastDay(quarter)];
  const over = until?.with({ day: 1 }).subtract({ days: 1 });
  const end = over !== undefined && Temporal.PlainDate.compare(over, first) > 0 && Temporal.PlainDate.compare(over, last) < 0 ? over : last;
  return { first: first.toString().slice(0, 7), last: end.toString().slice(0, 7) };
}

/** The last moment of a day in the city. */
export const endOfDay = (day: Temporal.PlainDate): Temporal.Instant =>
  day.add({ days: 1 }).toZonedDateTime(CITY_ZONE).toInstant().subtract({ milliseconds: 1 });
