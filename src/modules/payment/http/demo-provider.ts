import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { newId, parseId } from '../../../kernel/id.ts';
import { legalDay, type Clock } from '../../../kernel/time.ts';
import { bytesUpTo } from '../../../kernel/bytes.ts';
import type { Door } from '../../../platform/http/door.ts';
import type { DemoBooks, DemoPayment } from '../application/demo-books.ts';
import { checkoutPage, goneTexts, page } from './demo-provider-pages.ts';

export const DEMO_PAYMENT_PATH = '/demo-zahlung';

export interface DemoProviderOptions {
  readonly env: 'demo' | 'production';
  readonly publicUrl: string;
  /** The city's own secret; the merchant's key follows from it. */
  readonly secret: string;
  readonly books: DemoBooks;
  readonly clock: Clock;
}

const derive = (secret: string, what: string): string => createHmac('sha256', secret).update(`demo-payment:${what}`).digest('base64');
/** What the merchant shows to the provider. */
export const demoApiKey = (secret: string): string => derive(secret, 'api-key');
/** What both sign messages with (Standard Webhooks). */
export const demoWebhookSecret = (secret: string): string => `whsec_${derive(secret, 'webhook')}`;

const orderSchema = z.object({
  amountCents: z.number().int().positive().max(100_000_000),
  currency: z.literal('EUR'),
  reference: z.string().max(35),
  returnUrl: z.url({ protocol: /^https?$/ }),
  notifyUrl: z.url({ protocol: /^https?$/ }),
});

const BODY_BYTES = 16 * 1024;

/** Empty when it is longer than anything that belongs here. */
const textOf = async (request: Request): Promise<string> => (await bytesUpTo(request.body, BODY_BYTES))?.toString('utf8') ?? '';

/**
 * A payment provider that moves no money: a merchant's API, a payment page of its own, signed
 * messages that are tried again. Anybody may choose here how a payment ends, so it must never stand
 * beside a real city.
 * @throws in production
 */
export function demoPaymentProvider(options: DemoProviderOptions): Door {
  if (options.env === 'production') throw new Error('the demo payment provider must not run in production');
  return { prefix: DEMO_PAYMENT_PATH, handle: (request) => answer(options, request) };
}

async function answer(options: DemoProviderOptions, request: Request): Promise<Response> {
  const path = new URL(request.url).pathname.slice(DEMO_PAYMENT_PATH.length);
  const [, area, id = ''] = path.split('/');
  if (area === 'v1') return merchantApi(options, request, path);
  const payment = area === 'kasse' && parseId(id) !== undefined ? await options.books.find(id) : undefined;
  if (payment === undefined) return page(404, goneTexts.title, goneTexts.body);
  if (request.method === 'POST') return choose(options, request, payment);
  return checkoutPage(payment, options.publicUrl);
}

const json = (status: number, value: object): Response => Response.json(value, { status, headers: { 'cache-control': 'no-store' } });

async function merchantApi(options: DemoProviderOptions, request: Request, path: string): Promise<Response> {
  const given = Buffer.from(request.headers.get('authorization') ?? '');
  const expected = Buffer.from(`Bearer ${demoApiKey(options.secret)}`);
  if (given.byteLength !== expected.byteLength || !timingSafeEqual(given, expected)) return json(401, { error: 'unauthorized' });
  if (request.method === 'POST' && path === '/v1/payments') return openPayment(options, request);
  const id = parseId(/^\/v1\/payments\/([^/]+)$/.exec(path)?.[1] ?? '');
  const payment = request.method === 'GET' && id !== undefined ? await options.books.find(id) : undefined;
  return payment === undefined ? json(404, { error: 'not-found' }) : json(200, presented(payment, options.publicUrl));
}

async function openPayment(options: DemoProviderOptions, request: Request): Promise<Response> {
  const key = parseId(request.headers.get('idempotency-key') ?? '');
  const body = orderSchema.safeParse(parsed(await textOf(request))).data;
  if (key === undefined || body === undefined) return json(422, { error: 'invalid' });
  const now = options.clock().epochMilliseconds;
  const payment = await options.books.open({ id: newId(now), messageId: newId(now), idempotencyKey: key, ...body });
  if (payment.amountCents !== body.amountCents || payment.reference !== body.reference) return json(409, { error: 'key-reused' });
  return json(201, presented(payment, options.publicUrl));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function presented(payment: DemoPayment, publicUrl: string): object {
  const { id, idempotencyKey, state, amountCents, settledOn } = payment;
  return { id, merchantId: idempotencyKey, state, amountCents, settledOn, checkoutUrl: `${publicUrl}${DEMO_PAYMENT_PATH}/kasse/${id}` };
}

/** How a payment may end here. */
export const OUTCOMES = ['zahlen', 'zahlen-ohne-rueckweg', 'zahlen-meldung-spaeter', 'zahlen-ohne-meldung', 'ablehnen', 'abbrechen'] as const;
const NOTICE_DELAY_SECONDS = 90;

async function choose(options: DemoProviderOptions, request: Request, payment: DemoPayment): Promise<Response> {
  const chosen = new URLSearchParams(await textOf(request)).get('ausgang');
  const outcome = OUTCOMES.find((one) => one === chosen);
  if (outcome === undefined) return checkoutPage(payment, options.publicUrl);
  const state = outcome === 'ablehnen' ? 'declined' : outcome === 'abbrechen' ? 'cancelled' : 'succeeded';
  const delaySeconds = outcome === 'zahlen-ohne-meldung' ? undefined : outcome === 'zahlen-meldung-spaeter' ? NOTICE_DELAY_SECONDS : 0;
  // Ended before: the first choice stands, and the person goes the same way back.
  await options.books.end({ id: payment.id, state, on: legalDay(options.clock()), delaySeconds });
  if (outcome === 'zahlen-ohne-rueckweg') return page(200, goneTexts.closedTitle, goneTexts.closedBody);
  return new Response(null, { status: 303, headers: { location: payment.returnUrl, 'cache-control': 'no-store' } });
}
