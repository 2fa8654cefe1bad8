import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { filledDraft, officer, procedureCity, type Citizen, type ProcedureCity } from '../../../../test/support/procedure-city.ts';
import { expectOk, type Result } from '../../../kernel/result.ts';
import { answerSections } from '../../catalogue/public.ts';
import { demoAccounts } from '../../identity/public.ts';
import type { CaseCommand } from '../domain/commands.ts';
import { standingOf } from '../domain/cosigner.ts';
import type { CaseProblem } from '../domain/problems.ts';
import { replay } from '../domain/evolve.ts';
import { act } from './act.ts';
import { putAnswers } from './answers.ts';
import { decline, openCosigning, ownCosignings, readCosignedUpload, sign, takeUp } from './cosign.ts';
import { inviteAgain, inviteCosigner, removeCosigner } from './cosigners.ts';
import { discardDraft, openDraft, savePage } from './drafts.ts';
import { exportCases, openCaseCount } from './export-cases.ts';
import { findOwnCase } from './find-own-case.ts';
import { readHistory } from './history.ts';
import { openInbox, ownCases } from './inbox.ts';
import { openCase, readLetter } from './read-case.ts';
import { submit } from './submit.ts';
import { addUpload, dropUpload, readOwnUpload } from './uploads.ts';
import { samplePicture } from '../../../commands/sample-picture.ts';

let city: ProcedureCity;
/** Katharina owns the draft; Jürgen is asked; a third account has nothing to do with it. */
let owner: Citizen;
let second: Citizen;
let third: Citizen;

before(async () => {
  city = await procedureCity();
  const ids = (await demoAccounts(city.database.read)).map(({ id }) => id);
  [owner, second, third] = ids.slice(0, 3).map((accountId): Citizen => ({ kind: 'citizen', accountId, trust: 'substanziell' })) as [Citizen, Citizen, Citizen];
});
after(() => city.close());

const JUERGEN = { givenName: 'Jürgen', familyName: 'Weber', email: 'juergen@buerger.example' };

const mailsTo = async (email: string): Promise<{ subject: string; body: string }[]> =>
  (await sql<{ subject: string; body: string }>`select subject, body from platform.mail where recipient = ${email} order by id`.execute(city.database.read))
    .rows;

/** The token of the newest link, as the mail has it. */
async function tokenFor(cosignerId: string): Promise<string> {
  const { rows } = await sql<{ hash: string }>`select token_sha256 as hash from procedure.cosigner where id = ${cosignerId}`.execute(city.database.read);
  const mails = (await sql<{ body: string }>`select body from platform.mail`.execute(city.database.read)).rows;
  const { sha256Hex } = await import('./cosigners.ts');
  const tokens = mails.flatMap(({ body }) => [...body.matchAll(/\/mitzeichnen\/([\w-]{43})/g)].map((match) => match[1]!));
  return tokens.find((token) => sha256Hex(token) === rows[0]!.hash)!;
}

async function asked(key = 'baumfaellung', person = JUERGEN, draft?: string): Promise<{ draftId: string; id: string }> {
  const draftId = draft ?? (await filledDraft(city, key, (answers) => answers, owner));
  const { id } = expectOk(await inviteCosigner(city.ctx, owner, { draftId, ...person }));
  return { draftId, id };
}

async function taken(key = 'baumfaellung'): Promise<{ draftId: string; id: string }> {
  const made = await asked(key);
  expectOk(await takeUp(city.ctx, second, await tokenFor(made.id)));
  return made;
}

async function signs(actor: Citizen, id: string): Promise<Result<true, CaseProblem>> {
  return sign(city.ctx, actor, { id, sha256: expectOk(await openCosigning(city.ctx, actor, id)).sha256 });
}

async function standing(draftId: string): Promise<string[]> {
  const { cosigners } = expectOk(await openDraft(city.ctx, owner, draftId, 'de'));
  return cosigners.map((one) => standingOf(one, city.clock.now()));
}

