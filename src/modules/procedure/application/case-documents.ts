import type { Actor } from '../../../kernel/actor.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { legalDay } from '../../../kernel/time.ts';
import { getFile } from '../../../platform/files/files.ts';
import { notFound, type CaseProblem } from '../domain/problems.ts';
import { findCase } from '../store/cases.ts';
import { listLetters } from '../store/letters.ts';
import { listUploads } from '../store/uploads.ts';
import { maySee } from './act.ts';
import type { ProcedureContext } from './context.ts';
import { readHistory } from './history.ts';
import { noteRead } from './read-case.ts';

/** A document of the file, with its bytes. */
export interface CaseDocument {
  /** Unique within the case. */
  readonly key: string;
  readonly kind: string;
  readonly fileName: string;
  readonly mediaType: string;
  readonly on: Temporal.PlainDate;
  readonly direction: 'in' | 'out';
  readonly bytes: Uint8Array;
}

export type WholeFile = Awaited<ReturnType<typeof readFile>>;

/** The whole file as it is handed on: state, package, course and every document. For the authority; journalled as a read. */
export async function wholeFile(ctx: ProcedureContext, actor: Actor, caseId: string): Promise<Result<WholeFile, CaseProblem>> {
  const state = await findCase(ctx.database.read, caseId);
  if (state === undefined || actor.kind !== 'staff' || !maySee(actor, state)) return refuse(notFound);
  const file = await readFile(ctx, state);
  await noteRead(ctx, actor, caseId, 'file');
  return ok(file);
}

async function readFile(ctx: ProcedureContext, state: NonNullable<Awaited<ReturnType<typeof findCase>>>) {
  const db = ctx.database.read;
  const documents: CaseDocument[] = [];
  for (const { key, kind, fileName, sha256, writtenAt } of await listLetters(db, state.id)) {
    const file = await getFile(db, sha256);
    if (file !== undefined) documents.push({ key, kind, fileName, ...file, on: legalDay(writtenAt), direction: 'out' });
  }
  for (const { id, slot, fileName, sha256, uploadedAt, submitted } of await listUploads(db, state.id)) {
    const file = submitted ? await getFile(db, sha256) : undefined;
    if (file !== undefined) documents.push({ key: id, kind: slot, fileName, ...file, on: legalDay(uploadedAt), direction: 'in' });
  }
  return {
    state,
    pkg: await ctx.desk.pinned(state.packageHash),
    authority: ctx.desk.authority(state.authority),
    history: await readHistory(ctx, db, state.id),
    documents,
  };
}
