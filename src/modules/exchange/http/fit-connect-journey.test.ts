import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { join } from 'node:path';
import { sql } from 'kysely';
import { CACHE } from '../../../../test/support/temporary-database.ts';
import { temporaryCity, TEST_NOW, type TemporaryCity } from '../../../../test/support/temporary-city.ts';
import type { CommonProblem } from '../../../kernel/problem.ts';
import { expectOk, ok, refuse } from '../../../kernel/result.ts';
import type { DeliveryService, FitConnectContext } from '../application/fit-connect-context.ts';
import { fitConnectJobs } from '../application/fit-connect-jobs.ts';
import { demoFitConnectKeys } from '../application/fit-connect-keys.ts';
import { prepareSubmission, type NewSubmission } from '../application/fit-connect-prepare.ts';
import { pickUpSubmissions } from '../application/fit-connect-receive.ts';
import { followSubmissions, sendSubmission } from '../application/fit-connect-send.ts';
import { AWAY, FitConnectRig, OFFICER, PERSON } from './fit-connect-testing.ts';

let city: TemporaryCity;
let rig: FitConnectRig;
let service: { readonly subscriber: DeliveryService; readonly sender: DeliveryService };
before(async () => {
  city = await temporaryCity();
  rig = new FitConnectRig(city.ctx, await demoFitConnectKeys('demo', join(CACHE, 'fit-connect')));
  service = rig.demo;
  await city.jobs.register(fitConnectJobs(rig.ctx));
});
after(() => city.close());
beforeEach(async () => {
  city.clock.set(TEST_NOW);
  await city.jobs.drain();
  await rig.reset();
});

describe('FIT-Connect: a whole way from sender to case', () => {
  it('arrives whole, is accepted, and the sender hears it', async () => {
    const id = await rig.prepare('way');
    await city.jobs.drain(); // sent; the service knocks; the city looks, answers and follows
    assert.equal(rig.taken.length, 1);
    const application = rig.taken[0]!;
    assert.equal(application.serviceKey, 'baumfaellung');
    assert.deepEqual(application.data, rig.example('x').data);
    assert.deepEqual(
      application.attachments.map(({ fileName, mediaType, purpose, bytes }) => [fileName, mediaType, purpose, Buffer.from(bytes).toString()]),
      [
        ['Kastanie.png', 'image/png', 'attachment', 'a picture'],
        ['Antrag.pdf', 'application/pdf', 'form', '%PDF-1.7'],
      ],
    );
    assert.deepEqual(application.replyChannel, { eMail: { address: 'katharina@example.org' } });
    assert.equal(application.submittedAt.toString(), TEST_NOW);
    await followSubmissions(rig.ctx);
    assert.equal((await rig.view(id)).state, 'accepted');
    assert.deepEqual(
      rig.news.map(({ key, state }) => [key, state]),
      [
        ['way', 'submitted'],
        ['way', 'accepted'],
      ],
    );
    const parts = await sql`select 1 from exchange.fit_connect_part where sent_id = ${id}`.execute(city.database.read);
    assert.equal(parts.rows.length, 0, 'what is answered is not kept');
  });
  it('puts no word of a person into journal, jobs or log', async () => {
    await rig.send('privacy');
    await pickUpSubmissions(rig.ctx);
    const kept = await sql<{ text: string }>`select payload::text as text from platform.journal`.execute(city.database.read);
    const text = JSON.stringify([kept.rows, city.log.lines]);
    assert.match(text, /fit-connect-accepted|accepted/);
    for (const word of [PERSON, 'katharina@example.org', 'Kastanie']) assert.ok(!text.includes(word), word);
  });
  it('keeps nothing readable of what it sends', async () => {
    const { id } = await rig.send('sealed');
    const parts = await sql<{ jwe: string }>`select jwe from exchange.fit_connect_part where sent_id = ${id}`.execute(city.database.read);
    assert.equal(parts.rows.length, 4);
    for (const { jwe } of parts.rows) assert.match(jwe, /^[\w-]+\.[\w-]+\.[\w-]+\.[\w-]+\.[\w-]{22}$/);
  });
  it('received twice is one case: the intake is asked once, the answer given once', async () => {
    await rig.send('twice');
    assert.deepEqual(await pickUpSubmissions(rig.ctx), { accepted: 1, rejected: 0, left: 0 });
    assert.deepEqual(await pickUpSubmissions(rig.ctx), { accepted: 0, rejected: 0, left: 0 });
    assert.equal(rig.taken.length, 1);
  });
  it('the same key is sent once', async () => {
    const id = await rig.prepare('once');
    assert.equal(await rig.prepare('once', { data: { other: true } }), id);
    await city.jobs.drain();
    assert.equal(rig.taken.length, 1);
  });
});

