import assert from 'node:assert/strict';
import { createPrivateKey, randomUUID } from 'node:crypto';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { CompactSign } from 'jose';
import { sql } from 'kysely';
import { expectOk, ok, refuse } from '../../src/kernel/result.ts';
import { demoFitConnectKeys, makeJwk } from '../../src/modules/exchange/application/fit-connect-keys.ts';
import { prepareSubmission } from '../../src/modules/exchange/application/fit-connect-prepare.ts';
import { pickUpSubmissions } from '../../src/modules/exchange/application/fit-connect-receive.ts';
import { followSubmissions, sentSubmission } from '../../src/modules/exchange/application/fit-connect-send.ts';
import { signSet } from '../../src/modules/exchange/application/fit-connect-set.ts';
import { sha256 } from '../../src/modules/exchange/domain/fit-connect-compact.ts';
import type { PrivateJwk } from '../../src/modules/exchange/domain/fit-connect-jwk.ts';
import { fitConnectApi, type Contents } from '../../src/modules/exchange/public.ts';
import { act } from '../../src/modules/procedure/public.ts';
import { openCase } from '../../src/modules/procedure/application/read-case.ts';
import { runFitConnect } from '../../src/commands/fit-connect.ts';
import { as, testServer, type TestActor } from '../support/test-server.ts';
import { officer } from '../support/procedure-city.ts';
import { CACHE } from '../support/temporary-database.ts';
import { serverOf, wholeCity, type WholeCity } from '../support/whole-city.ts';

const data = mkdtempSync(join(tmpdir(), 'kontor-fit-'));
let city: WholeCity;
before(async () => {
  const kept = join(CACHE, 'fit-connect');
  await demoFitConnectKeys('demo', kept);
  cpSync(kept, join(data, 'fit-connect'), { recursive: true });
  city = await wholeCity({ env: { KONTOR_DATA: data } });
  await city.fitConnect.open();
});
after(async () => {
  await city.close();
  rmSync(data, { recursive: true, force: true });
});

const keeper = { kind: 'staff', staffId: '0190a000-0000-7000-8000-0000000000e1', roles: ['administration'], authorities: [] } as const;
const example = (): Contents => city.fitConnect.desk.example('baumfaellung')!;
async function send(key: string, change: Partial<Contents> = {}): Promise<string> {
  const destinationId = city.fitConnect.demoDestinationId()!;
  const { id } = expectOk(await prepareSubmission(city.fitConnect.ctx, keeper, { ...example(), ...change, key, destinationId }));
  await leftTheHouse(id);
  await pickUpSubmissions(city.fitConnect.ctx);
  await followSubmissions(city.fitConnect.ctx);
  return id;
}
/** The city works by itself: waits for its own workers. */
async function leftTheHouse(id: string) {
  for (let tries = 0; (await view(id)).state === 'prepared' && tries < 300; tries++) await sleep(100);
  return view(id);
}
const view = async (id: string) => (await sentSubmission(city.fitConnect.ctx, id))!;
const cases = async (submissionId: string | null) =>
  (await sql<{ id: string }>`select id from procedure.case_file where state->>'reference' = ${submissionId}`.execute(city.ctx.database.read)).rows.map(
    ({ id }) => id,
  );
const journal = async (kind: string) =>
  (await city.ctx.journal.readAfter(city.ctx.database.read, 0, { kinds: [`exchange.fit-connect-${kind}`], limit: 1000 })).map(({ payload }) => payload);

