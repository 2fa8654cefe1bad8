import type { Actor } from '../../../kernel/actor.ts';
import { newId } from '../../../kernel/id.ts';
import { invalidField } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { legalDay } from '../../../kernel/time.ts';
import type { Tx } from '../../../platform/database/port.ts';
import type { Claim } from '../domain/claim.ts';
import type { CancelReason } from '../domain/events.ts';
import { kassenzeichen } from '../domain/kassenzeichen.ts';
import type { PaymentProblem } from '../domain/problems.ts';
import { findClaimByKey, nextClaimSerial } from '../store/claims.ts';
import { liftRefusal } from './access.ts';
import { actOn, beginClaim } from './act.ts';
import type { PaymentContext } from './context.ts';

export interface DemandInput {
  readonly caseId: string;
  readonly fileNumber: string;
  /** The debtor's account; null where they have none. */
  readonly accountId: string | null;
  readonly authority: string;
  /** Integer cents, more than 0. */
  readonly amountCents: number;
  readonly purpose: string;
  readonly dueOn: Temporal.PlainDate;
  readonly legalBasis: string;
  /** What it is demanded for, e.g. `<case>.<decision>`: the same key makes one claim. */
  readonly key: string;
}

type Ctx = Pick<PaymentContext, 'journal' | 'outbox' | 'clock'>;

/** Demands a fee in the caller's transaction. Idempotent by `key`: the second call gives the first claim. */
export async function demandPayment(ctx: Ctx, tx: Tx, actor: Actor, input: DemandInput): Promise<Result<Claim, PaymentProblem>> {
  const { key, amountCents, dueOn, ...facts } = input;
  if (!Number.isSafeInteger(amountCents) || amountCents <= 0) return refuse(invalidField('amountCents', 'Eine Forderung braucht einen Betrag über 0 Euro.'));
  const known = await findClaimByKey(tx, key);
  if (known !== undefined) return ok(known);
  const now = ctx.clock();
  const today = legalDay(now);
  const id = newId(now.epochMilliseconds);
  const reference = kassenzeichen(today.year, await nextClaimSerial(tx));
  const event = { kind: 'demanded', ...facts, amountCents, kassenzeichen: reference, demandedOn: today.toString(), dueOn: dueOn.toString() } as const;
  await beginClaim(ctx, tx, actor, { id, key, event });
  return ok((await findClaimByKey(tx, key))!);
}

/** As `cancelClaim`, by the head of the authority. */
export async function liftClaim(
  ctx: PaymentContext,
  actor: Actor,
  input: { readonly claimId: string; readonly reason: CancelReason },
): Promise<Result<Claim, PaymentProblem>> {
  return ctx.database.transaction((tx) =>
    actOn(ctx, tx, actor, input.claimId, { action: 'cancel', reason: input.reason }, (claim) => liftRefusal(actor, claim)),
  );
}

/** The Bescheid was set aside, or the fee waived: nothing is owed any more, and what came is given back. Idempotent. */
export async function cancelClaim(ctx: Ctx, tx: Tx, actor: Actor, claimId: string, reason: CancelReason): Promise<Result<Claim, PaymentProblem>> {
  return actOn(ctx, tx, actor, claimId, { action: 'cancel', reason });
}
