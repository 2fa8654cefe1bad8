import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { filledDraft, lead, officer, picture, procedureCity, type ProcedureCity, type Staff } from '../../../../test/support/procedure-city.ts';
import { expectOk } from '../../../kernel/result.ts';
import { verifyJournal } from '../../../platform/journal/journal.ts';
import type { CaseCommand } from '../domain/commands.ts';
import { replay } from '../domain/evolve.ts';
import { findCase } from '../store/cases.ts';
import { act } from './act.ts';
import { putAnswers } from './answers.ts';
import { openDraft, startDraft } from './drafts.ts';
import { exportCases } from './export-cases.ts';
import { readHistory } from './history.ts';
import { openInbox } from './inbox.ts';
import { proposeDecision } from './propose-decision.ts';
import { openCase, readLetter } from './read-case.ts';
import { submit } from './submit.ts';
import { sweepDeadlines } from './sweep-deadlines.ts';
import { addUpload, dropUpload } from './uploads.ts';

let city: ProcedureCity;
before(async () => {
  city = await procedureCity();
});
after(() => city.close());

const does = async (actor: Staff | ProcedureCity['citizen'], caseId: string, command: CaseCommand) => expectOk(await act(city.ctx, actor, { caseId, command }));

describe('Baumfällung: from Antrag to Bescheid', () => {
  it('is submitted once, examined, decided, sealed, delivered and can be replayed', async () => {
    const { ctx, citizen } = city;
    const draftId = await filledDraft(city, 'baumfaellung');
    const presses = await Promise.all([submit(ctx, citizen, draftId, 'de'), submit(ctx, citizen, draftId, 'de'), submit(ctx, citizen, draftId, 'de')]);
    assert.equal(new Set(presses.map((one) => expectOk(one).fileNumber)).size, 1, 'one case however often the button is pressed');
    await city.jobs.drain();
    await does(officer, draftId, { action: 'confirm-complete' });
    const view = expectOk(await openCase(ctx, officer, draftId));
    assert.equal(view.deadline?.date.toString(), '2027-01-19', 'eight weeks from completeness');
    assert.deepEqual(
      view.findings.items.map((item) => item.value),
      [2, 0],
      'two replacements for 142 cm, none for an unprotected birch',
    );
    assert.match(view.findings.items[1]!.trace[0]!.sentence, /keinen geschützten Umfang/);
    const text = { ...proposeDecision(view, 'grant'), discretion: ['Der Baum ist krank.'] };
    assert.ok(
      text.nebenbestimmungen.some((one) => one.text.includes('2 standortgerechte')),
      'the replacement is filled in',
    );
    await does(officer, draftId, { action: 'draft-decision', outcome: 'grant', feeCents: 12_500, text });
    await does(officer, draftId, { action: 'decide', decisionId: '0190a000-0000-7000-8000-00000000d001' });
    await city.jobs.drain();
    const decided = expectOk(await openCase(ctx, citizen, draftId));
    assert.equal(decided.state.status, 'bekanntgegeben');
    assert.equal(decided.state.decisions[0]!.delivery?.bekanntgabeOn, '2026-11-28');
    assert.deepEqual(
      decided.letters.map((letter) => letter.kind),
      ['antrag-eingereicht', 'antrag-eingereicht', 'bescheid'],
    );
    const { file } = expectOk(await readLetter(ctx, citizen, draftId, 'bescheid.0190a000-0000-7000-8000-00000000d001'));
    assert.match(Buffer.from(file.bytes).toString('latin1'), /ETSI\.CAdES\.detached/);
    assert.deepEqual(replay(await readHistory(ctx, ctx.database.read, draftId)), decided.state, 'the state is the fold of its events');
    assert.equal((await verifyJournal(ctx.database.read)).broken, undefined);
  });

  it('a job that runs twice writes no second letter and no second Bescheid', async () => {
    const { ctx, citizen } = city;
    const id = await filledDraft(city, 'baumfaellung');
    expectOk(await submit(ctx, citizen, id, 'de'));
    const { writeLetter } = await import('./write-letter.ts');
    await Promise.all([writeLetter(ctx, { caseId: id, version: 1 }), writeLetter(ctx, { caseId: id, version: 1 })]);
    await writeLetter(ctx, { caseId: id, version: 1 });
    await city.jobs.drain();
    assert.equal(expectOk(await openCase(ctx, citizen, id)).letters.length, 2);
  });

  it('Nachforderung, answer, hearing, refusal with four eyes, Widerspruch', async () => {
    const { ctx, citizen } = city;
    const id = await filledDraft(city, 'baumfaellung');
    expectOk(await submit(ctx, citizen, id, 'de'));
    await does(officer, id, {
      action: 'request-documents',
      requestId: 'r1',
      items: [{ id: 'foto', text: 'Ein Foto der Krone' }],
      text: 'Bitte bei Tageslicht.',
    });
    expectOk(await addUpload(ctx, citizen, { ownerId: id, slot: 'foto', field: 'foto', fileName: 'krone.png', bytes: picture(7), tooLarge: false }));
    await does(citizen, id, { action: 'answer-request', text: 'Hier ist es', documents: [] });
    await does(officer, id, { action: 'confirm-complete' });
    await does(officer, id, { action: 'hear', hearingId: 'h1', text: 'Wir erwägen die Ablehnung.' });
    await does(citizen, id, { action: 'answer-hearing', text: 'Der Pilz ist gefährlich.' });
    const text = { ...proposeDecision(expectOk(await openCase(ctx, officer, id)), 'refuse'), discretion: ['Erhalt zumutbar.'] };
    await does(officer, id, { action: 'draft-decision', outcome: 'refuse', feeCents: 5000, text });
    await does(officer, id, { action: 'submit-for-approval' });
    await does(lead, id, { action: 'approve', decisionId: '0190a000-0000-7000-8000-00000000d002' });
    await city.jobs.drain();
    const low = await act(ctx, { ...citizen, trust: 'einfach' }, { caseId: id, command: { action: 'object', text: 'Nein' } });
    assert.ok(!low.ok && low.problem.kind === 'not-allowed', '§ 70 VwGO: the form needs a proven identity');
    assert.equal((await does(citizen, id, { action: 'object', text: 'Ich bin nicht einverstanden.' })).status, 'widerspruch');
  });
});

