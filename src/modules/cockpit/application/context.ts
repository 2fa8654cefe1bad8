import type { Actor } from '../../../kernel/actor.ts';
import type { Indicators } from '../../../kernel/indicator.ts';
import type { Context } from '../../../platform/context.ts';
import type { Tx } from '../../../platform/database/port.ts';
import { strategyOf, type ItemKind, type Strategy, type Version } from '../domain/items.ts';
import { headOf, listVersions } from '../store/versions.ts';

/** A service that measures may name. */
export interface KnownService {
  readonly key: string;
  readonly name: Readonly<Record<'de' | 'en' | 'leicht', string>>;
  /** People apply for it; else the authority begins its cases itself. */
  readonly appliedFor: boolean;
  /** Who decides on it, by their ids: one authority, or one of several by place. */
  readonly authorities: readonly string[];
}

/** The last time the journal kept an event of a kind. */
export interface LastEvent {
  readonly seq: number;
  readonly at: Temporal.Instant;
}

/** What applications cost people on a day, beside what they cost in the first state that is known. */
export interface CityBurden {
  readonly services: readonly {
    readonly name: KnownService['name'];
    /** Of one case that comes online. */
    readonly firstSeconds: number;
    readonly seconds: number;
    /** Of those, what came online; `undefined`: too few, or not known. */
    readonly onlinePerYear: number | undefined;
    /** `undefined`: too few, or nobody has counted; then the sum is without it. */
    readonly casesPerYear: number | undefined;
    /** By all ways that are known, each with what has gone there: not all that comes is online. */
    readonly removedSecondsPerYear: number | undefined;
  }[];
  /** Of a year, over the services whose cases are known. */
  readonly sum: { readonly firstSeconds: number; readonly seconds: number; readonly firstCents: number; readonly cents: number };
  /** Services that are not in the sum; that are in its time and not in its money. */
  readonly leftOut: number;
  readonly unplaced: number;
  /** Services of which only what came online is in the sum; only what came by other ways. */
  readonly onlineOnly: number;
  readonly othersOnly: number;
}

/** What use cases need, and what the module asks of others; the wiring fills it. */
export interface CockpitContext extends Pick<Context, 'clock' | 'database' | 'journal' | 'log' | 'settings' | 'typesetter' | 'seal'> {
  readonly history: History;
  /** Absent: nobody keeps indicators; then the pages say so and show none. */
  readonly indicators?: Indicators;
  /** Absent: nobody reckons the burden of applications. */
  readonly burden?: (day: Temporal.PlainDate) => Promise<CityBurden>;
  /** Keeps files by their content, unchanged; a file is named by the SHA-256 of its bytes. */
  readonly files: {
    readonly put: (tx: Tx, bytes: Uint8Array, mediaType: string) => Promise<string>;
    readonly get: (sha256: string) => Promise<Uint8Array | undefined>;
  };
  readonly services: () => readonly KnownService[];
  /** Of each kind that was ever kept. */
  readonly lastEvents: (kinds: readonly string[]) => Promise<ReadonlyMap<string, LastEvent>>;
}

/** So many states of days gone by are kept. */
const MOST_PAST = 50;

/** All versions of the strategy in memory, as they are in the database at the time of asking. */
export class History {
  #head = -1;
  #versions: readonly Version[] = [];
  #now: Strategy = strategyOf([]);
  #reading: Promise<readonly Version[]> | undefined;
  /** States of days gone by that were asked for, by how many versions they have. */
  readonly #past = new Map<number, Strategy>();
  readonly #database: Context['database'];

  constructor(database: Context['database']) {
    this.#database = database;
  }

  /** A strategy has some hundred versions: read again whenever one was added, here or by another process. Questions at the same time share one reading. */
  versions(): Promise<readonly Version[]> {
    this.#reading ??= this.#read().finally(() => (this.#reading = undefined));
    return this.#reading;
  }

  async #read(): Promise<readonly Version[]> {
    const head = await headOf(this.#database.read);
    if (head !== this.#head) {
      const versions = await listVersions(this.#database.read);
      this.#versions = versions;
      this.#now = strategyOf(versions);
      this.#past.clear();
      this.#head = versions.at(-1)?.seq ?? 0;
    }
    return this.#versions;
  }

  async now(): Promise<Strategy> {
    await this.versions();
    return this.#now;
  }

  async at(instant: Temporal.Instant): Promise<Strategy> {
    const versions = await this.versions();
    // of two moments with as many versions before them, the strategy is the same
    const many = versions.filter(({ at }) => Temporal.Instant.compare(at, instant) <= 0).length;
    if (many === versions.length) return this.#now;
    const known = this.#past.get(many) ?? strategyOf(versions, instant);
    if (this.#past.size >= MOST_PAST) this.#past.clear();
    this.#past.set(many, known);
    return known;
  }
}

/** Who keeps the whole strategy. */
export const keepsStrategy = (actor: Actor): boolean => actor.kind === 'system' || (actor.kind === 'staff' && actor.roles.includes('strategie'));

/** Kinds that a unit keeps of its own measures. */
export const UNIT_KINDS: readonly ItemKind[] = ['milestone', 'risk'];

/** Whether somebody leads this unit, or keeps the whole. */
export const actsFor = (actor: Actor, unit: string | undefined): boolean =>
  keepsStrategy(actor) || (actor.kind === 'staff' && actor.roles.includes('leitung') && unit !== undefined && actor.authorities.includes(unit));

export const streamOf = (kind: ItemKind, key: string): string => `strategy:${kind}/${key}`;
