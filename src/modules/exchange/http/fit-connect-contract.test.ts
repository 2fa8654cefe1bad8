import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { join } from 'node:path';
import { CACHE } from '../../../../test/support/temporary-database.ts';
import { expectOk, ok } from '../../../kernel/result.ts';
import { listen, type Listener } from '../../../platform/http/listen.ts';
import { fitConnectService } from '../application/fit-connect-client.ts';
import type { DeliveryService, SubmissionRef, SubscriberKeys } from '../application/fit-connect-context.ts';
import { decrypt, encryptFor } from '../application/fit-connect-jwe.ts';
import { demoFitConnectKeys, loadFitConnectKeys, makeJwk } from '../application/fit-connect-keys.ts';
import { signSet, verifySet, type NewSet } from '../application/fit-connect-set.ts';
import { authenticationTag, sha512 } from '../domain/fit-connect-compact.ts';
import { publicHalf, readPublicJwk } from '../domain/fit-connect-jwk.ts';
import { readLogTokens, type LogReading, type LogToken } from '../domain/fit-connect-log.ts';
import { METADATA_SCHEMA_WRITTEN } from '../domain/fit-connect-metadata.ts';
import { demoFitConnect } from './fit-connect-demo.ts';
import { demoDeliveryService } from './fit-connect-demo-service.ts';

interface ServiceUnderTest {
  readonly sender: DeliveryService;
  readonly subscriber: DeliveryService;
  /** The sender's access with a wrong secret. */
  readonly impostor: DeliveryService;
  readonly destinationId: string;
  readonly keys: SubscriberKeys;
  readonly identifier: string;
  readonly schemaUri: string;
}

const NOBODY = '0190a000-0000-4000-8000-000000000bad';

