import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, beforeEach, describe, it } from 'node:test';
import { join } from 'node:path';
import { CACHE } from '../../../../test/support/temporary-database.ts';
import { temporaryCity, TEST_NOW, type TemporaryCity } from '../../../../test/support/temporary-city.ts';
import { expectOk, ok, refuse } from '../../../kernel/result.ts';
import { fitConnectJobs } from '../application/fit-connect-jobs.ts';
import { demoFitConnectKeys, makeJwk } from '../application/fit-connect-keys.ts';
import { pickUpSubmissions } from '../application/fit-connect-receive.ts';
import { followSubmissions } from '../application/fit-connect-send.ts';
import { signSet, type NewSet } from '../application/fit-connect-set.ts';
import { callbackHmac } from '../domain/fit-connect-callback.ts';
import type { PrivateJwk } from '../domain/fit-connect-jwk.ts';
import { fitConnectCallbackDoor } from './fit-connect-callback.ts';
import { AWAY, FitConnectRig, type SentThere } from './fit-connect-testing.ts';

let city: TemporaryCity;
let rig: FitConnectRig;
/** Our own key as receiver, the service's, and one that nobody knows. */
let own: PrivateJwk;
let stranger: PrivateJwk;
before(async () => {
  city = await temporaryCity();
  rig = new FitConnectRig(city.ctx, await demoFitConnectKeys('demo', join(CACHE, 'fit-connect')));
  own = rig.keys.subscriber.signature;
  stranger = await makeJwk('signature');
  await city.jobs.register(fitConnectJobs(rig.ctx));
});
after(() => city.close());
beforeEach(async () => {
  city.clock.set(TEST_NOW);
  await city.jobs.drain();
  await rig.reset();
});

const segment = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const claimsOf = (token: string): Record<string, never> => JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()) as Record<string, never>;
const log = async (caseId: string): Promise<readonly string[]> => expectOk(await rig.demo.sender.eventLog(caseId));
/** What is still to be believed: an acceptance by the destination. */
const acceptance = ({ submissionId, caseId }: SentThere): NewSet => ({
  jti: randomUUID(),
  issuer: rig.demo.destinationId,
  issuedAt: city.clock.now(),
  submissionId,
  caseId,
  event: 'accept-submission',
});
/** The sender's view of the log, with one more token. */
const slipIn = ({ caseId }: SentThere, token: string): void =>
  rig.tamperSending({ eventLog: async (of) => ok(of === caseId ? [...(await log(of)), token] : await log(of)) });

async function withHeader(set: NewSet, header: object): Promise<string> {
  const [, payload, signature] = (await signSet(set, own)).split('.');
  return `${segment(header)}.${payload}.${signature}`;
}

const HOSTILE: readonly [name: string, reason: string, forge: (set: NewSet) => Promise<string> | string][] = [
  ['signed by a stranger under our key id', 'bad-signature', (set) => signSet(set, { ...stranger, kid: own.kid })],
  ['signed by a stranger under his own key id', 'unknown-key', (set) => signSet(set, stranger)],
  [
    'with another payload under a true signature',
    'bad-signature',
    async (set) => {
      const [header, , signature] = (await signSet({ ...set, event: 'reject-submission' }, own)).split('.');
      return `${header}.${(await signSet(set, own)).split('.')[1]}.${signature}`;
    },
  ],
  ['alg none, with a signature', 'wrong-algorithm', (set) => withHeader(set, { alg: 'none', typ: 'secevent+jwt', kid: own.kid })],
  ['alg none, without one', 'wrong-algorithm', async (set) => `${segment({ alg: 'none', typ: 'secevent+jwt' })}.${(await signSet(set, own)).split('.')[1]}.`],
  ['alg HS256', 'wrong-algorithm', (set) => withHeader(set, { alg: 'HS256', typ: 'secevent+jwt', kid: own.kid })],
  ['alg PS256', 'wrong-algorithm', (set) => withHeader(set, { alg: 'PS256', typ: 'secevent+jwt', kid: own.kid })],
  ['with a critical extension', 'wrong-algorithm', (set) => withHeader(set, { alg: 'PS512', typ: 'secevent+jwt', kid: own.kid, crit: ['b64'], b64: false })],
  ['without a signature', 'unsigned', async (set) => `${(await signSet(set, own)).split('.').slice(0, 2).join('.')}.`],
  ['no token at all', 'malformed', () => 'nonsense'],
  ['a signature in another spelling', 'malformed', async (set) => `${await signSet(set, own)}=`],
  ['of another type', 'wrong-type', (set) => withHeader(set, { alg: 'PS512', typ: 'JWT', kid: own.kid })],
  ['by an unknown issuer', 'unknown-issuer', (set) => signSet({ ...set, issuer: 'https://evil.example' }, own)],
  ['by the destination in the name of the service', 'unknown-key', (set) => signSet({ ...set, issuer: rig.demo.server.baseUrl }, own)],
  ['by the service, where only the destination may', 'wrong-author', (set) => signSet({ ...set, issuer: rig.demo.server.baseUrl }, rig.keys.service)],
  ['from two minutes ahead', 'future-dated', (set) => signSet({ ...set, issuedAt: set.issuedAt.add({ minutes: 2 }) }, own)],
  ['of a foreign case', 'foreign-case', (set) => signSet({ ...set, caseId: '0190a000-0000-4000-8000-000000000bad' }, own)],
  ['of a kind that does not exist', 'unknown-event', (set) => signSet({ ...set, event: 'steal-submission' as never }, own)],
  ['about other contents', 'wrong-tags', (set) => signSet({ ...set, tags: { metadata: 'A'.repeat(22), data: 'A'.repeat(22) } }, own)],
  ['out of order', 'out-of-order', (set) => signSet({ ...set, issuer: rig.demo.server.baseUrl, event: 'create-submission' }, rig.keys.service)],
];

