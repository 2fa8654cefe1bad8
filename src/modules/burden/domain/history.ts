import { legalDay } from '../../../kernel/time.ts';
import { burdenOf, type Burden, type MeasureKind, type ServiceFacts, type Way } from './burden.ts';
import type { StandardValues } from './standard-values.ts';

/** A version of the package and since when it is in force. */
export interface VersionFacts {
  readonly since: Temporal.PlainDate;
  readonly facts: ServiceFacts;
  /** An earlier version that is in force again; nobody noted since when, so `since` is the day it was seen. */
  readonly returned?: true;
}

/** A version as the catalogue keeps it. */
export interface SeenVersion {
  readonly hash: string;
  /** When it was first seen. */
  readonly since: Temporal.Instant;
  readonly facts: ServiceFacts;
}

/** The states a service went through, oldest first; the last one is in force. Versions that ask the same of people are one. */
export function statesOf(known: readonly SeenVersion[], inForce: string, today: Temporal.PlainDate): readonly VersionFacts[] {
  const last = (one: SeenVersion): number => (one.hash === inForce ? 1 : 0);
  const seen = known.toSorted((a, b) => Temporal.Instant.compare(a.since, b.since) || last(a) - last(b));
  const states: VersionFacts[] = seen.map(({ since, facts }) => ({ since: legalDay(since), facts }));
  const present = seen.find(({ hash }) => hash === inForce);
  if (present !== undefined && present !== seen.at(-1)) states.push({ since: today, facts: present.facts, returned: true });
  return states.filter((one, index) => index === 0 || !sameAsked(one.facts, states[index - 1]!.facts));
}

/** A changed letter makes a new version that asks the same of people: that is no change here. */
const sameAsked = (one: ServiceFacts, other: ServiceFacts): boolean => JSON.stringify({ ...one, version: '' }) === JSON.stringify({ ...other, version: '' });

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
  readonly cause: { readonly version: string; readonly returned?: true } | { readonly measure: Measure };
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
 * difference is a change of the service and never of a wage. That nobody has to go to the authority any more spares those who
 * come online; who goes to the counter all the same still has the way. @param versions at least one, oldest first
 */
export function historyOf(
  versions: readonly VersionFacts[],
  measures: readonly Measure[],
  { today, values, way = 'online' }: { readonly today: Temporal.PlainDate; readonly values: StandardValues; readonly way?: Way },
): BurdenHistory {
  const { compare } = Temporal.PlainDate;
  const begun = measures.filter(({ effectiveOn }) => compare(effectiveOn, today) <= 0);
  let { facts } = versions[0]!;
  const online = way === 'online';
  let visit = way === 'counter' || (online && begun.some(({ kind }) => kind === 'visit-ended'));
  const applied: Measure[] = [];
  const present = (): Burden => burdenOf(facts, { measures: applied, visit, way }, values);
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
      if (online && event.measure.kind === 'visit-ended') visit = false;
    }
    return { on: event.on, cause: 'version' in event ? versionCause(event.version) : { measure: event.measure }, before, after: present() };
  });
  return { first, now: present(), changes, coming: measures.filter(({ effectiveOn }) => compare(effectiveOn, today) > 0) };
}

const versionCause = ({ facts: { version }, returned }: VersionFacts): Change['cause'] => (returned === true ? { version, returned } : { version });