describe('FIT-Connect through the whole city', () => {
  it('an application with pictures becomes a case; the sender believes the signed answer', async () => {
    const id = await send('whole');
    const sent = await view(id);
    assert.equal(sent.state, 'accepted');
    const [caseId, ...more] = await cases(sent.submissionId);
    assert.equal(more.length, 0);
    const found = expectOk(await openCase(city.ctx, officer, caseId!));
    assert.equal(found.state.origin, 'fit-connect');
    assert.deepEqual(found.uploads.map(({ slot }) => slot).toSorted(), ['foto.0', 'foto.1', 'original']);
    assert.equal(found.state.applicant.name, 'Katharina Petersen');
  });

  it('fetched again, it is one case', async () => {
    const { submissionId } = await view(await send('again'));
    await sql`delete from exchange.fit_connect_received where submission_id = ${submissionId}`.execute(city.ctx.database.read);
    await pickUpSubmissions(city.fitConnect.ctx);
    assert.equal((await cases(submissionId)).length, 1);
  });

  it('data that do not follow the published schema go back as schema-violation, journalled, and make no case', async () => {
    const { data: good } = example();
    const id = await send('broken', { data: { ...(good as object), givenName: 7, trees: [] } });
    const sent = await view(id);
    assert.equal(sent.state, 'rejected');
    assert.match(sent.problems.join(' '), /schema-violation/);
    assert.deepEqual(await cases(sent.submissionId), []);
    const rejected = (await journal('rejected')).find((one) => one['submissionId'] === sent.submissionId);
    assert.match(JSON.stringify(rejected), /schema-violation/);
    assert.doesNotMatch(JSON.stringify(rejected), /Petersen/);
  });

  it('submitted twice, listed twice and fetched by two at once, it is one case', async (t) => {
    const { receiving, sending } = city.fitConnect.ctx;
    const { submit } = sending!.service;
    const { listForPickUp } = receiving!.service;
    const again: boolean[] = [];
    t.mock.method(sending!.service, 'submit', async (...args: Parameters<typeof submit>) => {
      const first = await submit(...args);
      again.push((await submit(...args)).ok);
      return first;
    });
    t.mock.method(receiving!.service, 'listForPickUp', async (...args: Parameters<typeof listForPickUp>) => {
      const { submissions } = expectOk(await listForPickUp(...args));
      return ok({ submissions: [...submissions, ...submissions] });
    });
    const input = { ...example(), key: 'twice', destinationId: city.fitConnect.demoDestinationId()! };
    const prepare = async () => expectOk(await prepareSubmission(city.fitConnect.ctx, keeper, input)).id;
    const [id, second] = await Promise.all([prepare(), prepare()]);
    assert.equal(second, id);
    const { submissionId } = await leftTheHouse(id);
    await Promise.all([pickUpSubmissions(city.fitConnect.ctx), pickUpSubmissions(city.fitConnect.ctx)]);
    assert.deepEqual(again, [false]);
    assert.equal((await cases(submissionId)).length, 1);
    assert.equal((await journal('accepted')).filter((one) => one['submissionId'] === submissionId && one['caseId'] !== undefined).length, 1);
  });

  it('stands in the inbox of the officer who is responsible, and of nobody else', async () => {
    const [caseId] = await cases((await view(await send('inbox'))).submissionId);
    const { state } = expectOk(await openCase(city.ctx, officer, caseId!));
    const elsewhere = { ...officer, staffId: '0190a000-0000-7000-8000-0000000000e2', authorities: ['bezirksamt-mitte'] };
    const server = serverOf(city, (token) => (token === 'here' ? officer : elsewhere));
    const inbox = async (who: string): Promise<string> => {
      const answer = await server.request(`/eingang?ansicht=unverteilt&suche=${state.fileNumber}`, { headers: { cookie: `kontor_session=${who}` } });
      assert.equal(answer.status, 200);
      return answer.text();
    };
    const row = new RegExp(`href="/eingang/${caseId}"`);
    const here = await inbox('here');
    assert.match(here, row);
    assert.match(here, new RegExp(state.fileNumber));
    assert.match(here, /eingegangen über FIT-Connect/);
    assert.doesNotMatch(await inbox('elsewhere'), row);
    const listed = await server.request('/api/inbox', { headers: { cookie: 'kontor_session=here' } });
    assert.match(await listed.text(), new RegExp(state.fileNumber));
  });

  it('a forged callback changes nothing, is refused and journalled', async () => {
    const before = (await journal('callback-refused')).length;
    const headers = { 'callback-authentication': 'forged', 'callback-timestamp': String(Math.floor(Date.now() / 1000)) };
    const answer = await city.answer(new Request('http://localhost:8080/api/fit-connect/callbacks', { method: 'POST', headers, body: '{}' }), {});
    assert.ok(answer.status >= 400);
    assert.equal((await journal('callback-refused')).length, before + 1);
  });

  it('the demo service says that it is one', async () => {
    const answer = await city.answer(new Request('http://localhost:8080/demo-zustelldienst'), {});
    assert.match(answer.headers.get('x-kontor-demo') ?? '', /DEMO/);
  });

  it('publishes the schema that it asks for', async () => {
    const { schemaUri } = example();
    const answer = await city.answer(new Request(schemaUri), {});
    assert.equal(answer.status, 200);
    const schema = (await answer.json()) as { $id: string; required: string[] };
    assert.equal(schema.$id, schemaUri);
    assert.ok(schema.required.includes('givenName'));
  });
});

