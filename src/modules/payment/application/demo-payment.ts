import { z } from 'zod';
import { invalidField } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { providerAway, type PaymentProblem } from '../domain/problems.ts';
import type { PaymentProvider, ProviderFact } from '../domain/provider.ts';
import { verifyMessage } from '../domain/standard-webhooks.ts';

export interface DemoPaymentSettings {
  /** Where the provider's API is, e.g. `http://localhost:8080/demo-zahlung`. */
  readonly baseUrl: string;
  readonly apiKey: string;
  /** Those in force; two while a key is being changed. */
  readonly webhookSecrets: readonly string[];
  readonly fetch: typeof fetch;
}

const paymentSchema = z.object({
  id: z.uuid(),
  merchantId: z.uuid(),
  state: z.enum(['pending', 'succeeded', 'declined', 'cancelled']),
  amountCents: z.number().int().nonnegative(),
  settledOn: z.iso.date().nullable(),
});
const openedSchema = paymentSchema.extend({ checkoutUrl: z.url({ protocol: /^https?$/ }) });
const messageSchema = z.object({ type: z.string(), data: paymentSchema });

const forged = (detail: string): { readonly ok: false; readonly problem: PaymentProblem } => refuse({ kind: 'not-allowed', detail });

/** The bundled demo provider, as the city speaks to it: over HTTP, like to any other. */
export function demoPayment(settings: DemoPaymentSettings): PaymentProvider {
  const { baseUrl, apiKey, webhookSecrets } = settings;
  const headers = { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' };
  const call = (path: string, init: RequestInit): Promise<Response | undefined> =>
    settings.fetch(`${baseUrl}${path}`, { ...init, signal: AbortSignal.timeout(10_000), redirect: 'error' }).catch(() => undefined);
  return {
    name: 'demo-payment',
    demo: true,
    origin: new URL(baseUrl).origin,
    async start({ attemptId, amountCents, kassenzeichen, returnUrl, notifyUrl }) {
      const body = JSON.stringify({ amountCents, currency: 'EUR', reference: kassenzeichen, returnUrl, notifyUrl });
      const answer = await call('/v1/payments', { method: 'POST', headers: { ...headers, 'idempotency-key': attemptId }, body });
      const opened = openedSchema.safeParse(answer?.status === 201 ? await answer.json().catch(() => undefined) : undefined);
      return opened.success && opened.data.merchantId === attemptId
        ? ok({ redirectUrl: opened.data.checkoutUrl, providerRef: opened.data.id })
        : refuse(providerAway);
    },
    verifyNotification(given, rawBody, now) {
      const message = { id: given['webhook-id'] ?? '', timestamp: Number(given['webhook-timestamp'] ?? Number.NaN), body: rawBody };
      const verdict = verifyMessage(webhookSecrets, message, given['webhook-signature'] ?? '', Math.floor(now.epochMilliseconds / 1000));
      if (verdict === 'stale') return forged('Diese Nachricht ist zu alt. Senden Sie sie mit frischem Zeitstempel und neuer Signatur.');
      if (verdict !== 'ok') return forged('Die Signatur dieser Nachricht stimmt nicht. Prüfen Sie den Schlüssel.');
      const read = messageSchema.safeParse(parsed(rawBody));
      if (!read.success) return refuse(invalidField('body', 'Diese Nachricht ist unvollständig. Prüfen Sie ihren Aufbau.'));
      return ok({ id: message.id, fact: factOf(read.data.data) });
    },
    async fetchStatus(providerRef): Promise<Result<ProviderFact, PaymentProblem>> {
      const answer = await call(`/v1/payments/${encodeURIComponent(providerRef)}`, { headers });
      if (answer?.status === 404) return refuse({ kind: 'not-found', detail: 'Der Zahlungsdienst kennt diese Zahlung nicht.' });
      const read = paymentSchema.safeParse(answer?.status === 200 ? await answer.json().catch(() => undefined) : undefined);
      return read.success ? ok(factOf(read.data)) : refuse(providerAway);
    },
  };
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}

const factOf = ({ id, merchantId, state, amountCents, settledOn }: z.output<typeof paymentSchema>): ProviderFact => ({
  attemptId: merchantId,
  providerRef: id,
  state: settledOn === null ? 'pending' : state,
  amountCents: state === 'succeeded' ? amountCents : 0,
  on: settledOn ?? '',
  bookingId: id,
});