/** What Kontor relies on in a delivery service. */
function deliveryServiceContract(under: () => ServiceUnderTest): void {
  const kindOf = (answer: { ok: boolean; problem?: { kind: string } }): string => (answer.ok ? 'ok' : answer.problem!.kind);
  const encryptionKey = async () => {
    const { sender, destinationId } = under();
    const { encryptionKid } = expectOk(await sender.destination(destinationId));
    return readPublicJwk(expectOk(await sender.destinationKey(destinationId, encryptionKid)), 'encryption', encryptionKid)!;
  };
  const announce = async (attachmentIds: readonly string[]) => {
    const { sender, destinationId, identifier } = under();
    return expectOk(await sender.announce({ destinationId, attachmentIds, service: { identifier, name: 'Test' } }));
  };
  const envelope = async (data: object, attachments: Readonly<Record<string, Uint8Array>> = {}) => {
    const key = await encryptionKey();
    const bytes = Buffer.from(JSON.stringify(data));
    const hash = (content: Uint8Array) => ({ type: 'sha512', content: sha512(content) });
    const named = Object.entries(attachments).map(([attachmentId, content]) => ({
      attachmentId,
      purpose: 'attachment',
      mimeType: 'text/plain',
      hash: hash(content),
    }));
    const structure = { data: { hash: hash(bytes), submissionSchema: { schemaUri: under().schemaUri, mimeType: 'application/json' } }, attachments: named };
    const metadata = Buffer.from(JSON.stringify({ $schema: METADATA_SCHEMA_WRITTEN, contentStructure: structure }));
    return {
      encryptedMetadata: await encryptFor(key, metadata, 'application/json'),
      encryptedData: await encryptFor(key, bytes, 'application/json'),
      attachments: await Promise.all(Object.entries(attachments).map(async ([id, content]) => [id, await encryptFor(key, content, 'text/plain')] as const)),
    };
  };
  const submit = async (): Promise<{ ref: SubmissionRef; sealed: Awaited<ReturnType<typeof envelope>> }> => {
    const sealed = await envelope({ trees: 2 }, { [randomUUID()]: Buffer.from('a file') });
    const ref = await announce(sealed.attachments.map(([id]) => id));
    for (const [id, jwe] of sealed.attachments) expectOk(await under().sender.uploadAttachment(ref.submissionId, id, jwe));
    expectOk(await under().sender.submit(ref.submissionId, sealed));
    return { ref, sealed };
  };
  const read = async (ref: SubmissionRef): Promise<LogReading> => {
    const { sender, destinationId, keys } = under();
    const serviceKeys = expectOk(await sender.serviceKeys()) as readonly { kid: string }[];
    const signers = {
      authorOf: (issuer: string) => (issuer === sender.issuer ? ('delivery-service' as const) : issuer === destinationId ? ('subscriber' as const) : undefined),
      keyOf: async (author: string, kid: string) => ok(author === 'subscriber' ? publicHalf(keys.signature) : serviceKeys.find((one) => one.kid === kid)),
    };
    const tokens: LogToken[] = [];
    for (const token of expectOk(await sender.eventLog(ref.caseId))) tokens.push(expectOk(await verifySet(token, signers)));
    return readLogTokens(tokens, { submissionId: ref.submissionId, caseId: ref.caseId, now: Temporal.Now.instant(), known: new Map() });
  };
  const answerTo = async (ref: SubmissionRef, change: Partial<NewSet> = {}): Promise<NewSet> => {
    const { submitted } = await read(ref);
    return {
      jti: randomUUID(),
      issuer: under().destinationId,
      issuedAt: Temporal.Now.instant(),
      submissionId: ref.submissionId,
      caseId: ref.caseId,
      event: 'accept-submission',
      tags: submitted!.tags,
      ...(submitted!.schema === undefined ? {} : { schema: submitted!.schema }),
      ...change,
    };
  };
  const waits = async ({ submissionId }: SubmissionRef): Promise<boolean> => {
    const { subscriber, destinationId } = under();
    const list = expectOk(await subscriber.listForPickUp(destinationId, { offset: 0, limit: 500 }));
    return list.submissions.some((one) => one.submissionId === submissionId);
  };

  it('names a destination with a key to encrypt for it', async () => {
    const { sender, destinationId, identifier } = under();
    const found = expectOk(await sender.destination(destinationId));
    assert.ok(found.active && found.services.some((one) => one.identifier === identifier));
    assert.ok((await encryptionKey()) !== undefined);
    assert.equal(kindOf(await sender.destination(NOBODY)), 'not-found');
  });
  it('delivers what was sent, byte for byte, to the destination alone', async () => {
    const { ref, sealed } = await submit();
    const { subscriber, keys, destinationId } = under();
    assert.ok(await waits(ref));
    const fetched = expectOk(await subscriber.fetchSubmission(ref.submissionId));
    assert.deepEqual(
      [fetched.caseId, fetched.destinationId, fetched.encryptedMetadata, fetched.encryptedData],
      [ref.caseId, destinationId, sealed.encryptedMetadata, sealed.encryptedData],
    );
    assert.deepEqual(
      fetched.attachmentIds,
      sealed.attachments.map(([id]) => id),
    );
    const file = expectOk(await subscriber.fetchAttachment(ref.submissionId, fetched.attachmentIds[0]!));
    assert.equal(Buffer.from(expectOk(await decrypt(file, keys.decryption, 1000))).toString(), 'a file');
    assert.ok(['not-allowed', 'not-found'].includes(kindOf(await under().sender.fetchSubmission(ref.submissionId))));
  });
  it('writes signed events with the tags of what was sent', async () => {
    const { ref, sealed } = await submit();
    const { state, submitted, refused, taken } = await read(ref);
    assert.deepEqual(refused, []);
    assert.deepEqual(
      taken.slice(0, 2).map(({ event }) => event),
      ['create-submission', 'submit-submission'],
    );
    assert.equal(state, 'submitted');
    assert.deepEqual(submitted!.tags, {
      metadata: authenticationTag(sealed.encryptedMetadata),
      data: authenticationTag(sealed.encryptedData),
      attachments: Object.fromEntries(sealed.attachments.map(([id, jwe]) => [id, authenticationTag(jwe)])),
    });
  });
  for (const [event, state] of [
    ['accept-submission', 'accepted'],
    ['reject-submission', 'rejected'],
  ] as const) {
    it(`takes ${event} once, and lists the submission no longer`, async () => {
      const { ref } = await submit();
      const { subscriber, keys } = under();
      const problems =
        event === 'reject-submission'
          ? {
              problems: [
                { type: 'https://schema.fitko.de/fit-connect/events/problems/schema-violation', title: 'Schema-Fehler', detail: 'x', instance: 'data' },
              ],
            }
          : {};
      expectOk(await subscriber.postEvent(ref.caseId, await signSet(await answerTo(ref, { event, ...problems }), keys.signature)));
      const reading = await read(ref);
      assert.equal(reading.state, state);
      assert.equal(reading.problems.length, event === 'reject-submission' ? 1 : 0);
      assert.equal(await waits(ref), false);
      assert.ok(!(await subscriber.postEvent(ref.caseId, await signSet(await answerTo(ref), keys.signature))).ok);
      assert.equal((await read(ref)).state, state);
    });
  }
  it('takes no event that is forged, about other contents, or about another case', async () => {
    const { ref } = await submit();
    const { subscriber, keys } = under();
    const stranger = await makeJwk('signature');
    const set = await answerTo(ref);
    const forgeries = [
      await signSet(set, stranger),
      await signSet(set, { ...stranger, kid: keys.signature.kid }),
      await signSet({ ...set, tags: { ...set.tags!, metadata: 'A'.repeat(22) } }, keys.signature),
      await signSet({ ...set, caseId: NOBODY }, keys.signature),
      await signSet({ ...set, issuer: NOBODY }, keys.signature),
      'nonsense',
    ];
    for (const forged of forgeries) {
      const answer = await subscriber.postEvent(ref.caseId, forged);
      assert.ok(!answer.ok && answer.problem.kind !== 'unavailable');
    }
    assert.equal((await read(ref)).state, 'submitted');
  });
  it('is unfinished until all attachments are there, and submitted once', async () => {
    const sealed = await envelope({ trees: 3 }, { [randomUUID()]: Buffer.from('x') });
    const ref = await announce(sealed.attachments.map(([id]) => id));
    const { sender } = under();
    assert.ok(!(await sender.submit(ref.submissionId, sealed)).ok);
    assert.equal((await read(ref)).state, 'incomplete');
    assert.equal(await waits(ref), false);
    for (const [id, jwe] of sealed.attachments) {
      expectOk(await sender.uploadAttachment(ref.submissionId, id, jwe));
      expectOk(await sender.uploadAttachment(ref.submissionId, id, jwe));
    }
    expectOk(await sender.submit(ref.submissionId, sealed));
    const again = await sender.submit(ref.submissionId, sealed);
    assert.ok(again.ok || again.problem.kind !== 'unavailable');
    assert.deepEqual((await read(ref)).taken.filter(({ event }) => event === 'submit-submission').length, 1);
  });
  it('knows no impostor', async () =>
    assert.equal(
      kindOf(await under().impostor.announce({ destinationId: NOBODY, attachmentIds: [], service: { identifier: 'x', name: 'x' } })),
      'not-allowed',
    ));
}