describe('at the keyboard and for programs', () => {
  const run = async (who: TestActor, ...args: string[]): Promise<{ status: number; said: string }> => {
    const server = testServer(fitConnectApi(city.fitConnect));
    const session = join(data, `session-${who}`);
    writeFileSync(session, who);
    const said: string[] = [];
    const out = { print: (line: string) => void said.push(line), complain: (line: string) => void said.push(line) };
    const ask = async (url: string, init: RequestInit) => server.request(url.replace('http://localhost:8080', ''), init);
    const status = await runFitConnect([...args, '--city', 'http://localhost:8080', '--session', session], out, ask);
    return { status, said: said.join('\n') };
  };

  it('sends a file of data once, says its state, fetches it, lists it', async () => {
    const file = join(data, 'antrag.json');
    writeFileSync(file, JSON.stringify(example().data));
    const to = city.fitConnect.demoDestinationId()!;
    const send = () => run('administration', 'send', file, '--to', to, '--service', 'baumfaellung');
    const [first, second] = [await send(), await send()];
    assert.equal(first.status, 0, first.said);
    assert.equal(second.said, first.said);
    const { id } = JSON.parse(first.said) as { id: string };
    await leftTheHouse(id);
    assert.equal((await run('administration', 'pick-up')).status, 0);
    await followSubmissions(city.fitConnect.ctx);
    assert.match((await run('administration', 'status', id)).said, /"state": "accepted"/);
    const list = await run('revision', 'list');
    assert.match(list.said, /"demo": true/);
    assert.doesNotMatch(list.said, /Petersen/);
  });

  it('is for administration; an officer hands on own cases only', async () => {
    assert.equal((await run('sachbearbeitung', 'list')).status, 1);
    assert.equal((await run('revision', 'pick-up')).status, 1);
    const [caseId] = await cases((await view(await send('to-hand-on'))).submissionId);
    const to = city.fitConnect.demoDestinationId()!;
    // the officer of these tests works elsewhere
    assert.match((await run('sachbearbeitung', 'case', caseId!, '--to', to)).said, /gibt es nicht|gehört nicht zu Ihnen/);
    const server = testServer(fitConnectApi(city.fitConnect));
    const headers = { ...as('citizen'), origin: 'http://localhost:8080', 'content-type': 'application/json' };
    const body = JSON.stringify({ destinationId: to });
    assert.equal((await server.request(`/api/cases/${caseId}/fit-connect`, { method: 'POST', headers, body })).status, 403);
  });
});

