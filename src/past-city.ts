import { cashierOn, kasseOn } from './neighbours.ts';
import { paymentJobs, type PaymentContext } from './modules/payment/public.ts';
import { procedureJobs, type ProcedureContext } from './modules/procedure/public.ts';
import type { Outbox } from './platform/jobs/port.ts';
import { atLeisure } from './platform/jobs/give-way.ts';

/** The city as it was at a moment. Nothing of it reaches the outbox of today, whose jobs would act as of now. */
export interface PastCity {
  readonly ctx: ProcedureContext;
  readonly kasse: PaymentContext;
  /** Leaves a job as the outbox would. */
  readonly order: (job: string, payload: object) => void;
  /** Carries out what was ordered, as of then, and what that orders. */
  readonly settle: () => Promise<void>;
}

/** For a demo's past: use cases, letters, fees and deadlines run as of `at`, one after the other. @throws in production: nothing there is dated back */
export function pastCity(today: ProcedureContext, at: Temporal.Instant): PastCity {
  if (today.settings.env === 'production') throw new Error('a real city has no past that is told');
  const orders: { readonly job: string; readonly payload: object }[] = [];
  const order = (job: string, payload: object): void => void orders.push({ job, payload });
  const outbox: Outbox = {
    async enqueue(tx, job, payload, options) {
      if (handlers.has(job)) order(job, payload);
      else await today.outbox.enqueue(tx, job, payload, options);
    },
  };
  // the demo's seal did not exist then: what looks old was sealed today, and says so
  const seal = { ...today.seal, seal: (pdf: Uint8Array, about: { readonly reason: string }) => today.seal.seal(pdf, { ...about, at: today.clock() }) };
  const platform = { ...today, clock: () => at, outbox, seal };
  const ctx: ProcedureContext = { ...platform, cashier: cashierOn(platform) };
  // nobody looks at the ways to pay of then
  const paying = kasseOn(ctx, { providers: [], bankAccountOf: () => undefined });
  const handlers = new Map([...procedureJobs(ctx), ...paymentJobs(paying)].map(({ name, handle }) => [name, handle as (payload: object) => Promise<void>]));
  return {
    ctx,
    kasse: paying,
    order,
    async settle() {
      for (let next = orders.shift(); next !== undefined; next = orders.shift()) await atLeisure(handlers.get(next.job)!(next.payload));
    },
  };
}
