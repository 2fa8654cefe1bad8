import type { Tx } from '../../../platform/database/port.ts';
import { draftsOf, leaveCosignings } from '../store/forget.ts';
import { removeDraft } from './abandoned-drafts.ts';
import type { ProcedureContext } from './context.ts';

/** What the owner of a joint application reads of somebody whose account is gone. */
const GONE = 'Das Servicekonto dieser Person gibt es nicht mehr.';

/**
 * Forgets what an account that is being deleted (Art. 17 GDPR) has begun and never sent: drafts with their files, and
 * its part in drafts of others. What an authority has received stays in its file.
 */
export async function forgetApplicant(ctx: ProcedureContext, tx: Tx, accountId: string): Promise<void> {
  for (const id of await draftsOf(tx, accountId)) await removeDraft(ctx, tx, id);
  await leaveCosignings(tx, accountId, GONE, ctx.clock());
}
