import { burdenOf, type Burden, type MeasureKind, type ServiceFacts } from './burden.ts';
import type { StandardValues } from './standard-values.ts';

/** A version of the package and since when it is in force. */
export interface VersionFacts {
  readonly since: Temporal.PlainDate;
  readonly facts: ServiceFacts;
}

/** A change that somebody declared, with its day and reason. */
export interface Measure {
  readonly id: string;
  readonly service: string;
  readonly kind: MeasureKind;
  /** Document or field; null where the whole case is meant. */
  readonly target: string | null;
  readonly effectiveOn: Temporal.PlainDate;
  readonly reason: string;
  readonly declaredAt: Temporal.Instant;
}

/** What changed the burden, and by how much. */
export interface Change {
  readonly on: Temporal.PlainDate;
  readonly cause: { readonly version: string } | { readonly measure: Measure };
  readonly before: Burden;
  readonly after: Burden;
}

export interface BurdenHistory {
  /** As it was before all that is known. */
  readonly first: Burden;
  readonly now: Burden;
  readonly changes: readonly Change[];
  /** Declared for a day that has not come. */
  readonly coming: readonly Measure[];
}

/**
 * The burden of a service through its versions and measures. Everything is valued by the same standard values, so a
 * difference is a change of the service and never of a wage. @param versions at least one, oldest first
 */
export function historyOf(versions: readonly VersionFacts[], measures: readonly Measure[], today: Temporal.PlainDate, values: StandardValues): BurdenHistory {
  const { compare } = Temporal.PlainDate;
  const begun = measures.filter(({ effectiveOn }) => compare(effectiveOn, today) <= 0);
  let { facts } = versions[0]!;
  let visit = begun.some(({ kind }) => kind === 'visit-ended');
  const applied: Measure[] = [];
  const present = (): Burden => burdenOf(facts, { measures: applied, visit }, values);
  const first = present();
  // on the same day a version comes before a measure: a measure is about what is asked then
  const events = [
    ...versions.slice(1).map((version) => ({ on: version.since, version })),
    ...begun.map((measure) => ({ on: measure.effectiveOn, measure })),
  ].sort((a, b) => compare(a.on, b.on) || ('version' in a ? 0 : 1) - ('version' in b ? 0 : 1));
  const changes = events.map((event): Change => {
    const before = present();
    if ('version' in event) ({ facts } = event.version);
    else {
      applied.push(event.measure);
      if (event.measure.kind === 'visit-ended') visit = false;
    }
    const cause = 'version' in event ? { version: event.version.facts.version } : { measure: event.measure };
    return { on: event.on, cause, before, after: present() };
  });
  return { first, now: present(), changes, coming: measures.filter(({ effectiveOn }) => compare(effectiveOn, today) > 0) };
}
