import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { lageCity, type LageCity } from '../../../../test/support/lage-city.ts';
import { expectOk } from '../../../kernel/result.ts';
import { loadSeal } from '../../../platform/documents/load-seal.ts';
import { needs, temporaryFolder } from '../../../platform/documents/testing.ts';
import { enterLage } from '../../situation/public.ts';
import { logbookOn } from '../../../lage.ts';
import { exportFiles } from '../application/export-lage.ts';
import { volumesOf } from '../application/print-log.ts';
import type { ReadEntry } from '../domain/entry.ts';
import type { LageExport } from '../domain/export.ts';

let city: LageCity;
let folder = '';
let count = 0;
let [ours, somebodyElses] = ['', ''];
const KEY = 'ausgabe';

before(async () => {
  city = await lageCity();
  await city.lage('Ausgabe', { key: KEY, exercise: true });
  const call = (path: string, body: object) => city.json('leader', 'POST', `/api/lagen/${KEY}${path}`, body);
  await call('/tagebuch', { kind: 'feststellung', text: 'Pegel „St. Pauli“ 5,20 m\n🌊 steigt' });
  // rows of others lie between
  await city.lage('Nachbarin');
  await call('/tagebuch', { kind: 'berichtigung', text: 'Pegel 5,02 m', corrects: 2 });
  const { id } = await call('/nachrichten', { direction: 'in', content: 'Tor klemmt', sender: 'Wacht', addressee: 'S3', to: ['S3'] });
  await call(`/nachrichten/${String(id)}/vermerke`, { kind: 'quittung', note: 'verstanden' });
  const report = await call('/lageberichte', { title: 'Lagebericht 1', sections: { lage: 'Das Wasser steigt.' } });
  await call(`/lageberichte/${String(report['id'])}/freigabe`, { version: 1 });
  const { lage } = expectOk(await enterLage(city.ctx, city.leader, KEY, 'log'));
  folder = mkdtempSync(join(tmpdir(), 'kontor-ausgabe-'));
  const [mine, other] = await Promise.all(['eigen', 'fremd'].map(authority));
  [ours, somebodyElses] = [mine!.pem, other!.pem];
  for (const { name, bytes } of await exportFiles({ ...logbookOn(city.city.ctx), seal: mine!.seal }, lage, 'Jens Leiter'))
    writeFileSync(join(folder, name), bytes);
});
after(async () => {
  rmSync(folder, { recursive: true, force: true });
  await city.close();
});

/** A seal of its own, and the certificate it rests on. */
async function authority(name: string) {
  const { seal, anchors } = await loadSeal({ env: 'demo', directory: join(temporaryFolder(), name) }, city.ctx.clock());
  const raw = Buffer.from(anchors[0]!.certificate).toString('base64');
  return { seal, pem: `-----BEGIN CERTIFICATE-----\n${raw.replaceAll(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n` };
}

/** Runs the program that lies in the export, as somebody does who has nothing but the export. */
function verify(at: string, ...args: readonly string[]): { readonly status: number | null; readonly said: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['pruefen.mjs', ...args], { cwd: at, encoding: 'utf8', env: { PATH: process.env['PATH'] } });
  return { status, said: stdout + stderr };
}

/** A copy of the export in which something was changed. */
function tampered(change: (data: Mutable, at: string) => void): string {
  const at = `${folder}-${(count += 1)}`;
  cpSync(folder, at, { recursive: true });
  after(() => rmSync(at, { recursive: true, force: true }));
  const data = JSON.parse(readFileSync(join(at, 'lage.json'), 'utf8')) as Mutable;
  change(data, at);
  writeFileSync(join(at, 'lage.json'), JSON.stringify(data, null, 1));
  return at;
}
type Mutable = { -readonly [K in keyof LageExport]: LageExport[K] extends readonly (infer T)[] ? { -readonly [P in keyof T]: T[P] }[] : LageExport[K] };

