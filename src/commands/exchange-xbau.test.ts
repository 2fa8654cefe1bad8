import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, it } from 'node:test';
import { ANSWERS, DATA, MAPPING, XBAU_HEAD, XBAU_SCHEMAS } from '../../test/support/xbau-messages.ts';
import { id } from '../modules/exchange/application/xdomea-testing.ts';
import { schemaMistakes, withoutSchema } from '../modules/exchange/application/xmllint-testing.ts';
import { zip } from '../platform/files/zip.ts';
import { antrag } from '../modules/exchange/domain/xbau-write.ts';
import { exchangeCommand } from './exchange.ts';

const folder = mkdtempSync(join(tmpdir(), 'kontor-xbau-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const path = (name: string): string => join(folder, name);
const { xml, files } = antrag(XBAU_HEAD, MAPPING, DATA, id(71));
writeFileSync(path('a.zip'), zip([{ name: 'message.xml', bytes: Buffer.from(xml) }, ...files]));
writeFileSync(path('broken.xml'), xml.replace(id(70), 'abc').replace('>Petersen<', '> <'));

async function run(...args: readonly string[]): Promise<{ readonly status: number; readonly said: string; readonly complained: string }> {
  const said: string[] = [];
  const complained: string[] = [];
  const status = await exchangeCommand.run(['xbau', ...args], { print: (line) => void said.push(line), complain: (line) => void complained.push(line) });
  return { status, said: said.join('\n'), complained: complained.join('\n') };
}

it('check: says what a message brings', async () => {
  const { status, said } = await run('check', path('a.zip'));
  assert.equal(status, 0);
  assert.match(said, /^Nachricht 0200 \(Bauantrag\) von Bauportal der Länder an Bezirksamt Altona/);
  assert.match(said, new RegExp(`Bezug: ${id(71)}\n${Object.keys(ANSWERS).length} Antworten, 6 Dateien beigelegt\n {2}flurkarte: flurkarte.pdf`));
});

it('check: every mistake with its line, and 1', async () => {
  const { status, complained } = await run('check', path('broken.xml'));
  assert.equal(status, 1);
  assert.equal(complained.match(/broken\.xml: Zeile \d+: /g)?.length, 2);
});

it('import and export: the application goes out again as it came in', async () => {
  assert.equal((await run('import', path('a.zip'), '--into', path('first'))).status, 0);
  const first = readFileSync(join(path('first'), 'antrag.json'), 'utf8');
  assert.deepEqual((JSON.parse(first) as { answers: unknown }).answers, ANSWERS);
  const exported = await run('export', join(path('first'), 'antrag.json'), '--into', path('b.zip'));
  assert.equal(exported.status, 0, exported.complained);
  assert.equal((await run('import', path('b.zip'), '--into', path('second'))).status, 0);
  assert.equal(readFileSync(join(path('second'), 'antrag.json'), 'utf8'), first);
  assert.deepEqual(readFileSync(join(path('second'), 'anlagen/lageplan.pdf')), readFileSync(join(path('first'), 'anlagen/lageplan.pdf')));
});

it('what is exported is valid under the real schema', { skip: withoutSchema(XBAU_SCHEMAS.hochbau) }, () => {
  assert.equal(schemaMistakes(readFileSync(join(path('second'), 'nachricht.xml'), 'utf8'), XBAU_SCHEMAS.hochbau), '');
});

it('nothing is written over, and a file that is not there is named', async () => {
  assert.match((await run('import', path('a.zip'), '--into', path('first'))).complained, /gibt es schon/);
  assert.match((await run('export', join(path('first'), 'antrag.json'), '--into', path('b.zip'))).complained, /gibt es schon/);
  writeFileSync(path('antrag.json'), JSON.stringify({ answers: {}, documents: [{ file: '../../etc/passwd' }] }));
  const { status, complained } = await run('export', path('antrag.json'), '--into', path('c.zip'));
  assert.deepEqual([status, existsSync(path('c.zip'))], [1, false]);
  assert.match(complained, /anlagen\/passwd: Die Datei gibt es nicht/);
});

it('reject: the rejection of what cannot be used, and of nothing else', async () => {
  const { status, said } = await run('reject', path('broken.xml'));
  assert.equal(status, 0);
  writeFileSync(path('r.xml'), said);
  assert.match((await run('check', path('r.xml'))).said, /Nachricht 1100 \(Rückweisung\)[\s\S]*nachrichtenUUID[\s\S]*sch-xbau-gen-001/);
  assert.equal((await run('reject', path('a.zip'))).status, 1);
  assert.equal((await run('reject', path('r.xml'))).status, 1);
});

it('a wrong call', async () => {
  assert.equal((await run('import', path('a.zip'))).status, 2);
  assert.equal((await run('check', path('a.zip'), '--into', path('x'))).status, 2);
  assert.equal((await run('send', path('a.zip'))).status, 2);
});
