import { canonicalJson } from '../../../kernel/canonical-json.ts';
import { sha256Hex } from '../../../kernel/token.ts';

export const LOG_KINDS = [
  'feststellung',
  'ereignis',
  'befehl',
  'meldung',
  'beurteilung',
  'entschluss',
  'massnahme',
  'lagebericht',
  'berichtigung',
  'system',
] as const;
/** What an entry of the Einsatztagebuch is (FwDV 100: findings, orders, events, assessment, decision). */
export type LogKind = (typeof LOG_KINDS)[number];

export interface NewLogEntry {
  readonly kind: LogKind;
  readonly text: string;
  /** When it happened; absent: now. */
  readonly eventAt?: Temporal.Instant;
  /** What it is about: ids of picture objects, `message:ID`, `task:ID`, `log:NUMBER`. */
  readonly refs?: readonly string[];
  /** Number of the entry that this one corrects. */
  readonly corrects?: number;
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

/** SHA-256 of what an entry says, as the journal holds it: canonical JSON of its words, times and author. */
export function wordsHash({ id: _id, sha256: _sha256, ...words }: Omit<LogEntry, 'sha256'> & { readonly sha256?: string }): string {
  return sha256Hex(canonicalJson(words));
}
