import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { detail, jointCity, JUERGEN, kind, type JointCity } from '../../../../test/support/joint-city.ts';
import { filledDraft } from '../../../../test/support/procedure-city.ts';
import { samplePicture } from '../../../commands/sample-picture.ts';
import { expectOk, type Result } from '../../../kernel/result.ts';
import { answerSections } from '../../catalogue/public.ts';
import type { CaseProblem } from '../domain/problems.ts';
import { putAnswers } from './answers.ts';
import { decline, openCosigning, ownCosignings, readCosignedUpload, sign, takeUp } from './cosign.ts';
import { inviteAgain, inviteCosigner, removeCosigner } from './cosigners.ts';
import { discardDraft, openDraft, savePage } from './drafts.ts';
import { submit } from './submit.ts';
import { addUpload, dropUpload, readOwnUpload } from './uploads.ts';

let city: JointCity;
let { owner, second, third, mailsTo, tokenFor, asked, taken, signs, standing } = {} as JointCity;
before(async () => {
  city = await jointCity();
  ({ owner, second, third, mailsTo, tokenFor, asked, taken, signs, standing } = city);
});
after(() => city.close());

describe('asking somebody to sign', () => {
  it('a mail with a link and nothing of the application; the database keeps only the hash', async () => {
    const { id } = await asked();
    const token = await tokenFor(id);
    const [mail] = (await mailsTo(JUERGEN.email)).filter(({ body }) => body.includes(token));
    assert.doesNotMatch(`${mail!.subject}${mail!.body}`, /Baum|Petersen|Katharina|Weber/);
    const dump = await sql<{ row: string }>`select to_jsonb(c)::text as row from procedure.cosigner c`.execute(city.database.read);
    assert.ok(dump.rows.length > 0 && dump.rows.every(({ row }) => !row.includes(token)));
  });

  it('pressed twice at once, one person is asked once', async () => {
    const draftId = await filledDraft(city, 'baumfaellung', (answers) => answers, owner);
    const before = (await mailsTo('doppelt@buerger.example')).length;
    const person = { ...JUERGEN, email: 'doppelt@buerger.example' };
    const both = await Promise.all([
      inviteCosigner(city.ctx, owner, { draftId, ...person, lang: 'de' }),
      inviteCosigner(city.ctx, owner, { draftId, ...person, lang: 'de' }),
    ]);
    assert.equal(new Set(both.map((one) => expectOk(one).id)).size, 1);
    assert.equal((await mailsTo('doppelt@buerger.example')).length - before, 1);
  });

  it('no more than the package allows, none where it allows none, none by anybody else', async () => {
    const { draftId } = await asked();
    for (const n of [2, 3, 4, 5]) await asked('', { ...JUERGEN, givenName: `Person ${n}` }, draftId);
    const sixth = await inviteCosigner(city.ctx, owner, { draftId, ...JUERGEN, givenName: 'Sechste', lang: 'de' });
    assert.match(detail(sixth), /Mehr als 5/);
    const alone = await filledDraft(city, 'hund', (answers) => answers, owner);
    assert.match(detail(await inviteCosigner(city.ctx, owner, { draftId: alone, ...JUERGEN, lang: 'de' })), /stellt eine Person allein/);
    assert.equal(kind(await inviteCosigner(city.ctx, third, { draftId, ...JUERGEN, lang: 'de' })), 'not-found');
  });

  it('a draft does not write to others without end', async () => {
    const { draftId, id } = await asked();
    let last: Result<unknown, CaseProblem> = { ok: true, value: 0 };
    for (let n = 0; n < 30; n++) last = await inviteAgain(city.ctx, owner, { draftId, cosignerId: id, lang: 'de' });
    assert.match(detail(last), /sehr viele Einladungen/);
  });
});

