/** A text in the three languages of the city. */
export type Words = Readonly<Record<'de' | 'en' | 'leicht', string>>;

/** What somebody does for an application. */
export const ACTIVITIES = ['familiarise', 'read', 'identity', 'field', 'document', 'check', 'transmit', 'pay', 'keep', 'visit'] as const;
export type Activity = (typeof ACTIVITIES)[number];

/**
 * Where a time comes from. `guide`: table of standard times for businesses in the federal guide; for citizens the same
 * value is our estimate, since their table was not to be had. `own`: nobody's figure but ours.
 */
export type ValueBasis = 'guide' | 'own';

export interface StandardTime {
  readonly seconds: number;
  readonly basis: ValueBasis;
  /** Of the guide's three steps. */
  readonly complexity?: 'simple' | 'medium';
}

/** Kinds of fields as service packages have them. */
export type FieldKind =
  | 'text'
  | 'textarea'
  | 'email'
  | 'tel'
  | 'number'
  | 'date'
  | 'choice'
  | 'choices'
  | 'yes-no'
  | 'confirm'
  | 'address'
  | 'plate'
  | 'position'
  | 'file';

export interface StandardValues {
  readonly from: Temporal.PlainDate;
  readonly source: string;
  readonly times: Readonly<Record<Exclude<Activity, 'field' | 'read'>, StandardTime>>;
  /** Seconds to fill in a field of this kind: own estimates. */
  readonly fields: Readonly<Record<FieldKind, number>>;
  /** Seconds for a field that the Servicekonto has filled in already: looking at it. */
  readonly prefilledSeconds: number;
  readonly wordsPerMinute: number;
  /** Cost of a way to the authority in cents, once a visit. */
  readonly visitCents: number;
  /** Labour cost of businesses in cents an hour, average of all skills and branches. */
  readonly wageCents: number;
}

const GUIDE =
  'Leitfaden zur Ermittlung und Darstellung des Erfüllungsaufwands (Statistisches Bundesamt): Zeitwerttabelle Wirtschaft, Wegezeiten, Lohnkostentabelle Gesamtwirtschaft Stand 2025. Aus zweiter Hand gelesen, nicht am Original geprüft; Werte je Feld, Lesen, Bezahlen, Nachweis der Person und Aufbewahren sind eigene Schätzungen';

/** Dated; before and after a change are valued alike, by the values in force on the day of the question. */
export const STANDARD_VALUES: readonly StandardValues[] = [
  {
    from: Temporal.PlainDate.from('2026-02-01'),
    source: GUIDE,
    times: {
      familiarise: { seconds: 180, basis: 'guide', complexity: 'simple' },
      identity: { seconds: 180, basis: 'own' },
      document: { seconds: 600, basis: 'guide', complexity: 'medium' },
      check: { seconds: 60, basis: 'guide', complexity: 'simple' },
      transmit: { seconds: 60, basis: 'guide', complexity: 'simple' },
      pay: { seconds: 120, basis: 'own' },
      keep: { seconds: 120, basis: 'own' },
      // 15 minutes of way by the guide, and as many of waiting by our estimate
      visit: { seconds: 1800, basis: 'own' },
    },
    fields: {
      'yes-no': 8,
      confirm: 6,
      choice: 15,
      choices: 25,
      date: 20,
      number: 25,
      plate: 15,
      email: 20,
      tel: 20,
      text: 25,
      address: 45,
      position: 60,
      textarea: 150,
      file: 60,
    },
    prefilledSeconds: 4,
    wordsPerMinute: 200,
    visitCents: 110,
    wageCents: 3860,
  },
];

/** The values in force on a day, or the first there are. */
export function valuesOn(day: Temporal.PlainDate): StandardValues {
  return STANDARD_VALUES.findLast(({ from }) => Temporal.PlainDate.compare(from, day) <= 0) ?? STANDARD_VALUES[0]!;
}

/**
 * Share of businesses among those who apply, by service. Own placement where it follows from what the service is for;
 * a service that is not here has an unknown share, and its hours are nobody's in the sum.
 */
export const BUSINESS_SHARE: Readonly<Record<string, number>> = { hund: 0, bewohnerparkausweis: 0, aufgrabeschein: 1 };
