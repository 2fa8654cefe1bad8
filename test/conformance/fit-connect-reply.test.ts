import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { expectOk, refuse } from '../../src/kernel/result.ts';
import { getFile } from '../../src/platform/files/files.ts';
import { decrypt } from '../../src/modules/exchange/application/fit-connect-jwe.ts';
import { demoFitConnectKeys, type DemoFitConnectKeys } from '../../src/modules/exchange/application/fit-connect-keys.ts';
import { prepareSubmission } from '../../src/modules/exchange/application/fit-connect-prepare.ts';
import { pickUpSubmissions } from '../../src/modules/exchange/application/fit-connect-receive.ts';
import { sendReply } from '../../src/modules/exchange/application/fit-connect-reply.ts';
import { sentSubmission } from '../../src/modules/exchange/application/fit-connect-send.ts';
import { sha512 } from '../../src/modules/exchange/domain/fit-connect-compact.ts';
import { readMetadata } from '../../src/modules/exchange/domain/fit-connect-metadata.ts';
import { replyData } from '../../src/modules/exchange/domain/fit-connect-reply.ts';
import { findReply, repliesOfCase, type Reply } from '../../src/modules/exchange/store/fit-connect-replies.ts';
import { demoDeliveryService } from '../../src/modules/exchange/http/fit-connect-demo-service.ts';
import { act } from '../../src/modules/procedure/public.ts';
import { listLetters } from '../../src/modules/procedure/store/letters.ts';
import type { ReplyChannel } from '../../src/modules/exchange/domain/fit-connect-metadata.ts';
import { officer } from '../support/procedure-city.ts';
import { CACHE } from '../support/temporary-database.ts';
import { serverOf, wholeCity, type WholeCity } from '../support/whole-city.ts';

const data = mkdtempSync(join(tmpdir(), 'kontor-fit-reply-'));
const SECRET = 'a secret of the tests, long enough for a key';
const BASE = 'http://localhost:8080/demo-zustelldienst';
let city: WholeCity;
let keys: DemoFitConnectKeys;
before(async () => {
  const kept = join(CACHE, 'fit-connect');
  keys = await demoFitConnectKeys('demo', kept);
  cpSync(kept, join(data, 'fit-connect'), { recursive: true });
  city = await wholeCity({ env: { KONTOR_DATA: data, KONTOR_SECRET: SECRET } });
  await city.fitConnect.open();
});
after(async () => {
  await city.close();
  rmSync(data, { recursive: true, force: true });
});

const keeper = { kind: 'staff', staffId: '0190a000-0000-7000-8000-0000000000e1', roles: ['administration'], authorities: [] } as const;

/** An application that came through FIT-Connect. */
async function arrived(replyChannel: ReplyChannel): Promise<{ readonly caseId: string; readonly submissionId: string; readonly fitCaseId: string }> {
  const destinationId = city.fitConnect.demoDestinationId()!;
  const contents = { ...city.fitConnect.desk.example('baumfaellung')!, replyChannel, key: randomUUID(), destinationId };
  const { id } = expectOk(await prepareSubmission(city.fitConnect.ctx, keeper, contents));
  const view = async () => (await sentSubmission(city.fitConnect.ctx, id))!;
  for (let tries = 0; (await view()).state === 'prepared' && tries < 300; tries++) await sleep(100);
  await pickUpSubmissions(city.fitConnect.ctx);
  const { submissionId, fitCaseId } = await view();
  const found = await sql<{ id: string }>`select id from procedure.case_file where state->>'reference' = ${submissionId}`.execute(city.ctx.database.read);
  return { caseId: found.rows[0]!.id, submissionId: submissionId!, fitCaseId: fitCaseId! };
}