const kind = (result: Result<unknown, CaseProblem>): string => (result.ok ? 'ok' : result.problem.kind);
const detail = (result: Result<unknown, CaseProblem>): string => (result.ok ? 'ok' : result.problem.detail);

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
    const both = await Promise.all([inviteCosigner(city.ctx, owner, { draftId, ...person }), inviteCosigner(city.ctx, owner, { draftId, ...person })]);
    assert.equal(new Set(both.map((one) => expectOk(one).id)).size, 1);
    assert.equal((await mailsTo('doppelt@buerger.example')).length - before, 1);
  });

  it('no more than the package allows, none where it allows none, none by anybody else', async () => {
    const { draftId } = await asked();
    for (const n of [2, 3, 4, 5]) await asked('', { ...JUERGEN, givenName: `Person ${n}` }, draftId);
    const sixth = await inviteCosigner(city.ctx, owner, { draftId, ...JUERGEN, givenName: 'Sechste' });
    assert.match(detail(sixth), /Mehr als 5/);
    const alone = await filledDraft(city, 'hund', (answers) => answers, owner);
    assert.match(detail(await inviteCosigner(city.ctx, owner, { draftId: alone, ...JUERGEN })), /stellt eine Person allein/);
    assert.equal(kind(await inviteCosigner(city.ctx, third, { draftId, ...JUERGEN })), 'not-found');
  });

  it('a draft does not write to others without end', async () => {
    const { draftId, id } = await asked();
    let last: Result<unknown, CaseProblem> = { ok: true, value: 0 };
    for (let n = 0; n < 30; n++) last = await inviteAgain(city.ctx, owner, { draftId, cosignerId: id });
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
    expectOk(await inviteAgain(city.ctx, owner, { draftId, cosignerId: id }));
    assert.equal(kind(await takeUp(city.ctx, second, old)), 'not-found');
    const fresh = await tokenFor(id);
    await sql`update procedure.cosigner set expires_at = ${city.clock.now()} where id = ${id}`.execute(city.database.read);
    assert.deepEqual(await standing(draftId), ['expired']);
    assert.equal(kind(await takeUp(city.ctx, second, fresh)), 'not-found');
    expectOk(await inviteAgain(city.ctx, owner, { draftId, cosignerId: id }));
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

describe('submitting together', () => {
  it('is blocked with the names of those who have not signed; taking them out frees it', async () => {
    const { draftId, id } = await taken();
    const refused = await submit(city.ctx, owner, draftId, 'de');
    assert.match(detail(refused), /Es fehlt noch die Mitzeichnung von Jürgen Weber\./);
    expectOk(await removeCosigner(city.ctx, owner, { draftId, cosignerId: id }));
    assert.equal(expectOk(await submit(city.ctx, owner, draftId, 'de')).coApplicants, undefined);
  });

  it('submission and change at the same moment: what is submitted is what was signed', async () => {
    for (let round = 0; round < 8; round++) {
      const { draftId, id } = await taken();
      const { draft } = expectOk(await openCosigning(city.ctx, second, id));
      expectOk(await signs(second, id));
      const [submitted] = await Promise.all([
        submit(city.ctx, owner, draftId, 'de'),
        putAnswers(city.ctx, owner, draftId, { ...draft.answers, familyName: `Neu${round}` }, 'de'),
      ]);
      if (submitted.ok) assert.equal(submitted.value.answers['familyName'], draft.answers['familyName']);
      else assert.equal(submitted.problem.kind, 'wrong-state');
    }
  });

  it('both see the case, its letters and its files; a stranger sees nothing', async () => {
    const { ctx } = city;
    const { draftId, id } = await taken();
    expectOk(await signs(second, id));
    const presses = await Promise.all([submit(ctx, owner, draftId, 'de'), submit(ctx, owner, draftId, 'de')]);
    assert.equal(new Set(presses.map((one) => expectOk(one).fileNumber)).size, 1);
    await city.jobs.drain();
    for (const who of [owner, second]) {
      const { state, letters, uploads } = expectOk(await openCase(ctx, who, draftId));
      assert.deepEqual(
        state.coApplicants?.map((one) => [one.accountId, one.name]),
        [[second.accountId, 'Jürgen Weber']],
      );
      assert.ok((await findOwnCase(ctx, who, draftId)) !== undefined);
      assert.ok((await ownCases(ctx, who)).rows.some((row) => row.id === draftId));
      assert.ok((await openCaseCount(ctx, who.accountId)) > 0, 'an account with an open case is not deleted');
      expectOk(await readLetter(ctx, who, draftId, letters[0]!.key));
      expectOk(await readOwnUpload(ctx, who, draftId, uploads[0]!.id));
      assert.ok(JSON.stringify(await exportCases(ctx, who)).includes(draftId));
    }
    assert.equal(kind(await openCase(ctx, third, draftId)), 'not-found');
    assert.equal(await findOwnCase(ctx, third, draftId), undefined);
    assert.ok(!(await ownCases(ctx, third)).rows.some((row) => row.id === draftId));
    const found = await openInbox(ctx, officer, { view: 'all', search: 'Jürgen Weber' });
    assert.equal(found.rows.find((row) => row.id === draftId)?.coApplicants, 1, 'the desk finds it by either name');
    assert.deepEqual(replay(await readHistory(ctx, ctx.database.read, draftId)), expectOk(await openCase(ctx, owner, draftId)).state);
    const facts = (await ctx.journal.readStream(ctx.database.read, `case:${draftId}`))[0]!;
    assert.doesNotMatch(JSON.stringify(facts), /Weber/);
  });

  it('letters go to the first for all; the other has a notice without a document, so one Bekanntgabe', async () => {
    const { ctx } = city;
    const { draftId, id } = await taken();
    expectOk(await signs(second, id));
    expectOk(await submit(ctx, owner, draftId, 'de'));
    await city.jobs.drain();
    const messages = await sql<{ accountId: string; documents: number }>`select m.account_id as "accountId",
        (select count(*)::int from identity.mailbox_document d where d.message_id = m.id) as documents
      from identity.mailbox_message m where m.case_id = ${draftId}`.execute(ctx.database.read);
    const byAccount = new Map(messages.rows.map((row) => [row.accountId, row.documents]));
    assert.deepEqual([byAccount.get(owner.accountId), byAccount.get(second.accountId)], [2, 0]);
  });

  it('a co-applicant answers a Nachforderung with a file; the desk sees whose it is', async () => {
    const { ctx } = city;
    const { draftId, id } = await taken();
    expectOk(await signs(second, id));
    expectOk(await submit(ctx, owner, draftId, 'de'));
    const does = async (who: Parameters<typeof act>[1], command: CaseCommand) => expectOk(await act(ctx, who, { caseId: draftId, command }));
    await does(officer, { action: 'request-documents', requestId: 'r', items: [{ id: 'foto', text: 'Foto' }], text: '' });
    const file = { ownerId: draftId, slot: 'foto', field: 'foto', fileName: 'krone.png', bytes: samplePicture(3), tooLarge: false };
    const upload = expectOk(await addUpload(ctx, second, file));
    assert.equal(kind(await addUpload(ctx, third, file)), 'not-found');
    const answered = await does(second, { action: 'answer-request', text: 'Hier', documents: [] });
    assert.equal(answered.status, 'eingegangen');
    assert.equal(upload.accountId, second.accountId);
    expectOk(await readOwnUpload(ctx, owner, draftId, upload.id));
    const withdrawn = await does(second, { action: 'withdraw', reason: '' });
    assert.deepEqual([withdrawn.status, withdrawn.withdrawn], ['eingegangen', [second.accountId]]);
  });

  it('§ 35a VwVfG: another name than the co-applicant’s account has goes to a person', async () => {
    const { ctx } = city;
    for (const [person, byMachine] of [
      [{ ...JUERGEN, givenName: 'Falsche', familyName: 'Name' }, false],
      [undefined, true],
    ] as const) {
      const profile = await sql<{ givenName: string; familyName: string }>`select given_name as "givenName", family_name as "familyName"
        from identity.account where id = ${second.accountId}`.execute(ctx.database.read);
      const made = await asked('wohnraumschutznummer', person ?? { ...profile.rows[0]!, email: JUERGEN.email });
      expectOk(await takeUp(ctx, second, await tokenFor(made.id)));
      expectOk(await signs(second, made.id));
      expectOk(await submit(ctx, owner, made.draftId, 'de'));
      await city.jobs.drain();
      const { state } = expectOk(await openCase(ctx, second, made.draftId));
      assert.equal(state.decisions.length > 0, byMachine, state.handedToPerson.join(' '));
      if (!byMachine) assert.match(state.handedToPerson.join(' '), /weiteren antragstellenden Person/);
    }
  });
});
