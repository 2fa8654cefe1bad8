import { DayTally } from '../../../kernel/day-tally.ts';

/** Why people come; counted, never of whom. */
export const REASONS = ['online-ausweis', 'konto', 'antrag', 'status', 'technik', 'anderes'] as const;
export type Reason = (typeof REASONS)[number];

/** Minutes, roughly. */
export const LENGTHS = ['bis-5', 'bis-15', 'bis-30', 'laenger'] as const;
export type Length = (typeof LENGTHS)[number];

export const SPOKEN = ['de', 'en', 'tr', 'uk', 'fa', 'pl', 'ar', 'ru', 'bg', 'ro', 'pt', 'andere'] as const;
export type Spoken = (typeof SPOKEN)[number];

/** What is told of consultations: all of them, and each of four things for itself, never two together. */
export const THINGS = ['all', 'place', 'reason', 'length', 'lang'] as const;
export type Thing = (typeof THINGS)[number];

/** One counter. `key` is empty where all are counted. */
export interface Marginal {
  readonly thing: Thing;
  readonly key: string;
}

/** Whole tens of a month. */
export interface MonthCount extends Marginal {
  /** Its first day. */
  readonly month: Temporal.PlainDate;
  readonly count: number;
}

/** What one consultation is. */
export interface Consultation {
  /** Key of a place, or `telefon`. */
  readonly place: string;
  readonly reason: string;
  readonly length: string;
  readonly lang: string;
}

/** The counters that one consultation goes to. */
export const marginalsOf = ({ place, reason, length, lang }: Consultation): readonly Marginal[] => [
  { thing: 'all', key: '' },
  { thing: 'place', key: place },
  { thing: 'reason', key: reason },
  { thing: 'length', key: length },
  { thing: 'lang', key: lang },
];

/** What each guide counted today, by reason. */
export class ConsultationTally extends DayTally<Consultation> {
  constructor() {
    super(({ reason }) => reason);
  }
}
