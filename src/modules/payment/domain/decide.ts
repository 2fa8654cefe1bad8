import { invalidField, wrongState } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { legalDay } from '../../../kernel/time.ts';
import { isSettled, outstandingCents, runningAttempt, surplusCents, type Booking, type Claim } from './claim.ts';
import type { CancelReason, ClaimEvent } from './events.ts';
import { dunningRule } from './dunning.ts';
import { notAllowed, type PaymentProblem } from './problems.ts';
import type { ProviderFact } from './provider.ts';

/** What may be asked of a claim. */
export type ClaimCommand =
  | { readonly action: 'plan-attempt'; readonly attemptId: string; readonly provider: string }
  | { readonly action: 'note-start'; readonly attemptId: string; readonly providerRef: string; readonly redirectUrl: string }
  | { readonly action: 'note-unavailable'; readonly attemptId: string }
  | { readonly action: 'expire-attempt'; readonly attemptId: string }
  | { readonly action: 'note-fact'; readonly provider: string; readonly fact: ProviderFact }
  | { readonly action: 'note-transfer'; readonly booking: Booking }
  | { readonly action: 'cancel'; readonly reason: CancelReason }
  | { readonly action: 'remind' }
  | { readonly action: 'request-refund'; readonly refundId: string; readonly amountCents: number; readonly by: string }
  | { readonly action: 'confirm-refund'; readonly refundId: string; readonly by: string }
  | { readonly action: 'hand-on' };

type Decided = Result<readonly ClaimEvent[], PaymentProblem>;
const NOTHING: Decided = ok([]);

/**
 * What follows from a command. Facts (notifications, transfers, the clock) are never refused: what
 * is known already gives no event, so that each may come twice, late, and in any order.
 */
export function decide(claim: Claim, command: ClaimCommand, now: Temporal.Instant): Decided {
  const today = legalDay(now).toString();
  switch (command.action) {
    case 'plan-attempt':
      return planAttempt(claim, command, now);
    case 'note-start': {
      const { action: _, ...facts } = command;
      const known = claim.attempts.some((one) => one.id === command.attemptId && one.providerRef === undefined);
      return known ? ok([{ kind: 'attempt-started', ...facts }]) : NOTHING;
    }
    case 'note-unavailable':
      return attemptRuns(claim, command.attemptId) ? ok([{ kind: 'attempt-failed', attemptId: command.attemptId, reason: 'unavailable' }]) : NOTHING;
    case 'expire-attempt':
      return attemptRuns(claim, command.attemptId) ? ok([{ kind: 'attempt-expired', attemptId: command.attemptId }]) : NOTHING;
    case 'note-fact':
      return noteFact(claim, command);
    case 'note-transfer':
      return claim.bookings.some(({ id }) => id === command.booking.id) ? NOTHING : ok([{ kind: 'booked', booking: command.booking }]);
    case 'cancel':
      return claim.cancelledOn === undefined ? ok([{ kind: 'cancelled', on: today, reason: command.reason }]) : NOTHING;
    case 'remind':
      return remind(claim, today);
    case 'request-refund':
      return requestRefund(claim, command);
    case 'confirm-refund':
      return confirmRefund(claim, command, today);
    case 'hand-on':
      return isSettled(claim) && !claim.handedOn ? ok([{ kind: 'handed-on' }]) : NOTHING;
  }
}

const attemptRuns = (claim: Claim, id: string): boolean => claim.attempts.some((one) => one.id === id && (one.step === 'planned' || one.step === 'started'));

function planAttempt(claim: Claim, { attemptId, provider }: Extract<ClaimCommand, { action: 'plan-attempt' }>, now: Temporal.Instant): Decided {
  if (claim.cancelledOn !== undefined) return refuse(wrongState('Diese Forderung ist aufgehoben. Sie müssen nichts zahlen.'));
  const amountCents = outstandingCents(claim);
  if (amountCents === 0) return refuse(wrongState('Diese Forderung ist schon bezahlt. Sie müssen nichts mehr tun.'));
  if (runningAttempt(claim) !== undefined) {
    return refuse(wrongState('Eine Zahlung läuft schon. Warten Sie auf ihr Ergebnis, oder setzen Sie sie auf der Seite des Zahlungsdienstes fort.'));
  }
  return ok([{ kind: 'attempt-planned', attemptId, provider, amountCents, plannedAt: now.toString() }]);
}