describe('a case handed on by its officer', () => {
  let caseId: string;
  before(async () => {
    caseId = (await cases((await view(await send('to-be-handed'))).submissionId))[0]!;
  });
  const handOn = async (): Promise<string> => {
    const headers = { cookie: 'kontor_session=officer', origin: 'http://localhost:8080', 'content-type': 'application/json' };
    const body = JSON.stringify({ destinationId: city.fitConnect.demoDestinationId() });
    const answer = await serverOf(city, () => officer).request(`/api/cases/${caseId}/fit-connect`, { method: 'POST', headers, body });
    const said = await answer.text();
    assert.equal(answer.status, 201, said);
    return (JSON.parse(said) as { id: string }).id;
  };
  /** @returns state of what was handed on, once the receiver has answered */
  const arrived = async (id: string) => {
    await leftTheHouse(id);
    await pickUpSubmissions(city.fitConnect.ctx);
    await followSubmissions(city.fitConnect.ctx);
    return (await view(id)).state;
  };

  it('arrives as an application; unchanged it goes once', async () => {
    const id = await handOn();
    assert.equal(await arrived(id), 'accepted');
    assert.equal(await handOn(), id);
  });

  it('goes again once something has changed', async () => {
    const before = await handOn();
    const items = [{ id: 'foto', text: 'Foto' }];
    expectOk(await act(city.ctx, officer, { caseId, command: { action: 'request-documents', requestId: randomUUID(), items, text: '' } }));
    const { state } = expectOk(await openCase(city.ctx, officer, caseId));
    const answers = { ...state.answers, givenName: 'Kathrin' };
    expectOk(await act(city.ctx, officer, { caseId, command: { action: 'answer-request', text: 'Mein Vorname war falsch.', documents: [], answers } }));
    const after = await handOn();
    assert.notEqual(after, before);
    assert.equal(await arrived(after), 'accepted');
    const arrivedAs = (await cases((await view(after)).submissionId))[0]!;
    assert.match(expectOk(await openCase(city.ctx, officer, arrivedAs)).state.applicant.name, /Kathrin/);
  });

  it('goes again when it came to nothing', async (t) => {
    expectOk(
      await act(city.ctx, officer, {
        caseId,
        command: { action: 'request-documents', requestId: randomUUID(), items: [{ id: 'foto', text: 'Foto' }], text: '' },
      }),
    );
    const { state } = expectOk(await openCase(city.ctx, officer, caseId));
    const answers = { ...state.answers, familyName: 'Petersen-Holm' };
    expectOk(await act(city.ctx, officer, { caseId, command: { action: 'answer-request', text: 'Ich habe geheiratet.', documents: [], answers } }));
    const refuses = t.mock.method(city.fitConnect.ctx.sending!.service, 'announce', async () => refuse({ kind: 'not-allowed', detail: 'no' } as const));
    const failed = await handOn();
    assert.equal((await leftTheHouse(failed)).state, 'failed');
    refuses.mock.restore();
    const second = await handOn();
    assert.notEqual(second, failed);
    assert.equal(await arrived(second), 'accepted');
    assert.equal(await handOn(), second);
  });
});

