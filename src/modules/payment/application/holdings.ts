import { printedKassenzeichen } from '../domain/kassenzeichen.ts';
import { outstandingCents, paidFact, runningAttempt, statusOf, surplusCents, type Claim } from '../domain/claim.ts';
import { listClaimsOfAccount } from '../store/claims.ts';
import type { PaymentContext } from './context.ts';

async function* everyClaim(ctx: Pick<PaymentContext, 'database'>, accountId: string): AsyncGenerator<Claim> {
  for (let before: string | undefined; ;) {
    const page = await listClaimsOfAccount(ctx.database.read, { accountId }, 200, before);
    yield* page;
    before = page.at(-1)?.id;
    if (page.length < 200) return;
  }
}

/** Claims of the account at which money is still to move, one way or the other. */
export async function openClaimCount(ctx: Pick<PaymentContext, 'database'>, accountId: string): Promise<number> {
  let open = 0;
  for await (const claim of everyClaim(ctx, accountId)) {
    if (outstandingCents(claim) > 0 || surplusCents(claim) > 0 || runningAttempt(claim) !== undefined) open += 1;
  }
  return open;
}

/** What is held about the account's payments, for its holder (Art. 15 DSGVO). */
export async function exportClaims(ctx: Pick<PaymentContext, 'database'>, accountId: string): Promise<object[]> {
  const found: object[] = [];
  for await (const claim of everyClaim(ctx, accountId)) {
    const { fileNumber, kassenzeichen, amountCents, purpose, legalBasis, demandedOn, dueOn, bookings } = claim;
    const money = bookings.map(({ via, amountCents: cents, on }) => ({ via, amountCents: cents, on }));
    found.push({
      fileNumber,
      kassenzeichen: printedKassenzeichen(kassenzeichen),
      amountCents,
      purpose,
      legalBasis,
      demandedOn,
      dueOn,
      status: statusOf(claim),
      paidOn: paidFact(claim)?.on ?? null,
      bookings: money,
    });
  }
  return found;
}
