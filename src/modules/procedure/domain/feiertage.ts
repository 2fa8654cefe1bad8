/** A public holiday on its day. */
export interface Feiertag {
  readonly date: Temporal.PlainDate;
  readonly name: string;
}

/** Länder whose holidays are known here. The Land of the deciding authority counts. */
export type Land = 'HH';

interface Rule {
  readonly name: string;
  /** Month and day, or days after Easter Sunday. */
  readonly on: readonly [month: number, day: number] | number;
  readonly validFrom?: number;
  readonly onlyIn?: number;
}

/** Hamburgisches Feiertagsgesetz § 1; Art. 2(2) Einigungsvertrag for 3 October. 24 and 31 December are working days. */
const HAMBURG: readonly Rule[] = [
  { name: 'Neujahr', on: [1, 1] },
  { name: 'Karfreitag', on: -2 },
  { name: 'Ostermontag', on: 1 },
  { name: 'Tag der Arbeit', on: [5, 1] },
  { name: 'Christi Himmelfahrt', on: 39 },
  { name: 'Pfingstmontag', on: 50 },
  { name: 'Tag der Deutschen Einheit', on: [10, 3], validFrom: 1990 },
  { name: 'Reformationstag', on: [10, 31], onlyIn: 2017 },
  { name: 'Tag der Reformation', on: [10, 31], validFrom: 2018 },
  { name: '1. Weihnachtstag', on: [12, 25] },
  { name: '2. Weihnachtstag', on: [12, 26] },
];

const RULES: Readonly<Record<Land, readonly Rule[]>> = { HH: HAMBURG };

/** Easter Sunday of a Gregorian year (Meeus/Jones/Butcher; valid from 1583). */
export function easterSunday(year: number): Temporal.PlainDate {
  const golden = year % 19;
  const century = Math.floor(year / 100);
  const ofCentury = year % 100;
  const moonCorrection = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3);
  const epact = (19 * golden + century - Math.floor(century / 4) - moonCorrection + 15) % 30;
  const weekday = (32 + 2 * (century % 4) + 2 * Math.floor(ofCentury / 4) - epact - (ofCentury % 4)) % 7;
  const late = Math.floor((golden + 11 * epact + 22 * weekday) / 451);
  const sum = epact + weekday - 7 * late + 114;
  return Temporal.PlainDate.from({ year, month: Math.floor(sum / 31), day: (sum % 31) + 1 });
}

/** The public holidays of a Land in a year, in order. */
export function feiertage(year: number, land: Land = 'HH'): Feiertag[] {
  const easter = easterSunday(year);
  return RULES[land]
    .filter((rule) => year >= (rule.validFrom ?? 0) && (rule.onlyIn === undefined || rule.onlyIn === year))
    .map(({ name, on }) => ({
      name,
      date: typeof on === 'number' ? easter.add({ days: on }) : Temporal.PlainDate.from({ year, month: on[0], day: on[1] }),
    }))
    .sort((a, b) => Temporal.PlainDate.compare(a.date, b.date));
}

/** The holiday on this day, if it is one. */
export function feiertagOn(day: Temporal.PlainDate, land: Land = 'HH'): Feiertag | undefined {
  return feiertage(day.year, land).find((holiday) => holiday.date.equals(day));
}

/** Why no work is done on this day: `Samstag`, `Sonntag`, the holiday's name; `undefined` on a working day. */
export function restDayReason(day: Temporal.PlainDate, land: Land = 'HH'): string | undefined {
  const holiday = feiertagOn(day, land);
  if (holiday !== undefined) return holiday.name;
  if (day.dayOfWeek === 6) return 'Samstag';
  if (day.dayOfWeek === 7) return 'Sonntag';
  return undefined;
}
