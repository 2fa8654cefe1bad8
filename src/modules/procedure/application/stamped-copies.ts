import { createHash } from 'node:crypto';
import type { Pdf } from '../../../platform/documents/port.ts';
import type { Case, Decision } from '../domain/case.ts';
import type { ProcedureContext, StampedFor } from './context.ts';

/** A sheet's stamped copy as it goes out with the Bescheid, or why there is none. */
export interface SealedCopy {
  readonly uploadId: string;
  readonly fileName: string;
  readonly pdf?: Pdf;
  readonly sha256?: string;
  readonly reason?: string;
}

/** Draws and seals a copy of every sheet of the decision. A sheet that cannot be drawn holds nothing up: the Bescheid says so. */
export async function stampedCopies(ctx: ProcedureContext, state: Case, decision: Decision): Promise<readonly SealedCopy[]> {
  const sheets = decision.text.sheets ?? [];
  if (ctx.sheets === undefined || sheets.length === 0) return [];
  const { fileNumber } = state;
  const about: StampedFor = { fileNumber, authority: ctx.desk.authority(state.authority).name, decidedOn: Temporal.PlainDate.from(decision.decidedOn) };
  const copies = await ctx.sheets.copies(state.id, sheets, about);
  const sealed: SealedCopy[] = [];
  for (const [index, copy] of copies.entries()) {
    const { uploadId } = sheets[index]!;
    if (copy.pdf === undefined) {
      sealed.push({ uploadId, fileName: copy.fileName, reason: copy.reason });
      continue;
    }
    const pdf = await ctx.seal.seal(copy.pdf, { reason: `Planblatt zum Bescheid, ${fileNumber}`, at: ctx.clock() });
    sealed.push({ uploadId, fileName: copy.fileName, pdf, sha256: createHash('sha256').update(pdf).digest('hex') });
  }
  return sealed;
}
