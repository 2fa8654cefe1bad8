import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, it } from 'node:test';
import { xbauCity, type XbauCity } from '../../test/support/xbau-city.ts';
import { ANSWERS, DATA, MAPPING, OTHERS, XBAU_HEAD } from '../../test/support/xbau-messages.ts';
import { expectOk } from '../kernel/result.ts';
import { readXbauFile } from '../modules/exchange/application/read-xbau.ts';
import { id } from '../modules/exchange/application/xdomea-testing.ts';
import { zip } from '../platform/files/zip.ts';
import { antrag } from '../modules/exchange/domain/xbau-write.ts';
import type { Ask } from './city-client.ts';
import { xbauOfCity } from './xbau-city.ts';

const folder = mkdtempSync(join(tmpdir(), 'kontor-xbau-city-'));
const path = (name: string): string => join(folder, name);
let city: XbauCity;
before(async () => {
  city = await xbauCity();
  for (const who of ['officer', 'elsewhere']) writeFileSync(path(who), `${who}\n`);
  const { xml, files } = antrag(XBAU_HEAD, MAPPING, DATA, id(71));
  writeFileSync(path('a.zip'), zip([{ name: 'message.xml', bytes: Buffer.from(xml) }, ...files]));
  writeFileSync(path('o.xml'), OTHERS.replace(/<b:lageBauvorhaben>.*<\/b:lageBauvorhaben>/, ''));
});
after(async () => {
  rmSync(folder, { recursive: true, force: true });
  await city.close();
});

async function run(
  what: 'send' | 'take',
  args: readonly string[],
  who = 'officer',
): Promise<{ readonly status: number; readonly said: string; readonly complained: string }> {
  const [said, complained]: [string[], string[]] = [[], []];
  const out = { print: (line: string) => void said.push(line), complain: (line: string) => void complained.push(line) };
  const ask: Ask = async (url, init) => city.server.request(url.replace('http://localhost:8080', ''), init);
  const where = ['--city', 'http://localhost:8080', '--session', path(who), '--into', path('out')];
  const status = await xbauOfCity(what, [...args, ...where], out, ask);
  return { status, said: said.join('\n'), complained: complained.join('\n') };
}
const readBack = (said: string) => expectOk(readXbauFile([{ name: 'a.zip', bytes: readFileSync(/Geschrieben: (.+\.zip)\. /.exec(said)![1]!) }], MAPPING));

it('take: an application becomes a case, and its receipt lies in the folder', async () => {
  const { status, said, complained } = await run('take', [path('a.zip')]);
  assert.equal(status, 0, complained);
  assert.match(said, /^Vorgang BG-2026-\d{6}-[0-9A-Z]\n/);
  const { head, refersTo } = readBack(said);
  assert.deepEqual([head.type, refersTo?.reference], ['1120', id(71)]);
  assert.match((await run('take', [path('a.zip')])).said, /war schon da/);
});

it('take: every reason of the city is said; a place helps a message that draws none', async () => {
  assert.deepEqual([(await run('take', [path('a.zip')], 'elsewhere')).status, (await run('take', [path('none')])).status], [1, 1]);
  const refused = await run('take', [path('o.xml')]);
  assert.deepEqual([refused.status, /Ort/.test(refused.complained)], [1, true]);
  assert.equal((await run('take', [path('o.xml'), '--place', '9.9352,53.5577'])).status, 0);
});

it('send: a case as a message, journalled under the name of who asked; a stranger gets nothing', async () => {
  const caseId = await city.submitted();
  const { status, said, complained } = await run('send', [caseId, '--message', '0200']);
  assert.equal(status, 0, complained);
  assert.deepEqual(readBack(said).answers, ANSWERS);
  const [last] = (await city.ctx.journal.readAfter(city.database.read, 0, { kinds: ['procedure.akte-gelesen'] })).slice(-1);
  assert.match(last!.actor, /^staff:/);
  assert.match((await run('send', [caseId, '--message', '0205'])).complained, /keinen versiegelten Bescheid/);
  assert.equal((await run('send', [caseId, '--message', '0200'], 'elsewhere')).status, 1);
});

it('a wrong call', async () => {
  for (const args of [[], ['x']]) assert.equal((await run('send', args)).status, 2);
  assert.equal((await run('take', [path('a.zip'), '--place', 'hier'])).status, 2);
});
