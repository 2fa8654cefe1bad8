import { ok } from '../../../kernel/result.ts';
import { expectOk } from '../../../kernel/result.ts';
import { signMessage } from '../domain/standard-webhooks.ts';
import { endCheckout, findCheckout, openCheckout, type DemoCheckout } from '../store/demo-checkouts.ts';
import type { PaymentContext } from './context.ts';

export type DemoPayment = DemoCheckout;

/** The demo provider's books and its post. */
export interface DemoBooks {
  readonly open: (payment: Omit<DemoPayment, 'state' | 'settledOn'>) => Promise<DemoPayment>;
  readonly find: (id: string) => Promise<DemoPayment | undefined>;
  /** Ends a pending payment and orders its message; without a delay none is sent. The first end stands. */
  readonly end: (end: {
    readonly id: string;
    readonly state: DemoPayment['state'];
    readonly on: Temporal.PlainDate;
    readonly delaySeconds: number | undefined;
  }) => Promise<void>;
}

export const DEMO_NOTIFY = 'payment.demo-notify';

export function demoBooks(ctx: Pick<PaymentContext, 'database' | 'outbox' | 'clock'>): DemoBooks {
  return {
    open: (payment) => ctx.database.write((tx) => openCheckout(tx, payment)),
    find: (id) => findCheckout(ctx.database.read, id),
    async end({ id, state, on, delaySeconds }) {
      const ended = await ctx.database.transaction(async (tx) => {
        const first = await endCheckout(tx, id, state, on);
        if (!first || delaySeconds === undefined) return ok(first);
        const later = delaySeconds === 0 ? {} : { startAfter: ctx.clock().add({ seconds: delaySeconds }) };
        await ctx.outbox.enqueue(tx, DEMO_NOTIFY, { checkoutId: id }, { key: id, ...later });
        return ok(first);
      });
      expectOk(ended);
    },
  };
}

export interface DemoNotifier {
  readonly database: PaymentContext['database'];
  readonly clock: PaymentContext['clock'];
  /** `whsec_…` */
  readonly webhookSecret: string;
  readonly fetch: typeof fetch;
}

/** Sends the message of an ended payment; the same id each time, freshly signed. Throwing means: try again later. */
export async function sendDemoNotice({ database, clock, webhookSecret, fetch }: DemoNotifier, { checkoutId }: { readonly checkoutId: string }): Promise<void> {
  const payment = await findCheckout(database.read, checkoutId);
  if (payment === undefined || payment.state === 'pending') return;
  const body = Buffer.from(JSON.stringify(noticeOf(payment)));
  const timestamp = Math.floor(clock().epochMilliseconds / 1000);
  const signature = signMessage(webhookSecret, { id: payment.messageId, timestamp, body });
  const headers = {
    'content-type': 'application/json',
    'webhook-id': payment.messageId,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': signature,
  };
  const answer = await fetch(payment.notifyUrl, { method: 'POST', headers, body, signal: AbortSignal.timeout(10_000), redirect: 'error' });
  if (!answer.ok) throw new Error(`the city answered ${answer.status}`);
}

const noticeOf = ({ id, idempotencyKey, state, amountCents, settledOn }: DemoPayment): object => ({
  type: `payment.${state}`,
  data: { id, merchantId: idempotencyKey, state, amountCents, settledOn: settledOn?.toString() ?? null },
});
