export const RULE_NAMES = [
  'mhw',
  'mnw',
  'sturmflut-above-mhw',
  'schwere-above-mhw',
  'sehr-schwere-above-mhw',
  'stage-0-from',
  'stage-1-from',
  'stage-2-from',
  'stage-2-to',
  'staffs-from-forecast',
  'streets-below',
  'public-warned-above',
  'public-warned-hours-latest',
  'public-warned-hours-earliest',
  'port-closed-from',
  'dyke-defenders',
  'design-level',
  'gauge-zero',
  'season-from',
  'season-to',
] as const;
export type RuleName = (typeof RULE_NAMES)[number];

/** One value with its first day and where it comes from. Levels are metres above NHN at Pegel St. Pauli. */
export interface DatedRule {
  readonly name: RuleName;
  readonly value: number;
  /** `MMDD`: month and day as one number. */
  readonly unit: 'm NHN' | 'm' | 'h' | 'people' | 'MMDD';
  /** ISO day from which it is in force. */
  readonly validFrom: string;
  readonly source: string;
  readonly checked: 'yes' | 'first-day-unknown' | 'contradicts-newer' | 'by-administration';
  /** Of what the administration laid down: when. */
  readonly recordedAt?: string;
}

export type Responsible = 'leiter' | 'S1' | 'S2' | 'S3' | 'S4' | 'S5' | 'S6' | 'fachberater' | 'verbindung';

/** Until when: minutes before the peak, before the level reaches a rule's value, or after the forecast was known. */
export type DeadlineRule =
  | { readonly kind: 'before-peak'; readonly minutes: number }
  | { readonly kind: 'before-level'; readonly rule: RuleName; readonly minutes: number }
  | { readonly kind: 'after-forecast'; readonly minutes: number }
  /** The rules `public-warned-hours-…` before the peak. */
  | { readonly kind: 'public-warning' };

export interface Measure {
  readonly key: string;
  readonly stage: 0 | 1 | 2;
  readonly responsible: Responsible;
  /** Due from a forecast at or above this rule's value. */
  readonly trigger: RuleName;
  readonly deadline: DeadlineRule;
  readonly title: string;
  /** Who confirms says a number, and this rule's value must be exceeded. */
  readonly count?: RuleName;
  readonly source: string;
  readonly validFrom: string;
}

/** The rules as they are on a day; a Lage keeps the set it began with. */
export interface SurgeRules {
  /** ISO day for which the set was made. */
  readonly day: string;
  readonly values: Readonly<Record<RuleName, DatedRule>>;
  /** Rows of the same name that are not in force, e.g. an older page that says otherwise. */
  readonly others: readonly DatedRule[];
  readonly measures: readonly Measure[];
}

/** The set in force on a day: of each name the row with the latest first day, of two on one day the one recorded later. */
export function rulesOn(day: Temporal.PlainDate, rules: readonly DatedRule[], measures: readonly Measure[]): SurgeRules {
  const today = day.toString();
  const inForce = rules
    .filter(({ validFrom }) => validFrom <= today)
    .toSorted((a, b) => (b.validFrom + (b.recordedAt ?? '')).localeCompare(a.validFrom + (a.recordedAt ?? '')));
  const values = Object.fromEntries(RULE_NAMES.map((name) => [name, inForce.find((one) => one.name === name)]));
  const missing = RULE_NAMES.filter((name) => values[name] === undefined);
  if (missing.length > 0) throw new Error(`no rule in force on ${today}: ${missing.join(', ')}`);
  return {
    day: today,
    values: values as Record<RuleName, DatedRule>,
    others: inForce.filter((one) => values[one.name] !== one),
    measures: measures.filter(({ validFrom }) => validFrom <= today),
  };
}

export const valueOf = (rules: SurgeRules, name: RuleName): number => rules.values[name].value;

/** Names and values in which two sets differ, for the log. */
export function differences(before: SurgeRules, after: SurgeRules): { readonly name: RuleName; readonly from: number; readonly to: number }[] {
  return RULE_NAMES.map((name) => ({ name, from: valueOf(before, name), to: valueOf(after, name) })).filter(({ from, to }) => from !== to);
}

export type SurgeClass = 'none' | 'sturmflut' | 'schwere' | 'sehr-schwere';

/** BSH: Sturmflut, schwere, sehr schwere Sturmflut, from above MHW. */
export function classOf(metres: number, rules: SurgeRules): SurgeClass {
  const above = metres - valueOf(rules, 'mhw') + 1e-9;
  if (above >= valueOf(rules, 'sehr-schwere-above-mhw')) return 'sehr-schwere';
  if (above >= valueOf(rules, 'schwere-above-mhw')) return 'schwere';
  return above >= valueOf(rules, 'sturmflut-above-mhw') ? 'sturmflut' : 'none';
}

export type Stage = 0 | 1 | 2;

/** Stage of the port's flood defence; `undefined` below stage 0. Above stage 2 no further one is laid down: see `beyondStages`. */
export function stageOf(metres: number, rules: SurgeRules): Stage | undefined {
  if (metres >= valueOf(rules, 'stage-2-from')) return 2;
  if (metres >= valueOf(rules, 'stage-1-from')) return 1;
  return metres >= valueOf(rules, 'stage-0-from') ? 0 : undefined;
}

/** Higher than any stage was laid down for. */
export const beyondStages = (metres: number, rules: SurgeRules): boolean => metres > valueOf(rules, 'stage-2-to');

/** Whether a day lies in the season of storm surges, which goes over the turn of the year. */
export function inSeason(day: Temporal.PlainDate, rules: SurgeRules): boolean {
  const mmdd = day.month * 100 + day.day;
  return mmdd >= valueOf(rules, 'season-from') || mmdd <= valueOf(rules, 'season-to');
}

/** What heights are counted from. `PN`: gauge zero, `MHW`: mean high water. */
export const REFERENCES = ['NHN', 'PN', 'MHW'] as const;
export type Reference = (typeof REFERENCES)[number];

export function toNhn(metres: number, reference: Reference, rules: SurgeRules): number {
  const base = reference === 'PN' ? valueOf(rules, 'gauge-zero') : reference === 'MHW' ? valueOf(rules, 'mhw') : 0;
  return Math.round((metres + base) * 1000) / 1000;
}