describe('a forged event', () => {
  let stranger: PrivateJwk;
  before(async () => {
    stranger = await makeJwk('signature');
  });
  const refusedFor = async (submissionId: string | null) =>
    (await journal('event-refused')).filter((one) => one['submissionId'] === submissionId).map(({ reason, tokenSha256 }) => ({ reason, tokenSha256 }));
  const prepared = async (key: string): Promise<string> => {
    const destinationId = city.fitConnect.demoDestinationId()!;
    return expectOk(await prepareSubmission(city.fitConnect.ctx, keeper, { ...example(), key, destinationId })).id;
  };
  /** The log as it came, with each true token of that kind in the words of a stranger. */
  const forgeries: readonly [name: string, reason: string, forge: (token: string) => Promise<string>][] = [
    ['by another key under the true key id', 'bad-signature', (token) => resigned(token, { ...stranger, kid: headerOf(token).kid })],
    ['by another key under its own key id', 'unknown-key', (token) => resigned(token, stranger)],
    ['with a broken signature', 'bad-signature', async (token) => `${token.slice(0, token.lastIndexOf('.') + 1)}${Buffer.alloc(512, 7).toString('base64url')}`],
  ];

  for (const [name, reason, forge] of forgeries) {
    it(`of submission, ${name}: opens nothing, makes no case, and is journalled once`, async (t) => {
      const { service } = city.fitConnect.ctx.receiving!;
      const { eventLog } = service;
      // PS512 is salted: each token is forged once, however many read the log at the same time
      const forged = new Map<string, Promise<string>>();
      const asForged = (token: string): Promise<string> => {
        const made = forged.get(token) ?? forge(token);
        forged.set(token, made);
        return made;
      };
      const wire = t.mock.method(service, 'eventLog', async (caseId: string) => {
        const tokens = expectOk(await eventLog(caseId));
        return ok(await Promise.all(tokens.map(async (token) => (isEvent(token, 'submit-submission') ? asForged(token) : token))));
      });
      const opened = t.mock.method(city.fitConnect.desk.intake, 'receive');
      const { submissionId } = await leftTheHouse(await prepared(`forged-submit-${name}`));
      for (const _ of [1, 2]) assert.equal((await pickUpSubmissions(city.fitConnect.ctx)).left, 1);
      assert.deepEqual(await cases(submissionId), []);
      assert.equal(opened.mock.callCount(), 0);
      const [token, ...others] = await Promise.all(forged.values());
      assert.equal(others.length, 0);
      assert.deepEqual(await refusedFor(submissionId), [{ reason, tokenSha256: sha256(token!) }]);
      wire.mock.restore();
      await pickUpSubmissions(city.fitConnect.ctx);
      assert.equal((await cases(submissionId)).length, 1, 'true again, it is a case');
    });
  }

  it('of acceptance: the sender goes on waiting, and it is journalled once', async (t) => {
    const { receiving, sending } = city.fitConnect.ctx;
    const keys = receiving!.keys.signature;
    const nobodyFetches = t.mock.method(receiving!.service, 'listForPickUp', async () => ok({ submissions: [] }));
    const id = await prepared('forged-accept');
    const { submissionId, fitCaseId } = await leftTheHouse(id);
    const set = {
      jti: randomUUID(),
      issuer: city.fitConnect.demoDestinationId()!,
      issuedAt: city.ctx.clock(),
      submissionId: submissionId!,
      caseId: fitCaseId!,
    };
    const token = await signSet({ ...set, event: 'accept-submission' }, { ...stranger, kid: keys.kid });
    const { eventLog } = sending!.service;
    const wire = t.mock.method(sending!.service, 'eventLog', async (caseId: string) => {
      const tokens = expectOk(await eventLog(caseId));
      return ok(caseId === fitCaseId ? [...tokens, token] : tokens);
    });
    for (const _ of [1, 2]) await followSubmissions(city.fitConnect.ctx);
    assert.equal((await view(id)).state, 'submitted');
    assert.deepEqual(await refusedFor(submissionId), [{ reason: 'bad-signature', tokenSha256: sha256(token) }]);
    wire.mock.restore();
    nobodyFetches.mock.restore();
    await pickUpSubmissions(city.fitConnect.ctx);
    await followSubmissions(city.fitConnect.ctx);
    assert.equal((await view(id)).state, 'accepted');
  });
});

const headerOf = (token: string) => JSON.parse(Buffer.from(token.split('.')[0]!, 'base64url').toString()) as { kid: string };
const payloadOf = (token: string) => JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()) as { events: object };
const isEvent = (token: string, event: string): boolean => Object.keys(payloadOf(token).events).some((uri) => uri.endsWith(`/${event}`));

/** The same words, signed with PS512 by somebody else. */
const resigned = (token: string, { kid, kty, n, e, d, p, q, dp, dq, qi }: PrivateJwk): Promise<string> =>
  new CompactSign(Buffer.from(token.split('.')[1]!, 'base64url'))
    .setProtectedHeader({ alg: 'PS512', typ: 'secevent+jwt', kid })
    .sign(createPrivateKey({ key: { kty, n, e, d, p, q, dp, dq, qi }, format: 'jwk' }));
