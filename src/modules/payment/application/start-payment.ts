import type { Actor } from '../../../kernel/actor.ts';
import { newId } from '../../../kernel/id.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { outstandingCents, runningAttempt, type Attempt, type Claim } from '../domain/claim.ts';
import { providerAway, type PaymentProblem } from '../domain/problems.ts';
import type { PaymentProvider } from '../domain/provider.ts';
import { payRefusal } from './access.ts';
import { actOn } from './act.ts';
import type { PaymentContext } from './context.ts';
import { findClaim } from '../store/claims.ts';

/** An attempt this old is asked for by the clock and then given up, so that the person can begin again. */
export const ATTEMPT_LIFETIME: Temporal.DurationLike = { minutes: 30 };

/**
 * Begins to pay online, or goes on where the person left off. The attempt is kept before the provider
 * hears of it and its id is the provider's idempotency key: a crash in between makes no second payment.
 * @returns where to send the person
 */
export async function startPayment(ctx: PaymentContext, actor: Actor, claimId: string): Promise<Result<{ readonly redirectUrl: string }, PaymentProblem>> {
  const provider = ctx.providers[0];
  if (provider === undefined) return refuse(providerAway);
  const known = await findClaim(ctx.database.read, claimId);
  const resumed = known !== undefined && payRefusal(actor, known) === undefined ? runningAttempt(known) : undefined;
  if (known !== undefined && resumed !== undefined && resumed.provider === provider.name && resumed.amountCents === outstandingCents(known)) {
    return resumed.redirectUrl === undefined ? sendOff(ctx, actor, provider, known, resumed) : ok({ redirectUrl: resumed.redirectUrl });
  }
  const attemptId = newId(ctx.clock().epochMilliseconds);
  const planned = await ctx.database.transaction((tx) =>
    actOn(ctx, tx, actor, claimId, { action: 'plan-attempt', attemptId, provider: provider.name }, (claim) => payRefusal(actor, claim)),
  );
  if (!planned.ok) return planned;
  return sendOff(
    ctx,
    actor,
    provider,
    planned.value,
    planned.value.attempts.find((one) => one.id === attemptId)!,
  );
}

async function sendOff(
  ctx: PaymentContext,
  actor: Actor,
  provider: PaymentProvider,
  claim: Claim,
  attempt: Attempt,
): Promise<Result<{ readonly redirectUrl: string }, PaymentProblem>> {
  const { publicUrl } = ctx.settings;
  const started = await provider.start({
    attemptId: attempt.id,
    amountCents: attempt.amountCents,
    kassenzeichen: claim.kassenzeichen,
    returnUrl: `${publicUrl}/zahlungen/${claim.id}?zurueck=1`,
    notifyUrl: `${publicUrl}/api/payment/notifications/${provider.name}`,
  });
  if (!started.ok) {
    // Whether the provider heard us is not known: the attempt stays, and is asked for or begun again with its key.
    ctx.log.warn('payment.start-failed', { provider: provider.name, attemptId: attempt.id, kind: started.problem.kind });
    return started;
  }
  const noted = await ctx.database.transaction((tx) => actOn(ctx, tx, actor, claim.id, { action: 'note-start', attemptId: attempt.id, ...started.value }));
  return noted.ok ? ok({ redirectUrl: started.value.redirectUrl }) : noted;
}
