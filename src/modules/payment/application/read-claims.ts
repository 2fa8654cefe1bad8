import { actorRef, ownerOf, type Actor } from '../../../kernel/actor.ts';
import { newId } from '../../../kernel/id.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { legalDay } from '../../../kernel/time.ts';
import type { Sql } from '../../../platform/database/port.ts';
import { outstandingCents, paidFact, runningAttempt, statusOf, surplusCents, type Claim, type ClaimStatus } from '../domain/claim.ts';
import { lateInterestCents } from '../domain/dunning.ts';
import { printedKassenzeichen } from '../domain/kassenzeichen.ts';
import { claimNotFound, type PaymentProblem } from '../domain/problems.ts';
import { giroCode, type BankAccount } from '../domain/transfer.ts';
import { findClaim, listClaimsDue, listClaimsOfAccount, listClaimsOfCase, listClaimsOfDesk } from '../store/claims.ts';
import { authoritiesOf, deskRefusal, maySee } from './access.ts';
import { actOn } from './act.ts';
import type { PaymentContext, PaymentText } from './context.ts';

type Citizen = Extract<Actor, { kind: 'citizen' }>;
type Staff = Extract<Actor, { kind: 'staff' }>;

/** A claim with everything that follows from it, as pages and API show it. */
export interface ClaimView {
  readonly claim: Claim;
  readonly status: ClaimStatus;
  readonly purpose: PaymentText;
  readonly authorityName: string;
  /** As people copy it, in groups of four. */
  readonly reference: string;
  readonly outstandingCents: number;
  readonly surplusCents: number;
  readonly paid: { readonly on: Temporal.PlainDate; readonly via: string } | undefined;
  /** Settled, but the procedure has not been told yet. */
  readonly waitsHandOn: boolean;
  readonly running: boolean;
  readonly lastFailed: boolean;
  readonly transfer: { readonly account: BankAccount; readonly giroCode: string } | undefined;
  readonly online: { readonly demo: boolean } | undefined;
  /** Säumniszinsen to this day in cents, where they can be computed; shown to officers, demanded by nobody yet. */
  readonly interestCents: number | undefined;
}

type ViewContext = Pick<PaymentContext, 'clock' | 'providers' | 'bankAccountOf' | 'purposeText' | 'authorityName'>;

export function viewClaim(ctx: ViewContext, claim: Claim): ClaimView {
  const paid = paidFact(claim);
  const open = outstandingCents(claim);
  const account = open === 0 ? undefined : ctx.bankAccountOf(claim.authority);
  const provider = open === 0 ? undefined : ctx.providers[0];
  return {
    claim,
    status: statusOf(claim),
    purpose: ctx.purposeText(claim.purpose),
    authorityName: ctx.authorityName(claim.authority),
    reference: printedKassenzeichen(claim.kassenzeichen),
    outstandingCents: open,
    surplusCents: surplusCents(claim),
    paid: paid && { on: Temporal.PlainDate.from(paid.on), via: paid.via },
    waitsHandOn: paid !== undefined && !claim.handedOn,
    running: runningAttempt(claim) !== undefined,
    lastFailed: claim.attempts.at(-1)?.step === 'failed',
    transfer: account && { account, giroCode: giroCode(account, open, claim.kassenzeichen) },
    online: provider && { demo: provider.demo },
    interestCents: lateInterestCents(open, claim.dueOn, legalDay(ctx.clock()).toString()),
  };
}

/** One claim, for whoever may see it. */
export async function openClaim(ctx: PaymentContext, actor: Actor, claimId: string): Promise<Result<ClaimView, PaymentProblem>> {
  const claim = await findClaim(ctx.database.read, claimId);
  return claim === undefined || !maySee(actor, claim) ? refuse(claimNotFound) : ok(viewClaim(ctx, claim));
}

/** All claims of a case, oldest first; whoever may see the case may see them (the caller has asked). */
export async function claimsOfCase(db: Sql, caseId: string): Promise<Claim[]> {
  return listClaimsOfCase(db, caseId);
}

/** An unpaid claim with its last day; `service`: what it was demanded for. */
export interface ClaimDue {
  readonly id: string;
  readonly owner: string;
  readonly service: string;
  readonly dueOn: Temporal.PlainDate;
}

/** Claims that are not paid yet and due from one day to another, both included; of some accounts or of all. */
export async function claimsDueBetween(
  db: Sql,
  days: { readonly from: Temporal.PlainDate; readonly until: Temporal.PlainDate },
  accountIds?: readonly string[],
): Promise<readonly ClaimDue[]> {
  return (await listClaimsDue(db, days, accountIds)).map(({ id, accountId, purpose, dueOn }) => ({
    ...{ id, owner: accountId, service: purpose },
    dueOn: Temporal.PlainDate.from(dueOn),
  }));
}

export interface ClaimPage {
  readonly items: readonly ClaimView[];
  readonly next: string | undefined;
}

const paged = (ctx: ViewContext, claims: readonly Claim[], limit: number): ClaimPage => ({
  items: claims.slice(0, limit).map((claim) => viewClaim(ctx, claim)),
  next: claims.length > limit ? claims[limit - 1]!.id : undefined,
});

/** The account's own claims, newest first. */
export async function ownClaims(ctx: PaymentContext, actor: Citizen, limit = 50, before?: string): Promise<ClaimPage> {
  return paged(ctx, await listClaimsOfAccount(ctx.database.read, ownerOf(actor), limit + 1, before), limit);
}

/** What the Kasse may look for. */
export const DESK_VIEWS = {
  offen: ['open', 'in-payment', 'partly', 'dunned'],
  gemahnt: ['dunned'],
  erstatten: ['overpaid', 'refund-due'],
  bezahlt: ['paid', 'refunded'],
} as const;
export type DeskView = keyof typeof DESK_VIEWS | 'haengt' | 'alle';

/** Claims of the officer's authorities, newest first; revision sees all. */
export async function deskClaims(
  ctx: PaymentContext,
  actor: Staff,
  input: { readonly view: DeskView; readonly limit?: number | undefined; readonly before?: string | undefined },
): Promise<ClaimPage> {
  const { view, limit = 50, before } = input;
  const statuses = view === 'alle' || view === 'haengt' ? undefined : DESK_VIEWS[view];
  const filter = { authorities: authoritiesOf(actor), statuses, waitsHandOn: view === 'haengt', limit: limit + 1, ...(before !== undefined && { before }) };
  return paged(ctx, await listClaimsOfDesk(ctx.database.read, filter), limit);
}

/** First of four eyes: orders that money goes back. */
export async function requestRefund(
  ctx: PaymentContext,
  actor: Actor,
  input: { readonly claimId: string; readonly amountCents: number },
): Promise<Result<Claim, PaymentProblem>> {
  const command = { action: 'request-refund', refundId: newId(ctx.clock().epochMilliseconds), amountCents: input.amountCents, by: actorRef(actor) } as const;
  return ctx.database.transaction((tx) => actOn(ctx, tx, actor, input.claimId, command, (claim) => deskRefusal(actor, claim)));
}

/** Second of four eyes: confirms that the money has left. */
export async function confirmRefund(
  ctx: PaymentContext,
  actor: Actor,
  input: { readonly claimId: string; readonly refundId: string },
): Promise<Result<Claim, PaymentProblem>> {
  const command = { action: 'confirm-refund', refundId: input.refundId, by: actorRef(actor) } as const;
  return ctx.database.transaction((tx) => actOn(ctx, tx, actor, input.claimId, command, (claim) => deskRefusal(actor, claim)));
}
