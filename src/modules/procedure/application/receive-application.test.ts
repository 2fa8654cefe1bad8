import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { lead, officer, picture, procedureCity, type ProcedureCity } from '../../../../test/support/procedure-city.ts';
import { engines } from '../../../../test/support/temporary-database.ts';
import { expectOk, type Result } from '../../../kernel/result.ts';
import { sql } from 'kysely';
import type { Case } from '../domain/case.ts';
import { replay } from '../domain/evolve.ts';
import type { CaseProblem } from '../domain/problems.ts';
import { findCase } from '../store/cases.ts';
import { replyOf } from '../store/received.ts';
import { act } from './act.ts';
import { addOwnDocument } from './begin-case.ts';
import { openInbox } from './inbox.ts';
import { openCase, readCaseUpload } from './read-case.ts';
import { receiveApplication, type ReceivedAntrag } from './receive-application.ts';
import { readStatistics } from './statistics.ts';

let city: ProcedureCity;
before(async () => {
  city = await procedureCity();
});
after(() => city.close());

let count = 0;
const answersOf = (key: string): Record<string, unknown> => structuredClone<Record<string, unknown>>(city.ctx.desk.current(key)!.walk.answers);
const given = (change: Partial<ReceivedAntrag> = {}): ReceivedAntrag => ({
  source: 'fit-connect',
  reference: `ref-${(count += 1)}`,
  service: 'baumfaellung',
  answers: change.answers ?? answersOf(change.service ?? 'baumfaellung'),
  documents: [],
  receivedAt: city.clock.now(),
  ...change,
});
const receive = (change: Partial<ReceivedAntrag> = {}): Promise<Result<Case, CaseProblem>> => receiveApplication(city.ctx, given(change));
const photo = { slot: 'foto.0', fileName: 'kastanie.png', mediaType: 'image/png', bytes: picture(0) };
const fieldsOf = (result: Result<unknown, CaseProblem>): string[] => (result.ok ? [] : (result.problem.fields ?? []).map(({ field }) => field));

describe('an application from another system', () => {
  it('is a case with an applicant and no account; letters wait for the post, nothing goes to a Postfach', async () => {
    const messages = (): Promise<number> => countOf(city, 'identity.mailbox_message');
    const before = await messages();
    const state = expectOk(await receive({ documents: [photo], replyTo: { caseId: 'a' } }));
    assert.deepEqual([state.accountId, state.origin, state.channel, state.status], [null, 'fit-connect', 'post', 'eingegangen']);
    assert.deepEqual(state.applicant.addressLines, ['Katharina Petersen', 'Beispielstraße 12', '22765 Hamburg']);
    await city.jobs.drain();
    const { letters, history } = expectOk(await openCase(city.ctx, officer, state.id));
    assert.ok(letters.some(({ kind }) => kind === 'antrag-eingereicht'));
    assert.equal(await messages(), before);
    assert.deepEqual(replay(history), await findCase(city.ctx.database.read, state.id));
    assert.deepEqual((await replyOf(city.ctx.database.read, state.id))?.replyTo, { caseId: 'a' });
  });

  it('is one case, however often and at whatever moment it comes', async () => {
    const input = given();
    const made = await Promise.all([1, 2, 3, 4].map(() => receiveApplication(city.ctx, input)));
    assert.equal(new Set([...made, await receiveApplication(city.ctx, input)].map((one) => expectOk(one).id)).size, 1);
    const elsewhere = expectOk(await receiveApplication(city.ctx, { ...input, source: 'xbau' }));
    assert.notEqual(elsewhere.id, expectOk(made[0]!).id);
  });

  it('§ 31 VwVfG: is in on the day it arrived, and periods run from it; a source whose clock goes ahead gains nothing', async () => {
    const early = expectOk(await receive({ receivedAt: city.clock.now().subtract({ hours: 72 }) }));
    assert.equal(early.submittedOn, '2026-11-21');
    const complete = expectOk(await act(city.ctx, officer, { caseId: early.id, command: { action: 'confirm-complete' } }));
    assert.equal(complete.completeOn, '2026-11-21');
    const late = expectOk(await receive({ receivedAt: city.clock.now().add({ hours: 72 }) }));
    assert.equal(late.submittedOn, '2026-11-24');
  });

  it('§ 24(3) VwVfG: what is missing does not keep it out', async () => {
    const { flurstueck: _f, owner: _o, truthful: _t, ...answers } = answersOf('baumfaellung');
    assert.ok((await receive({ answers })).ok);
  });

  it('keeps what no question asks for, as the data came', async () => {
    const state = expectOk(await receive({ answers: { ...answersOf('baumfaellung'), unknownExtra: 'Nest im Baum' } }));
    const { uploads } = expectOk(await openCase(city.ctx, officer, state.id));
    const original = uploads.find(({ slot }) => slot === 'original')!;
    const { file } = expectOk(await readCaseUpload(city.ctx, officer, state.id, original.id));
    assert.match(Buffer.from(file.bytes).toString(), /"unknownExtra": "Nest im Baum"/);
    assert.equal('unknownExtra' in state.answers, false);
  });
});

