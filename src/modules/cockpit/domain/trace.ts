import { belonging, fieldOf, type Kind, type Strategy } from './items.ts';

/** The way up from a measure, and down to what the journal keeps. */
export interface Trace {
  readonly field: Kind<'field'> | undefined;
  readonly vision: Kind<'vision'> | undefined;
  readonly priority: Kind<'priority'> | undefined;
  readonly measure: Kind<'measure'>;
  readonly services: readonly string[];
  readonly indicators: readonly { readonly key: string; readonly events: readonly string[] }[];
  /** All of its kinds of events, once each. */
  readonly events: readonly string[];
}

export function traceOf(strategy: Strategy, measure: Kind<'measure'>): Trace {
  const priority = strategy.priority.get(measure.priority);
  const vision = priority && strategy.vision.get(priority.vision);
  const { services, indicators } = measure;
  return {
    field: fieldOf(strategy, measure),
    vision,
    priority,
    measure,
    services,
    indicators,
    events: [...new Set(indicators.flatMap(({ events }) => events))],
  };
}

/** Measures that an event proves, or that a service serves: the way back. */
export const measuresOfEvent = (strategy: Strategy, kind: string): Kind<'measure'>[] =>
  belonging(strategy, 'measure', ({ indicators }) => indicators.some(({ events }) => events.includes(kind)));
export const measuresOfService = (strategy: Strategy, service: string): Kind<'measure'>[] =>
  belonging(strategy, 'measure', ({ services }) => services.includes(service));

export const eventKindsOf = (strategy: Strategy): string[] =>
  [...new Set([...strategy.measure.values()].flatMap(({ indicators }) => indicators.flatMap(({ events }) => events)))].toSorted();

/** Where the trace is torn. */
export interface Gaps {
  readonly measuresWithoutIndicator: readonly string[];
  readonly measuresWithoutMilestone: readonly string[];
  readonly indicatorsWithoutEvent: readonly { readonly measure: string; readonly indicator: string }[];
  readonly indicatorsUnknown: readonly { readonly measure: string; readonly indicator: string }[];
  readonly servicesWithoutMeasure: readonly string[];
  readonly servicesUnknown: readonly { readonly measure: string; readonly service: string }[];
  /** Kinds of events that the journal has never seen. */
  readonly eventsNeverSeen: readonly string[];
}

/** @param known.indicators absent: nobody keeps indicators, so none can be unknown; `seen` kinds in the journal */
export function gapsOf(
  strategy: Strategy,
  known: { readonly services: readonly string[]; readonly indicators: readonly string[] | undefined; readonly seen: ReadonlySet<string> },
): Gaps {
  const measures = [...strategy.measure.values()];
  const named = measures.flatMap((measure) => measure.indicators.map((one) => ({ measure: measure.key, indicator: one.key, events: one.events })));
  const pair = ({ measure, indicator }: (typeof named)[number]): { measure: string; indicator: string } => ({ measure, indicator });
  const served = new Set(measures.flatMap(({ services }) => services));
  const planned = new Set([...strategy.milestone.values()].map(({ measure }) => measure));
  return {
    measuresWithoutIndicator: measures.filter(({ indicators }) => indicators.length === 0).map(({ key }) => key),
    measuresWithoutMilestone: measures.filter(({ key }) => !planned.has(key)).map(({ key }) => key),
    indicatorsWithoutEvent: named.filter(({ events }) => events.length === 0).map(pair),
    indicatorsUnknown: known.indicators === undefined ? [] : named.filter(({ indicator }) => !known.indicators!.includes(indicator)).map(pair),
    servicesWithoutMeasure: known.services.filter((key) => !served.has(key)),
    servicesUnknown: measures.flatMap(({ key, services }) =>
      services.filter((one) => !known.services.includes(one)).map((service) => ({ measure: key, service })),
    ),
    eventsNeverSeen: eventKindsOf(strategy).filter((kind) => !known.seen.has(kind)),
  };
}
