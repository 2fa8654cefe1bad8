/**
 * payment: the Kasse. Demands fees, takes them online and by transfer, and says of each claim only
 * what verified facts support. The only door of this module.
 */
import type { Door } from '../../platform/http/door.ts';
import type { AnyRoute } from '../../platform/http/route.ts';
import type { JobKind } from '../../platform/jobs/port.ts';
import type { LiveHub } from '../../platform/live/hub.ts';
import type { PaymentContext } from './application/context.ts';
import { demoBooks } from './application/demo-books.ts';
import { demoPayment } from './application/demo-payment.ts';
import type { PaymentProvider } from './domain/provider.ts';
import { paymentApi } from './http/api.ts';
import { citizenPages, type Frame } from './http/citizen-pages.ts';
import { DEMO_PAYMENT_PATH, demoApiKey, demoPaymentProvider, demoWebhookSecret } from './http/demo-provider.ts';
import { deskPages } from './http/desk-pages.ts';
import { demoPaymentJobs } from './jobs.ts';

export { demandPayment, type DemandInput } from './application/demand-payment.ts';
export { payDemoClaims } from './application/demo-transfer.ts';
export { paymentParameters } from './domain/dunning.ts';
export { claimsDueBetween, claimsOfCase, type ClaimView } from './application/read-claims.ts';
export { exportClaims, openClaimCount } from './application/holdings.ts';
export type { PaymentContext, PaymentText } from './application/context.ts';
export { isSettled, type Claim, type ClaimStatus } from './domain/claim.ts';
export type { PaymentProvider } from './domain/provider.ts';
export type { BankAccount } from './domain/transfer.ts';
export { claimsPanel } from './http/panel.ts';
export { notificationDoor } from './http/notifications.ts';
export { paymentJobs } from './jobs.ts';

/** Every route of the module: pages for debtors and for the Kasse, and the API. */
export function paymentRoutes(ctx: PaymentContext, frame: Frame, hub: LiveHub): AnyRoute[] {
  return [...citizenPages(ctx, frame, hub), ...deskPages(ctx, frame), ...paymentApi(ctx)];
}

/** The bundled demo provider: what the city calls, what answers, and its post. */
export interface DemoPayments {
  readonly provider: PaymentProvider;
  readonly server: Door;
  readonly jobs: readonly JobKind<never>[];
}

/**
 * @param secret the city's own, at least 32 characters; keys follow from it
 * @param options.fetch how both sides reach each other; by default over the network
 * @throws in production
 */
export function demoPayments(
  ctx: Pick<PaymentContext, 'settings' | 'database' | 'outbox' | 'clock'>,
  secret: string,
  options: { readonly fetch?: typeof fetch } = {},
): DemoPayments {
  const { env, publicUrl } = ctx.settings;
  const net = options.fetch ?? fetch;
  const server = demoPaymentProvider({ env, publicUrl, secret, books: demoBooks(ctx), clock: ctx.clock });
  const webhookSecret = demoWebhookSecret(secret);
  return {
    provider: demoPayment({ baseUrl: publicUrl + DEMO_PAYMENT_PATH, apiKey: demoApiKey(secret), webhookSecrets: [webhookSecret], fetch: net }),
    server,
    jobs: demoPaymentJobs({ database: ctx.database, clock: ctx.clock, webhookSecret, fetch: net }),
  };
}