const LEIKA = 'urn:de:fim:leika:leistung:99107023017000';
const SCHEMA_URI = 'https://schema.kontor.example/baumfaellung/1.0.0';
const SECRET = 'a secret of the tests, long enough for a key';

describe('Delivery service contract: the bundled demo, over HTTP', () => {
  let listener: Listener;
  let under: ServiceUnderTest;
  let demo: ReturnType<typeof demoFitConnect>;
  let keys: Awaited<ReturnType<typeof demoFitConnectKeys>>;
  const clock = () => Temporal.Now.instant();
  before(async () => {
    keys = await demoFitConnectKeys('demo', join(CACHE, 'fit-connect'));
    listener = await listen((request) => demo.server.handle(request), { host: '127.0.0.1', port: 0 });
    const services = [{ identifier: LEIKA, schemaUris: [SCHEMA_URI] }];
    demo = demoFitConnect({ env: 'demo', publicUrl: `http://127.0.0.1:${listener.port}`, secret: SECRET, keys, services, clock });
    const { baseUrl, tokenUrl, credentials } = demo.server;
    const impostor = fitConnectService({ tokenUrl, baseUrl, clientId: credentials.sender.clientId, clientSecret: 'guessed', demo: true, clock });
    under = {
      sender: demo.sender,
      subscriber: demo.subscriber,
      impostor,
      destinationId: demo.destinationId,
      keys: keys.subscriber,
      identifier: LEIKA,
      schemaUri: SCHEMA_URI,
    };
  });
  after(() => listener.close(0));
  deliveryServiceContract(() => under);

  it('says in every answer that it is a demo', async () => {
    for (const path of ['/', '/.well-known/jwks.json', '/v1/submissions'])
      assert.match((await fetch(demo.server.baseUrl + path)).headers.get('x-kontor-demo')!, /^DEMO/);
    assert.match(await (await fetch(`${demo.server.baseUrl}/`)).text(), /stellt aber niemandem zu/);
  });
  it('gives nothing without a token, and not to the wrong side', async () => {
    for (const path of ['/v1/submissions?destinationId=' + demo.destinationId, `/v1/cases/${NOBODY}/events`])
      assert.equal((await fetch(demo.server.baseUrl + path)).status, 401);
    assert.equal((await demo.sender.listForPickUp(demo.destinationId, { offset: 0, limit: 1 })).ok, false);
    assert.equal(
      (await demo.subscriber.announce({ destinationId: demo.destinationId, attachmentIds: [], service: { identifier: LEIKA, name: 'x' } })).ok,
      false,
    );
  });
  it('gives no private half of a key', async () => {
    const text = await (await fetch(`${demo.server.baseUrl}/.well-known/jwks.json`)).text();
    assert.deepEqual(Object.keys((JSON.parse(text) as { keys: object[] }).keys[0]!).sort(), ['alg', 'e', 'key_ops', 'kid', 'kty', 'n']);
  });
  it('does not start in production', () => {
    assert.throws(
      () => demoDeliveryService({ env: 'production', publicUrl: 'http://x', secret: SECRET, key: keys.service, destinations: [], clock }),
      /production/,
    );
  });
});