describe('FIT-Connect: every step may break off and be done again', () => {
  it('an intake that is away leaves the submission where it is', async () => {
    await rig.send('intake-away');
    rig.refuses = () => AWAY;
    assert.equal((await pickUpSubmissions(rig.ctx)).left, 1);
    rig.refuses = () => undefined;
    assert.equal((await pickUpSubmissions(rig.ctx)).accepted, 1);
  });
  it('an intake that throws does not stop the others', async () => {
    await rig.send('poison', { data: { poison: true } });
    await rig.send('healthy', { data: { poison: false } });
    rig.refuses = ({ data }) => {
      if ((data as { poison: boolean }).poison) throw new Error('bug');
      return undefined;
    };
    assert.deepEqual(await pickUpSubmissions(rig.ctx), { accepted: 1, rejected: 0, left: 1 });
  });
  it('an answer that did not get through is given again, word for word', async () => {
    await rig.send('answer-away');
    const posted: string[] = [];
    rig.tamperReceiving({
      async postEvent(caseId, token) {
        posted.push(token);
        return posted.length === 1 ? refuse(AWAY) : service.subscriber.postEvent(caseId, token);
      },
    });
    assert.equal((await pickUpSubmissions(rig.ctx)).left, 1);
    assert.equal((await pickUpSubmissions(rig.ctx)).accepted, 1);
    assert.equal(posted.length, 2);
    assert.equal(posted[0], posted[1]);
    assert.equal(rig.taken.length, 1);
  });
  it('an answer whose receipt was lost is not given twice', async () => {
    await rig.send('receipt-lost');
    let posts = 0;
    rig.tamperReceiving({
      async postEvent(caseId, token) {
        const done = await service.subscriber.postEvent(caseId, token);
        return ++posts === 1 ? refuse(AWAY) : done;
      },
    });
    assert.equal((await pickUpSubmissions(rig.ctx)).left, 1);
    assert.equal((await pickUpSubmissions(rig.ctx)).accepted, 1);
    assert.deepEqual(await pickUpSubmissions(rig.ctx), { accepted: 0, rejected: 0, left: 0 });
    assert.equal(posts, 2);
  });
  for (const step of ['announce', 'uploadAttachment', 'submit'] as const) {
    for (const lost of ['request', 'answer'] as const) {
      it(`sending: the ${lost} of ${step} is lost, and the second run delivers once`, async () => {
        const id = await rig.prepare(`lost-${step}-${lost}`);
        const real = service.sender[step] as (...given: unknown[]) => Promise<never>;
        let calls = 0;
        rig.tamperSending({
          [step]: async (...given: unknown[]) => {
            if (++calls > 1) return real(...given);
            if (lost === 'answer') await real(...given);
            return refuse(AWAY);
          },
        });
        await assert.rejects(sendSubmission(rig.ctx, { sentId: id }), /away/);
        await sendSubmission(rig.ctx, { sentId: id });
        assert.equal((await rig.view(id)).state, 'submitted');
        await pickUpSubmissions(rig.ctx);
        assert.equal(rig.taken.length, 1);
      });
    }
  }
  it('what the service forgot half-way is announced anew', async () => {
    const id = await rig.prepare('forgotten');
    let uploads = 0;
    rig.tamperSending({
      uploadAttachment: async (...given) =>
        ++uploads === 1 ? refuse<CommonProblem>({ kind: 'not-found', detail: 'x' }) : service.sender.uploadAttachment(...given),
    });
    await sendSubmission(rig.ctx, { sentId: id });
    assert.equal((await rig.view(id)).state, 'submitted');
  });
  it('what the service never takes has failed, once, and says so', async () => {
    const id = await rig.prepare('never');
    rig.tamperSending({ submit: async () => refuse<CommonProblem>({ kind: 'invalid-input', detail: 'x' }) });
    await sendSubmission(rig.ctx, { sentId: id });
    await sendSubmission(rig.ctx, { sentId: id });
    assert.deepEqual(
      rig.news.map(({ state, problems }) => [state, problems]),
      [['failed', ['invalid-input']]],
    );
  });
});

