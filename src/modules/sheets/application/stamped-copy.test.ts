import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { sheetsCity, type SheetsCity } from '../../../../test/support/sheets-city.ts';
import { act, issueDecision, proposeFor, wholeFile } from '../../procedure/public.ts';
import { expectOk } from '../../../kernel/result.ts';
import { addMark } from './change-marks.ts';

const hasTools = spawnSync('pdftotext', ['-v']).error === undefined && spawnSync('pdfdetach', ['-v']).error === undefined;
const skip = hasTools ? false : 'poppler fehlt: apt-get install poppler-utils';
const ENTRY = { page: 1, xMm: 100, yMm: 50, kind: 'vermerk', text: 'Grenzabstand geprüft' } as const;

let city: SheetsCity;
before(async () => {
  city = await sheetsCity();
});
after(() => city.close());

/** A case whose Lageplan has a stamp, a remark and an Auflage, and whose draft has been saved. */
async function drafted(outcome: 'grant' | 'refuse' = 'grant') {
  const { ctx, sheets } = city;
  const { officer } = city.actors;
  const caseId = await city.newCase();
  const uploadId = await city.fileOf(caseId, 'lageplan');
  const at = { caseId, uploadId };
  const mark = async (change: object) => expectOk(await addMark(sheets, officer, at, { ...ENTRY, ...change }));
  await mark({ kind: 'gruen', text: '', xMm: 190, yMm: 280 });
  await mark({});
  await mark({ kind: 'auflage', text: 'Die Zufahrt ist 3 m breit anzulegen.', yMm: 90 });
  expectOk(await act(ctx, officer, { caseId, command: { action: 'confirm-complete' } }));
  if (outcome === 'refuse') {
    expectOk(await act(ctx, officer, { caseId, command: { action: 'hear', hearingId: 'h', text: 'Ablehnung' } }));
    expectOk(await act(ctx, city.citizen, { caseId, command: { action: 'answer-hearing', text: 'Nein' } }));
  }
  const proposed = expectOk(await proposeFor(ctx, officer, caseId, outcome));
  const text = { ...proposed, operative: ['Die Baugenehmigung wird erteilt.'], reasons: ['Geprüft.'], discretion: ['Abgewogen.'] };
  const draft = { action: 'draft-decision', outcome, feeCents: 0, text } as const;
  return { caseId, at, mark, draft, proposed };
}

const DECISION = '0190a000-0000-7000-8000-00000000e001';

