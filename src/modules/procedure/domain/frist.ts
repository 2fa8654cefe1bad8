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

const later = (a: Temporal.PlainDate, b: Temporal.PlainDate): Temporal.PlainDate => (Temporal.PlainDate.compare(a, b) >= 0 ? a : b);

/** Sorted, and joined where they touch or overlap, so that no day is taken out twice. */
function joined(suspensions: readonly Suspension[]): Suspension[] {
  const result: Suspension[] = [];
  for (const next of suspensions.toSorted((a, b) => Temporal.PlainDate.compare(a.from, b.from))) {
    const last = result.at(-1);
    if (last === undefined || Temporal.PlainDate.compare(next.from, last.to) > 0) result.push(next);
    else result[result.length - 1] = { from: last.from, to: later(last.to, next.to) };
  }
  return result;
}

/** Days that the suspensions take; overlapping ones count once. */
export const suspendedDays = (suspensions: readonly Suspension[]): number =>
  joined(suspensions).reduce((sum, { from, to }) => sum + Math.max(0, from.until(to).days), 0);

/**
 * End of a running Frist with everything that moved it. Frist and extension are one (§ 190 BGB), so
 * only the very end moves by § 193 BGB. Of a suspension only the days after the start count (§ 209
 * BGB); one that begins after the end revives nothing.
 */
export function laufendeFrist(
  event: Temporal.PlainDate,
  parts: readonly { readonly length: number; readonly unit: PeriodUnit; readonly paragraph: string }[],
  suspensions: readonly Suspension[],
  land: Land = 'HH',
): Computed {
  const waiting = joined(suspensions);
  let date = event;
  const steps: Step[] = [];
  for (const [index, { length, unit, paragraph }] of parts.entries()) {
    date = date.add({ [unit]: length });
    steps.push({
      text: `${periodName(length, unit)} ab ${formatGermanDate(event)} (dieser Tag zählt nicht mit): bis ${formatGermanDate(date)}.`,
      paragraph,
      date: date.toString(),
    });
    const isLast = index === parts.length - 1;
    while (waiting[0] !== undefined && Temporal.PlainDate.compare(waiting[0].from, isLast ? nextWorkingDay(date, land).date : date) <= 0) {
      const { from, to } = waiting.shift()!;
      const days = later(from, event.add({ days: 1 })).until(to).days;
      if (days <= 0) continue;
      date = later(date.add({ days }), to);
      steps.push({
        text: `Das Verfahren ruhte ${periodName(days, 'days')}. Diese Zeit zählt nicht: bis ${formatGermanDate(date)}.`,
        paragraph: '§ 209 BGB',
        date: date.toString(),
      });
    }
  }
  const shifted = nextWorkingDay(date, land);
  return { date: shifted.date, steps: [...steps, ...shifted.steps], moved: shifted.moved };
}
