import type { ORGANISATIONS, RECORD_KINDS, TASK_PRIORITIES, UNIT_STATUS } from '../../../kernel/forces.ts';
import type { StaffFunction } from '../../../kernel/lage.ts';
import type { Strength } from '../../../kernel/strength.ts';

export type RecordKind = (typeof RECORD_KINDS)[number];

/** Longitude and latitude in degrees. */
export interface Place {
  readonly lon: number;
  readonly lat: number;
}

export type UnitStatus = (typeof UNIT_STATUS)[number];

/** Times in bodies are ISO instants: bodies are kept, hashed and compared as JSON. */
export interface UnitBody {
  readonly callSign: string;
  readonly organisation: (typeof ORGANISATIONS)[number];
  /** What it is in words, e.g. `Hochleistungspumpe`. */
  readonly type: string;
  readonly symbol: Readonly<Record<string, string>>;
  readonly strength: Strength;
  readonly status: UnitStatus;
  /** Status of the radio (FMS 1 to 9), as far as somebody said it. */
  readonly fms: number | null;
  readonly contact: string;
  readonly sectionId: string | null;
  /** Who of the Lage speaks for it: they see its page and report for it. */
  readonly memberId: string | null;
  readonly since: string | null;
  readonly reliefAt: string | null;
  readonly remarks: string;
}

export type TaskState = 'given' | 'acknowledged' | 'under-way' | 'done' | 'cannot' | 'withdrawn';
export interface TaskBody {
  readonly title: string;
  readonly text: string;
  readonly sectionId: string | null;
  readonly unitId: string | null;
  readonly function: StaffFunction | null;
  readonly place: Place | null;
  readonly priority: (typeof TASK_PRIORITIES)[number];
  readonly deadline: string | null;
  /** What it answers: `message:ID`, `log:NUMBER`, ids of the picture. */
  readonly refs: readonly string[];
  readonly state: TaskState;
  readonly reason: string;
}

export interface RequestBody {
  readonly what: string;
  readonly quantity: number;
  readonly place: Place | null;
  readonly where: string;
  readonly from: string;
  readonly neededBy: string | null;
  readonly sectionId: string | null;
  readonly state: 'open' | 'offered' | 'partly' | 'fulfilled' | 'refused';
  readonly offered: number;
  readonly fulfilled: number;
  readonly unitIds: readonly string[];
  readonly reason: string;
}

export interface ShelterBody {
  readonly name: string;
  readonly address: string;
  readonly place: Place | null;
  readonly capacity: number;
  readonly occupancy: number;
  /** When the count was taken; null: nobody counted yet. */
  readonly countedAt: string | null;
  readonly wheelchair: boolean;
  readonly pets: boolean;
  readonly needs: string;
  readonly contact: string;
  readonly sectionId: string | null;
  readonly state: 'prepared' | 'open' | 'full' | 'closing' | 'closed';
}

export interface MaterialBody {
  readonly name: string;
  readonly unitOfCount: string;
  readonly stock: number;
  readonly where: string;
  readonly place: Place | null;
  readonly sectionId: string | null;
}

export interface Bodies {
  readonly unit: UnitBody;
  readonly task: TaskBody;
  readonly request: RequestBody;
  readonly shelter: ShelterBody;
  readonly material: MaterialBody;
}

export interface Steps {
  readonly unit: { readonly step: 'status'; readonly status: UnitStatus; readonly fms: number | null };
  readonly task: { readonly step: 'acknowledge' | 'start' | 'done' | 'cannot' | 'withdraw'; readonly reason: string };
  readonly request: { readonly step: 'offer' | 'fulfil' | 'refuse'; readonly quantity: number; readonly unitIds: readonly string[]; readonly reason: string };
  readonly shelter:
    | { readonly step: 'count'; readonly count: number; readonly at: string | null }
    | { readonly step: 'state'; readonly state: ShelterBody['state'] };
  readonly material: { readonly step: 'move'; readonly change: number; readonly reason: string };
}

/** Where a unit is; counted apart from its version, so that a feed never makes a person's change stale. */
export interface Position extends Place {
  readonly at: Temporal.Instant;
  readonly accuracyMetres: number | null;
}

/** One thing of the forces, with the version that its next change names. */
export interface ForceRecord<K extends RecordKind = RecordKind> {
  readonly id: string;
  readonly lageId: string;
  readonly kind: K;
  /** Counts by kind within the Lage. */
  readonly number: number;
  readonly version: number;
  readonly body: Bodies[K];
  readonly changedAt: Temporal.Instant;
  readonly changedBy: string;
  readonly position: Position | null;
}
