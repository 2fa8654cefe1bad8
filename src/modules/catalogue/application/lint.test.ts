import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { before, test } from 'node:test';
import type { Mistake } from '../domain/package.ts';
import { lintPackage } from './lint.ts';
import { loadServices } from './load-services.ts';
import { hashOf, parsePackage, readPackageFiles, type PackageFiles } from './read-package.ts';
import { reckonedMs } from '../../../../test/support/reckoned-time.ts';

const SERVICES = join(import.meta.dirname, '../../../../services');
const TODAY = Temporal.PlainDate.from('2026-11-24');

let sound: PackageFiles;
let parking: PackageFiles;
before(async () => {
  sound = await readPackageFiles(SERVICES, 'baumfaellung');
  parking = await readPackageFiles(SERVICES, 'bewohnerparkausweis');
});

async function mistakesOf(key: string, files: PackageFiles): Promise<readonly Mistake[]> {
  const { authorities } = await loadServices(SERVICES, TODAY);
  const { pkg, mistakes } = await parsePackage(key, files);
  return [...mistakes, ...(pkg === undefined ? [] : lintPackage(pkg, files, authorities, TODAY))];
}

/** One mistake planted into a sound package. */
interface Planted {
  readonly name: string;
  readonly of?: 'bewohnerparkausweis';
  readonly file: string;
  readonly replace: string;
  readonly by: string;
  readonly message: RegExp;
  /** Text whose line the mistake must name; without it the planted text's. */
  readonly at?: string;
}

