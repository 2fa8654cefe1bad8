import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { newId } from '../../../kernel/id.ts';
import { expectOk } from '../../../kernel/result.ts';
import { listen } from '../../../platform/http/listen.ts';
import { temporaryCity, type TemporaryCity } from '../../../../test/support/temporary-city.ts';
import type { NotificationHeaders, PaymentProvider, StartPayment } from '../domain/provider.ts';
import { demoPayments } from '../public.ts';
import { demoPaymentProvider } from './demo-provider.ts';

interface Sent {
  readonly headers: NotificationHeaders;
  readonly body: Uint8Array;
}

interface ProviderUnderTest {
  readonly provider: () => PaymentProvider;
  readonly now: () => Temporal.Instant;
  readonly notifyUrl: () => string;
  /** Ends the payment at the provider's page as a person would. */
  readonly finish: (redirectUrl: string, how: 'pay' | 'decline' | 'cancel') => Promise<void>;
  /** The next message that arrives at `notifyUrl`. */
  readonly nextMessage: () => Promise<Sent>;
}

/** What Kontor relies on in a payment provider. */
function paymentProviderContract(test: ProviderUnderTest): void {
  const order = (amountCents = 6500): StartPayment => ({
    attemptId: newId(Date.now()),
    amountCents,
    kassenzeichen: 'RF49K202600000001',
    returnUrl: 'http://127.0.0.1/zahlungen/x',
    notifyUrl: test.notifyUrl(),
  });
  it('the same attempt is one payment, however often it is started', async () => {
    const payment = order();
    const first = expectOk(await test.provider().start(payment));
    assert.deepEqual(expectOk(await test.provider().start(payment)), first);
    assert.equal(new URL(first.redirectUrl).origin, test.provider().origin);
  });
  it('a payment nobody has ended is pending, and one it never heard of is not found', async () => {
    const { providerRef } = expectOk(await test.provider().start(order()));
    assert.equal(expectOk(await test.provider().fetchStatus(providerRef)).state, 'pending');
    const unknown = await test.provider().fetchStatus(newId(1));
    assert.ok(!unknown.ok && unknown.problem.kind === 'not-found');
  });
  for (const [how, state] of [
    ['pay', 'succeeded'],
    ['decline', 'declined'],
    ['cancel', 'cancelled'],
  ] as const) {
    it(`${how}: the message and the question give the same fact, ${state}`, async () => {
      const payment = order(1234);
      const { redirectUrl, providerRef } = expectOk(await test.provider().start(payment));
      await test.finish(redirectUrl, how);
      const { headers, body } = await test.nextMessage();
      const { fact } = expectOk(test.provider().verifyNotification(headers, body, test.now()));
      assert.deepEqual(fact, expectOk(await test.provider().fetchStatus(providerRef)));
      assert.deepEqual([fact.attemptId, fact.state, fact.amountCents], [payment.attemptId, state, state === 'succeeded' ? 1234 : 0]);
    });
  }
  it('a message that was changed in one byte, is old, or bears no signature is not believed', async () => {
    const { redirectUrl } = expectOk(await test.provider().start(order()));
    await test.finish(redirectUrl, 'pay');
    const { headers, body } = await test.nextMessage();
    assert.ok(test.provider().verifyNotification(headers, body, test.now()).ok);
    const changed = Buffer.from(body);
    changed[changed.length - 2]! ^= 1;
    assert.equal(test.provider().verifyNotification(headers, changed, test.now()).ok, false);
    assert.equal(test.provider().verifyNotification(headers, body, test.now().add({ minutes: 6 })).ok, false);
    assert.equal(test.provider().verifyNotification({}, body, test.now()).ok, false);
  });
}

describe('Payment provider contract: demo-payment, over HTTP', () => {
  const inbox: Sent[] = [];
  let city: TemporaryCity;
  let demo: ReturnType<typeof demoPayments>;
  let listener: Awaited<ReturnType<typeof listen>>;
  let url = '';
  before(async () => {
    city = await temporaryCity();
    listener = await listen(
      async (request) => {
        if (new URL(request.url).pathname.startsWith(demo.server.prefix)) return demo.server.handle(request);
        inbox.push({ headers: Object.fromEntries(request.headers), body: Buffer.from(await request.arrayBuffer()) });
        return new Response(null, { status: 204 });
      },
      { host: '127.0.0.1', port: 0 },
    );
    url = `http://127.0.0.1:${listener.port}`;
    demo = demoPayments({ ...city.ctx, settings: { ...city.ctx.settings, publicUrl: url } }, 'a secret of the tests, long enough for a key');
    await city.jobs.register(demo.jobs);
  });
  after(async () => {
    await listener.close(0);
    await city.close();
  });
  paymentProviderContract({
    provider: () => demo.provider,
    now: () => city.clock.now(),
    notifyUrl: () => `${url}/inbox`,
    async finish(redirectUrl, how) {
      const ausgang = { pay: 'zahlen', decline: 'ablehnen', cancel: 'abbrechen' }[how];
      const answer = await fetch(redirectUrl, { method: 'POST', body: new URLSearchParams({ ausgang }), redirect: 'manual' });
      assert.equal(answer.status, 303);
    },
    async nextMessage() {
      inbox.length = 0;
      await city.jobs.drain();
      return inbox.at(-1)!;
    },
  });
  it('its page says that it is a demo, and is no page for frames or scripts', async () => {
    const start = { attemptId: newId(Date.now()), amountCents: 1, kassenzeichen: '<script>', returnUrl: `${url}/x`, notifyUrl: `${url}/inbox` };
    const answer = await fetch(expectOk(await demo.provider.start(start)).redirectUrl);
    const text = await answer.text();
    assert.match(text, /DEMO: Hier fließt kein Geld/);
    assert.ok(text.includes('&lt;script&gt;') && !text.includes('<script>'));
    assert.match(answer.headers.get('content-security-policy')!, /default-src 'none'/);
  });
  it('its API asks for the key of the merchant', async () => {
    assert.equal((await fetch(`${url}/demo-zahlung/v1/payments`, { method: 'POST', body: '{}' })).status, 401);
  });
  it('is unavailable, in plain words, when it does not answer', async () => {
    const dead = demoPayments({ ...city.ctx, settings: { ...city.ctx.settings, publicUrl: 'http://127.0.0.1:1' } }, 'x'.repeat(32)).provider;
    const refused = await dead.start({ attemptId: newId(1), amountCents: 1, kassenzeichen: 'x', returnUrl: url, notifyUrl: url });
    assert.ok(!refused.ok && refused.problem.kind === 'unavailable');
  });
  it('does not start in production', () => {
    const books = { open: () => Promise.reject(new Error()), find: () => Promise.resolve(undefined), end: () => Promise.resolve() };
    assert.throws(() => demoPaymentProvider({ env: 'production', publicUrl: url, secret: 'x', books, clock: city.clock.now }), /production/);
  });
});
