import { createHash } from 'node:crypto';
import type { Actor } from '../../../kernel/actor.ts';
import { invalidField } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { PaymentProblem } from '../domain/problems.ts';
import type { NotificationHeaders, ProviderEvent } from '../domain/provider.ts';
import { findClaimIdOfAttempt, insertNotification } from '../store/claims.ts';
import { actOn } from './act.ts';
import type { PaymentContext } from './context.ts';

export interface RawNotification {
  readonly provider: string;
  readonly headers: NotificationHeaders;
  readonly body: Uint8Array;
}

const UNKNOWN = invalidField('attemptId', 'Zu dieser Nachricht gibt es hier keine Zahlung. Prüfen Sie, an welche Stadt sie gehört.');

/**
 * Takes in a provider's message. The signature decides whether it is believed; a forged, stale or
 * foreign one changes nothing and is journalled by its hash. The same message twice changes nothing.
 * @returns whether the message was new
 */
export async function receiveNotification(ctx: PaymentContext, raw: RawNotification): Promise<Result<{ readonly isNew: boolean }, PaymentProblem>> {
  const provider = ctx.providers.find((one) => one.name === raw.provider);
  if (provider === undefined) return refuse({ kind: 'not-found', detail: 'Diesen Zahlungsdienst gibt es hier nicht.' });
  const now = ctx.clock();
  const verified = provider.verifyNotification(raw.headers, raw.body, now);
  if (!verified.ok) {
    await journalRefused(ctx, raw, verified.problem.kind);
    return verified;
  }
  const done = await ctx.database.transaction((tx) => takeIn(ctx, tx, raw.provider, verified.value));
  if (!done.ok) await journalRefused(ctx, raw, 'unknown-attempt');
  return done;
}

async function takeIn(
  ctx: PaymentContext,
  tx: Parameters<typeof actOn>[1],
  provider: string,
  { id, fact }: ProviderEvent,
): Promise<Result<{ isNew: boolean }, PaymentProblem>> {
  const claimId = await findClaimIdOfAttempt(tx, provider, fact.attemptId);
  if (claimId === undefined) return refuse(UNKNOWN);
  if (!(await insertNotification(tx, provider, id, ctx.clock()))) return ok({ isNew: false });
  const noted = await actOn(ctx, tx, providerActor(provider), claimId, { action: 'note-fact', provider, fact });
  return noted.ok ? ok({ isNew: true }) : noted;
}

/** Whose word an event rests on. */
export const providerActor = (provider: string): Actor => ({ kind: 'system', job: `payment.${provider}` });

async function journalRefused(ctx: PaymentContext, raw: RawNotification, reason: string): Promise<void> {
  const payload = { provider: raw.provider, reason, bytes: raw.body.byteLength, bodySha256: createHash('sha256').update(raw.body).digest('hex') };
  ctx.log.warn('payment.notification-refused', { provider: raw.provider, reason });
  await ctx.database.write((tx) =>
    ctx.journal.append(tx, { kind: 'anonymous' }, ctx.clock(), [{ stream: 'payment:notifications', kind: 'payment.notification-refused', payload }]),
  );
}
