import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, it } from 'node:test';
import { exchangeOn } from '../../src/neighbours.ts';
import { expectOk } from '../../src/kernel/result.ts';
import { act, submit } from '../../src/modules/procedure/public.ts';
import { forArchive, forAuthority } from '../../src/modules/exchange/application/hand-on.ts';
import { filledDraft, officer, procedureCity, type ProcedureCity } from '../support/procedure-city.ts';

const SCHEMA = join(import.meta.dirname, '../../../shared/data/xdomea-3.0.0/xdomea.xsd');
const tools = ['xmllint', 'unzip'].every((program) => spawnSync(program, ['--version']).error === undefined);
const skip = existsSync(SCHEMA) && tools ? false : 'Schemata von xdomea, xmllint oder unzip fehlen';

let city: ProcedureCity;
let caseId: string;
before(async () => {
  city = await procedureCity();
  caseId = await filledDraft(city, 'baumfaellung');
  expectOk(await submit(city.ctx, city.citizen, caseId, 'de'));
  await city.jobs.drain();
});
after(() => city.close());

it('a running case is not for the archive, a stranger gets nothing, and no authority is invented', async () => {
  const ctx = exchangeOn(city.ctx);
  assert.equal((await forArchive(ctx, officer, caseId)).ok, false);
  assert.equal((await forArchive(ctx, { ...officer, authorities: ['bezirksamt-wandsbek'] }, caseId)).ok, false);
  assert.equal((await forArchive(ctx, city.citizen, caseId)).ok, false);
  assert.equal((await forAuthority(ctx, officer, caseId, 'bezirksamt-atlantis')).ok, false);
  assert.equal((await forAuthority(ctx, officer, caseId, 'bezirksamt-nord')).ok, true);
});

it('a closed case is a ZIP with a valid message 0503 and every document it names; the export is journalled', { skip }, async () => {
  expectOk(await act(city.ctx, city.citizen, { caseId, command: { action: 'withdraw', reason: '' } }));
  const { fileName, bytes } = expectOk(await forArchive(exchangeOn(city.ctx), officer, caseId));
  assert.match(fileName, /_Aussonderung\.Aussonderung\.0503_BF-2026-/);
  const folder = mkdtempSync(join(tmpdir(), 'kontor-xdomea-'));
  try {
    writeFileSync(join(folder, 'a.zip'), bytes);
    execFileSync('unzip', ['-q', 'a.zip'], { cwd: folder });
    const names = execFileSync('unzip', ['-Z1', 'a.zip'], { cwd: folder, encoding: 'utf8' }).trim().split('\n');
    const message = names.find((name) => name.endsWith('0503.xml'))!;
    const checked = spawnSync('xmllint', ['--noout', '--nonet', '--schema', SCHEMA, join(folder, message)], { encoding: 'utf8' });
    assert.equal(checked.status, 0, checked.stderr);
    // two photos, the confirmation, and the copy of the answers
    assert.equal(names.length, 1 + 4);
    const named = [...execFileSync('cat', [message], { cwd: folder, encoding: 'utf8' }).matchAll(/<xdomea:Dateiname>([^<]*)</g)].map((match) => match[1]);
    assert.deepEqual(new Set(named), new Set(names.filter((name) => name !== message)));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const looks = (await city.ctx.journal.readStream(city.ctx.database.read, `case:${caseId}`)).filter((entry) => entry.payload['what'] === 'file');
  // the one that was refused opened the file too
  assert.equal(looks.length, 3);
});