describe('Bewohnerparkausweis: § 35a VwVfG', () => {
  it('is decided at once, without a person, sealed and delivered', async () => {
    const { ctx, citizen } = city;
    const id = await filledDraft(city, 'bewohnerparkausweis');
    expectOk(await submit(ctx, citizen, id, 'de'));
    await city.jobs.drain();
    const { state } = expectOk(await openCase(ctx, citizen, id));
    assert.equal(state.status, 'bekanntgegeben');
    assert.equal(state.decisions[0]!.automated, true);
    assert.equal(state.decisions[0]!.feeCents, 6500);
  });
  const doubts: [string, Record<string, unknown>, RegExp][] = [
    ['§ 24 Abs. 1 Satz 3 VwVfG: free text', { remark: 'Ich ziehe bald um.' }, /Freitext/],
    ['too young', { birthDate: '2012-01-01' }, /jünger als 16/],
    ['an information block', { blocked: true }, /Auskunftssperre/],
    ['a trailer', { trailer: true }, /Anhänger/],
    ['not resident', { residesInZone: false }, /wohnt/],
    ['a renewal more than six weeks ahead', { renewal: true, expiresOn: '2027-02-01' }, /sechs Wochen/],
    ['another name than the account has', { givenName: 'Mehmet', familyName: 'Demir' }, /nicht der Name im Servicekonto/],
    ['a renewal after expiry', { renewal: true, expiresOn: '2026-11-20' }, /sechs Wochen/],
  ];
  for (const [name, change, reason] of doubts) {
    it(`${name} goes to a person, with the reason`, async () => {
      const { ctx, citizen } = city;
      const id = await filledDraft(city, 'bewohnerparkausweis', (answers) => ({ ...answers, ...change }));
      expectOk(await submit(ctx, citizen, id, 'de'));
      await city.jobs.drain();
      const { state } = expectOk(await openCase(ctx, citizen, id));
      assert.equal(state.decisions.length, 0);
      assert.match(state.handedToPerson.join(' '), reason);
    });
  }
  it('exactly sixteen today, and a renewal on the day of expiry, are no doubt', async () => {
    const { ctx, citizen } = city;
    const id = await filledDraft(city, 'bewohnerparkausweis', (answers) => ({ ...answers, birthDate: '2010-11-24', renewal: true, expiresOn: '2026-11-24' }));
    expectOk(await submit(ctx, citizen, id, 'de'));
    await city.jobs.drain();
    assert.deepEqual(expectOk(await openCase(ctx, citizen, id)).state.handedToPerson, []);
  });
});

describe('the desk', () => {
  it('gives a case only to somebody who works there', async () => {
    const { ctx, citizen } = city;
    const id = await filledDraft(city, 'baumfaellung');
    expectOk(await submit(ctx, citizen, id, 'de'));
    const stranger = await act(ctx, officer, { caseId: id, command: { action: 'assign', staffId: '0190a000-0000-7000-8000-00000000ffff' } });
    assert.ok(!stranger.ok);
    assert.deepEqual(
      stranger.problem.fields?.map((one) => one.field),
      ['staffId'],
    );
  });
});

