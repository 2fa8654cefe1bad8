import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { repositoryRoot } from '../../../../test/support/temporary-city.ts';
import { lead, officer, procedureCity, type ProcedureCity, type Staff } from '../../../../test/support/procedure-city.ts';
import { expectOk, type Result } from '../../../kernel/result.ts';
import { replay } from '../domain/evolve.ts';
import type { CaseProblem } from '../domain/problems.ts';
import { findCase } from '../store/cases.ts';
import { act } from './act.ts';
import { addOwnDocument, beginCase } from './begin-case.ts';
import { startDraft } from './drafts.ts';
import { readHistory } from './history.ts';
import { openCase, readCaseUpload } from './read-case.ts';
import { publicCase, publicCases } from './public-cases.ts';

const SERVICE = 'bebauungsplan';
const elsewhere: Staff = { ...officer, staffId: '0190a000-0000-7000-8000-0000000000c1', authorities: ['bezirksamt-harburg'] };
const revision: Staff = { ...officer, staffId: '0190a000-0000-7000-8000-0000000000d1', roles: ['revision'], authorities: [] };
const GML = readFileSync(join(repositoryRoot, 'services/bebauungsplan/demo/ottensen-77-demo.gml'));
const refusal = (result: Result<unknown, CaseProblem>): string => (result.ok ? 'nothing refused' : `${result.problem.kind}: ${result.problem.detail}`);

let city: ProcedureCity;
before(async () => {
  city = await procedureCity();
});
after(() => city.close());

const examples = (): Readonly<Record<string, unknown>> => city.ctx.desk.current(SERVICE)!.walk.answers;
const begin = (actor = officer, answers = examples()) => beginCase(city.ctx, actor, { service: SERVICE, answers, lang: 'de' });
const plan = (caseId: string, actor = officer, bytes: Uint8Array = GML) =>
  addOwnDocument({ ...city.ctx, contents: { 'application/gml+xml': () => undefined } }, actor, {
    caseId,
    slot: 'plan',
    field: 'file',
    fileName: 'plan.gml',
    bytes,
    tooLarge: false,
  });

describe('§ 22 VwVfG: the authority begins', () => {
  it('has no account, writes to nobody, and its state is the fold of its events', async () => {
    const state = expectOk(await begin());
    await city.jobs.drain();
    const { letters } = expectOk(await openCase(city.ctx, officer, state.id));
    assert.deepEqual(letters, []);
    const kept = await findCase(city.ctx.database.read, state.id);
    assert.equal(kept?.accountId, null);
    assert.deepEqual(replay(await readHistory(city.ctx, city.ctx.database.read, state.id)), kept);
  });
  it('is the work of an officer of the responsible authority, and nobody else', async () => {
    assert.match(refusal(await begin(elsewhere)), /^not-allowed: Zuständig ist Bezirksamt Altona/);
    assert.match(refusal(await begin(revision)), /^not-allowed/);
    assert.match(refusal(await startDraft(city.ctx, city.citizen, SERVICE)), /^not-allowed: Dieses Verfahren beginnt die Behörde selbst/);
  });
  it('is not for services that people apply for, nor with answers that the form refuses', async () => {
    assert.match(refusal(await beginCase(city.ctx, officer, { service: 'baumfaellung', answers: {}, lang: 'de' })), /^not-found/);
    assert.match(refusal(await begin(officer, { ...examples(), planName: '' })), /^invalid-input/);
    assert.match(refusal(await begin(officer, { ...examples(), position: { lon: 13.4, lat: 52.5 } })), /^invalid-input/);
  });
  it('is seen by no citizen and no other authority; revision reads', async () => {
    const { id } = expectOk(await begin());
    assert.match(refusal(await openCase(city.ctx, city.citizen, id)), /^not-found/);
    assert.match(refusal(await openCase(city.ctx, elsewhere, id)), /^not-found/);
    assert.ok((await openCase(city.ctx, revision, id)).ok);
    assert.match(refusal(await act(city.ctx, city.citizen, { caseId: id, command: { action: 'withdraw', reason: '' } })), /^not-found/);
  });
});

