import { createHash } from 'node:crypto';

/** A journal row as the database keeps it. */
export interface ChainRow {
  readonly seq: number;
  readonly at: Temporal.Instant;
  readonly stream: string;
  readonly kind: string;
  readonly actor: string;
  readonly payload: string;
  readonly previous_hash: string;
  readonly hash: string;
}

/** The hash before the first entry. */
export const GENESIS_HASH = '0'.repeat(64);

/** Instants are hashed to the microsecond, as PostgreSQL keeps them: `2026-11-23T21:04:48.123456Z`. */
export function hashedInstant(at: Temporal.Instant): string {
  return at.toString({ fractionalSecondDigits: 6, roundingMode: 'trunc' });
}

/** SHA-256 over the entry and the hash before it; the same bytes as `platform.journal_append`. */
export function entryHash(row: Omit<ChainRow, 'hash'>): string {
  const text = [row.previous_hash, row.seq, hashedInstant(row.at), row.stream, row.kind, row.actor, row.payload].join('\n');
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

/** What is wrong with a link, and at which entry. */
export interface BrokenLink {
  readonly seq: number;
  readonly what: 'missing' | 'changed' | 'reordered';
  readonly detail: string;
}

/** Checks rows in order against where the chain stood before; gives the first broken link. */
export function firstBrokenLink(rows: readonly ChainRow[], before: { seq: number; hash: string }): { broken?: BrokenLink; seq: number; hash: string } {
  let { seq, hash } = before;
  for (const row of rows) {
    const broken = brokenLink(row, seq, hash);
    if (broken !== undefined) return { broken, seq, hash };
    seq = row.seq;
    hash = row.hash;
  }
  return { seq, hash };
}

function brokenLink(row: ChainRow, seq: number, hash: string): BrokenLink | undefined {
  if (row.seq !== seq + 1) {
    return { seq: seq + 1, what: 'missing', detail: `Eintrag ${seq + 1} fehlt; auf ${seq} folgt ${row.seq}.` };
  }
  // A row moved here from elsewhere brings the hash of its old neighbour along.
  if (row.previous_hash !== hash) {
    const detail = `Eintrag ${row.seq} (${row.kind}) schließt nicht an Eintrag ${seq} an: einer von beiden wurde vertauscht oder neu gerechnet.`;
    return { seq: row.seq, what: 'reordered', detail };
  }
  if (entryHash(row) !== row.hash) {
    return { seq: row.seq, what: 'changed', detail: `Eintrag ${row.seq} (${row.kind}) wurde verändert.` };
  }
  return undefined;
}