describe('A delivery service over HTTP', () => {
  const clock = () => Temporal.Now.instant();
  const settings = { tokenUrl: 'https://service.example/token', baseUrl: 'https://service.example', clientId: 'a', clientSecret: 'b', demo: false, clock };
  const answering = (...answers: (() => Response)[]) => {
    const asked: { url: string; authorization: string | null }[] = [];
    const net: typeof fetch = async (input, init) => {
      const request = new Request(input, init);
      asked.push({ url: request.url, authorization: request.headers.get('authorization') });
      if (request.url.endsWith('/token')) return Response.json({ access_token: `token-${asked.length}`, expires_in: 1800 });
      return answers.shift()!();
    };
    return { asked, service: fitConnectService({ ...settings, fetch: net }) };
  };
  it('is reached by https only, unless it is the demo', () => {
    for (const change of [{ baseUrl: 'http://service.example' }, { tokenUrl: 'http://service.example/token' }])
      assert.throws(() => fitConnectService({ ...settings, ...change }), /https/);
  });
  it('is away, in plain words, when it does not answer', async () => {
    const dead = fitConnectService({ ...settings, demo: true, tokenUrl: 'http://127.0.0.1:1/token', baseUrl: 'http://127.0.0.1:1' });
    const refused = await dead.serviceKeys();
    assert.ok(!refused.ok && refused.problem.kind === 'unavailable');
    assert.match(refused.problem.detail, /Zustelldienst antwortet nicht/);
  });
  it('keeps its token, and asks for a new one once when it is not taken', async () => {
    const { asked, service } = answering(
      () => Response.json({ keys: [] }),
      () => new Response(null, { status: 401 }),
      () => Response.json({ keys: [] }),
      () => new Response(null, { status: 401 }),
      () => new Response(null, { status: 401 }),
    );
    assert.ok((await service.serviceKeys()).ok);
    assert.ok((await service.serviceKeys()).ok);
    assert.deepEqual(
      asked.map(({ url }) => url.split('/').at(-1)),
      ['token', 'jwks.json', 'jwks.json', 'token', 'jwks.json'],
    );
    const refused = await service.serviceKeys();
    assert.ok(!refused.ok && refused.problem.kind === 'not-allowed');
  });
  for (const [status, kind] of [
    [500, 'unavailable'],
    [502, 'unavailable'],
    [429, 'unavailable'],
    [403, 'not-allowed'],
    [404, 'not-found'],
    [409, 'conflict'],
    [422, 'invalid-input'],
  ] as const) {
    it(`${status} means ${kind}, and its own words go no further`, async () => {
      const { service } = answering(() => new Response('Katharina Petersen', { status }));
      const refused = await service.fetchSubmission(NOBODY);
      assert.ok(!refused.ok);
      assert.equal(refused.problem.kind, kind);
      assert.ok(!JSON.stringify(refused.problem).includes('Katharina'));
    });
  }
  it('is not understood when it answers nonsense, about something else, or without end', async () => {
    const endless = () => new Response(new ReadableStream({ pull: (stream) => stream.enqueue(new Uint8Array(1024 * 1024)) }));
    const { service } = answering(
      () => new Response('<html>'),
      () => Response.json({ destinationId: randomUUID(), status: 'active', encryptionKid: 'x' }),
      endless,
    );
    for (const kind of ['unavailable', 'unavailable', 'too-large']) {
      const refused = await service.destination(NOBODY);
      assert.ok(!refused.ok);
      assert.equal(refused.problem.kind, kind);
    }
  });
});