/** The city works by itself: waits for its own workers. */
async function letterOf(caseId: string, kind: string) {
  for (let tries = 0; tries < 300; tries++) {
    const found = (await listLetters(city.ctx.database.read, caseId)).find((one) => one.kind === kind);
    if (found !== undefined) return found;
    await sleep(100);
  }
  throw new Error(`no letter ${kind}`);
}
async function replyOf(caseId: string, letterKey: string): Promise<Reply> {
  for (let tries = 0; tries < 300; tries++) {
    const found = await findReply(city.ctx.database.read, caseId, letterKey);
    if (found !== undefined && found.state !== 'prepared') return found;
    await sleep(100);
  }
  throw new Error(`no reply ${letterKey}`);
}

/** The online service: its own access, its own key, nothing of ours. */
async function onlineService() {
  const { clientId, clientSecret } = demoDeliveryService({
    env: 'demo',
    publicUrl: 'http://localhost:8080',
    secret: SECRET,
    key: keys.service,
    destinations: [],
    clock: city.ctx.clock,
  }).credentials.sender;
  const body = new URLSearchParams({ grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret });
  const token = await city.answer(new Request(`${BASE}/token`, { method: 'POST', body }), {});
  const { access_token: access } = (await token.json()) as { access_token: string };
  const get = async (path: string) => city.answer(new Request(`${BASE}/v1${path}`, { headers: { authorization: `Bearer ${access}` } }), {});
  const plain = async (jwe: string) => Buffer.from(expectOk(await decrypt(jwe, [keys.sender], 50_000_000)));
  return {
    repliesTo: async (fitCaseId: string) => {
      const { replies } = (await (await get('/replies')).json()) as { replies: { replyId: string; caseId: string }[] };
      return replies.filter((one) => one.caseId === fitCaseId).map(({ replyId }) => replyId);
    },
    async open(replyId: string) {
      const reply = (await (await get(`/replies/${replyId}`)).json()) as { encryptedMetadata: string; encryptedData: string; attachments: string[] };
      const read = readMetadata(JSON.parse((await plain(reply.encryptedMetadata)).toString()));
      assert.ok('metadata' in read, 'metadata follow the schema');
      const dataBytes = await plain(reply.encryptedData);
      assert.equal(sha512(dataBytes), read.metadata.contentStructure.data?.hash.content);
      const files = [];
      for (const { attachmentId, filename, hash } of read.metadata.contentStructure.attachments) {
        const bytes = await plain(await (await get(`/replies/${replyId}/attachments/${attachmentId}`)).text());
        assert.equal(sha512(bytes), hash.content);
        files.push({ fileName: filename, bytes });
      }
      return { data: replyData.parse(JSON.parse(dataBytes.toString())), schemaUri: read.metadata.contentStructure.data?.submissionSchema.schemaUri, files };
    },
  };
}

const journal = async (kind: string, caseId: string) =>
  (await city.ctx.journal.readAfter(city.ctx.database.read, 0, { kinds: [`exchange.fit-connect-reply-${kind}`], limit: 1000 }))
    .map(({ payload }) => payload)
    .filter((one) => one['caseId'] === caseId);