const WRONG: readonly (readonly [string, (answers: Record<string, unknown>) => Partial<ReceivedAntrag>, readonly string[]])[] = [
  ['an unknown service', () => ({ service: 'mondflug', answers: {} }), ['service']],
  ['a service that the authority begins itself', () => ({ service: 'bebauungsplan', answers: {} }), ['service']],
  ['wrong types', (answers) => ({ answers: { ...answers, owner: 'vielleicht', givenName: { first: 'K' }, trees: 'drei' } }), ['trees', 'owner', 'givenName']],
  [
    'a value that the field refuses, in an item',
    (answers) => ({ answers: { ...answers, trees: [{ ...(answers['trees'] as object[])[0], circumferenceCm: 99_999 }] } }),
    ['trees.0.circumferenceCm'],
  ],
  [
    'a place outside',
    (answers) => ({ answers: { ...answers, trees: [{ ...(answers['trees'] as object[])[0], position: { lon: 13.4, lat: 52.5 } }] } }),
    ['trees.0.position'],
  ],
  ['nobody to write to', ({ familyName: _name, address: _address, ...answers }) => ({ answers }), ['familyName', 'address']],
  ['text that is none', (answers) => ({ answers: { ...answers, givenName: 'K\u0000' } }), ['answers']],
];

describe('what is wrong is refused, each field by its name:', () => {
  for (const [name, change, fields] of WRONG) {
    it(name, async () => {
      const refused = await receive(change(answersOf('baumfaellung')));
      assert.equal(refused.ok ? '' : refused.problem.kind, 'invalid-input');
      assert.deepEqual(fieldsOf(refused).toSorted(), fields.toSorted());
    });
  }
});

describe('files', () => {
  it('§ 3a(3) VwVfG: what is not what it says is listed to the officer with the reason, the rest is kept', async () => {
    const fake = { slot: 'foto.1', fileName: '../birke.png', mediaType: 'image/png', bytes: Buffer.from('<script>'), description: 'Birke von Osten' };
    const loose = { fileName: 'brief.png', mediaType: 'image/png', bytes: picture(3) };
    const program = { fileName: 'setup.pdf', mediaType: 'application/pdf', bytes: Buffer.from('MZ\u0090\u0000') };
    const state = expectOk(await receive({ documents: [photo, fake, loose, program] }));
    const { uploads } = expectOk(await openCase(city.ctx, officer, state.id));
    assert.deepEqual(uploads.map(({ slot, byApplicant }) => `${slot} ${byApplicant}`).toSorted(), ['beilage true', 'foto.0 true', 'original true']);
    assert.deepEqual(
      state.refusedFiles?.map(({ fileName }) => fileName),
      ['birke.png', 'setup.pdf'],
    );
    assert.match(state.refusedFiles?.[0]?.refused ?? '', /kein JPEG oder PNG|kein .*PNG/);
  });
});

describe('who sees it', () => {
  it('no citizen, also not one of the same name; officers find it by name and by the source’s reference', async () => {
    const state = expectOk(await receive({ reference: 'Zustellung4711' }));
    assert.equal((await openCase(city.ctx, city.citizen, state.id)).ok, false);
    assert.equal((await act(city.ctx, city.citizen, { caseId: state.id, command: { action: 'withdraw', reason: '' } })).ok, false);
    const { rows } = await openInbox(city.ctx, officer, { view: 'all', search: 'zustellung4711' });
    assert.deepEqual(
      rows.map(({ id, origin }) => [id, origin]),
      [[state.id, 'fit-connect']],
    );
    const today = Temporal.PlainDate.from('2026-11-24');
    const { services } = await readStatistics(city.ctx, officer, { from: today, until: today });
    assert.ok(services.find(({ service }) => service === 'baumfaellung')!.fromElsewhere > 0);
  });
  it('the journal holds nothing about the person', async () => {
    const state = expectOk(await receive({ reference: 'Petersen-4712', documents: [photo] }));
    const rows = await sql<{ payload: unknown }>`select payload from platform.journal where stream = ${`case:${state.id}`}`.execute(city.ctx.database.read);
    assert.ok(rows.rows.length > 0);
    assert.doesNotMatch(JSON.stringify(rows.rows), /Petersen|Beispielstra|kastanie/);
  });
});