/** A verified word of the provider. Money that moved is booked whatever else has happened. */
function noteFact(claim: Claim, { provider, fact }: Extract<ClaimCommand, { action: 'note-fact' }>): Decided {
  const { attemptId } = fact;
  const attempt = claim.attempts.find((one) => one.id === attemptId);
  if (attempt === undefined) return refuse(invalidField('attemptId', 'Zu dieser Zahlung gibt es hier keinen Versuch. Prüfen Sie, an welche Stadt sie gehört.'));
  if (fact.state === 'pending') return NOTHING;
  if (fact.state === 'succeeded' || fact.state === 'reversed') {
    if (fact.amountCents <= 0) return NOTHING;
    const amountCents = fact.state === 'reversed' ? -fact.amountCents : fact.amountCents;
    const id = `${provider}:${fact.bookingId}`;
    if (claim.bookings.some((one) => one.id === id)) return NOTHING;
    return ok([{ kind: 'booked', booking: { id, via: provider, amountCents, on: fact.on }, attemptId }]);
  }
  if (attempt.step === 'failed' || attempt.step === 'succeeded') return NOTHING;
  if (fact.state === 'expired') return attempt.step === 'expired' ? NOTHING : ok([{ kind: 'attempt-expired', attemptId }]);
  return ok([{ kind: 'attempt-failed', attemptId, reason: fact.state }]);
}

/** By the clock: first a reminder, which costs nothing, later the Mahnung. */
function remind(claim: Claim, today: string): Decided {
  if (claim.cancelledOn !== undefined || outstandingCents(claim) === 0 || runningAttempt(claim) !== undefined || claim.dunnedOn !== undefined) return NOTHING;
  const rule = dunningRule(claim.demandedOn);
  const after = (day: string, days: number): string => Temporal.PlainDate.from(day).add({ days }).toString();
  if (claim.remindedOn === undefined) return today > after(claim.dueOn, rule.reminderAfterDays) ? ok([{ kind: 'reminded', on: today }]) : NOTHING;
  return today > after(claim.remindedOn, rule.dunningAfterDays) ? ok([{ kind: 'dunned', on: today }]) : NOTHING;
}

function requestRefund(claim: Claim, { refundId, amountCents, by }: Extract<ClaimCommand, { action: 'request-refund' }>): Decided {
  const waiting = claim.refunds.filter((one) => one.doneBy === undefined).reduce((total, one) => total + one.amountCents, 0);
  if (!Number.isSafeInteger(amountCents) || amountCents <= 0) return refuse(invalidField('amountCents', 'Geben Sie einen Betrag über 0 Euro an.'));
  if (amountCents > surplusCents(claim) - waiting) {
    return refuse(invalidField('amountCents', 'So viel ist nicht zu viel gezahlt. Erstatten Sie höchstens, was über die Forderung hinausgeht.'));
  }
  return ok([{ kind: 'refund-requested', refundId, amountCents, by }]);
}

function confirmRefund(claim: Claim, { refundId, by }: Extract<ClaimCommand, { action: 'confirm-refund' }>, on: string): Decided {
  const refund = claim.refunds.find((one) => one.id === refundId);
  if (refund === undefined) return refuse(wrongState('Diese Erstattung hat niemand angeordnet. Ordnen Sie sie zuerst an.'));
  if (refund.doneBy !== undefined) return NOTHING;
  if (refund.requestedBy === by)
    return refuse(notAllowed('Wer eine Erstattung angeordnet hat, darf sie nicht selbst bestätigen. Bitten Sie eine zweite Person.'));
  return ok([{ kind: 'refund-done', refundId, by, on }]);
}
