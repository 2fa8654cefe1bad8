import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { temporaryCity, type TemporaryCity } from '../../../../test/support/temporary-city.ts';
import { listen } from '../../../platform/http/listen.ts';
import { DEMO_NUMBERS, DEMO_SMS_PATH, demoSmsGateway, demoSmsToken } from '../http/demo-gateway.ts';
import type { SmsGateway } from './context.ts';
import { keptDemoSms } from './demo-sms.ts';
import { httpSmsGateway, outcomeOf } from './sms-gateway.ts';

interface Taken {
  readonly to: string;
  readonly text: string;
}
interface Opened {
  /** @param token another than the right one */
  readonly gateway: (token?: string) => SmsGateway;
  readonly taken: () => Promise<readonly Taken[]>;
  /** How a number stands there afterwards. */
  readonly shown: (number: string) => string;
  readonly close: () => Promise<void>;
}

const TIMEOUT_MS = 400;
const GOOD = '+491713920010';

/** What a gateway must do, the demo's and a stranger's behind real sockets alike. */
function contract(name: string, open: () => Promise<Opened>): void {
  describe(`SMS gateway: ${name}`, () => {
    let opened: Opened;
    let gateway: SmsGateway;
    before(async () => {
      opened = await open();
      gateway = opened.gateway();
    });
    after(() => opened.close());
    const send = (to: string, reference: string) => gateway.send({ to, text: 'Es wartet etwas: Größe', reference });

    it('takes a message with umlauts, and the same reference once', async () => {
      assert.deepEqual(await send(GOOD, 'ref-1'), { kind: 'sent' });
      assert.deepEqual(await send(GOOD, 'ref-1'), { kind: 'sent' });
      assert.deepEqual(await opened.taken(), [{ to: opened.shown(GOOD), text: 'Es wartet etwas: Größe' }]);
    });
    it('4xx: never again', async () => assert.deepEqual(await send(DEMO_NUMBERS.refused, 'ref-2'), { kind: 'refused', reason: 'answered 400' }));
    it('429: later, no sooner than it says', async () =>
      assert.deepEqual(await send(DEMO_NUMBERS.busy, 'ref-3'), { kind: 'later', reason: 'answered 429', retryAfterSeconds: 120 }));
    it('500: later', async () => assert.deepEqual(await send(DEMO_NUMBERS.broken, 'ref-4'), { kind: 'later', reason: 'answered 500' }));
    it('stalls: later, after the time limit', async () => {
      const begun = performance.now();
      assert.deepEqual(await send(DEMO_NUMBERS.stalls, 'ref-5'), { kind: 'later', reason: 'the gateway does not answer' });
      assert.ok(performance.now() - begun < 10 * TIMEOUT_MS);
    });
    it('drops the connection: later', async () => {
      const { kind } = await send(DEMO_NUMBERS.drops, 'ref-6');
      assert.equal(kind, 'later');
    });
    it('a wrong key is not the reader’s fault: later', async () => {
      const outcome = await opened.gateway('another key').send({ to: GOOD, text: 'x', reference: 'ref-7' });
      assert.deepEqual(outcome, { kind: 'later', reason: 'answered 401' });
      assert.equal((await opened.taken()).length, 1);
    });
  });
}

/** A gateway as a provider might build it: nothing of ours in it but the contract. */
async function strangersGateway(): Promise<Opened> {
  const messages = new Map<string, Taken>();
  const bodyOf = async (request: IncomingMessage): Promise<string> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks).toString('utf8');
  };
  const server: Server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      if (request.headers.authorization !== 'Bearer right') return response.writeHead(401).end();
      const { to, text, reference } = JSON.parse(body) as Taken & { reference: string };
      assert.equal(request.headers['idempotency-key'], reference);
      if (to === DEMO_NUMBERS.refused) return response.writeHead(400, { 'content-type': 'text/plain' }).end(`no such number ${to}`);
      if (to === DEMO_NUMBERS.busy) return response.writeHead(429, { 'retry-after': '120' }).end();
      if (to === DEMO_NUMBERS.broken) return response.writeHead(500).end('<html>');
      if (to === DEMO_NUMBERS.stalls) return undefined;
      if (to === DEMO_NUMBERS.drops) return request.socket.destroy();
      messages.set(reference, { to, text });
      return response.writeHead(200, { 'content-type': 'application/json' }).end('{"id":"m-1"}');
    });
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/messages`;
  return {
    gateway: (token = 'right') => httpSmsGateway({ url, token, timeoutMs: TIMEOUT_MS }),
    taken: async () => [...messages.values()],
    shown: (number) => number,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

let city: TemporaryCity;
before(async () => (city = await temporaryCity()));
after(() => city.close());

async function demosGateway(): Promise<Opened> {
  const secret = 'a secret of the tests, long enough for a key';
  const door = demoSmsGateway(city.ctx, secret);
  const listener = await listen((request) => door.handle(request), { host: '127.0.0.1', port: 0 });
  const url = `http://127.0.0.1:${listener.port}${DEMO_SMS_PATH}`;
  return {
    gateway: (token = demoSmsToken(secret)) => httpSmsGateway({ url, token, timeoutMs: TIMEOUT_MS }),
    taken: async () => (await keptDemoSms(city.ctx)).map(({ recipient, words }) => ({ to: recipient, text: words })),
    shown: (number) => `… ${number.slice(-2)}`,
    close: () => listener.close(0),
  };
}

contract('a provider’s, over HTTP', strangersGateway);
contract('the demo’s own, over HTTP', demosGateway);

it('the demo’s gateway does not start in production', () => {
  assert.throws(() => demoSmsGateway({ ...city.ctx, settings: { ...city.ctx.settings, env: 'production' } }, 'x'.repeat(32)), /production/);
});

it('Retry-After is seconds or a date (RFC 9110); nonsense is none', () => {
  const now = (): number => Date.parse('2026-11-24T09:00:00Z');
  const wait = (header: string): unknown => outcomeOf(503, header, now);
  assert.deepEqual(wait('Tue, 24 Nov 2026 09:01:30 GMT'), { kind: 'later', reason: 'answered 503', retryAfterSeconds: 90 });
  assert.deepEqual(wait('Tue, 24 Nov 2026 08:00:00 GMT'), { kind: 'later', reason: 'answered 503', retryAfterSeconds: 0 });
  assert.deepEqual(wait('soon'), { kind: 'later', reason: 'answered 503' });
});
