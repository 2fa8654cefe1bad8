import { canonicalJson } from '../../../kernel/canonical-json.ts';
import type { LogKind } from '../../../kernel/log.ts';
import { sha256Hex } from '../../../kernel/token.ts';

export interface NewLogEntry {
  readonly kind: LogKind;
  readonly text: string;
  /** When it happened; absent: now. */
  readonly eventAt?: Temporal.Instant | undefined;
  /** What it is about: ids of picture objects, `message:ID`, `task:ID`, `log:NUMBER`. */
  readonly refs?: readonly string[] | undefined;
  /** Number of the entry that this one corrects. */
  readonly corrects?: number | undefined;
  /** Made by who writes, so that sent twice it is one: a UUID. Absent: a new one. */
  readonly id?: string | undefined;
}

/** An entry as kept: numbered without gaps in its Lage, never changed. */
export interface LogEntry {
  readonly id: string;
  readonly number: number;
  readonly kind: LogKind;
  readonly text: string;
  readonly eventAt: Temporal.Instant;
  readonly writtenAt: Temporal.Instant;
  readonly authorId: string;
  readonly author: string;
  readonly organisation: string;
  readonly function: string;
  readonly refs: readonly string[];
  readonly corrects: number | null;
  readonly sha256: string;
}

/** An entry with what later ones say of it. */
export interface ReadEntry extends LogEntry {
  /** Number of the newest entry that corrects it. */
  readonly correctedBy: number | null;
  /** Numbers of entries that name it. */
  readonly referredBy: readonly number[];
}

/** What an entry says, byte by byte as it is hashed: canonical JSON of its words, times and author. */
export function wordsOf({
  number,
  kind,
  text,
  eventAt,
  writtenAt,
  authorId,
  author,
  organisation,
  function: staffFunction,
  refs,
  corrects,
}: Omit<LogEntry, 'id' | 'sha256'>): string {
  return canonicalJson({ number, kind, text, eventAt, writtenAt, authorId, author, organisation, function: staffFunction, refs, corrects });
}

/** SHA-256 of what an entry says, as the journal holds it. */
export const wordsHash = (entry: Omit<LogEntry, 'id' | 'sha256'>): string => sha256Hex(wordsOf(entry));

/** As PostgreSQL keeps it, so that what is read back has the same hash. */
export const microseconds = (at: Temporal.Instant): Temporal.Instant => at.round({ smallestUnit: 'microsecond', roundingMode: 'trunc' });