describe('bad input', () => {
  it('a tree outside Hamburg is refused in plain words, the answers are kept', async () => {
    const { ctx, citizen } = city;
    const id = await filledDraft(city, 'baumfaellung', (answers) => ({
      ...answers,
      trees: [{ ...(answers['trees'] as object[])[0], position: { lon: 9.62, lat: 53.37 } }],
    }));
    const refused = await submit(ctx, citizen, id, 'de');
    assert.ok(!refused.ok);
    assert.match(refused.problem.detail, /nicht in Hamburg/);
    assert.equal((expectOk(await openDraft(ctx, citizen, id, 'de')).draft.answers['trees'] as object[]).length, 1);
  });
  it('a number given as text counts as the number it is', async () => {
    const { ctx, citizen } = city;
    const id = await filledDraft(city, 'baumfaellung', (answers) => ({
      ...answers,
      trees: [{ ...(answers['trees'] as object[])[0], circumferenceCm: '142' }],
    }));
    expectOk(await submit(ctx, citizen, id, 'de'));
    const view = expectOk(await openCase(ctx, officer, id));
    assert.equal(view.findings.items[0]!.value, 2, 'the protection rule sees 142, not "142"');
  });
  it('nonsense of any shape is a list of problems, never a crash', async () => {
    const { ctx, citizen } = city;
    const draft = expectOk(await startDraft(ctx, citizen, 'baumfaellung'));
    for (const answers of [
      {},
      { trees: 'x' },
      { trees: [null, 7, 'x', []] },
      { trees: [{ position: 'here', circumferenceCm: {} }], site: [], owner: 'maybe', plannedOn: 20310115 },
    ]) {
      const saved = expectOk(await putAnswers(ctx, citizen, draft.id, answers, 'de'));
      assert.ok(saved.problems.length > 0);
      assert.equal((await submit(ctx, citizen, draft.id, 'de')).ok, false);
    }
  });
  const png = picture();
  const uploads: [string, Uint8Array, boolean, RegExp][] = [
    ['a file that is not what it says', Buffer.from('<script>alert(1)</script>'), false, /Inhalt ist kein/],
    ['an empty file', new Uint8Array(), false, /leer/],
    ['a cut-off file', png, true, /zu groß/],
    ['eleven megabytes', Buffer.concat([png, Buffer.alloc(11_000_000)]), false, /10 MB/],
  ];
  for (const [name, bytes, tooLarge, reason] of uploads) {
    it(`${name} is refused at its field`, async () => {
      const { ctx, citizen } = city;
      const draft = expectOk(await startDraft(ctx, citizen, 'baumfaellung'));
      const refused = await addUpload(ctx, citizen, { ownerId: draft.id, slot: 'foto.0', field: 'photo', fileName: 'foto.jpg', bytes, tooLarge });
      assert.ok(!refused.ok);
      assert.equal(refused.problem.fields?.[0]?.field, 'photo');
      assert.match(refused.problem.detail, reason);
    });
  }
  it('too little trust is refused when the application is sent, and not before: it is begun and filled in with a password', async () => {
    const { ctx, citizen } = city;
    const weak = { ...citizen, trust: 'einfach' } as const;
    const id = await filledDraft(city, 'bewohnerparkausweis', (answers) => answers, weak);
    const refused = await submit(ctx, weak, id, 'de');
    assert.ok(!refused.ok && refused.problem.kind === 'not-allowed');
    assert.match(refused.problem.detail, /Online-Ausweis/);
    assert.ok((await submit(ctx, citizen, id, 'de')).ok, 'and nothing was lost');
  });
  it('two officers deciding at once: one wins, the other is told', async () => {
    const { ctx, citizen } = city;
    const id = await filledDraft(city, 'baumfaellung');
    const { version } = expectOk(await submit(ctx, citizen, id, 'de'));
    const both = await Promise.all(
      [officer, lead].map((actor) => act(ctx, actor, { caseId: id, command: { action: 'confirm-complete' }, expectedVersion: version })),
    );
    assert.deepEqual(both.map((one) => (one.ok ? 'won' : one.problem.kind)).sort(), ['conflict', 'won']);
  });
});

