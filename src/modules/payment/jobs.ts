import type { JobKind } from '../../platform/jobs/port.ts';
import { JOBS, type PaymentContext } from './application/context.ts';
import { DEMO_NOTIFY, sendDemoNotice, type DemoNotifier } from './application/demo-books.ts';
import { followAttempts, handOn, remindDebtors } from './application/follow-attempts.ts';

/** What leaves through the outbox or runs by the clock. */
export function paymentJobs(ctx: PaymentContext): JobKind<never>[] {
  const kinds: JobKind<{ claimId: string }>[] = [
    { name: JOBS.handOn, urgent: true, handle: (payload) => handOn(ctx, payload) },
    { name: JOBS.follow, cron: '* * * * *', handle: () => followAttempts(ctx) },
    { name: JOBS.remind, cron: '23 6 * * *', handle: () => remindDebtors(ctx) },
  ];
  return kinds;
}

/** The demo provider's post: eight tries with growing pauses, as a real provider would. */
export function demoPaymentJobs(notifier: DemoNotifier): JobKind<never>[] {
  const kinds: JobKind<{ checkoutId: string }>[] = [{ name: DEMO_NOTIFY, urgent: true, handle: (payload) => sendDemoNotice(notifier, payload) }];
  return kinds;
}
