import { createHash } from 'node:crypto';
import type { Actor } from '../../../kernel/actor.ts';
import type { Problem } from '../../../kernel/problem.ts';
import { refuse, type Result } from '../../../kernel/result.ts';
import type { Context } from '../../../platform/context.ts';
import { documentsOf } from '../domain/xdomea-received.ts';
import { readMessage, type ReadMessage } from './read-message.ts';

/** What a check of a received file needs: every check leaves an entry in the journal, refused or not. */
export type ReceiveContext = Pick<Context, 'clock' | 'database' | 'journal'>;

const NOT_STAFF: Problem = { kind: 'not-allowed', detail: 'Nachrichten anderer Behörden prüfen Mitarbeitende einer Behörde. Melden Sie sich als solche an.' };

/**
 * Whether a message from another house can be read, and what it brings. Nothing of it is kept; the
 * journal gets the hash of the file, the verdict, and figures without persons.
 */
export async function checkReceived(ctx: ReceiveContext, actor: Actor, bytes: Uint8Array): Promise<Result<ReadMessage, Problem>> {
  if (actor.kind !== 'staff') return refuse(NOT_STAFF);
  const read = readMessage(bytes);
  const file = { sha256: createHash('sha256').update(bytes).digest('hex'), sizeBytes: bytes.length };
  const entry = read.ok
    ? { kind: 'exchange.xdomea-read', payload: { ...file, ...figures(read.value) } }
    : { kind: 'exchange.xdomea-refused', payload: { ...file, reason: read.problem.reason ?? read.problem.kind, line: read.problem.line ?? null } };
  await ctx.database.write((tx) => ctx.journal.append(tx, actor, ctx.clock(), [{ stream: `exchange:${file.sha256}`, ...entry }]));
  return read;
}

const figures = ({ type, processId, records, files, missing, unnamed }: ReadMessage) => ({
  type,
  processId,
  records: records.length,
  documents: documentsOf(records).length,
  files: files.length,
  missing: missing.length,
  unnamed: unnamed.length,
});
