import type { Actor } from '../../../kernel/actor.ts';

export type Readers = 'named' | 'authority' | 'staff';
export type MemberRole = 'reader' | 'editor';

/** Documents with one set of rights. */
export interface Collection {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  /** The private one for a person's own documents. */
  readonly own: boolean;
  readonly ownerId: string;
  readonly readers: Readers;
  readonly authority: string | null;
  readonly createdAt: Temporal.Instant;
}

/** A collection with what this reader may do in it. */
export interface OpenCollection extends Collection {
  readonly documents: number;
  /** May add and remove documents. */
  readonly edits: boolean;
  /** May say who reads, and delete it. */
  readonly owns: boolean;
}

export interface Member {
  readonly staffId: string;
  readonly role: MemberRole;
}

export type DocumentState = 'waiting' | 'reading' | 'ready' | 'failed' | 'stopped';

/** Whoever asks: rights are questions about them inside every query. */
export interface Reader {
  readonly staffId: string;
  readonly authorities: readonly string[];
}

/** Only people who work for the city have documents here. */
export const readerOf = (actor: Actor): Reader | undefined => (actor.kind === 'staff' ? { staffId: actor.staffId, authorities: actor.authorities } : undefined);

/** What one person may have taken in, in all collections together. */
export const PERSON_LIMITS = { documents: 2000, bytes: 2 * 1024 ** 3 } as const;
/** Letters of a title and of a description. */
export const LONGEST = { title: 200, description: 2000 } as const;

/**
 * Days after which a document of somebody's own goes by itself. Own documents are working copies; what must stay
 * belongs into a case or into a shared collection. Storage limitation, Art. 5 Abs. 1 Buchst. e DSGVO; not a legal
 * figure, a choice of the city (ADR 46), checked 2026-11-29.
 */
export const OWN_DAYS = 180;
