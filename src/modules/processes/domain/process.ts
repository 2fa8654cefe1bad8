/** A text in the languages of the city: German, English, Leichte Sprache. */
export type Said = Readonly<Record<'de' | 'en' | 'leicht', string>>;

export type ProcessId = 'shade' | 'canopy' | 'noise' | 'walk';

/** What an input holds: a number, a day, a collection of the city's data, or GeoJSON of the plan. */
export type InputKind =
  | { readonly kind: 'number'; readonly minimum: number; readonly maximum: number; readonly unit: string; readonly whole?: boolean }
  | { readonly kind: 'day' }
  /** Id of a collection; `none` leaves the city's data out. */
  | { readonly kind: 'collection' }
  /** A Polygon or MultiPolygon, as geometry, Feature or FeatureCollection. */
  | { readonly kind: 'area' }
  /** A FeatureCollection of these geometries. */
  | { readonly kind: 'features'; readonly geometries: readonly string[] }
  /** Ids of features of a collection. */
  | { readonly kind: 'ids' };

export interface InputDescription {
  readonly title: Said;
  readonly description: Said;
  readonly holds: InputKind;
  readonly required?: true;
  /** Taken when nothing is said. */
  readonly fallback?: number | string | readonly number[];
  /** Several numbers at once: every combination of such inputs is calculated, each as a member of the ensemble. */
  readonly sweep?: true;
}

/** A number that a model tells. */
export interface NumberDescription {
  readonly title: Said;
  /** For people, e.g. `m²`, `%`, `dB(A)`; empty for counts. */
  readonly unit: string;
}

export interface ProcessDescription {
  readonly id: ProcessId;
  /** Version of the model; another formula is another version. */
  readonly version: string;
  readonly title: Said;
  readonly description: Said;
  readonly keywords: readonly string[];
  readonly inputs: Readonly<Record<string, InputDescription>>;
  readonly numbers: Readonly<Record<string, NumberDescription>>;
  /** Maps, each a FeatureCollection. */
  readonly layers: Readonly<Record<string, { readonly title: Said }>>;
  /** Where formula and figures come from. */
  readonly sources: readonly string[];
  /** What the model leaves out, and how wrong it may be. */
  readonly uncertainty: Said;
}

export type JobStatus = 'accepted' | 'running' | 'successful' | 'failed' | 'dismissed';

export interface Job {
  readonly id: string;
  readonly processId: ProcessId;
  readonly processVersion: string;
  readonly status: JobStatus;
  /** 0 to 100. */
  readonly progress: number;
  /** What happened, as a German sentence. */
  readonly message: string;
  /** Members of the ensemble: 1 where no input has several numbers. */
  readonly members: number;
  readonly createdAt: Temporal.Instant;
  readonly startedAt: Temporal.Instant | null;
  readonly updatedAt: Temporal.Instant;
  readonly finishedAt: Temporal.Instant | null;
}

/** How the results of a job are read where nothing else is said (OGC API Processes: `outputs` and `response`). */
export interface JobAnswer {
  /** All where absent. */
  readonly outputs?: readonly string[];
  readonly response?: 'raw' | 'document';
}

/** A number of a result; with several members, how far it spreads. `null`: this area has no such number. */
export interface NumberResult extends NumberDescription {
  readonly id: string;
  /** Median of the members; the number itself where there is one member. */
  readonly value: number | null;
  readonly minimum: number | null;
  readonly maximum: number | null;
}

export interface GeoJsonFeature {
  readonly type: 'Feature';
  readonly id?: string | number;
  readonly geometry: { readonly type: string; readonly coordinates: unknown } | null;
  readonly properties: Readonly<Record<string, unknown>>;
}

export interface FeatureCollection {
  readonly type: 'FeatureCollection';
  readonly features: readonly GeoJsonFeature[];
}

export interface LayerResult {
  readonly id: string;
  readonly title: Said;
  /** Longitude before latitude (CRS84). */
  readonly data: FeatureCollection;
}

/** One combination of the inputs that have several numbers, and what the model says to it. */
export interface MemberResult {
  /** From 1, in the order of the combinations. */
  readonly number: number;
  readonly parameters: Readonly<Record<string, number>>;
  readonly numbers: Readonly<Record<string, number | null>>;
}

/** Data of the city that a job has read. */
export interface DataUsed {
  /** Name of the input. */
  readonly input: string;
  readonly collection: string;
  readonly title: string;
  /** Features read around the area. */
  readonly features: number;
  /** Last change of the collection. */
  readonly changedAt: string;
  /** Day the data describe, where their source says so. */
  readonly dataAsOf: string | null;
  readonly licence: string | null;
  /** Made up for the demo. */
  readonly demo: boolean;
  /** Only for who works for the city; such a result is not shared. */
  readonly internal: boolean;
}

/** How a result came about: enough to get the same again. */
export interface Provenance {
  readonly process: ProcessId;
  readonly title: Said;
  readonly version: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  /** SHA-256 of the inputs as canonical JSON. */
  readonly inputsHash: string;
  readonly data: readonly DataUsed[];
  readonly sources: readonly string[];
  readonly uncertainty: Said;
  readonly calculatedAt: string;
}

export interface JobResults {
  readonly job: Job;
  readonly numbers: readonly NumberResult[];
  readonly members: readonly MemberResult[];
  /** Number of the member that the layers show. */
  readonly shownMember: number;
  readonly layers: readonly LayerResult[];
  readonly provenance: Provenance;
}
