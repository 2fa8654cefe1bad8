import { parameter } from '../../../kernel/parameter.ts';

/** When a claim is called to mind, and what being late costs, from a day on. */
export interface DunningRule {
  /** For claims demanded on this day or later. */
  readonly from: string;
  /** Days after the due day until the reminder, which costs nothing. */
  readonly reminderAfterDays: number;
  /** Days after the reminder until the Mahnung. */
  readonly dunningAfterDays: number;
  /** Percentage points over the Basiszinssatz, a year. */
  readonly interestOverBase: number;
  readonly source: string;
  /** Whether somebody compared it with the official text. */
  readonly checked: boolean;
}

/** The days are the city's practice, not law. § 19 GebG was read in a legal database, not in the HmbGVBl. */
export const DUNNING_RULES: readonly DunningRule[] = [
  { from: '1986-01-01', reminderAfterDays: 7, dunningAfterDays: 14, interestOverBase: 3, source: '§ 19 Abs. 1 GebG (Hamburg)', checked: false },
];

export function dunningRule(day: string): DunningRule {
  const rule = DUNNING_RULES.findLast(({ from }) => from <= day);
  if (rule === undefined) throw new Error(`no dunning rule for ${day}`);
  return rule;
}

const BUNDESBANK = 'Bekanntmachung der Deutschen Bundesbank';

/** Basiszinssatz (§ 247 BGB) in percent a year, from each day on; published by the Bundesbank. */
export const BASE_RATE = parameter(
  'payment.base-rate',
  'Basiszinssatz (§ 247 BGB)',
  { percent: { label: 'Im Jahr', unit: '%', least: -5, most: 20, fraction: true } },
  [
    { from: '2024-01-01', value: { percent: 3.62 }, source: BUNDESBANK },
    { from: '2024-07-01', value: { percent: 3.37 }, source: BUNDESBANK },
    { from: '2025-01-01', value: { percent: 2.27 }, source: BUNDESBANK },
    { from: '2025-07-01', value: { percent: 1.27 }, source: BUNDESBANK },
  ],
);
/** It changes on 1 January and 1 July: in a half-year without a row of its own lateness has no figure, rather than a wrong one. */
function baseRateOn(day: Temporal.PlainDate): number | undefined {
  const halfYear = day.with({ month: day.month < 7 ? 1 : 7, day: 1 }).toString();
  const row = BASE_RATE.inForceOn(day);
  return row === undefined || row.from < halfYear ? undefined : row.value.percent;
}

/**
 * Säumniszinsen (§ 19 Abs. 1 GebG): from the day after the due day, on the arrears, at 3 points over
 * the base rate that held when the lateness began, for its whole time; days of 365. Shown to the
 * officer who may demand them; never added by themselves, as the parameter is not checked.
 * @returns cents, rounded down; `undefined` where the base rate of that day is not known here
 */
export function lateInterestCents(arrearsCents: number, dueOn: string, until: string): number | undefined {
  const start = Temporal.PlainDate.from(dueOn).add({ days: 1 });
  const days = Temporal.PlainDate.from(dueOn).until(Temporal.PlainDate.from(until), { largestUnit: 'days' }).days;
  if (days <= 0 || arrearsCents <= 0) return 0;
  const base = baseRateOn(start);
  if (base === undefined) return undefined;
  const hundredths = Math.round((base + dunningRule(dueOn).interestOverBase) * 100);
  return Math.floor((arrearsCents * hundredths * days) / (10_000 * 365));
}

export const paymentParameters = [BASE_RATE];
