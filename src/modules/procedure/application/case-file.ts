import type { Sql, Tx } from '../../../platform/database/port.ts';
import type { ServicePackage } from '../../catalogue/public.ts';
import type { Case } from '../domain/case.ts';
import { versionsOf, type Version } from '../domain/versions.ts';
import { decisionDue } from '../domain/deadlines.ts';
import { findCase, findCaseByNumber, lockCase } from '../store/cases.ts';
import { rulesOf } from './rules-of.ts';
import { listUploads, type UploadRow } from '../store/uploads.ts';
import type { ProcedureContext } from './context.ts';

/** A case as other modules may read it, once they know that their reader may. */
export interface CaseFile {
  readonly state: Case;
  /** The package the case began with. */
  readonly pkg: ServicePackage;
  /** What was handed in, oldest first, each with its version. */
  readonly uploads: readonly (UploadRow & Version)[];
}

/** The case, its package and its files; nothing is journalled, so whoever calls this says who looked. */
export async function caseFile(ctx: Pick<ProcedureContext, 'desk'>, db: Sql, caseId: string): Promise<CaseFile | undefined> {
  return fileOf(ctx, db, await findCase(db, caseId));
}

/** As `caseFile`, held until the transaction ends: whoever else wants to change the case waits. */
export async function lockedCaseFile(ctx: Pick<ProcedureContext, 'desk'>, tx: Tx, caseId: string): Promise<CaseFile | undefined> {
  return fileOf(ctx, tx, await lockCase(tx, caseId));
}

async function fileOf(ctx: Pick<ProcedureContext, 'desk'>, db: Sql, state: Case | undefined): Promise<CaseFile | undefined> {
  if (state === undefined) return undefined;
  const uploads = (await listUploads(db, state.id)).filter((upload) => upload.submitted);
  return { state, pkg: await ctx.desk.pinned(state.packageHash), uploads: versionsOf(uploads) };
}

/** The case of a file number, whoever asks. */
export const findCaseId = async (db: Sql, fileNumber: string): Promise<string | undefined> => (await findCaseByNumber(db, fileNumber))?.id;

/** The legal day by which a decision is owed, while one is. */
export const decisionDueOn = (state: Case, pkg: ServicePackage): string | undefined => decisionDue(state, rulesOf(pkg))?.toString();
