import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { detail, jointCity, JUERGEN, kind, type JointCity } from '../../../../test/support/joint-city.ts';
import { officer } from '../../../../test/support/procedure-city.ts';
import { samplePicture } from '../../../commands/sample-picture.ts';
import { expectOk } from '../../../kernel/result.ts';
import type { CaseCommand } from '../domain/commands.ts';
import { replay } from '../domain/evolve.ts';
import { act } from './act.ts';
import { putAnswers } from './answers.ts';
import { openCosigning, takeUp } from './cosign.ts';
import { removeCosigner } from './cosigners.ts';
import { exportCases, openCaseCount } from './export-cases.ts';
import { findOwnCase } from './find-own-case.ts';
import { readHistory } from './history.ts';
import { openInbox, ownCases } from './inbox.ts';
import { letterFor } from './letter-data.ts';
import { openCase, readLetter } from './read-case.ts';
import { rulesOf } from './rules-of.ts';
import { submit } from './submit.ts';
import { addUpload, readOwnUpload } from './uploads.ts';

let city: JointCity;
let { owner, second, third, tokenFor, asked, taken, signs } = {} as JointCity;
before(async () => {
  city = await jointCity();
  ({ owner, second, third, tokenFor, asked, taken, signs } = city);
});
after(() => city.close());

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

  it('§ 37 Abs. 1 VwVfG: every letter names its addressees; who withdrew is none any more', async () => {
    const { ctx } = city;
    const { draftId, id } = await taken();
    expectOk(await signs(second, id));
    expectOk(await submit(ctx, owner, draftId, 'de'));
    const headOf = async (): Promise<{ jointly?: string; addressee: string[] }> => {
      const { state, pkg, authority, history } = expectOk(await openCase(ctx, owner, draftId));
      const planned = letterFor(history[0]!, { state, pkg, rules: rulesOf(pkg), authority, demo: true, publicUrl: '', now: city.clock.now() });
      return (planned!.data as { head: { jointly?: string; addressee: string[] } }).head;
    };
    const head = await headOf();
    assert.equal(head.addressee[0], 'Katharina Petersen');
    assert.match(head.jointly!, /richtet sich an: Katharina Petersen, Jürgen Weber\. .*§ 41 Abs\. 1 Satz 2/);
    expectOk(await act(ctx, second, { caseId: draftId, command: { action: 'withdraw', reason: '' } }));
    assert.match((await headOf()).jointly!, /richtet sich an: Katharina Petersen\./);
  });

  it('decided: one Bekanntgabe, to the first; the fee from the first; each objects for themselves', async () => {
    const { ctx } = city;
    const { draftId, id } = await taken();
    expectOk(await signs(second, id));
    expectOk(await submit(ctx, owner, draftId, 'de'));
    const does = async (who: Parameters<typeof act>[1], command: CaseCommand) => expectOk(await act(ctx, who, { caseId: draftId, command }));
    const text = { operative: ['Erlaubt.'], nebenbestimmungen: [], reasons: [], discretion: ['Abgewogen.'], items: [] };
    await does(officer, { action: 'confirm-complete' });
    await does(officer, { action: 'draft-decision', outcome: 'grant', feeCents: 12_500, text });
    await does(officer, { action: 'decide', decisionId: '0190a000-0000-7000-8000-00000000dc01' });
    await city.jobs.drain();
    assert.deepEqual(
      city.kasse.demands.filter((fee) => fee.caseId === draftId).map((fee) => [fee.accountId, fee.amountCents]),
      [[owner.accountId, 12_500]],
    );
    const { history } = expectOk(await openCase(ctx, second, draftId));
    assert.equal(history.filter((event) => event.kind === 'bescheid-bekanntgegeben').length, 1);
    const told = await sql`select 1 from identity.mailbox_message where case_id = ${draftId} and account_id = ${second.accountId}
      and delivery_key like ${`%bescheid%`}`.execute(ctx.database.read);
    assert.equal(told.rows.length, 1);
    await does(second, { action: 'object', text: 'Zu wenig.' });
    const both = await does(owner, { action: 'object', text: 'Zu viel.' });
    assert.deepEqual([both.objection?.accountId, both.furtherObjections?.map((one) => one.accountId)], [second.accountId, [owner.accountId]]);
    assert.equal(kind(await act(ctx, second, { caseId: draftId, command: { action: 'object', text: 'Noch einmal' } })), 'wrong-state');
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
