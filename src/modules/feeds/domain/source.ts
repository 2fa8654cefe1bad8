/** Ways in which other systems tell this city something. */
export const SOURCE_KINDS = ['device', 'cot', 'detection', 'cap', 'cap-feed', 'sensor', 'import', 'mail', 'social'] as const;
export type SourceKind = (typeof SOURCE_KINDS)[number];

/** Kinds a person declares; the others begin with what they bring. */
export const DECLARED_KINDS = ['device', 'cot', 'cap-feed', 'sensor', 'social'] as const satisfies readonly SourceKind[];

export interface Source {
  readonly id: string;
  readonly lageId: string;
  readonly kind: SourceKind;
  readonly name: string;
  /** As declared; what it holds is its kind's own. */
  readonly config: Readonly<Record<string, unknown>>;
  readonly active: boolean;
  readonly declaredBy: string;
  readonly declaredAt: Temporal.Instant;
  readonly lastHeardAt: Temporal.Instant | null;
  /** Of what is asked by the clock: how often in a row it went wrong, and how last. */
  readonly failures: number;
  readonly problem: string | null;
}

/** `refused`: it is not taken. `quarantined`: it may be right, and is not believed yet. */
export type Outcome = 'refused' | 'quarantined';

/** Something that was not taken, with a look at it. */
export interface Rejected {
  readonly outcome: Outcome;
  readonly reason: string;
  readonly raw: string;
}

/** What came of a source in one go. */
export interface Tally {
  readonly taken: number;
  /** Had come before. */
  readonly repeated: number;
  readonly rejected: readonly Rejected[];
  /** Rejected beyond those that are looked at one by one. */
  readonly uncounted?: { readonly refused: number; readonly quarantined: number };
}

/** Bounds how many messages of one sender are taken: so many a second on average, and so many at once. */
export class Pace {
  readonly #perSecond: number;
  readonly #burst: number;
  #left: number;
  #atMs: number;

  constructor(perSecond: number, burst: number, nowMs: number) {
    this.#perSecond = perSecond;
    this.#burst = burst;
    this.#left = burst;
    this.#atMs = nowMs;
  }

  /** Whether all of them may pass; if not, none is counted. */
  admits(wanted: number, nowMs: number): boolean {
    this.#left = Math.min(this.#burst, this.#left + (Math.max(0, nowMs - this.#atMs) / 1000) * this.#perSecond);
    this.#atMs = nowMs;
    if (this.#left < wanted) return false;
    this.#left -= wanted;
    return true;
  }
}
