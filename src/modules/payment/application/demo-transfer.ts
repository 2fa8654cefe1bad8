import { expectOk } from '../../../kernel/result.ts';
import { legalDay } from '../../../kernel/time.ts';
import { isSettled, outstandingCents } from '../domain/claim.ts';
import { listClaimsOfCase } from '../store/claims.ts';
import { actOn } from './act.ts';
import type { PaymentContext } from './context.ts';

/** Somebody invented pays by transfer what is open for a case, as of the context's day. @throws in production */
export async function payDemoClaims(ctx: PaymentContext, caseId: string): Promise<void> {
  if (ctx.settings.env === 'production') throw new Error('invented payments must not exist in production');
  const on = legalDay(ctx.clock()).toString();
  for (const claim of await listClaimsOfCase(ctx.database.read, caseId)) {
    if (isSettled(claim)) continue;
    const booking = { id: `transfer:demo:${claim.id}`, via: 'transfer', amountCents: outstandingCents(claim), on };
    expectOk(await ctx.database.transaction((tx) => actOn(ctx, tx, { kind: 'system', job: 'demo' }, claim.id, { action: 'note-transfer', booking })));
  }
}
