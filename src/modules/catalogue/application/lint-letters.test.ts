import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { sampleLetters } from '../../../commands/sample-letters.ts';
import { checkTemplate } from '../../../platform/documents/typesetter.ts';
import type { Authority } from '../domain/service.ts';
import type { Finding } from './lint-finding.ts';
import { lintFiles, lintServices } from './lint-services.ts';
import { findingsOf as lint, NO_LETTERS as noLetters, SERVICES, soundPackages, TODAY } from './lint-testing.ts';
import { lintPackage } from './lint.ts';
import { parsePackage, type PackageFiles } from './read-package.ts';

let sound: ReadonlyMap<string, PackageFiles>;
let authorities: readonly Authority[];
before(async () => {
  ({ files: sound, authorities } = await soundPackages());
});

test('the same packages without a mistake have no error', async () => {
  for (const [key, files] of sound)
    assert.deepEqual(
      (await lint(key, files)).filter(({ level }) => level === 'error'),
      [],
      key,
    );
});

test('advice does not keep a package from being offered', async () => {
  const files = sound.get('baumfaellung')!;
  const path = 'baumfaellung/service.yaml';
  const changed = { ...files, [path]: files[path]!.replace('en: Permission to fell a tree', 'en: Baum fällen') };
  const { pkg } = await parsePackage('baumfaellung', changed);
  assert.deepEqual(lintPackage(pkg!, changed, authorities, TODAY), []);
});

const letters = { setLetter: checkTemplate, samplesOf: sampleLetters };
const ofLetters = (findings: readonly Finding[]): Finding[] => findings.filter(({ file }) => file.endsWith('.typ'));

for (const [name, letter, find, by, message] of [
  [
    'an answer that no letter gets',
    'bescheid',
    '#data.fee',
    '#data.gebuehr',
    /Der Brief «bescheid» .*«gebuehr» bekommt dieser Brief nicht. Es gibt: head, demo, greeting/,
  ],
  ['a name that is not there', 'anhoerung', '#lines(data.text)', '#zeilen(data.text)', /Den Namen «zeilen» gibt es nicht/],
  ['an open bracket', 'eingangsbestaetigung', '#if data.deadline != none [', '#if data.deadline != none [[', /nicht geschlossen/],
  ['a part that may be missing', 'bescheid', '#if data.registerNumber != none [', '#if true [', /registerNumber|fehlt in manchen Fällen|Typst/],
  ['a part of the head that is not there', 'nachforderung', '#data.greeting', '#data.head.anrede', /«anrede»/],
] as const) {
  for (const own of [true, false]) {
    test(`a letter with ${name} is found at its line, ${own ? 'in the package' : 'among the shared'}`, async () => {
      const files = sound.get('baumfaellung')!;
      const shared = `letters/${letter}.typ`;
      assert.ok(files[shared]!.includes(find), `«${find}» is not in ${shared}: the test plants nothing`);
      const text = files[shared]!.replace(find, by);
      const path = own ? `baumfaellung/${shared}` : shared;
      const found = ofLetters(await lint('baumfaellung', { ...files, [path]: text }, letters));
      assert.ok(found.length >= 1);
      assert.deepEqual([found[0]!.level, found[0]!.file], ['error', path]);
      assert.equal(found[0]!.line, text.slice(0, text.indexOf(by)).split('\n').length, found[0]!.message);
      assert.match(found[0]!.message, message);
    });
  }
}

test('a letter that nobody writes is named', async () => {
  const files = { ...sound.get('baumfaellung')!, 'baumfaellung/letters/mahnung.typ': 'Mahnung' };
  assert.deepEqual(
    ofLetters(await lint('baumfaellung', files)).map(({ level, file }) => [level, file]),
    [['warning', 'baumfaellung/letters/mahnung.typ']],
  );
});

test('the sound letters are set with what the procedure gives them, and every letter has samples', async () => {
  for (const [key, files] of sound) {
    const { pkg, findings } = await lintFiles(key, files, { authorities, today: TODAY, ...letters });
    assert.deepEqual(ofLetters(findings), [], key);
    assert.deepEqual(Object.keys(sampleLetters(pkg!, authorities[0]!)).toSorted(), Object.keys(pkg!.letters).toSorted());
  }
});

test('two packages with one Leistungsschlüssel and one prefix are told apart by nobody', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'kontor-services-'));
  try {
    await cp(SERVICES, folder, { recursive: true });
    await cp(join(SERVICES, 'baumfaellung'), join(folder, 'baumpflege'), { recursive: true });
    const file = join(folder, 'baumpflege/service.yaml');
    await writeFile(file, (await readFile(file, 'utf8')).replace('key: baumfaellung', 'key: baumpflege'));
    const { packages } = await lintServices(folder, { today: TODAY, only: 'baumpflege', ...noLetters });
    assert.deepEqual(
      packages.map(({ key }) => key),
      ['baumpflege'],
    );
    const messages = packages[0]!.findings.filter(({ level }) => level === 'error').map(({ message }) => message);
    assert.equal(messages.length, 2, messages.join('\n'));
    assert.match(messages.join('\n'), /Aktenzeichen «BF» hat schon «baumfaellung»[\s\S]*Leistungsschlüssel/);
  } finally {
    await rm(folder, { recursive: true });
  }
});