describe('whose row it is', () => {
  it('a stranger finds nothing, neither draft nor case nor letter nor file', async () => {
    const { ctx, citizen, stranger } = city;
    const draftId = await filledDraft(city, 'baumfaellung');
    const missing = async (result: Promise<{ ok: boolean; problem?: { kind: string } }>) => assert.equal((await result).problem?.kind, 'not-found');
    await missing(openDraft(ctx, stranger, draftId, 'de'));
    await missing(submit(ctx, stranger, draftId, 'de'));
    await missing(putAnswers(ctx, stranger, draftId, {}, 'de'));
    await missing(addUpload(ctx, stranger, { ownerId: draftId, slot: 'foto.0', field: 'f', fileName: 'f', bytes: picture(), tooLarge: false }));
    const upload = expectOk(await openDraft(ctx, citizen, draftId, 'de')).uploads[0]!;
    await missing(dropUpload(ctx, stranger, draftId, upload.id));
    expectOk(await submit(ctx, citizen, draftId, 'de'));
    await missing(openCase(ctx, stranger, draftId));
    await missing(act(ctx, stranger, { caseId: draftId, command: { action: 'withdraw', reason: '' } }));
    await missing(openCase(ctx, { ...officer, authorities: ['bezirksamt-nord'] }, draftId));
    await missing(openCase(ctx, { ...officer, roles: ['administration'] }, draftId));
    await missing(readLetter(ctx, stranger, draftId, 'antrag-eingereicht.1'));
  });
  it('Revision reads everything and changes nothing; every look of an officer is journalled', async () => {
    const { ctx, citizen } = city;
    const id = await filledDraft(city, 'baumfaellung');
    expectOk(await submit(ctx, citizen, id, 'de'));
    const revision: Staff = { kind: 'staff', staffId: 'rita', roles: ['revision'], authorities: [] };
    expectOk(await openCase(ctx, revision, id));
    const refused = await act(ctx, revision, { caseId: id, command: { action: 'note', text: 'x' } });
    assert.ok(!refused.ok && refused.problem.kind === 'not-allowed');
    const looks = (await ctx.journal.readStream(ctx.database.read, `case:${id}`)).filter((entry) => entry.kind === 'procedure.akte-gelesen');
    assert.deepEqual(
      looks.map((entry) => entry.actor),
      ['staff:rita'],
    );
  });
  it('the journal holds no word of an application', async () => {
    const { ctx, citizen } = city;
    const id = await filledDraft(city, 'baumfaellung');
    expectOk(await submit(ctx, citizen, id, 'de'));
    await city.jobs.drain();
    const all = JSON.stringify(await ctx.journal.readAfter(ctx.database.read, 0));
    for (const word of ['Petersen', 'Katharina', 'Beispielstraße', 'Pilze']) assert.ok(!all.includes(word), word);
    assert.ok(JSON.stringify(await exportCases(ctx, citizen)).includes('Petersen'), 'the export holds it');
  });
});

describe('the clock', () => {
  it('passed deadlines have their effect, once, also after a standstill', async () => {
    const { ctx, citizen, clock } = city;
    const asked = await filledDraft(city, 'baumfaellung');
    expectOk(await submit(ctx, citizen, asked, 'de'));
    await does(officer, asked, { action: 'request-documents', requestId: 'r', items: [{ id: 'foto', text: 'Foto' }], text: '' });
    const parked = await filledDraft(city, 'bewohnerparkausweis');
    expectOk(await submit(ctx, citizen, parked, 'de'));
    await city.jobs.drain();
    clock.set('2027-02-01T09:00:00Z');
    assert.ok((await sweepDeadlines(ctx)) >= 2);
    assert.equal(await sweepDeadlines(ctx), 0);
    assert.equal((await findCase(ctx.database.read, asked))?.status, 'eingegangen');
    assert.equal((await findCase(ctx.database.read, parked))?.status, 'bestandskraeftig');
  });
  it('the inbox shows the nearest deadline first, finds by name and number, and pages without a gap', async () => {
    const { ctx, citizen } = city;
    const ids: string[] = [];
    for (let i = 0; i < 5; i++) {
      const id = await filledDraft(city, 'baumfaellung');
      expectOk(await submit(ctx, citizen, id, 'de'));
      if (i % 2 === 0) await does(officer, id, { action: 'confirm-complete' });
      ids.push(id);
    }
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await openInbox(ctx, officer, { view: 'open', limit: 2, cursor });
      seen.push(...page.rows.map((row) => row.id));
      cursor = page.next;
    } while (cursor !== undefined);
    assert.equal(new Set(seen).size, seen.length);
    for (const id of ids) assert.ok(seen.includes(id));
    const found = await openInbox(ctx, officer, { view: 'all', search: 'peters' });
    assert.ok(found.rows.length >= 5);
    assert.equal((await openInbox(ctx, officer, { view: 'all', search: '";drop' })).rows.length, 0);
    assert.ok((await openInbox(ctx, officer, { view: 'took-part' })).rows.length >= 3);
  });
});
