/** JSON as observations may carry it. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/** An observation to be kept. Times are ISO 8601 with a zone; a period's end is absent for an instant. */
export interface NewObservation {
  readonly streamId: number;
  readonly phenomenonStart: string;
  readonly phenomenonEnd?: string;
  readonly resultTime?: string;
  /** A finite number stands alone; every other result is `result`. */
  readonly number?: number;
  readonly result?: Json;
  readonly quality?: Json;
  readonly validStart?: string;
  readonly validEnd?: string;
  readonly parameters?: Json;
  /** Absent: the feature made of the place where the thing is now. */
  readonly featureId?: number;
}