describe('an export proves itself without Kontor', () => {
  it('untouched it is whole, and the seal of the PDF holds for the data', needs('openssl', 'openssl'), () => {
    const { status, said } = verify(folder);
    assert.equal(status, 0, said);
    assert.match(said, /tagebuch-1\.pdf: das Siegel ist unversehrt/);
    assert.match(said, /unversehrt: 5 Einträge, 1 Nachricht, 1 Fassung/);
  });

  it('with the certificate of the city it says whose seal it is, and refuses one of somebody else', needs('openssl', 'openssl'), () => {
    const anchor = (name: string, pem: string): string => (writeFileSync(join(folder, name), pem), name);
    const own = verify(folder, '.', '--ca', anchor('stadt.pem', ours));
    assert.deepEqual([own.status, /das Siegel ist das der Stadt/.test(own.said)], [0, true], own.said);
    const other = verify(folder, '.', '--ca', anchor('fremd.pem', somebodyElses));
    assert.deepEqual([other.status, /oder es trägt ein fremdes Siegel/.test(other.said)], [1, true], other.said);
  });

  it('says with what it was sealed, also for a reader', () => {
    const readme = readFileSync(join(folder, 'liesmich.txt'), 'utf8');
    assert.match(readme, /ÜBUNG[\s\S]*node pruefen\.mjs[\s\S]*sha256sum lage\.json/);
  });

  const TAMPERED: readonly (readonly [string, (data: Mutable, at: string) => void, RegExp])[] = [
    [
      'changed words of an entry',
      (data) => void (data.entries[1]!.words = data.entries[1]!.words.replace('5,20', '4,20')),
      /Tagebuch, Eintrag 2: die Worte wurden verändert/,
    ],
    ['words changed with their hash', (data) => reword(data), /Tagebuch, Eintrag 2: die Worte wurden verändert/],
    ['an entry taken out', (data) => void data.entries.splice(1, 1), /Eintrag 2: fehlt[\s\S]*fehlen die Worte|fehlen die Worte[\s\S]*Eintrag 2: fehlt/],
    ['an entry put in', (data) => void data.entries.push({ ...data.entries[0]!, id: 'x', number: data.entries.length + 1 }), /das Journal kennt ihn nicht/],
    ['a stamp taken off a message', (data) => void data.steps.pop(), /fehlen die Worte \(steps/],
    [
      'a changed message',
      (data) => void (data.messages[0]!.words = data.messages[0]!.words.replace('klemmt', 'schließt')),
      /Nachricht 1: die Worte wurden verändert/,
    ],
    [
      'a changed report',
      (data) => void (data.reports[0]!.words = data.reports[0]!.words.replace('steigt', 'fällt')),
      /Lagebericht .*: die Worte wurden verändert/,
    ],
    ['a changed row of the journal', (data) => void (data.journal[2]!.actor = 'staff:other'), /Journal, Eintrag \d+: verändert/],
    [
      'a row taken out of the journal',
      (data) =>
        void data.journal.splice(
          data.journal.findIndex(({ kind }) => kind === 'logbook.report-released'),
          1,
        ),
      /andere[rn]? lage\.json/,
    ],
    ['rows swapped', (data) => void data.journal.reverse(), /Die Reihenfolge stimmt nicht/],
    ['a whole export made up without the city’s seal', (data) => void (data.exportedBy = 'Jemand'), /sein Siegel gilt einer anderen lage\.json/],
    ['no seal at all', (_, at) => rmSync(join(at, 'tagebuch-1.pdf')), /tagebuch-1\.pdf fehlt/],
    ['a changed PDF', (_, at) => flip(join(at, 'tagebuch-1.pdf')), /das Siegel gilt nicht/],
    ['something behind the seal', (_, at) => writeFileSync(join(at, 'tagebuch-1.pdf'), '\n%', { flag: 'a' }), /nach dem Siegel wurde etwas angehängt/],
  ];
  for (const [what, change, says] of TAMPERED)
    it(`finds ${what}`, what.includes('changed PDF') ? needs('openssl', 'openssl') : {}, () => {
      const { status, said } = verify(tampered(change));
      assert.equal(status, 1, said);
      assert.match(said, says);
    });

  it('says plainly that it cannot read what is no export', () => {
    const at = tampered(() => {});
    writeFileSync(join(at, 'lage.json'), '{"form":');
    const { status, said } = verify(at);
    assert.equal(status, 2);
    assert.match(said, /lage\.json laesst sich nicht lesen/);
  });
});

it('a book too long for one PDF has volumes, and no entry is lost or cut', () => {
  const entries = Array.from({ length: 350 }, (_, i) => ({ number: i + 1, text: 'ä'.repeat(5000) })) as unknown as readonly ReadEntry[];
  const volumes = volumesOf(entries);
  assert.ok(volumes.length > 3 && volumes.every((one) => JSON.stringify(one).length < 1_900_000));
  assert.deepEqual(volumes.flat(), entries);
  assert.deepEqual(volumesOf([]), [[]]);
});

/** As somebody would who knows how words are hashed, but cannot change the journal. */
function reword(data: Mutable): void {
  const one = data.entries[1]!;
  one.words = one.words.replace('5,20', '4,20');
  one.sha256 = 'f'.repeat(64);
}

function flip(path: string): void {
  const bytes = readFileSync(path);
  bytes[200]! ^= 1;
  writeFileSync(path, bytes);
}

it('over HTTP: a ZIP for programs, a sealed PDF for people, and the journal says who took it', async () => {
  const packed = await city.json('leader', 'POST', `/api/lagen/${KEY}/tagebuch/ausgabe`, { form: 'zip' });
  assert.equal(Buffer.from(String(packed['base64']), 'base64').subarray(0, 2).toString(), 'PK');
  const pdf = await city.form('leader', `/lagen/${KEY}/tagebuch/ausgabe`, { form: 'pdf' });
  assert.equal(pdf.headers.get('content-type'), 'application/pdf');
  const rows = await city.ctx.journal.readAfter(city.ctx.database.read, 0, { kinds: ['logbook.exported'] });
  assert.deepEqual(
    rows.map(({ payload }) => payload['form']),
    ['zip', 'pdf'],
  );
});
