import type { Sql } from '../../../platform/database/port.ts';
import type { ServicePackage } from '../../catalogue/public.ts';
import type { Case } from '../domain/case.ts';
import { findCase } from '../store/cases.ts';
import { listUploads, type UploadRow } from '../store/uploads.ts';
import type { ProcedureContext } from './context.ts';

/** A case as other modules may read it, once they know that their reader may. */
export interface CaseFile {
  readonly state: Case;
  /** The package the case began with. */
  readonly pkg: ServicePackage;
  /** What the applicant has handed in. */
  readonly uploads: readonly UploadRow[];
}

/** The case, its package and its files; nothing is journalled, so whoever calls this says who looked. */
export async function caseFile(ctx: Pick<ProcedureContext, 'desk'>, db: Sql, caseId: string): Promise<CaseFile | undefined> {
  const state = await findCase(db, caseId);
  if (state === undefined) return undefined;
  const uploads = await listUploads(db, caseId);
  return { state, pkg: await ctx.desk.pinned(state.packageHash), uploads: uploads.filter((upload) => upload.submitted) };
}
