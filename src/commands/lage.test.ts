import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, it } from 'node:test';
import { lageCity, type LageCity } from '../../test/support/lage-city.ts';
import type { Ask } from './city-client.ts';
import { exportLage } from './lage-export.ts';
import { lageCommand } from './lage.ts';

const folder = mkdtempSync(join(tmpdir(), 'kontor-lage-befehl-'));
let city: LageCity;
before(async () => {
  city = await lageCity();
  await city.lage('Befehl', { key: 'befehl' });
  writeFileSync(join(folder, 'session'), 'leader\n');
});
after(async () => {
  rmSync(folder, { recursive: true, force: true });
  await city.close();
});

const ask: Ask = async (url, init) => city.server.request(url.replace('http://localhost:8080', ''), init);

async function said(run: (out: { print: (line: string) => void; complain: (line: string) => void }) => Promise<number>) {
  const [printed, complained]: [string[], string[]] = [[], []];
  const status = await run({ print: (line) => void printed.push(line), complain: (line) => void complained.push(line) });
  return { status, printed: printed.join('\n'), complained: complained.join('\n') };
}

const fetchInto = (key: string, into: string) =>
  said((out) => exportLage([key, into, '--city', 'http://localhost:8080', '--session', join(folder, 'session')], out, ask));

it('takes the log of a running city along, and proves it', async () => {
  const into = join(folder, 'aus');
  const fetched = await fetchInto('befehl', into);
  assert.equal(fetched.status, 0, fetched.complained);
  const [zip = ''] = readdirSync(into);
  const verified = await said((out) => lageCommand.run(['verify', join(into, zip)], out));
  assert.equal(verified.status, 0, verified.complained);
  assert.match(verified.printed, /unversehrt: 1 Eintrag/);
});

it('says what is not there, and what is no export', async () => {
  const missing = await fetchInto('gibt-es-nicht', join(folder, 'nichts'));
  assert.deepEqual([missing.status, /Diese Lage gibt es nicht/.test(missing.complained)], [1, true]);
  const none = await said((out) => lageCommand.run(['verify', join(folder, 'session')], out));
  assert.deepEqual([none.status, /keine ZIP-Datei/.test(none.complained)], [1, true]);
  for (const wrong of [[], ['verify'], ['export', 'x'], ['toString']]) {
    const called = await said((out) => lageCommand.run(wrong, out));
    assert.equal(called.status, 2);
    assert.match(called.complained, /lage export LAGE ORDNER/);
  }
});
