/** Kind of a property's values, as seen in what was kept; `mixed` when they differ. */
export type PropertyKind = 'text' | 'number' | 'integer' | 'boolean' | 'date' | 'instant' | 'object' | 'mixed';

/** What the catalogue tells about a collection beside its title (DCAT-AP.de 2.0, OGC API Records). */
export interface CollectionAbout {
  readonly owner?: string;
  readonly contact?: string;
  /** Address of the licence, e.g. `https://www.govdata.de/dl-de/by-2-0`. */
  readonly licence?: string;
  readonly attribution?: string;
  readonly source?: string;
  readonly keywords?: readonly string[];
  /** How often the data are renewed, an ISO 8601 duration. */
  readonly renewedEvery?: string;
  /** What is known of the data's quality, in a sentence. */
  readonly quality?: string;
  /** Made up for the demo; said on every page that shows it. */
  readonly demo?: boolean;
}

export interface Collection {
  readonly id: string;
  readonly number: number;
  readonly title: string;
  readonly description: string;
  readonly about: CollectionAbout;
  readonly access: 'open' | 'internal';
  readonly properties: Readonly<Record<string, PropertyKind>>;
  /** GeoJSON names, e.g. `Point`. */
  readonly geometryTypes: readonly string[];
  readonly keyProperty?: string;
  readonly features: number;
  /** West, south, east, north in CRS84. */
  readonly extent?: readonly [number, number, number, number];
  readonly createdAt: Temporal.Instant;
  readonly changedAt: Temporal.Instant;
  readonly dataAsOf?: Temporal.PlainDate;
}