describe('the authority’s own documents', () => {
  it('go into its own cases, by those who work on them, checked by content', async () => {
    const { id } = expectOk(await begin());
    const upload = expectOk(await plan(id));
    assert.equal(upload.mediaType, 'application/gml+xml');
    assert.equal(upload.accountId, null);
    assert.match(refusal(await plan(id, elsewhere)), /^not-found/);
    assert.match(refusal(await plan(id, revision)), /^not-allowed/);
    assert.match(refusal(await plan(id, officer, Buffer.from('%PDF-1.7 no plan'))), /^invalid-input: .*kein XPlanGML/);
    assert.match(refusal(await readCaseUpload(city.ctx, city.citizen, id, upload.id)), /^not-found/);
    assert.match((await readHistory(city.ctx, city.ctx.database.read, id)).at(-1)!.kind, /unterlage-aufgenommen/);
  });
  it('are asked what they are: a check that complains keeps the file out', async () => {
    const { id } = expectOk(await begin());
    const ctx = { ...city.ctx, contents: { 'application/gml+xml': () => 'Zeile 7: falsch.' } };
    const refused = await addOwnDocument(ctx, officer, { caseId: id, slot: 'plan', field: 'file', fileName: 'plan.gml', bytes: GML, tooLarge: false });
    assert.match(refusal(refused), /Zeile 7: falsch/);
  });
});

describe('what everybody sees', () => {
  it('is nothing before a public step, then the step, never the answers', async () => {
    const { id } = expectOk(await begin());
    assert.equal(await publicCase(city.ctx, id), undefined);
    const step = (name: string) => act(city.ctx, officer, { caseId: id, command: { action: 'record-step', step: name, note: 'intern', documents: [] } });
    expectOk(await step('aufstellungsbeschluss'));
    const shown = (await publicCase(city.ctx, id))!;
    assert.equal(shown.course[0]!.stage, 'done');
    assert.ok(!JSON.stringify({ ...shown, pkg: undefined }).includes('intern'));
    assert.ok((await publicCases(city.ctx)).some((one) => one.id === id));
  });
  it('§ 2a BauGB: a step that rests on a document waits for it and keeps which; a later working copy stays inside', async () => {
    const { id } = expectOk(await begin());
    const ctx = { ...city.ctx, steps: async () => undefined };
    const step = (name: string) => act(ctx, officer, { caseId: id, command: { action: 'record-step', step: name, note: '', documents: ['forged'] } });
    expectOk(await step('aufstellungsbeschluss'));
    expectOk(await step('fruehzeitig'));
    assert.match(refusal(await step('entwurfsbeschluss')), /^wrong-state: .*fehlt die Unterlage «Planzeichnung als XPlanGML» \(§ 2a BauGB\)/);
    const first = expectOk(await plan(id));
    expectOk(await step('entwurfsbeschluss'));
    expectOk(await plan(id, officer, Buffer.concat([GML, Buffer.from('\n')])));
    assert.deepEqual(
      (await publicCase(city.ctx, id))!.documents.map(({ sha256 }) => sha256),
      [first.sha256],
    );
  });
  it('§ 3, § 4 BauGB: a step waits for what the Beteiligung says', async () => {
    const { id } = expectOk(await begin());
    const asked: object[] = [];
    const ctx = {
      ...city.ctx,
      steps: async (_tx: unknown, _id: string, needs: object) => {
        asked.push(needs);
        return 'Die Runde läuft noch.';
      },
    };
    const step = (name: string) => act(ctx, officer, { caseId: id, command: { action: 'record-step', step: name, note: '', documents: [] } });
    expectOk(await step('aufstellungsbeschluss'));
    assert.match(refusal(await step('fruehzeitig')), /«Frühzeitige Beteiligung» \(§ 3 Abs. 1, § 4 Abs. 1 BauGB\) geht noch nicht: Die Runde läuft noch/);
    assert.deepEqual(asked, [{ rounds: ['fruehzeitig', 'stellen'], weighed: false, since: '2026-11-24' }]);
    assert.ok(!(await act(ctx, lead, { caseId: id, command: { action: 'record-step', step: 'abwaegung', note: '', documents: [] } })).ok);
  });
});
