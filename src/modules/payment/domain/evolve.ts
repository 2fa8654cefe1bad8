import { ATTEMPT_STEPS, type Attempt, type AttemptStep, type Booking, type Claim } from './claim.ts';
import type { ClaimEvent } from './events.ts';

/** Folds one event into the claim. The first event must be `demanded`. */
export function evolve(claim: Claim | undefined, event: ClaimEvent, id: string): Claim {
  if (event.kind === 'demanded') {
    const { kind: _, ...facts } = event;
    return { ...facts, id, version: 1, attempts: [], bookings: [], refunds: [], handedOn: false };
  }
  if (claim === undefined) throw new Error(`a claim begins with "demanded", not with "${event.kind}"`);
  return { ...changed(claim, event), version: claim.version + 1 };
}

function changed(claim: Claim, event: Exclude<ClaimEvent, { kind: 'demanded' }>): Claim {
  switch (event.kind) {
    case 'attempt-planned': {
      const { attemptId, provider, amountCents, plannedAt } = event;
      return { ...claim, attempts: [...claim.attempts, { id: attemptId, provider, amountCents, plannedAt, step: 'planned' }] };
    }
    case 'attempt-started':
      return onAttempt(claim, event.attemptId, 'started', { providerRef: event.providerRef, redirectUrl: event.redirectUrl });
    case 'attempt-failed':
      return onAttempt(claim, event.attemptId, 'failed');
    case 'attempt-expired':
      return onAttempt(claim, event.attemptId, 'expired');
    case 'booked': {
      const told = event.attemptId === undefined || event.booking.amountCents < 0 ? claim : onAttempt(claim, event.attemptId, 'succeeded');
      return { ...told, bookings: withBooking(claim.bookings, event.booking) };
    }
    case 'cancelled':
      return { ...claim, cancelledOn: event.on };
    case 'reminded':
      return { ...claim, remindedOn: event.on };
    case 'dunned':
      return { ...claim, dunnedOn: event.on };
    case 'refund-requested':
      return { ...claim, refunds: [...claim.refunds, { id: event.refundId, amountCents: event.amountCents, requestedBy: event.by }] };
    case 'refund-done':
      return { ...claim, refunds: claim.refunds.map((one) => (one.id === event.refundId ? { ...one, doneBy: event.by, doneOn: event.on } : one)) };
    case 'handed-on':
      return { ...claim, handedOn: true };
  }
}

/** Kept in the order of their ids, so that the order in which they came leaves no trace. */
const withBooking = (bookings: readonly Booking[], booking: Booking): Booking[] =>
  [...bookings.filter(({ id }) => id !== booking.id), booking].toSorted((a, b) => (a.id < b.id ? -1 : 1));

function onAttempt(claim: Claim, id: string, step: AttemptStep, more: Partial<Attempt> = {}): Claim {
  const further = (before: AttemptStep): AttemptStep => (ATTEMPT_STEPS.indexOf(step) > ATTEMPT_STEPS.indexOf(before) ? step : before);
  return { ...claim, attempts: claim.attempts.map((one) => (one.id === id ? { ...one, ...more, step: further(one.step) } : one)) };
}
