import { belonging, fieldOf, type Kind, type Strategy } from './items.ts';

/** What is known of the indicators, by key: the kinds of events of the journal that each is made of. */
export type KnownIndicators = ReadonlyMap<string, { readonly events: readonly string[] }>;

/** The way up from a measure, and down to what the journal keeps. */
export interface Trace {
  readonly field: Kind<'field'> | undefined;
  readonly vision: Kind<'vision'> | undefined;
  readonly priority: Kind<'priority'> | undefined;
  readonly measure: Kind<'measure'>;
  readonly services: readonly string[];
  /** With the events that follow from the formula of each. */
  readonly indicators: readonly { readonly key: string; readonly events: readonly string[] }[];
  /** All of its kinds of events, once each. */
  readonly events: readonly string[];
}

const eventsOf = (known: KnownIndicators | undefined, { indicators }: Kind<'measure'>): readonly string[] => [
  ...new Set(indicators.flatMap((key) => known?.get(key)?.events ?? [])),
];

/** @param known absent: nobody keeps indicators, and nothing is known of their events */
export function traceOf(strategy: Strategy, measure: Kind<'measure'>, known: KnownIndicators | undefined): Trace {
  const priority = strategy.priority.get(measure.priority);
  const vision = priority && strategy.vision.get(priority.vision);
  return {
    field: fieldOf(strategy, measure),
    vision,
    priority,
    measure,
    services: measure.services,
    indicators: measure.indicators.map((key) => ({ key, events: known?.get(key)?.events ?? [] })),
    events: eventsOf(known, measure),
  };
}

/** Measures whose indicators are made of an event, or that a service serves: the way back. */
export const measuresOfEvent = (strategy: Strategy, known: KnownIndicators | undefined, kind: string): Kind<'measure'>[] =>
  belonging(strategy, 'measure', (one) => eventsOf(known, one).includes(kind));
export const measuresOfService = (strategy: Strategy, service: string): Kind<'measure'>[] =>
  belonging(strategy, 'measure', ({ services }) => services.includes(service));

export const eventKindsOf = (strategy: Strategy, known: KnownIndicators | undefined): string[] =>
  [...new Set([...strategy.measure.values()].flatMap((measure) => eventsOf(known, measure)))].toSorted();

interface Named {
  readonly measure: string;
  readonly indicator: string;
}

/** Where the trace is torn. */
export interface Gaps {
  readonly measuresWithoutIndicator: readonly string[];
  readonly measuresWithoutMilestone: readonly string[];
  /** They come from outside: the trace ends at their source. */
  readonly indicatorsWithoutEvent: readonly Named[];
  readonly indicatorsUnknown: readonly Named[];
  readonly servicesWithoutMeasure: readonly string[];
  readonly servicesUnknown: readonly { readonly measure: string; readonly service: string }[];
  /** The journal has seen none of their events yet. One kind alone may never have come: nobody need have left. */
  readonly indicatorsNeverSeen: readonly Named[];
}

/** @param known.indicators absent: nobody keeps indicators, so none can be unknown; `seen` kinds in the journal */
export function gapsOf(
  strategy: Strategy,
  known: { readonly services: readonly string[]; readonly indicators: KnownIndicators | undefined; readonly seen: ReadonlySet<string> },
): Gaps {
  const measures = [...strategy.measure.values()];
  const named = known.indicators === undefined ? [] : measures.flatMap(({ key, indicators }) => indicators.map((one) => ({ measure: key, indicator: one })));
  const served = new Set(measures.flatMap(({ services }) => services));
  const neverSeen = (events: readonly string[]): boolean => events.length > 0 && !events.some((kind) => known.seen.has(kind));
  const planned = new Set([...strategy.milestone.values()].map(({ measure }) => measure));
  return {
    measuresWithoutIndicator: measures.filter(({ indicators }) => indicators.length === 0).map(({ key }) => key),
    measuresWithoutMilestone: measures.filter(({ key }) => !planned.has(key)).map(({ key }) => key),
    indicatorsWithoutEvent: named.filter(({ indicator }) => known.indicators?.get(indicator)?.events.length === 0),
    indicatorsUnknown: named.filter(({ indicator }) => known.indicators?.has(indicator) !== true),
    servicesWithoutMeasure: known.services.filter((key) => !served.has(key)),
    servicesUnknown: measures.flatMap(({ key, services }) =>
      services.filter((one) => !known.services.includes(one)).map((service) => ({ measure: key, service })),
    ),
    indicatorsNeverSeen: named.filter(({ indicator }) => neverSeen(known.indicators?.get(indicator)?.events ?? [])),
  };
}