describe('Sheets of a decision', () => {
  it('stamp, remark and Auflage go into draft, Bescheid, copy and decision JSON, bound by their hashes', { skip }, async () => {
    const { ctx } = city;
    const { officer, lead } = city.actors;
    const { caseId, at, draft, proposed } = await drafted();
    assert.ok(proposed.nebenbestimmungen.some(({ text }) => /^Die Zufahrt ist 3 m breit.*Planblatt «lageplan.pdf», Version 1, Seite 1, Eintrag 3/.test(text)));
    assert.doesNotMatch((await city.request(`/vorgang/${caseId}/unterlagen/${at.uploadId}`, 'owner')).text, /Grenzabstand/, 'nothing before the decision');
    const state = expectOk(await act(ctx, officer, { caseId, command: draft }));
    assert.deepEqual(
      state.draft!.text.sheets!.map(({ fileName, standing, marks }) => [fileName, standing, marks.map(({ kind }) => kind)]),
      [['lageplan.pdf', 'genehmigt', ['gruen', 'vermerk', 'auflage']]],
    );
    expectOk(await act(ctx, officer, { caseId, command: { action: 'submit-for-approval' } }));
    assert.equal(
      (await city.request(`/eingang/${caseId}/unterlagen/${at.uploadId}/eintrag`, 'officer', { ...ENTRY, page: '1', xMm: '1', yMm: '1' })).status,
      409,
    );
    expectOk(await act(ctx, lead, { caseId, command: { action: 'approve', decisionId: DECISION } }));
    await issueDecision(ctx, { caseId, decisionId: DECISION });
    const listed = (await city.ctx.journal.readStream(ctx.database.read, `case:${caseId}`)).find(({ kind }) => kind === 'procedure.bescheid-erlassen')!;
    assert.ok((listed.payload['documents'] as { slot: string; version: number }[]).some(({ slot, version }) => slot === 'lageplan' && version === 1));
    const sheet = await city.request(`/vorgang/${caseId}/unterlagen/${at.uploadId}`, 'owner');
    assert.match(sheet.text, /Grenzabstand geprüft/, 'now the applicant sees the entries');
    const letters = expectOk(await wholeFile(ctx, officer, caseId)).documents.filter(({ direction }) => direction === 'out');
    const copy = letters.find(({ fileName }) => fileName.startsWith('Planblatt-lageplan-V1-'))!;
    const bescheid = letters.find(({ fileName }) => fileName.startsWith('Bescheid-'))!;
    const [words, json] = [pdfOf(bescheid.bytes), pdfOf(copy.bytes)];
    assert.match(words.text, /Zum Bescheid gehörende Planblätter/);
    assert.match(words.text, /lageplan\.pdf, Version 1/);
    const decision = (JSON.parse(words.files.get('bescheid.json')!.toString()) as { decision: Record<string, unknown> }).decision;
    assert.deepEqual(decision['stampedCopies'], [{ uploadId: at.uploadId, fileName: copy.fileName, sha256: sha256Of(copy.bytes), reason: null }]);
    assert.match(json.text, /Gehört zum Bescheid/);
    assert.match(json.text, /Grenzabstand geprüft/);
    assert.match(json.text, /Az\. BG-2026-/);
    const original = (decision['sheets'] as { sha256: string }[])[0]!.sha256;
    assert.equal(sha256Of(json.files.get('lageplan.pdf')!), original, 'the file itself is inside, unchanged');
  });

  it('what is entered after the draft must be seen in a new draft', async () => {
    const { ctx } = city;
    const { officer } = city.actors;
    const { caseId, draft, mark } = await drafted();
    expectOk(await act(ctx, officer, { caseId, command: draft }));
    await mark({ text: 'noch etwas' });
    const refused = await act(ctx, officer, { caseId, command: { action: 'submit-for-approval' } });
    assert.match(refused.ok ? '' : refused.problem.detail, /Speichern Sie den Entwurf neu/);
    expectOk(await act(ctx, officer, { caseId, command: draft }));
    expectOk(await act(ctx, officer, { caseId, command: { action: 'submit-for-approval' } }));
  });

  it('an entry at the moment of the decision is refused, or the decision is: never is one made without the other', async () => {
    const { ctx, sheets } = city;
    const { officer, lead } = city.actors;
    const { caseId, at, draft } = await drafted();
    expectOk(await act(ctx, officer, { caseId, command: draft }));
    const [entry, asked] = await Promise.all([
      addMark(sheets, officer, at, { ...ENTRY, text: 'gerade noch' }),
      act(ctx, officer, { caseId, command: { action: 'submit-for-approval' } }),
    ]);
    assert.notEqual(entry.ok, asked.ok);
    const late = await act(ctx, lead, { caseId, command: { action: 'approve', decisionId: '0190a000-0000-7000-8000-00000000e003' } });
    assert.equal(late.ok, asked.ok);
  });

  it('a refusal takes no sheets along', async () => {
    const { caseId, draft, proposed } = await drafted('refuse');
    assert.ok(proposed.nebenbestimmungen.length === 0);
    const state = expectOk(await act(city.ctx, city.actors.officer, { caseId, command: draft }));
    assert.equal(state.draft!.text.sheets, undefined);
  });
});

const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** The words of a PDF and the files inside, by tools that are not ours. */
function pdfOf(bytes: Uint8Array): { text: string; files: Map<string, Buffer> } {
  const folder = mkdtempSync(join(tmpdir(), 'kontor-stamped-'));
  try {
    const path = join(folder, 'in.pdf');
    writeFileSync(path, bytes);
    const text = spawnSync('pdftotext', ['-raw', path, '-']).stdout.toString();
    const files = new Map<string, Buffer>();
    for (const name of spawnSync('pdfdetach', ['-list', path])
      .stdout.toString()
      .matchAll(/^\d+: (.+)$/gm)) {
      const out = join(folder, 'out');
      spawnSync('pdfdetach', ['-savefile', name[1]!, '-o', out, path]);
      files.set(name[1]!, readFileSync(out));
    }
    return { text, files };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
