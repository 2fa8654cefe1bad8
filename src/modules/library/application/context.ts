import type { FoundPassage } from '../../../kernel/passage.ts';
import type { Context } from '../../../platform/context.ts';
import type { Sql } from '../../../platform/database/port.ts';
import type { CollectionIndexes } from './collection-indexes.ts';
import type { ReadingPorts } from './read-text.ts';

/** Another way to rank the passages that a reader may see, e.g. by an embedding endpoint; fused by reciprocal ranks. */
export interface PassageRanker {
  readonly name: string;
  /** Best first. It is handed passages that the reader may see, and no others. */
  rank(query: string, candidates: readonly FoundPassage[]): Promise<readonly FoundPassage[]>;
}

/** Somebody who can be named as a reader. */
export interface NamedStaff {
  readonly staffId: string;
  readonly name: string;
}

/** What the module needs; other modules are reached through ports that the wiring fills. */
export interface LibraryContext extends Pick<Context, 'clock' | 'database' | 'journal' | 'outbox' | 'log'> {
  readonly reading: ReadingPorts;
  readonly indexes: CollectionIndexes;
  /** Colleagues of an authority, to be named as readers. */
  readonly colleagues: (db: Sql, authority: string) => Promise<readonly NamedStaff[]>;
  readonly authorityName: (id: string) => string;
  /** Empty unless measured to help (ADR 46). */
  readonly rankers: readonly PassageRanker[];
  /** Aborts when the city stops: what is being read goes on after the next start. */
  readonly stopping: AbortSignal;
}
