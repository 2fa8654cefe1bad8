import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, it } from 'node:test';
import { samplePdf } from '../../src/commands/sample-pdf.ts';
import { technicalBlock } from '../../src/neighbours.ts';
import { addUpload } from '../../src/modules/procedure/application/uploads.ts';
import { filledDraft, procedureCity, type ProcedureCity } from '../support/procedure-city.ts';

const skip = spawnSync('qpdf', ['--version']).error === undefined ? false : 'qpdf fehlt: apt-get install qpdf';
let city: ProcedureCity;
before(async () => {
  city = await procedureCity();
});
after(() => city.close());

it('a Bauvorlage with a password is refused with the remedy, one without is taken', { skip }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'kontor-pdf-'));
  try {
    writeFileSync(join(folder, 'plain.pdf'), samplePdf('lageplan'));
    execFileSync('qpdf', ['--warning-exit-0', '--encrypt', 'geheim', 'geheim', '256', '--', 'plain.pdf', 'locked.pdf'], { cwd: folder });
    const ctx = { ...city.ctx, inspect: technicalBlock };
    const ownerId = await filledDraft(city, 'baugenehmigung', undefined, city.citizen);
    const upload = (fileName: string) =>
      addUpload(ctx, city.citizen, { ownerId, slot: 'lageplan', field: 'lageplan', fileName, bytes: readFileSync(join(folder, fileName)), tooLarge: false });
    const locked = await upload('locked.pdf');
    assert.ok(!locked.ok);
    assert.match(locked.problem.detail, /Kennwort|Passwort|verschlüsselt|geschützt/);
    assert.equal((await upload('plain.pdf')).ok, true);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