describe('the procedure without an account', () => {
  it('§ 35a VwVfG: nobody has proven who applies, so a person decides and reads why', async () => {
    const state = expectOk(await receive({ service: 'hund' }));
    await city.jobs.drain();
    const now = (await findCase(city.ctx.database.read, state.id))!;
    assert.equal(now.decisions.length, 0);
    assert.match(now.handedToPerson.join(' '), /ohne Servicekonto.*nicht geprüft/);
  });

  it('the officer records what comes by post, with its day; nobody backdates before the application', async () => {
    const { id } = expectOk(await receive({ receivedAt: city.clock.now().subtract({ hours: 48 }) }));
    const items = [{ id: 'foto', text: 'Foto' }];
    expectOk(await act(city.ctx, officer, { caseId: id, command: { action: 'request-documents', requestId: 'r', items, text: '' } }));
    const upload = expectOk(
      await addOwnDocument(city.ctx, officer, { caseId: id, slot: 'foto.0', field: 'file', fileName: 'foto.png', bytes: picture(2), tooLarge: false }),
    );
    assert.equal(upload.byApplicant, true);
    const answer = (receivedOn: string) =>
      act(city.ctx, officer, { caseId: id, command: { action: 'answer-request', text: 'Brief', documents: [], receivedOn } });
    assert.deepEqual(fieldsOf(await answer('2026-11-21')), ['receivedOn']);
    assert.deepEqual(fieldsOf(await answer('2026-11-25')), ['receivedOn']);
    assert.equal(expectOk(await answer('2026-11-23')).lastFiledOn, '2026-11-23');
  });

  it('a citizen’s own case stays the citizen’s: no officer answers for them', async () => {
    const own = { accountId: city.citizen.accountId, authority: 'bezirksamt-altona' };
    const { filledDraft } = await import('../../../../test/support/procedure-city.ts');
    const { submit } = await import('./submit.ts');
    const state = expectOk(await submit(city.ctx, city.citizen, await filledDraft(city, 'baumfaellung'), 'de'));
    assert.equal(state.accountId, own.accountId);
    const refused = await act(city.ctx, officer, { caseId: state.id, command: { action: 'withdraw', reason: '' } });
    assert.equal(refused.ok ? '' : refused.problem.kind, 'wrong-state');
  });

  it('the fee is demanded without an account, to be paid by transfer; the Bescheid goes by post and names no Servicekonto', async () => {
    const { id } = expectOk(await receive({ documents: [photo] }));
    expectOk(await act(city.ctx, officer, { caseId: id, command: { action: 'confirm-complete' } }));
    const text = { operative: ['Ja.'], nebenbestimmungen: [], reasons: ['Krank.'], discretion: ['Abgewogen.'], items: [] };
    const draft = { action: 'draft-decision', outcome: 'grant', feeCents: 12_500, text } as const;
    assert.deepEqual(fieldsOf(await act(city.ctx, officer, { caseId: id, command: { ...draft, channel: 'postfach' } })), ['channel']);
    expectOk(await act(city.ctx, officer, { caseId: id, command: draft }));
    const decided = await act(city.ctx, officer, { caseId: id, command: { action: 'decide', decisionId: '0190a000-0000-7000-8000-00000000dec1' } });
    if (!decided.ok) expectOk(await approve(id));
    await city.jobs.drain();
    const state = expectOk(await act(city.ctx, officer, { caseId: id, command: { action: 'record-bekanntgabe', via: 'post', on: '2026-11-24' } }));
    assert.equal(state.status, 'bekanntgegeben');
    await city.jobs.drain();
    const demand = city.kasse.demands.find((one) => one.caseId === id);
    assert.deepEqual([demand?.accountId, demand?.amountCents], [null, 12_500]);
  });

  const approve = async (caseId: string) => {
    expectOk(await act(city.ctx, officer, { caseId, command: { action: 'submit-for-approval' } }));
    return act(city.ctx, lead, { caseId, command: { action: 'approve', decisionId: '0190a000-0000-7000-8000-00000000dec1' } });
  };
});

describe('two at the same moment, on every engine:', () => {
  for (const engine of engines) {
    it(engine, async () => {
      const other = await procedureCity({ engine });
      try {
        const input = { ...given(), receivedAt: other.clock.now() };
        const made = await Promise.all([1, 2, 3].map(() => receiveApplication(other.ctx, input)));
        assert.equal(new Set(made.map((one) => expectOk(one).id)).size, 1);
        assert.equal(await countOf(other, 'procedure.case_file'), 1);
      } finally {
        await other.close();
      }
    });
  }
});

async function countOf({ ctx }: ProcedureCity, table: string): Promise<number> {
  const rows = await sql<{ n: number }>`select count(*) as n from ${sql.raw(table)}`.execute(ctx.database.read);
  return rows.rows[0]!.n;
}
