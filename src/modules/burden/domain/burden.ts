import type { Activity, FieldKind, StandardValues, ValueBasis, Words } from './standard-values.ts';

/** What a version of a service asks of somebody, in the package's own example case. */
export interface ServiceFacts {
  readonly version: string;
  /** German words to read: description, headings, labels, help. */
  readonly words: number;
  readonly fields: readonly FieldFact[];
  /** Papers that must be got from somewhere. */
  readonly documents: readonly { readonly id: string; readonly label: Words; readonly count: number }[];
  readonly provesIdentity: boolean;
  readonly pays: boolean;
}

export interface FieldFact {
  readonly id: string;
  readonly label: Words;
  readonly kind: FieldKind;
  readonly prefilled: boolean;
  /** How often it is filled in, e.g. once for each tree. */
  readonly count: number;
}

/** Ways by which an application comes; all but the first are those that counters count. */
export const WAYS = ['online', 'counter', 'phone', 'post'] as const;
export type Way = (typeof WAYS)[number];

/** What a measure changed, beside the versions of the package. */
export const MEASURE_KINDS = ['once-only', 'prefilled', 'visit-ended'] as const;
export type MeasureKind = (typeof MEASURE_KINDS)[number];

/** What is in force: measures by kind, with what they concern. */
export interface InForce {
  readonly measures: readonly { readonly kind: MeasureKind; readonly target: string | null }[];
  /** A visit is needed: one was before a measure ended it. */
  readonly visit: boolean;
  /** Online where it is not said. */
  readonly way?: Way;
}

/** A line of the calculation. */
export interface BurdenItem {
  readonly activity: Activity;
  /** Field or document; absent for what concerns the whole case. */
  readonly id?: string;
  readonly label?: Words;
  readonly count: number;
  /** For all of `count` together. */
  readonly seconds: number;
  readonly basis: ValueBasis;
}

export interface Burden {
  readonly items: readonly BurdenItem[];
  readonly seconds: number;
  /** Money that is spent beside time, e.g. for the way; fees are no burden in this method. */
  readonly cents: number;
}

/**
 * The burden of one case, item by item. All ways ask the same; where it is not online nothing is filled in before and nothing
 * uploaded.
 */
export function burdenOf(facts: ServiceFacts, { measures, visit, way = 'online' }: InForce, values: StandardValues): Burden {
  const online = way === 'online';
  const has = (kind: MeasureKind, target: string): boolean => measures.some((one) => one.kind === kind && one.target === target);
  const whole = (activity: Exclude<Activity, 'field' | 'read'>): BurdenItem => {
    const { seconds, basis } = values.times[activity];
    return { activity, count: 1, seconds, basis };
  };
  const fields = facts.fields
    .filter(({ kind, id }) => kind !== 'file' || (online && !has('once-only', id)))
    .map(({ id, label, kind, prefilled, count }): BurdenItem => {
      const each = online && (prefilled || has('prefilled', id)) ? values.prefilledSeconds : values.fields[kind];
      return { activity: 'field', id, label, count, seconds: each * count, basis: 'own' };
    });
  const documents = facts.documents
    .filter(({ id }) => !has('once-only', id))
    .map(({ id, label, count }): BurdenItem => {
      const { seconds, basis } = values.times.document;
      return { activity: 'document', id, label, count, seconds: seconds * count, basis };
    });
  const items: readonly BurdenItem[] = [
    whole('familiarise'),
    { activity: 'read', count: facts.words, seconds: Math.round((facts.words * 60) / values.wordsPerMinute), basis: 'own' },
    ...(facts.provesIdentity ? [whole('identity')] : []),
    ...fields,
    ...documents,
    whole('check'),
    whole('transmit'),
    ...(facts.pays ? [whole('pay')] : []),
    whole('keep'),
    ...(visit ? [whole('visit')] : []),
  ];
  return { items, seconds: items.reduce((sum, one) => sum + one.seconds, 0), cents: visit ? values.visitCents : 0 };
}

/** What a case costs a business: its time at the dated wage, and what it spends. Citizens' time is not valued in money. */
export const businessCents = ({ seconds, cents }: Pick<Burden, 'seconds' | 'cents'>, { wageCents }: StandardValues): number =>
  Math.round((seconds * wageCents) / 3600) + cents;