describe('FIT-Connect: letters go back to the online service', () => {
  it('Eingangsbestätigung and Nachforderung arrive, for the holder of the key only, as they lie in the case', async () => {
    const { caseId, submissionId, fitCaseId } = await arrived(city.fitConnect.demoReplyChannel()!);
    const receipt = await letterOf(caseId, 'antrag-eingereicht');
    assert.equal((await replyOf(caseId, receipt.key)).state, 'submitted');
    const items = [{ id: 'foto', text: 'Ein Foto des Stammes' }];
    expectOk(await act(city.ctx, officer, { caseId, command: { action: 'request-documents', requestId: randomUUID(), items, text: '' } }));
    const request = await letterOf(caseId, 'nachforderung-gestellt');
    await replyOf(caseId, request.key);
    const service = await onlineService();
    const replies = await Promise.all((await service.repliesTo(fitCaseId)).map((id) => service.open(id)));
    assert.deepEqual(replies.map((one) => one.data.kind).toSorted(), ['antrag-eingereicht', 'nachforderung-gestellt']);
    for (const letter of [receipt, request]) {
      const reply = replies.find((one) => one.data.kind === letter.kind)!;
      assert.equal(reply.data.submissionId, submissionId);
      assert.equal(reply.schemaUri, 'http://localhost:8080/api/exchange/fit-connect/reply-schema');
      assert.equal(reply.files[0]!.fileName, letter.fileName);
      assert.deepEqual(reply.files[0]!.bytes, Buffer.from((await getFile(city.ctx.database.read, letter.sha256))!.bytes));
    }
    assert.equal((await journal('submitted', caseId)).length, 2);
    assert.doesNotMatch(JSON.stringify(await journal('prepared', caseId)), /Petersen/);
    const parts = await sql`select 1 from exchange.fit_connect_reply_part`.execute(city.ctx.database.read);
    assert.equal(parts.rows.length, 0, 'what is sent is not kept');
  });

  it('the Bescheid arrives with its seal; the Bekanntgabe stays with the post', async () => {
    const { caseId, fitCaseId } = await arrived(city.fitConnect.demoReplyChannel()!);
    const text = {
      operative: ['Die Fällung wird abgelehnt.'],
      nebenbestimmungen: [],
      reasons: ['Der Baum ist gesund.'],
      discretion: ['Abgewogen.'],
      items: [],
    };
    const commands = [
      { action: 'confirm-complete' },
      { action: 'hear', hearingId: randomUUID(), text: 'Wir wollen ablehnen.' },
      { action: 'answer-hearing', text: 'Ich sehe es ein.' },
      { action: 'draft-decision', outcome: 'refuse', feeCents: 5000, text },
      { action: 'submit-for-approval' },
    ] as const;
    for (const command of commands) expectOk(await act(city.ctx, officer, { caseId, command }));
    const lead = { ...officer, staffId: '0190a000-0000-7000-8000-0000000000b1', roles: ['leitung'] as const };
    expectOk(await act(city.ctx, { ...lead, roles: [...lead.roles] }, { caseId, command: { action: 'approve', decisionId: randomUUID() } }));
    const letter = await letterOf(caseId, 'bescheid');
    await replyOf(caseId, letter.key);
    const service = await onlineService();
    const replies = await Promise.all((await service.repliesTo(fitCaseId)).map((id) => service.open(id)));
    const bescheid = replies.find(({ data: { kind } }) => kind === 'bescheid')!;
    assert.match(bescheid.files[0]!.bytes.toString('latin1'), /ETSI\.CAdES\.detached/);
    const state = await sql<{ state: { status: string } }>`select state from procedure.case_file where id = ${caseId}`.execute(city.ctx.database.read);
    assert.equal(state.rows[0]!.state.status, 'beschlossen');
  });

  it('an answer that was lost is looked up in the signed log: one reply, not two', async (t) => {
    const { service } = city.fitConnect.ctx.receiving!;
    const { submitReply } = service;
    const lost = t.mock.method(service, 'submitReply', async (...args: Parameters<typeof submitReply>) => {
      expectOk(await submitReply(...args));
      return refuse({ kind: 'conflict', detail: 'the line was cut' } as const);
    });
    const { caseId, fitCaseId } = await arrived(city.fitConnect.demoReplyChannel()!);
    const { key } = await letterOf(caseId, 'antrag-eingereicht');
    assert.equal((await replyOf(caseId, key)).state, 'submitted');
    lost.mock.restore();
    await sendReply(city.fitConnect.ctx, { caseId, letterKey: key });
    assert.equal((await (await onlineService()).repliesTo(fitCaseId)).length, 1);
  });

  it('a service that refuses the reply costs nobody the letter: it is marked, journalled, and lies in the case', async (t) => {
    const { service } = city.fitConnect.ctx.receiving!;
    t.mock.method(service, 'announceReply', async () => refuse({ kind: 'not-found', detail: 'no such call' } as const));
    const { caseId } = await arrived(city.fitConnect.demoReplyChannel()!);
    const letter = await letterOf(caseId, 'antrag-eingereicht');
    const { state, reason } = await replyOf(caseId, letter.key);
    assert.deepEqual({ state, reason }, { state: 'failed', reason: 'not-found' });
    assert.equal((await journal('failed', caseId)).length, 1);
    assert.ok((await getFile(city.ctx.database.read, letter.sha256)) !== undefined);
  });

  it('away is not refused: it is tried again, by two at once too, with the same encrypted letter', async (t) => {
    const { service } = city.fitConnect.ctx.receiving!;
    const away = t.mock.method(service, 'announceReply', async () => refuse({ kind: 'unavailable', detail: 'away' } as const));
    const { caseId, fitCaseId } = await arrived(city.fitConnect.demoReplyChannel()!);
    const { key } = await letterOf(caseId, 'antrag-eingereicht');
    await assert.rejects(sendReply(city.fitConnect.ctx, { caseId, letterKey: key }), /away/);
    const { tags } = (await findReply(city.ctx.database.read, caseId, key))!;
    away.mock.restore();
    // whoever comes while the other submits is told to come again
    await Promise.allSettled([1, 2].map(() => sendReply(city.fitConnect.ctx, { caseId, letterKey: key })));
    const sent = await replyOf(caseId, key);
    assert.deepEqual([sent.state, sent.tags], ['submitted', tags]);
    assert.equal((await (await onlineService()).repliesTo(fitCaseId)).length, 1);
  });

  it('a sender that does not read our replies, or whose key is weak, gets none; the officer sees why', async () => {
    const { fitConnect } = city.fitConnect.demoReplyChannel()!;
    for (const [reason, channel] of [
      ['other-standard', { ...fitConnect!, processStandards: ['urn:xoev-de:xbau:standard:xbau_2.6'] }],
      ['unfit-key', { ...fitConnect!, encryptionPublicKey: { ...fitConnect!.encryptionPublicKey, n: 'AQAB' } }],
    ] as const) {
      const { caseId, fitCaseId } = await arrived({ fitConnect: { ...channel, processStandards: [...channel.processStandards] } });
      const { key } = await letterOf(caseId, 'antrag-eingereicht');
      const { state, reason: why } = await replyOf(caseId, key);
      assert.deepEqual({ state, why }, { state: 'by-post', why: reason });
      assert.deepEqual(await (await onlineService()).repliesTo(fitCaseId), []);
      const page = await serverOf(city, () => officer).request(`/eingang/${caseId}`, { headers: { cookie: 'kontor_session=x' } });
      assert.match(await page.text(), /nur mit der Post/);
    }
  });

  it('who wants a mail gets no reply this way', async () => {
    const { caseId, fitCaseId } = await arrived({ eMail: { address: 'katharina@example.org' } });
    const { key } = await letterOf(caseId, 'antrag-eingereicht');
    await sendReply(city.fitConnect.ctx, { caseId, letterKey: key });
    assert.deepEqual(await repliesOfCase(city.ctx.database.read, caseId), []);
    assert.deepEqual(await (await onlineService()).repliesTo(fitCaseId), []);
  });

  it('publishes the standard that it answers in, and its destination names it', async () => {
    const schema = await city.answer(new Request('http://localhost:8080/api/exchange/fit-connect/reply-schema'), {});
    const { $id } = (await schema.json()) as { $id: string };
    const destination = await city.answer(new Request(`${BASE}/v1/destinations/${city.fitConnect.demoDestinationId()}`), {});
    assert.deepEqual(((await destination.json()) as { replyChannels: object }).replyChannels, { fitConnect: { processStandards: [$id] } });
  });
});
