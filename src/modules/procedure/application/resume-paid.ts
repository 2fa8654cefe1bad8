import type { Tx } from '../../../platform/database/port.ts';
import type { ProcedureContext } from './context.ts';
import { JOB_NAMES } from './side-effects.ts';

/** The Kasse says that a case is paid: what waited for the money goes on. `key` is the claim: told twice, ordered once. */
export async function resumePaid(ctx: Pick<ProcedureContext, 'outbox'>, tx: Tx, caseId: string, key: string): Promise<void> {
  await ctx.outbox.enqueue(tx, JOB_NAMES.resumePaid, { caseId }, { key });
}
