import type { Tx } from '../../../platform/database/port.ts';
import { deleteFile } from '../../../platform/files/files.ts';
import { listCosigners } from '../store/cosigners.ts';
import { deleteDraft } from '../store/drafts.ts';
import { draftsOf, leaveCosignings, removeDraftUploads } from '../store/forget.ts';
import type { ProcedureContext } from './context.ts';
import { tellEnded } from './cosigners.ts';

/** What the owner of a joint application reads of somebody whose account is gone. */
const GONE = 'Das Servicekonto dieser Person gibt es nicht mehr.';

/**
 * Forgets what an account that is being deleted (Art. 17 GDPR) has begun and never sent: drafts with their files, and
 * its part in drafts of others. What an authority has received stays in its file.
 */
export async function forgetApplicant(ctx: ProcedureContext, tx: Tx, accountId: string): Promise<void> {
  for (const id of await draftsOf(tx, accountId)) {
    await tellEnded(ctx, tx, await listCosigners(tx, id));
    await forgetDraft(tx, id);
  }
  await leaveCosignings(tx, accountId, GONE, ctx.clock());
}

/** A draft with the files in it. */
export async function forgetDraft(tx: Tx, id: string): Promise<void> {
  for (const sha256 of await removeDraftUploads(tx, id)) await deleteFile(tx, sha256);
  await deleteDraft(tx, id);
}