describe('FIT-Connect: what is sent back, and why', () => {
  const problemsOf = async (id: string): Promise<readonly string[]> => {
    await pickUpSubmissions(rig.ctx);
    await followSubmissions(rig.ctx);
    const view = await rig.view(id);
    assert.equal(view.state, 'rejected');
    assert.equal(rig.taken.length, 0);
    return view.problems.map((one) => one.replace('https://schema.fitko.de/fit-connect/events/problems/', ''));
  };
  it('data that the service package refuses, without its words', async () => {
    const { id, caseId } = await rig.send('refused-data');
    rig.refuses = () => ({ kind: 'invalid-input', detail: `${PERSON} fehlt` });
    assert.deepEqual(await problemsOf(id), ['schema-violation#data']);
    const answer = expectOk(await service.sender.eventLog(caseId)).at(-1)!;
    assert.ok(!Buffer.from(answer.split('.')[1]!, 'base64url').toString().includes(PERSON));
  });
  it('data that were exchanged on the way: the tag no longer fits the signed event', async () => {
    const other = await rig.send('other-contents', { data: { forged: true } });
    const forged = expectOk(await service.subscriber.fetchSubmission(other.submissionId)).encryptedData!;
    await rig.reset();
    const { id } = await rig.send('exchanged-data');
    rig.tamperReceiving({
      fetchSubmission: async (submissionId) => ok({ ...expectOk(await service.subscriber.fetchSubmission(submissionId)), encryptedData: forged }),
    });
    assert.deepEqual(await problemsOf(id), ['incorrect-authentication-tag#data']);
  });
  it('an attachment more than was submitted', async () => {
    const { id } = await rig.send('attachment-more');
    rig.tamperReceiving({
      async fetchSubmission(submissionId) {
        const true_ = expectOk(await service.subscriber.fetchSubmission(submissionId));
        return ok({ ...true_, attachmentIds: [...true_.attachmentIds, '0190a000-0000-4000-8000-000000000bad'] });
      },
    });
    assert.deepEqual(await problemsOf(id), ['attachments-mismatch#submission']);
  });
  it('an attachment that is gone', async () => {
    const { id } = await rig.send('attachment-gone');
    rig.tamperReceiving({ fetchAttachment: async () => refuse<CommonProblem>({ kind: 'not-found', detail: 'x' }) });
    const problems = await problemsOf(id);
    assert.equal(problems.length, 2);
    for (const one of problems) assert.match(one, /^missing-attachment#attachment:/);
  });
  it('a service that was announced otherwise', async () => {
    const { id } = await rig.send('service-mismatch');
    rig.tamperReceiving({
      fetchSubmission: async (submissionId) =>
        ok({ ...expectOk(await service.subscriber.fetchSubmission(submissionId)), serviceIdentifier: 'urn:de:fim:leika:leistung:1' }),
    });
    assert.deepEqual(await problemsOf(id), ['service-mismatch#metadata']);
  });
});

describe('FIT-Connect: what is not sent', () => {
  const refusals: readonly [name: string, change: Partial<NewSubmission>, words: RegExp][] = [
    ['a service that the destination does not take', { service: { identifier: 'urn:de:fim:leika:leistung:1', name: 'x' } }, /nimmt diese Leistung nicht an/],
    ['a schema that the destination does not take', { schemaUri: 'https://example.org/other' }, /Schema/],
    ['to an unknown destination', { destinationId: '0190a000-0000-4000-8000-000000000bad' }, /kennt das nicht/],
    [
      'a media type that is none',
      { attachments: [{ purpose: 'attachment', fileName: 'x', mediaType: 'nonsense', bytes: new Uint8Array(1) }] },
      /Metadatensatz/,
    ],
  ];
  for (const [name, change, words] of refusals) {
    it(name, async () => {
      const refused = await prepareSubmission(rig.ctx, OFFICER, rig.example(`refused ${name}`, change));
      assert.ok(!refused.ok);
      assert.match(refused.problem.detail, words);
    });
  }
  it('to a key without a certificate, where roots are configured', async () => {
    const strict: FitConnectContext = { ...rig.ctx, sending: { service: service.sender, anchors: [] } };
    const refused = await prepareSubmission(strict, OFFICER, rig.example('no-certificate'));
    assert.ok(!refused.ok);
    assert.match(refused.problem.detail, /Zertifikat/);
  });
  it('anything in production, while no root is configured', async () => {
    const live: FitConnectContext = { ...rig.ctx, settings: { ...rig.ctx.settings, env: 'production' } };
    const refused = await prepareSubmission(live, OFFICER, rig.example('no-roots'));
    assert.ok(!refused.ok);
    assert.match(refused.problem.detail, /Wurzelzertifikate/);
  });
  it('to a key that is for something else', async () => {
    rig.tamperSending({ destinationKey: (of) => service.sender.destinationKey(of, rig.keys.subscriber.signature.kid) });
    const refused = await prepareSubmission(rig.ctx, OFFICER, rig.example('wrong-key'));
    assert.ok(!refused.ok);
    assert.match(refused.problem.detail, /entspricht den Vorgaben nicht/);
  });
});