describe('FIT-Connect: a hostile event changes nothing and is journalled once', () => {
  it('the same event, true, would have counted', async () => {
    const mine = await rig.send('true');
    slipIn(mine, await signSet(acceptance(mine), own));
    await followSubmissions(rig.ctx);
    assert.equal((await rig.view(mine.id)).state, 'accepted');
  });
  for (const [name, reason, forge] of HOSTILE) {
    it(`${name}: ${reason}`, async () => {
      const mine = await rig.send(`hostile ${name}`);
      slipIn(mine, await forge(acceptance(mine)));
      const before = (await rig.journal('event-refused')).length;
      await followSubmissions(rig.ctx);
      await followSubmissions(rig.ctx);
      assert.equal((await rig.view(mine.id)).state, 'submitted');
      assert.deepEqual(
        rig.news.map(({ state }) => state),
        ['submitted'],
      );
      const refused = (await rig.journal('event-refused')).slice(before);
      assert.deepEqual(
        refused.map((payload) => [payload['submissionId'], payload['reason']]),
        [[mine.submissionId, reason]],
      );
    });
  }
  it('an acceptance of an earlier submission, played again for a new one: foreign-case', async () => {
    const first = await rig.send('replay-first');
    await pickUpSubmissions(rig.ctx);
    await followSubmissions(rig.ctx);
    const second = await rig.send('replay-second');
    slipIn(second, (await log(first.caseId)).at(-1)!);
    await followSubmissions(rig.ctx);
    assert.equal((await rig.view(second.id)).state, 'submitted');
    assert.equal((await rig.journal('event-refused')).at(-1)!['reason'], 'foreign-case');
  });
  it('a jti that stood for another event, in small letters and capitals: replayed', async () => {
    const first = await rig.send('jti-first');
    await pickUpSubmissions(rig.ctx);
    await followSubmissions(rig.ctx);
    const jti: string = claimsOf((await log(first.caseId)).at(-1)!)['jti']!;
    for (const spelling of [jti, jti.toUpperCase()]) {
      const second = await rig.send(`jti-second ${spelling}`);
      slipIn(second, await signSet({ ...acceptance(second), jti: spelling }, own));
      await followSubmissions(rig.ctx);
      assert.equal((await rig.view(second.id)).state, 'submitted');
      assert.equal((await rig.journal('event-refused')).at(-1)!['reason'], 'replayed');
    }
  });
  it('reading the same log again is no replay', async () => {
    const mine = await rig.send('read-again');
    const before = (await rig.journal('event-refused')).length;
    await followSubmissions(rig.ctx);
    await followSubmissions(rig.ctx);
    await pickUpSubmissions(rig.ctx);
    await followSubmissions(rig.ctx);
    assert.equal((await rig.view(mine.id)).state, 'accepted');
    assert.equal((await rig.journal('event-refused')).length, before);
  });
});

