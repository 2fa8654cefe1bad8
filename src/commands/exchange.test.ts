import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, it } from 'node:test';
import { aussonderung } from '../modules/exchange/domain/xdomea.ts';
import { HEAD, RECORD } from '../modules/exchange/application/xdomea-testing.ts';
import { zip } from '../platform/files/zip.ts';
import { exchangeCommand } from './exchange.ts';

const folder = mkdtempSync(join(tmpdir(), 'kontor-exchange-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const path = (name: string): string => join(folder, name);

async function run(...args: readonly string[]): Promise<{ readonly status: number; readonly said: string; readonly complained: string }> {
  const said: string[] = [];
  const complained: string[] = [];
  const status = await exchangeCommand.run(args, { print: (line) => void said.push(line), complain: (line) => void complained.push(line) });
  return { status, said: said.join('\n'), complained: complained.join('\n') };
}

it('xdomea check: says what a package brings, with the hash of each file', async () => {
  const { messageName, xml, files } = aussonderung(HEAD, RECORD);
  writeFileSync(path('a.zip'), zip([{ name: messageName, bytes: Buffer.from(xml) }, ...files]));
  const { status, said } = await run('xdomea', 'check', path('a.zip'));
  assert.equal(status, 0);
  assert.match(said, /Nachricht 0503 von Bezirksamt Altona an Staatsarchiv Hamburg/);
  assert.match(said, /Vorgang BF-2026-000001-K: Baum fällen/);
  assert.match(said, /3 Dokumente, 3 Dateien beigelegt\n {2}[0-9a-f]{64} {2}6 {2}/);
});

it('xdomea check: every mistake with its line, and 1', async () => {
  writeFileSync(path('b.xml'), aussonderung(HEAD, RECORD).xml.replace(HEAD.processId, 'x').replace('<xdomea:Ende>2027', '<xdomea:Ende>1027'));
  const { status, complained } = await run('xdomea', 'check', path('b.xml'));
  assert.equal(status, 1);
  assert.equal(complained.match(/b\.xml: Zeile \d+: /g)?.length, 2);
});

it('xzufi: export, and import as a draft that is never written over', async () => {
  const exported = await run('xzufi', 'export', 'hund', '--url', 'https://stadt.example');
  assert.equal(exported.status, 0);
  assert.match(exported.said, /<xzufi:link>https:\/\/stadt\.example\/leistungen\/hund</);
  writeFileSync(path('hund.xml'), exported.said);
  const imported = await run('xzufi', 'import', path('hund.xml'), '--into', path('drafts'));
  assert.equal(imported.status, 0, imported.complained);
  const [, draft] = /Entwurf in (.+)\. Als Nächstes/.exec(imported.said)!;
  assert.match(readFileSync(join(draft!, 'service.yaml'), 'utf8'), /leistungsschluessel: "\d{14}"/);
  const again = await run('xzufi', 'import', path('hund.xml'), '--into', path('drafts'));
  assert.deepEqual([again.status, /gibt es schon/.test(again.complained)], [1, true]);
});

it('xzufi: the whole catalogue in one transfer', async () => {
  const { status, said } = await run('xzufi', 'export', '--all');
  assert.equal(status, 0);
  assert.ok((said.match(/<xzufi:leistung>/g) ?? []).length >= 8);
  assert.equal((await run('xzufi', 'export', 'hund', '--all')).status, 2);
});

it('an unknown Leistung, a file that is not there, and a wrong call', async () => {
  assert.deepEqual([(await run('xzufi', 'export', 'atlantis')).status, (await run('xdomea', 'check', path('none'))).status], [1, 1]);
  assert.equal((await run('xzufi', 'import', path('hund.xml'))).status, 2);
  assert.equal((await run('xdomea')).status, 2);
});
