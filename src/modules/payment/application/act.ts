import type { Actor } from '../../../kernel/actor.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { Tx } from '../../../platform/database/port.ts';
import { isSettled, statusOf, type Claim } from '../domain/claim.ts';
import { decide, type ClaimCommand } from '../domain/decide.ts';
import type { ClaimEvent } from '../domain/events.ts';
import { evolve } from '../domain/evolve.ts';
import { claimNotFound, type PaymentProblem } from '../domain/problems.ts';
import { insertClaim, lockClaim, replaceAttempts, updateClaim, type ClaimIndex } from '../store/claims.ts';
import { JOBS, type PaymentContext } from './context.ts';

type Ctx = Pick<PaymentContext, 'journal' | 'outbox' | 'clock'>;

/** The claim's stream in the journal. */
export const claimStream = (claimId: string): string => `payment:${claimId}`;

const indexOf = (claim: Claim): ClaimIndex => ({ status: statusOf(claim), waitsHandOn: isSettled(claim) && !claim.handedOn });

/** The journal's entry of an event. The address of the payment page is a way in, and stays out. */
function entryOf(event: ClaimEvent, claim: Claim) {
  const { kind, ...facts } = event;
  const { redirectUrl: _, ...payload } = facts as Record<string, unknown>;
  return { stream: claimStream(claim.id), kind: `payment.${kind}`, payload: { ...payload, caseId: claim.caseId, status: statusOf(claim) } };
}

/** Keeps a new claim with its first event. @returns false when one was demanded under this key before */
export async function beginClaim(
  ctx: Ctx,
  tx: Tx,
  actor: Actor,
  begin: { readonly id: string; readonly key: string; readonly event: ClaimEvent },
): Promise<boolean> {
  const claim = evolve(undefined, begin.event, begin.id);
  const now = ctx.clock();
  if (!(await insertClaim(tx, claim, begin.key, indexOf(claim), now))) return false;
  await ctx.journal.append(tx, actor, now, [entryOf(begin.event, claim)]);
  return true;
}

/**
 * The one way to change a claim: holds it, lets the domain decide, keeps what follows, all in the
 * caller's transaction. A claim that becomes settled orders its handing on.
 * @param may who may do this to this claim; a refusal changes nothing
 */
export async function actOn(
  ctx: Ctx,
  tx: Tx,
  actor: Actor,
  claimId: string,
  command: ClaimCommand,
  may: (claim: Claim) => PaymentProblem | undefined = () => undefined,
): Promise<Result<Claim, PaymentProblem>> {
  const before = await lockClaim(tx, claimId);
  if (before === undefined) return refuse(claimNotFound);
  const refusal = may(before);
  if (refusal !== undefined) return refuse(refusal);
  const now = ctx.clock();
  const decided = decide(before, command, now);
  if (!decided.ok) return decided;
  if (decided.value.length === 0) return ok(before);
  const entries = [];
  let claim = before;
  for (const event of decided.value) {
    claim = evolve(claim, event, claim.id);
    entries.push(entryOf(event, claim));
  }
  await updateClaim(tx, claim, indexOf(claim), now);
  await replaceAttempts(tx, claim);
  if (indexOf(claim).waitsHandOn && !indexOf(before).waitsHandOn) {
    await ctx.outbox.enqueue(tx, JOBS.handOn, { claimId }, { key: `${claimId}.${claim.version}` });
  }
  await ctx.journal.append(tx, actor, now, entries);
  return ok(claim);
}