describe('the personal link', () => {
  it('belongs to the first account that takes it, and to no other', async () => {
    const { id } = await asked();
    const token = await tokenFor(id);
    const both = await Promise.all([takeUp(city.ctx, second, token), takeUp(city.ctx, third, token)]);
    assert.deepEqual(both.map(kind).toSorted(), ['not-found', 'ok']);
    const winner = both[0].ok ? second : third;
    const loser = both[0].ok ? third : second;
    assert.equal(expectOk(await takeUp(city.ctx, winner, token)), id, 'again by the same account is fine');
    assert.equal(kind(await openCosigning(city.ctx, loser, id)), 'not-found');
  });

  it('is nothing for the owner, for a second request of the same draft, or for too little trust', async () => {
    const { draftId, id } = await asked('baugenehmigung');
    assert.match(detail(await takeUp(city.ctx, owner, await tokenFor(id))), /stellen Sie selbst/);
    assert.match(detail(await takeUp(city.ctx, { ...second, trust: 'einfach' }, await tokenFor(id))), /Online-Ausweis/);
    expectOk(await takeUp(city.ctx, second, await tokenFor(id)));
    const another = await asked('', { ...JUERGEN, givenName: 'Anna' }, draftId);
    assert.match(detail(await takeUp(city.ctx, second, await tokenFor(another.id))), /zeichnen Sie den Antrag schon mit/);
  });

  it('ends with its 30 days, with a new link, and with the person being taken out', async () => {
    const { draftId, id } = await asked();
    const old = await tokenFor(id);
    expectOk(await inviteAgain(city.ctx, owner, { draftId, cosignerId: id, lang: 'de' }));
    assert.equal(kind(await takeUp(city.ctx, second, old)), 'not-found');
    const fresh = await tokenFor(id);
    await sql`update procedure.cosigner set expires_at = ${city.clock.now()} where id = ${id}`.execute(city.database.read);
    assert.deepEqual(await standing(draftId), ['expired']);
    assert.equal(kind(await takeUp(city.ctx, second, fresh)), 'not-found');
    expectOk(await inviteAgain(city.ctx, owner, { draftId, cosignerId: id, lang: 'de' }));
    expectOk(await removeCosigner(city.ctx, owner, { draftId, cosignerId: id }));
    assert.equal(kind(await takeUp(city.ctx, second, fresh)), 'not-found');
  });
});

