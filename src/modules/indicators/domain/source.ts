/** How a source is asked for its figures. */
export const SOURCE_KINDS = ['csv', 'json', 'sensorthings', 'sparql'] as const;
export type SourceKind = (typeof SOURCE_KINDS)[number];

export const AGGREGATES = ['mean', 'sum', 'min', 'max', 'last', 'count'] as const;
export type Aggregate = (typeof AGGREGATES)[number];

export interface Source {
  readonly kind: SourceKind;
  readonly url: string;
  /** CSV: name of the column; JSON: pointer (RFC 6901); SPARQL: variable. SensorThings: not asked for. */
  readonly value: string;
  /** The same for the day of the figure; empty: the day on which it is fetched. */
  readonly day: string;
  /** SPARQL: the question. */
  readonly query: string;
  /** SensorThings: what is made of the last days' observations. */
  readonly aggregate: Aggregate;
  readonly days: number;
  /** Hours between two tries. */
  readonly everyHours: number;
  /** After so many days without a new figure it is stale. */
  readonly staleAfterDays: number;
}

/** A figure as its source says it. */
export interface ImportedValue {
  /** Legal day, ISO. */
  readonly day: string;
  readonly value: number;
}

/** Whether two sources speak of the same thing, however often they are asked. */
export function isSameSource(a: Source, b: Source): boolean {
  const same = (['kind', 'url', 'value', 'day', 'query', 'aggregate'] as const).every((name) => a[name] === b[name]);
  // of a Datastream a sum over a week is another figure than one over a day
  return same && (a.kind !== 'sensorthings' || a.days === b.days);
}