describe('FIT-Connect: receiving believes the signed log alone', () => {
  it('a submission whose log holds no true event of the service is not opened', async () => {
    const { submissionId } = await rig.send('no-event');
    rig.tamperReceiving({ eventLog: async () => ok(['forged']) });
    assert.equal((await pickUpSubmissions(rig.ctx)).left, 1);
    assert.equal((await pickUpSubmissions(rig.ctx)).left, 1);
    assert.equal(rig.taken.length, 0);
    const refused = (await rig.journal('event-refused')).filter((payload) => payload['submissionId'] === submissionId);
    assert.deepEqual(
      refused.map((payload) => payload['reason']),
      ['malformed'],
    );
  });
  it('a forged event beside true ones does not hinder the true ones', async () => {
    const mine = await rig.send('beside');
    const forged = await signSet(acceptance(mine), { ...stranger, kid: own.kid });
    rig.tamperReceiving({ eventLog: async (of) => ok([forged, ...(await log(of))]) });
    assert.equal((await pickUpSubmissions(rig.ctx)).accepted, 1);
    assert.equal((await rig.journal('event-refused')).at(-1)!['reason'], 'bad-signature');
  });
  it('our own signature is checked by our own key, whatever key the service names for us', async () => {
    const mine = await rig.send('own-key');
    const forged = await signSet(acceptance(mine), stranger);
    rig.tamperReceiving({
      destinationKey: async () => ok({ ...stranger, key_ops: ['verify'] }),
      eventLog: async (of) => ok([...(await log(of)), forged]),
    });
    assert.equal((await pickUpSubmissions(rig.ctx)).accepted, 1);
    assert.equal((await rig.journal('event-refused')).at(-1)!['reason'], 'unknown-key');
  });
  it('keys that cannot be asked for are no refusal: it is tried again', async () => {
    await rig.send('keys-away');
    const before = (await rig.journal('event-refused')).length;
    rig.tamperReceiving({ serviceKeys: async () => refuse(AWAY) });
    assert.equal((await pickUpSubmissions(rig.ctx)).left, 1);
    assert.equal((await rig.journal('event-refused')).length, before);
    rig.tamperReceiving({});
    assert.equal((await pickUpSubmissions(rig.ctx)).accepted, 1);
  });
  it('a list for a foreign destination is not followed', async () => {
    const mine = await rig.send('foreign-list');
    const foreign = { ...mine, destinationId: '0190a000-0000-4000-8000-000000000bad' };
    rig.tamperReceiving({ listForPickUp: async () => ok({ submissions: [foreign] }) });
    assert.deepEqual(await pickUpSubmissions(rig.ctx), { accepted: 0, rejected: 0, left: 0 });
  });
});

describe('FIT-Connect: the door for callbacks', () => {
  const body = '{"type":"https://schema.fitko.de/fit-connect/submission-api/callbacks/new-submissions","submissionIds":[]}';
  const seconds = (shift = 0): string => String(Math.floor(city.clock.now().epochMilliseconds / 1000) + shift);
  const knock = (headers: Record<string, string>, text = body): Request =>
    new Request('http://localhost:8080/api/fit-connect/callbacks', { method: 'POST', headers, body: text });
  const signed = (timestamp: string, secret = 'callback-secret'): Record<string, string> => ({
    'callback-timestamp': timestamp,
    'callback-authentication': callbackHmac(secret, timestamp, Buffer.from(body)),
  });
  const refused: readonly [name: string, reason: string, request: () => Request][] = [
    ['without a signature', 'unsigned', () => knock({})],
    ['with another secret', 'forged', () => knock(signed(seconds(), 'guessed'))],
    ['with another body', 'forged', () => knock(signed(seconds()), `${body} `)],
    ['with another time', 'forged', () => knock({ ...signed(seconds()), 'callback-timestamp': seconds(1) })],
    ['older than five minutes', 'stale', () => knock(signed(seconds(-301)))],
    ['from the future', 'future-dated', () => knock(signed(seconds(120)))],
  ];
  for (const [name, reason, request] of refused) {
    it(`${name}: 403, ${reason}, journalled without its body`, async () => {
      const answer = await fitConnectCallbackDoor(rig.ctx).handle(request());
      assert.equal(answer.status, 403);
      const entry = (await rig.journal('callback-refused')).at(-1)!;
      assert.deepEqual(Object.keys(entry).sort(), ['bodySha256', 'bytes', 'reason']);
      assert.equal(entry['reason'], reason);
    });
  }
  it('a true one makes the city look at once; the same one twice is one knock', async () => {
    const door = fitConnectCallbackDoor(rig.ctx);
    const mine = await rig.send('knock');
    await city.jobs.drain();
    assert.equal(rig.taken.length, 1);
    for (const _ of [1, 2]) assert.equal((await door.handle(knock(signed(seconds())))).status, 200);
    await city.jobs.drain();
    assert.equal((await rig.view(mine.id)).state, 'accepted');
  });
  it('a flood of forged ones is held back before it fills the journal', async () => {
    const door = fitConnectCallbackDoor(rig.ctx);
    const before = (await rig.journal('callback-refused')).length;
    const statuses = [];
    for (let i = 0; i < 100; i++) statuses.push((await door.handle(knock(signed(seconds(), 'guessed')))).status);
    assert.equal(statuses.at(-1), 429);
    assert.equal((await rig.journal('callback-refused')).length - before, 60);
  });
  it('takes nothing where no secret is configured, nothing too large, and nothing but POST', async () => {
    const { callbackSecret: _, ...receiving } = rig.ctx.receiving!;
    assert.equal((await fitConnectCallbackDoor({ ...rig.ctx, receiving }).handle(knock(signed(seconds())))).status, 404);
    assert.equal((await fitConnectCallbackDoor(rig.ctx).handle(knock({}, 'x'.repeat(300_000)))).status, 413);
    assert.equal((await fitConnectCallbackDoor(rig.ctx).handle(new Request('http://localhost:8080/api/fit-connect/callbacks'))).status, 404);
  });
});