describe('signing', () => {
  it('whoever signs sees answers and files exactly as they stand', async () => {
    const { draftId, id } = await taken();
    const seen = expectOk(await openCosigning(city.ctx, second, id));
    const own = expectOk(await openDraft(city.ctx, owner, draftId, 'de'));
    assert.deepEqual(answerSections(seen.pkg, seen.draft.answers, 'de'), answerSections(own.pkg, own.draft.answers, 'de'));
    assert.deepEqual(seen.uploads, own.uploads);
    const upload = own.uploads[0]!;
    assert.ok(expectOk(await readCosignedUpload(city.ctx, second, id, upload.id)).file.bytes.byteLength > 0);
    assert.equal(kind(await readCosignedUpload(city.ctx, third, id, upload.id)), 'not-found');
    assert.equal(kind(await readOwnUpload(city.ctx, second, draftId, upload.id)), 'not-found', 'the draft itself stays its owner’s');
  });

  it('journalled with the hash and without names', async () => {
    const { draftId, id } = await taken();
    expectOk(await signs(second, id));
    const { sha256 } = expectOk(await openCosigning(city.ctx, second, id));
    const entries = await city.ctx.journal.readStream(city.database.read, `draft:${draftId}`);
    assert.deepEqual(
      entries.map((entry) => entry.kind),
      ['procedure.mitzeichnung-erbeten', 'procedure.mitzeichnung-angenommen', 'procedure.mitzeichnung-erteilt'],
    );
    assert.equal(entries.at(-1)!.payload['signedSha256'], sha256);
    assert.doesNotMatch(JSON.stringify(entries), /Weber|Jürgen|buerger\.example/);
  });

  const changes: [string, (draftId: string) => Promise<unknown>][] = [
    [
      'an answer',
      async (id) => putAnswers(city.ctx, owner, id, { ...expectOk(await openDraft(city.ctx, owner, id, 'de')).draft.answers, phone: '040 12345' }, 'de'),
    ],
    [
      'a page of the form',
      (id) =>
        savePage(city.ctx, owner, { draftId: id, pageId: 'person', posted: new URLSearchParams({ givenName: 'Kati', familyName: 'Petersen' }), lang: 'de' }),
    ],
    [
      'a new file',
      (id) => addUpload(city.ctx, owner, { ownerId: id, slot: 'foto.1', field: 'photo', fileName: 'neu.png', bytes: samplePicture(9), tooLarge: false }),
    ],
    ['a file taken out', async (id) => dropUpload(city.ctx, owner, id, expectOk(await openDraft(city.ctx, owner, id, 'de')).uploads[0]!.id)],
  ];
  for (const [name, change] of changes) {
    it(`${name} voids the signature: seen by the owner, told by mail, submission blocked`, async () => {
      const { draftId, id } = await taken();
      expectOk(await signs(second, id));
      assert.deepEqual(await standing(draftId), ['signed']);
      const mails = (await mailsTo(JUERGEN.email)).length;
      expectOk((await change(draftId)) as Result<unknown, CaseProblem>);
      assert.deepEqual(await standing(draftId), ['voided']);
      const told = await mailsTo(JUERGEN.email);
      assert.equal(told.length - mails, 1);
      assert.ok(told.some(({ subject, body }) => subject.includes('gilt nicht mehr') && body.includes(`/mitantrag/${id}`)));
    });
  }

  it('saving a page without a change keeps the signature', async () => {
    const { draftId, id } = await taken();
    const { answers } = expectOk(await openDraft(city.ctx, owner, draftId, 'de')).draft;
    expectOk(await signs(second, id));
    expectOk(await putAnswers(city.ctx, owner, draftId, answers, 'de'));
    assert.deepEqual(await standing(draftId), ['signed']);
  });

  it('a change back does not bring the signature back', async () => {
    const { draftId, id } = await taken();
    const { answers } = expectOk(await openDraft(city.ctx, owner, draftId, 'de')).draft;
    expectOk(await signs(second, id));
    expectOk(await putAnswers(city.ctx, owner, draftId, { ...answers, phone: '1' }, 'de'));
    expectOk(await putAnswers(city.ctx, owner, draftId, answers, 'de'));
    assert.deepEqual(await standing(draftId), ['voided']);
    assert.equal(kind(await submit(city.ctx, owner, draftId, 'de')), 'wrong-state');
  });

  it('what changed while it was read cannot be signed as if it had not', async () => {
    const { draftId, id } = await taken();
    const { sha256, draft } = expectOk(await openCosigning(city.ctx, second, id));
    expectOk(await putAnswers(city.ctx, owner, draftId, { ...draft.answers, phone: '1' }, 'de'));
    assert.equal(kind(await sign(city.ctx, second, { id, sha256 })), 'conflict');
    assert.equal(kind(await sign(city.ctx, second, { id, sha256: 'f'.repeat(64) })), 'conflict');
  });

  it('signature and change at the same moment: never a signature under what was not signed', async () => {
    for (let round = 0; round < 8; round++) {
      const { draftId, id } = await taken();
      const { sha256, draft } = expectOk(await openCosigning(city.ctx, second, id));
      await Promise.all([sign(city.ctx, second, { id, sha256 }), putAnswers(city.ctx, owner, draftId, { ...draft.answers, phone: `040 1234${round}` }, 'de')]);
      assert.notDeepEqual(await standing(draftId), ['signed']);
      assert.equal(kind(await submit(city.ctx, owner, draftId, 'de')), 'wrong-state');
    }
  });

  it('signing twice at once is signing once', async () => {
    const { draftId, id } = await taken();
    const { sha256 } = expectOk(await openCosigning(city.ctx, second, id));
    const both = await Promise.all([sign(city.ctx, second, { id, sha256 }), sign(city.ctx, second, { id, sha256 })]);
    assert.deepEqual(both.map(kind), ['ok', 'ok']);
    const entries = await city.ctx.journal.readStream(city.database.read, `draft:${draftId}`);
    assert.equal(entries.filter((entry) => entry.kind.endsWith('erteilt')).length, 1);
  });

  it('an unfinished application is not signed', async () => {
    const { draftId, id } = await taken();
    const { answers } = expectOk(await openDraft(city.ctx, owner, draftId, 'de')).draft;
    expectOk(await putAnswers(city.ctx, owner, draftId, { ...answers, familyName: '' }, 'de'));
    assert.match(detail(await signs(second, id)), /noch nicht fertig/);
  });

  it('declined with a reason, which the owner reads; signed after all later', async () => {
    const { draftId, id } = await taken();
    assert.equal(kind(await decline(city.ctx, second, { id, reason: '  ' })), 'invalid-input');
    expectOk(await decline(city.ctx, second, { id, reason: 'Der Baum soll bleiben.' }));
    assert.equal(expectOk(await openDraft(city.ctx, owner, draftId, 'de')).cosigners[0]!.declineReason, 'Der Baum soll bleiben.');
    assert.match(detail(await submit(city.ctx, owner, draftId, 'de')), /Jürgen Weber/);
    expectOk(await signs(second, id));
    assert.deepEqual(await standing(draftId), ['signed']);
  });

  it('a draft that is thrown away asks nothing any more', async () => {
    const { draftId, id } = await taken();
    assert.ok((await ownCosignings(city.ctx, second)).some(({ one }) => one.id === id));
    expectOk(await discardDraft(city.ctx, owner, draftId));
    assert.equal(kind(await openCosigning(city.ctx, second, id)), 'not-found');
    assert.ok(!(await ownCosignings(city.ctx, second)).some(({ one }) => one.id === id));
  });
});
