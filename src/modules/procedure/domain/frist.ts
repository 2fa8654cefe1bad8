import { formatGermanDate } from '../../../kernel/time.ts';
import { restDayReason, type Land } from './feiertage.ts';

export type PeriodUnit = 'days' | 'weeks' | 'months';

/** One step of a computation: what happened, under which paragraph, and the day it leads to. */
export interface Step {
  readonly text: string;
  readonly paragraph: string;
  readonly date: string;
}

/** A computed day with its reasons. */
export interface Computed {
  readonly date: Temporal.PlainDate;
  readonly steps: readonly Step[];
  /** Weekend days and holidays that moved the end. */
  readonly moved: readonly { readonly date: string; readonly name: string }[];
}

const UNIT_NAMES: Readonly<Record<PeriodUnit, readonly [one: string, many: string]>> = {
  days: ['Tag', 'Tage'],
  weeks: ['Woche', 'Wochen'],
  months: ['Monat', 'Monate'],
};

/** `3 Monate`, `1 Tag`. */
export function periodName(length: number, unit: PeriodUnit): string {
  return `${length} ${UNIT_NAMES[unit][length === 1 ? 0 : 1]}`;
}

/**
 * End of a Frist that an event starts (§ 31 VwVfG, §§ 187-193 BGB): the event's day does not count;
 * months end on the same number or the month's last day; an end on a rest day moves on.
 * @param event day of the event
 */
export function fristEnde(event: Temporal.PlainDate, length: number, unit: PeriodUnit, land: Land = 'HH'): Computed {
  // PlainDate.add clamps to the month's last day, as § 188(3) BGB has it
  const nominal = event.add({ [unit]: length });
  const steps: Step[] = [
    {
      text: `Der Tag des Ereignisses (${formatGermanDate(event)}) zählt nicht mit.`,
      paragraph: '§ 31 Abs. 1 VwVfG, § 187 Abs. 1 BGB',
      date: event.toString(),
    },
    {
      text: `Die Frist von ${periodName(length, unit)} endet rechnerisch am ${formatGermanDate(nominal)}.`,
      paragraph: unit === 'days' ? '§ 188 Abs. 1 BGB' : nominal.day === event.day || unit === 'weeks' ? '§ 188 Abs. 2 BGB' : '§ 188 Abs. 3 BGB',
      date: nominal.toString(),
    },
  ];
  const shifted = nextWorkingDay(nominal, land);
  return { date: shifted.date, steps: [...steps, ...shifted.steps], moved: shifted.moved };
}

/** § 31(3) VwVfG, § 193 BGB: the day itself, or the next that is no Saturday, Sunday or holiday. */
export function nextWorkingDay(day: Temporal.PlainDate, land: Land = 'HH'): Computed {
  const moved: { date: string; name: string }[] = [];
  let date = day;
  for (let reason = restDayReason(date, land); reason !== undefined; reason = restDayReason(date, land)) {
    moved.push({ date: date.toString(), name: reason });
    date = date.add({ days: 1 });
  }
  if (moved.length === 0) return { date, steps: [], moved };
  const why = moved.map((rest) => `${formatGermanDate(Temporal.PlainDate.from(rest.date))} (${rest.name})`).join(', ');
  const text = `Dieser Tag ist kein Werktag: ${why}. Die Frist endet am nächsten Werktag, dem ${formatGermanDate(date)}.`;
  return { date, steps: [{ text, paragraph: '§ 31 Abs. 3 VwVfG, § 193 BGB', date: date.toString() }], moved };
}

/** A time that does not count: from its first day up to, and not including, the day work goes on. */
export interface Suspension {
  readonly from: Temporal.PlainDate;
  readonly to: Temporal.PlainDate;
}

/** Days that the suspensions take out of a period (§ 209 BGB); overlapping ones count once. */
export function suspendedDays(suspensions: readonly Suspension[]): number {
  const sorted = suspensions.toSorted((a, b) => Temporal.PlainDate.compare(a.from, b.from));
  let days = 0;
  let counted: Temporal.PlainDate | undefined;
  for (const { from, to } of sorted) {
    const start = counted !== undefined && Temporal.PlainDate.compare(counted, from) > 0 ? counted : from;
    if (Temporal.PlainDate.compare(to, start) <= 0) continue;
    days += start.until(to).days;
    counted = to;
  }
  return days;
}

/**
 * End of a running Frist with everything that moved it: extension by law, then each suspended day
 * one day more (§ 209 BGB), then § 193 BGB at the very end.
 */
export function laufendeFrist(
  event: Temporal.PlainDate,
  parts: readonly { readonly length: number; readonly unit: PeriodUnit; readonly paragraph: string }[],
  suspensions: readonly Suspension[],
  land: Land = 'HH',
): Computed {
  let date = event;
  const steps: Step[] = [];
  for (const { length, unit, paragraph } of parts) {
    date = date.add({ [unit]: length });
    steps.push({ text: `${periodName(length, unit)} ab ${formatGermanDate(event)} (dieser Tag zählt nicht mit): bis ${formatGermanDate(date)}.`, paragraph, date: date.toString() });
  }
  const days = suspendedDays(suspensions);
  if (days > 0) {
    date = date.add({ days });
    steps.push({ text: `Das Verfahren ruhte ${periodName(days, 'days')}. Diese Zeit zählt nicht: bis ${formatGermanDate(date)}.`, paragraph: '§ 209 BGB', date: date.toString() });
  }
  const shifted = nextWorkingDay(date, land);
  return { date: shifted.date, steps: [...steps, ...shifted.steps], moved: shifted.moved };
}