const planted: readonly Planted[] = [
  {
    name: 'YAML that cannot be read',
    file: 'service.yaml',
    replace: 'trust: einfach',
    by: 'trust: [einfach',
    message: /YAML ist nicht lesbar/,
    at: 'regime: hh',
  },
  {
    name: 'an unknown key',
    file: 'service.yaml',
    replace: 'trust: einfach',
    by: 'trust: einfach\nvertrauen: einfach',
    message: /Unbekannt: vertrauen/,
    at: 'key: baumfaellung',
  },
  {
    name: 'an empty value, as drafts have it',
    file: 'service.yaml',
    replace: 'retentionYears: 10',
    by: 'retentionYears:',
    message: /retentionYears: Diese Angabe ist leer/,
  },
  {
    name: 'neither of two forms',
    file: 'service.yaml',
    replace: 'authority: { byDistrictOf: "trees.position" }',
    by: 'authority:',
    message: /authority: Diese Angabe fehlt oder hat nicht die erwartete Form/,
  },
  {
    name: 'a number too large, in German',
    file: 'form.yaml',
    replace: 'maxMegabytes: 10',
    by: 'maxMegabytes: 51',
    message: /maxMegabytes: Zu viel: höchstens 50/,
  },
  {
    name: 'a version that is none, in German',
    file: 'service.yaml',
    replace: 'version: 1.1.0',
    by: 'version: eins',
    message: /version: Die Schreibweise stimmt nicht/,
  },
  {
    name: 'a value outside the closed set',
    file: 'service.yaml',
    replace: 'trust: einfach',
    by: 'trust: mittel',
    message: /Möglich sind nur: einfach, substanziell, hoch/,
  },
  {
    name: 'a missing language',
    file: 'form.yaml',
    replace: 'title: { de: Auf welchem Grundstück?, en: On which plot?, leicht: Welches Grund-Stück? }',
    by: 'title: { de: Auf welchem Grundstück?, en: On which plot? }',
    message: /pages\.1\.title\.leicht: Diese Angabe fehlt/,
  },
  {
    name: 'a field type that does not exist',
    file: 'form.yaml',
    replace: 'id: phone, type: tel',
    by: 'id: phone, type: telefon',
    message: /pages\.3\.fields\.3/,
  },
  {
    name: 'an action outside the closed set',
    file: 'process.yaml',
    replace: 'zurueckgenommen: [note]',
    by: 'zurueckgenommen: [feiern]',
    message: /Möglich sind nur: confirm-complete/,
  },
  {
    name: 'a state outside the closed set',
    file: 'process.yaml',
    replace: '  zurueckgenommen: [note]',
    by: '  vergessen: [note]',
    message: /offered/,
    at: '  eingegangen:',
  },
  { name: 'a day that is none', file: 'service.yaml', replace: 'validFrom: "2023-03-01"', by: 'validFrom: "1.3.2023"', message: /JJJJ-MM-TT/ },
  {
    name: 'automation where there is discretion (§ 35a HmbVwVfG)',
    file: 'service.yaml',
    replace: 'discretion: true',
    by: 'discretion: true\nautomation: { legalBasis: "§ 35a HmbVwVfG", decision: schutz }',
    message: /darf kein Automat entscheiden \(§ 35a VwVfG\)/,
    at: 'automation:',
  },
  {
    name: 'automation without its legal basis (§ 35a HmbVwVfG)',
    file: 'service.yaml',
    replace: 'discretion: true',
    by: 'discretion: false\nautomation: { decision: schutz }',
    message: /automation\.legalBasis: Diese Angabe fehlt/,
    at: 'automation:',
  },
  {
    name: 'automation by a decision that is not there',
    of: 'bewohnerparkausweis',
    file: 'service.yaml',
    replace: 'decision: zweifel',
    by: 'decision: gewissheit',
    message: /«gewissheit» steht in keiner Datei/,
  },
  {
    name: 'an item decision that is not there',
    file: 'process.yaml',
    replace: 'decision: ersatz',
    by: 'decision: fehlt',
    message: /«fehlt» steht in keiner Datei/,
  },
  {
    name: 'an authority that is not there',
    of: 'bewohnerparkausweis',
    file: 'service.yaml',
    replace: 'id: landesbetrieb-verkehr',
    by: 'id: amt-fuer-nichts',
    message: /«amt-fuer-nichts» steht nicht in authorities/,
  },
  {
    name: 'a dead end of the process',
    file: 'process.yaml',
    replace: 'answer-hearing, ',
    by: '',
    message: /«hear» führt in eine Sackgasse/,
    at: '  eingegangen:',
  },
  {
    name: 'a condition over a field that is not there',
    file: 'form.yaml',
    replace: 'condition: "owner = false"',
    by: 'condition: "besitzer = false"',
    message: /fragt nach «besitzer»/,
  },
  {
    name: 'a proposal over a field that is not there',
    file: 'textbausteine.yaml',
    replace: 'proposedWhen: "hasReplacement = false"',
    by: 'proposedWhen: "garten = false"',
    message: /fragt nach «garten»/,
  },
  {
    name: 'a document nobody described',
    file: 'form.yaml',
    replace: 'document: zustimmung',
    by: 'document: vollmacht',
    message: /«vollmacht» ist unter documents nicht beschrieben/,
  },
  {
    name: 'a document nobody asks for',
    file: 'form.yaml',
    replace: 'type: file, document: zustimmung,',
    by: 'type: yes-no,',
    message: /Nach der Unterlage «zustimmung» fragt keine Seite/,
    at: '{ id: zustimmung',
  },
  { name: 'a fee that begins above its end', file: 'service.yaml', replace: 'minCents: 2500', by: 'minCents: 250000', message: /beginnt höher, als sie endet/ },
  {
    name: 'Leichte Sprache with a long sentence',
    file: 'form.yaml',
    replace: 'leicht: Beschreiben Sie jeden Baum. Sie können 20 Bäume angeben.',
    by: 'leicht: Beschreiben Sie jeden Baum einzeln und geben Sie dabei bitte an wie dick er ist und wo er steht.',
    message: /mehr als 15 Wörter/,
  },
  {
    name: 'a condition that is no FEEL',
    file: 'form.yaml',
    replace: 'condition: "owner = false"',
    by: 'condition: "owner ="',
    message: /kein gültiger Ausdruck/,
  },
  {
    name: 'two fees at the same time',
    file: 'service.yaml',
    replace: 'jointApplicants: { max: 5 }',
    by: '  - { label: { de: Entscheidung über die Ausnahme, en: a, leicht: b }, validFrom: "2024-01-01", minCents: 1, maxCents: 2, legalBasis: GebO }\njointApplicants: { max: 5 }',
    message: /gelten zur selben Zeit/,
    at: 'validFrom: "2024-01-01"',
  },
  {
    name: 'Leichte Sprache with a long sentence beside others on its line',
    file: 'form.yaml',
    replace: 'leicht: "Klicken Sie auf die Karte. Dann wissen wir, welches Amt Ihnen hilft."',
    by: 'leicht: "Klicken Sie auf die Karte und wählen Sie dort den Ort aus an dem der Baum steht und wächst."',
    message: /mehr als 15 Wörter/,
  },
  {
    name: 'a walk that fails its own form',
    file: 'walk.yaml',
    replace: 'urgent: false',
    by: 'urgent: vielleicht',
    message: /besteht das eigene Formular nicht: urgent/,
  },
  {
    name: 'a walk without a required document',
    file: 'walk.yaml',
    replace: 'slot: foto.1',
    by: 'slot: foto.7',
    message: /trees\.1\.photo/,
    at: 'lat: 53.5578',
  },
  {
    name: 'a DMN cell that is no FEEL',
    file: 'rules/baumschutz.dmn',
    replace: '<text>[120..200)</text>',
    by: '<text>[120..</text>',
    message: /«\[120\.\.» ist kein gültiges FEEL/,
  },
  { name: 'a DMN requirement that is not there', file: 'rules/baumschutz.dmn', replace: 'href="#schutz"', by: 'href="#obhut"', message: /baut auf obhut auf/ },
];

for (const { name, of = 'baumfaellung', file, replace, by, message, at = by } of planted) {
  test(`lint finds with file and line: ${name}`, async () => {
    const files = of === 'baumfaellung' ? sound : parking;
    const path = `${of}/${file}`;
    assert.ok(files[path]!.includes(replace), `«${replace}» is not in ${path}: the test plants nothing`);
    const text = files[path]!.replace(replace, by);
    const mistakes = await mistakesOf(of, { ...files, [path]: text });
    const found = mistakes.find((mistake) => message.test(mistake.message));
    assert.ok(found, JSON.stringify(mistakes, undefined, 1));
    assert.equal(found.file, path);
    assert.equal(found.line, text.slice(0, text.indexOf(at)).split('\n').length, `line of «${at}» in: ${found.message}`);
    assert.ok(found.column >= 1);
  });
}

test('a missing file and a missing letter are named', async () => {
  const { [`baumfaellung/process.yaml`]: _, 'letters/bescheid.typ': __, ...rest } = sound;
  const mistakes = await mistakesOf('baumfaellung', rest);
  assert.deepEqual(
    mistakes.map(({ file, line }) => [file, line]),
    [
      ['baumfaellung/process.yaml', 1],
      ['baumfaellung/letters/bescheid.typ', 1],
    ],
  );
});

test('the city’s own packages are sound, and the lint takes less than two seconds', async () => {
  const started = reckonedMs();
  const { packages, mistakes } = await loadServices(SERVICES, TODAY);
  assert.deepEqual(mistakes, []);
  for (const key of ['baumfaellung', 'bewohnerparkausweis']) assert.ok(packages.has(key), key);
  assert.ok(reckonedMs() - started < 2000);
});

test('a package with a mistake is not offered; the others are', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'kontor-services-'));
  try {
    await cp(SERVICES, folder, { recursive: true });
    const file = join(folder, 'baumfaellung/service.yaml');
    await writeFile(file, (await readFile(file, 'utf8')).replace('trust: einfach', 'trust: mittel'));
    const { packages, mistakes } = await loadServices(folder, TODAY);
    assert.ok(packages.has('bewohnerparkausweis') && !packages.has('baumfaellung'));
    assert.equal(mistakes.filter((mistake) => mistake.file.startsWith('baumfaellung/')).length, 1);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('the hash pins every file: any change of any of them is another version', () => {
  const hash = hashOf(sound);
  for (const path of Object.keys(sound)) assert.notEqual(hashOf({ ...sound, [path]: `${sound[path]} ` }), hash, path);
  assert.equal(hashOf(Object.fromEntries(Object.entries(sound).reverse())), hash);
});

test('two fees of one name and way at the same time are refused', async () => {
  const path = 'baumfaellung/service.yaml';
  const second =
    '  - { label: { de: Entscheidung über die Ausnahme, en: a, leicht: b }, validFrom: "2024-01-01", minCents: 1, maxCents: 2, legalBasis: GebO }\njointApplicants: { max: 5 }';
  const mistakes = await mistakesOf('baumfaellung', { ...sound, [path]: sound[path]!.replace('jointApplicants: { max: 5 }', second) });
  assert.deepEqual(
    mistakes.map((mistake) => mistake.file),
    [path],
  );
  assert.match(mistakes[0]!.message, /gelten zur selben Zeit. Setzen Sie validTo/);
});