const REAL = ['TOKEN_URL', 'URL', 'SENDER_ID', 'SENDER_SECRET', 'SUBSCRIBER_ID', 'SUBSCRIBER_SECRET', 'DESTINATION', 'KEYS', 'SERVICE', 'SCHEMA_URI'] as const;
const given = Object.fromEntries(REAL.map((name) => [name, process.env[`KONTOR_TEST_FIT_CONNECT_${name}`] ?? ''])) as Record<(typeof REAL)[number], string>;
const missing = REAL.filter((name) => given[name] === '').map((name) => `KONTOR_TEST_FIT_CONNECT_${name}`);

describe('Delivery service contract: the test environment of FIT-Connect', { skip: missing.length === 0 ? false : `not set: ${missing.join(', ')}` }, () => {
  let keys: SubscriberKeys;
  before(async () => (keys = await loadFitConnectKeys(given.KEYS)));
  const at = { tokenUrl: given.TOKEN_URL, baseUrl: given.URL, demo: false, clock: () => Temporal.Now.instant() };
  deliveryServiceContract(() => ({
    sender: fitConnectService({ ...at, clientId: given.SENDER_ID, clientSecret: given.SENDER_SECRET }),
    subscriber: fitConnectService({ ...at, clientId: given.SUBSCRIBER_ID, clientSecret: given.SUBSCRIBER_SECRET }),
    impostor: fitConnectService({ ...at, clientId: given.SENDER_ID, clientSecret: 'guessed' }),
    destinationId: given.DESTINATION,
    keys,
    identifier: given.SERVICE,
    schemaUri: given.SCHEMA_URI,
  }));
});
