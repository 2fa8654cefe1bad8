import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { sampleLetters } from '../../../commands/sample-letters.ts';
import { checkTemplate } from '../../../platform/documents/typesetter.ts';
import type { Authority } from '../domain/service.ts';
import type { Finding, Level } from './lint-finding.ts';
import { lintFiles, lintServices } from './lint-services.ts';
import { lintPackage } from './lint.ts';
import { loadServices } from './load-services.ts';
import { parsePackage, readPackageFiles, type PackageFiles } from './read-package.ts';

const SERVICES = join(import.meta.dirname, '../../../../services');
const TODAY = Temporal.PlainDate.from('2026-11-24');

const sound = new Map<string, PackageFiles>();
let authorities: readonly Authority[];
before(async () => {
  for (const key of ['baumfaellung', 'bewohnerparkausweis']) sound.set(key, await readPackageFiles(SERVICES, key));
  ({ authorities } = await loadServices(SERVICES, TODAY));
});
const noLetters = { setLetter: () => [], samplesOf: () => ({}) };
const lint = async (key: string, files: PackageFiles, letters = noLetters as Pick<Parameters<typeof lintFiles>[2], 'setLetter' | 'samplesOf'>) =>
  (await lintFiles(key, files, { authorities, today: TODAY, ...letters })).findings;

/** A mistake planted into a sound package. */
interface Planted {
  readonly name: string;
  readonly of?: 'bewohnerparkausweis';
  readonly file: string;
  readonly change: readonly (readonly [find: string, by: string])[];
  readonly level: Level;
  readonly message: RegExp;
  /** Text whose line is named. */
  readonly at: string;
}

const planted: readonly Planted[] = [
  // placeholders
  {
    name: 'a placeholder nobody fills',
    file: 'textbausteine.yaml',
    change: [['{ersatz} standort', '{anzahl} standort']],
    level: 'error',
    message: /«\{anzahl\}» füllt hier niemand.*Möglich: \{ersatz\}/,
    at: '{anzahl}',
  },
  {
    name: 'a placeholder where none is filled',
    file: 'textbausteine.yaml',
    change: [['für die genannten Bäume erteilt', 'für {ersatz} Bäume erteilt']],
    level: 'error',
    message: /ohne Platzhalter/,
    at: 'für {ersatz} Bäume',
  },
  {
    name: 'an open brace',
    file: 'textbausteine.yaml',
    change: [['{ersatz} standort', '{ersatz standort']],
    level: 'error',
    message: /Klammer steht allein/,
    at: '{ersatz standort',
  },
  // the course of the procedure
  {
    name: 'a state that nothing reaches',
    file: 'process.yaml',
    change: [
      [', suspend, extend', ', extend'],
      ['hear, request-documents, extend', 'hear, request-documents, extend'],
    ],
    level: 'warning',
    message: /«ausgesetzt» erreicht kein Vorgang/,
    at: '  ausgesetzt:',
  },
  {
    name: 'a state without a way out',
    file: 'process.yaml',
    change: [['ausgesetzt: [resume, ', 'ausgesetzt: [']],
    level: 'error',
    message: /Aus «ausgesetzt» führt kein Weg/,
    at: '  ausgesetzt:',
  },
  {
    name: 'a state left only by giving up',
    file: 'process.yaml',
    change: [['freigabe: [approve, return-draft, ', 'freigabe: [']],
    level: 'error',
    message: /Aus «freigabe» führt kein Weg/,
    at: '  freigabe:',
  },
  {
    name: 'drafts that wait for ever',
    file: 'process.yaml',
    change: [['freigabe: [approve, ', 'freigabe: [']],
    level: 'error',
    message: /«submit-for-approval» führt in eine Sackgasse: «approve»/,
    at: '  eingegangen:',
  },
  {
    name: 'a refusal that cannot be approved',
    file: 'process.yaml',
    change: [['freigabe: [approve, ', 'freigabe: [']],
    level: 'error',
    message: /freigeben muss \(fourEyes\), kommen nie zur Entscheidung/,
    at: 'fourEyes:',
  },
  {
    name: 'a list that no page asks for',
    file: 'process.yaml',
    change: [['repeat: trees', 'repeat: shrubs']],
    level: 'error',
    message: /Eine Liste «shrubs» fragt keine Seite/,
    at: 'repeat: shrubs',
  },
  // conditions
  {
    name: 'a choice compared with what no option has',
    file: 'form.yaml',
    change: [['condition: \'growth = "hedge"\'', 'condition: \'growth = "hecke"\'']],
    level: 'error',
    message: /«growth» hat keine Auswahl «hecke». Möglich: single, multi, hedge/,
    at: 'hecke',
  },
  {
    name: 'a yes compared with a text',
    file: 'form.yaml',
    change: [['condition: "owner = false"', 'condition: \'owner = "nein"\'']],
    level: 'error',
    message: /möglich sind nur true und false/,
    at: 'owner = "nein"',
  },
  {
    name: 'choices that exclude each other',
    file: 'form.yaml',
    change: [['condition: \'growth = "hedge"\'', 'condition: \'growth = "hedge" and growth = "single"\'']],
    level: 'error',
    message: /Das Feld «hedgeHeightCm» erscheint nie/,
    at: 'growth = "single"\'',
  },
  {
    name: 'a number out of its range',
    file: 'form.yaml',
    change: [['condition: "inGroup = true"', 'condition: "inGroup = true and circumferenceCm > 1200"']],
    level: 'error',
    message: /«groupLargestCm» erscheint nie/,
    at: 'circumferenceCm > 1200',
  },
  {
    name: 'a field that hangs on one that is hidden then',
    file: 'form.yaml',
    change: [['condition: "inGroup = true"', 'condition: \'inGroup = true and growth = "hedge"\'']],
    level: 'error',
    message: /«groupLargestCm» erscheint nie/,
    at: 'inGroup = true and',
  },
  {
    name: 'a page that never comes',
    file: 'form.yaml',
    change: [['  - id: termin\n', '  - id: termin\n    condition: "owner = true and owner = false"\n']],
    level: 'error',
    message: /Die Seite «termin» erscheint nie/,
    at: 'owner = true and',
  },
  {
    name: 'an outcome that never comes',
    file: 'form.yaml',
    change: [['when: \'checkGrowth = "group"\'', "when: 'checkCm > 5000'"]],
    level: 'error',
    message: /Dieses Ergebnis kommt nie/,
    at: 'checkCm > 5000',
  },
  {
    name: 'answers without an outcome',
    file: 'form.yaml',
    change: [['when: "true"', 'when: "checkCm < 40"']],
    level: 'warning',
    message: /zeigt die kurze Prüfung kein Ergebnis/,
    at: '  outcomes:',
  },
  {
    name: 'a name that only items of a list have',
    file: 'textbausteine.yaml',
    change: [['proposedWhen: "hasReplacement = true"', 'proposedWhen: \'growth = "hedge"\'']],
    level: 'error',
    message: /«growth», das es nur in jedem Eintrag einer Liste gibt/,
    at: 'growth',
  },
  {
    name: 'a step that a place does not have',
    file: 'service.yaml',
    change: [['trees.position', 'trees.place']],
    level: 'error',
    message: /«trees.place».*Möglich: position/,
    at: 'trees.place',
  },
  {
    name: 'the function of a name is no name',
    file: 'form.yaml',
    change: [['condition: "owner = false"', 'condition: "some x in trees satisfies y.growth = x.growth"']],
    level: 'error',
    message: /fragt nach «y»/,
    at: 'some x in trees',
  },
  // rules
  {
    name: 'a decision nobody uses',
    file: 'process.yaml',
    change: [['caseDecision: schonzeit\n', '']],
    level: 'warning',
    message: /«schonzeit» nutzt niemand/,
    at: '<decision id="schonzeit"',
  },
  {
    name: 'a DMN input that no field has',
    file: 'rules/baumschutz.dmn',
    change: [['<text>urgent</text>', '<text>dringend</text>']],
    level: 'error',
    message: /«schonzeit»: «dringend» fragt nach «dringend»/,
    at: '<input id="schonzeit-i1"',
  },
  {
    name: 'a row that waits for no option',
    file: 'rules/baumschutz.dmn',
    change: [['<inputEntry id="schutz-r4i0"><text>"multi"', '<inputEntry id="schutz-r4i0"><text>"viele"']],
    level: 'error',
    message: /Zeile 4: Das Feld «growth» hat keine Auswahl «viele»/,
    at: '<inputEntry id="schutz-r4i0"',
  },
  {
    name: 'a decision twice',
    file: 'rules/baumschutz.dmn',
    change: [['<decision id="schonzeit"', '<decision id="schutz"']],
    level: 'error',
    message: /«schutz» gibt es zweimal/,
    at: '<decision id="schutz" name="Schonzeit"',
  },
  {
    name: 'rows that contradict each other',
    file: 'rules/baumschutz.dmn',
    change: [
      ['<decisionTable id="ersatz-table" hitPolicy="FIRST">', '<decisionTable id="ersatz-table" hitPolicy="UNIQUE">'],
      ['[120..200)', '[110..200)'],
    ],
    level: 'error',
    message: /Entscheidung «ersatz»/,
    at: '<rule id="ersatz-r4"',
  },
  {
    name: 'answers that no row fits',
    file: 'rules/baumschutz.dmn',
    change: [['[120..200)', '[130..200)']],
    level: 'warning',
    message: /Entscheidung «ersatz».*Keine Zeile trifft zu/,
    at: '<decision id="ersatz"',
  },
  // law
  {
    name: 'automation without doubts as a list (§ 35a VwVfG)',
    of: 'bewohnerparkausweis',
    file: 'rules/automatik.dmn',
    change: [['hitPolicy="COLLECT"', 'hitPolicy="FIRST"']],
    level: 'error',
    message: /Jeder Antrag ginge an einen Menschen/,
    at: '<decision id="zweifel"',
  },
  {
    name: 'automation without a statute (§ 35a VwVfG)',
    of: 'bewohnerparkausweis',
    file: 'service.yaml',
    change: [
      [
        'legalBasis: "§ 35a HmbVwVfG i. V. m. § 45 Abs. 1b Nr. 2a StVO (Zulassung durch Rechtsvorschrift: Parameter, Stand 11/2026 ungeprüft)"',
        'legalBasis: "Dienstanweisung"',
      ],
    ],
    level: 'error',
    message: /Rechtsvorschrift, die sie zulässt/,
    at: 'Dienstanweisung',
  },
  {
    name: 'fiction without a period (§ 42a VwVfG)',
    file: 'process.yaml',
    change: [
      ['fiction: none', 'fiction: { legalBasis: "§ 6 BaumschutzVO" }'],
      ['decisionPeriod:', '# decisionPeriod:'],
      ['extension:', '# extension:'],
    ],
    level: 'error',
    message: /braucht eine Entscheidungsfrist/,
    at: 'fiction: {',
  },
  {
    name: 'fiction without a statute (§ 42a VwVfG)',
    file: 'process.yaml',
    change: [['fiction: none', 'fiction: { legalBasis: "Zusage der Stadt" }']],
    level: 'error',
    message: /nur, wo ein Gesetz sie anordnet/,
    at: 'fiction: {',
  },
  {
    name: 'an extension of no period',
    file: 'process.yaml',
    change: [['decisionPeriod:', '# decisionPeriod:']],
    level: 'error',
    message: /nur eine Frist, die es gibt/,
    at: '\nextension:',
  },
  {
    name: 'a missing legal basis',
    file: 'textbausteine.yaml',
    change: [['legalBasis: "§ 8 BaumschutzVO"', 'legalBasis: " "']],
    level: 'error',
    message: /Rechtsgrundlage fehlt/,
    at: 'legalBasis: " "',
  },
  {
    name: 'a Nebenbestimmung without a paragraph',
    file: 'textbausteine.yaml',
    change: [['legalBasis: "§ 8 BaumschutzVO"', 'legalBasis: "BaumschutzVO"']],
    level: 'warning',
    message: /nennt keinen Paragraphen/,
    at: 'legalBasis: "BaumschutzVO"',
  },
  {
    name: 'discretion without its reasons (§ 39 VwVfG)',
    of: 'bewohnerparkausweis',
    file: 'service.yaml',
    change: [['discretion: false', 'discretion: true']],
    level: 'warning',
    message: /dessen Gesichtspunkte/,
    at: 'discretion:',
  },
  // ids
  {
    name: 'a field twice',
    file: 'form.yaml',
    change: [['id: familyName, type', 'id: givenName, type']],
    level: 'error',
    message: /«givenName» gibt es zweimal \(Feld\)/,
    at: 'autocomplete: family-name',
  },
  {
    name: 'a field of an item like one of the form',
    file: 'form.yaml',
    change: [
      ['id: inGroup, type', 'id: owner, type'],
      ['condition: "inGroup = true"', 'condition: "owner = true"'],
    ],
    level: 'error',
    message: /«owner» gibt es zweimal/,
    at: 'id: owner, type: yes-no, label: { de: Steht er',
  },
  {
    name: 'an option twice',
    file: 'form.yaml',
    change: [['{ value: buche,', '{ value: eiche,']],
    level: 'error',
    message: /«eiche» gibt es zweimal \(Auswahl\)/,
    at: 'de: Buche',
  },
  {
    name: 'a text block twice',
    file: 'textbausteine.yaml',
    change: [['- id: erhalt', '- id: gefahr']],
    level: 'error',
    message: /«gefahr» gibt es zweimal \(Baustein\)/,
    at: 'id: gefahr\n    title: Erhalt',
  },
  // fields
  {
    name: 'a range upside down',
    file: 'form.yaml',
    change: [['min: 10, max: 2000', 'min: 3000, max: 2000']],
    level: 'error',
    message: /min ist größer als max/,
    at: 'min: 3000',
  },
  {
    name: 'a pattern that is none',
    file: 'form.yaml',
    change: [['pattern: "[0-9]{1,6}(/[0-9]{1,5})?"', 'pattern: "[0-9"']],
    level: 'error',
    message: /Muster ist nicht lesbar/,
    at: 'pattern: "[0-9"',
  },
  {
    name: 'a measure without help',
    file: 'form.yaml',
    change: [['id: hasReplacement, type: yes-no', 'id: hasReplacement, type: number, min: 1, max: 2']],
    level: 'warning',
    message: /«hasReplacement» hat keine Hilfe/,
    at: 'id: hasReplacement',
  },
  // fees
  {
    name: 'no fee for today',
    file: 'service.yaml',
    change: [['validFrom: "2023-03-01"', 'validFrom: "2027-03-01"']],
    level: 'error',
    message: /Für Anträge von heute \(2026-11-24\) gilt keine Gebühr/,
    at: 'fees:',
  },
  {
    name: 'a fee that has ended',
    file: 'service.yaml',
    change: [['validFrom: "2023-03-01"', 'validFrom: "2023-03-01"\n    validTo: "2026-11-23"']],
    level: 'error',
    message: /gilt keine Gebühr/,
    at: 'fees:',
  },
  {
    name: 'a fee that ends soon',
    file: 'service.yaml',
    change: [['validFrom: "2023-03-01"', 'validFrom: "2023-03-01"\n    validTo: "2026-12-31"']],
    level: 'warning',
    message: /endet am 2026-12-31, und nichts folgt/,
    at: 'validTo:',
  },
  {
    name: 'a gap between two tariffs',
    file: 'service.yaml',
    change: [
      [
        'promisedWeeks: 8',
        'tariffs:\n  baum:\n    - { validFrom: "2026-01-01", validTo: "2026-12-31", cents: 500, legalBasis: GebO }\n    - { validFrom: "2027-02-01", cents: 600, legalBasis: GebO }\npromisedWeeks: 8',
      ],
    ],
    level: 'error',
    message: /Zwischen 2026-12-31 und 2027-02-01 gilt für «baum» nichts.*validFrom: "2027-01-01"/,
    at: 'validFrom: "2027-02-01"',
  },
  {
    name: 'a day that is in no calendar',
    file: 'service.yaml',
    change: [['validFrom: "2023-03-01"', 'validFrom: "2023-02-30"']],
    level: 'error',
    message: /«2023-02-30» gibt es nicht/,
    at: '2023-02-30',
  },
  {
    name: 'a row that ends before it begins',
    file: 'service.yaml',
    change: [['validFrom: "2023-03-01"', 'validFrom: "2023-03-01"\n    validTo: "2022-03-01"']],
    level: 'error',
    message: /endet, bevor sie beginnt/,
    at: 'validTo:',
  },
  {
    name: 'a fee rule that is not there',
    file: 'service.yaml',
    change: [['promisedWeeks: 8', 'feeRule: gebuehr\npromisedWeeks: 8']],
    level: 'error',
    message: /«gebuehr» steht in keiner Datei/,
    at: 'feeRule:',
  },
  {
    name: 'a fee rule that gives no amount',
    file: 'service.yaml',
    change: [['promisedWeeks: 8', 'feeRule: schonzeit\npromisedWeeks: 8']],
    level: 'error',
    message: /nennt «schonzeit» keine Gebühr/,
    at: 'feeRule:',
  },
  // words
  {
    name: 'a text that was not translated',
    file: 'service.yaml',
    change: [['en: Permission to fell a tree', 'en: Baum fällen']],
    level: 'warning',
    message: /auf Deutsch und Englisch gleich/,
    at: 'en: Baum fällen',
  },
  {
    name: 'hard German as Leichte Sprache',
    of: 'bewohnerparkausweis',
    file: 'service.yaml',
    change: [['leicht: Park-Ausweis für Bewohner', 'leicht: Bewohnerparkausweis']],
    level: 'warning',
    message: /keine Leichte Sprache/,
    at: 'leicht: Bewohnerparkausweis',
  },
  // the example
  {
    name: 'an example with a text block that is not there',
    file: 'walk.yaml',
    change: [['nebenbestimmungen: [ersatzpflanzung,', 'nebenbestimmungen: [ersatz,']],
    level: 'error',
    message: /Den Baustein «ersatz» gibt es in textbausteine.yaml nicht/,
    at: 'decision:',
  },
  {
    name: 'an example with an answer nobody asks',
    file: 'walk.yaml',
    change: [['  urgent: false', '  urgent: false\n  wetter: schön']],
    level: 'warning',
    message: /Nach «wetter» fragt keine Seite/,
    at: 'wetter',
  },
  {
    name: 'a key unlike its folder',
    file: 'service.yaml',
    change: [['key: baumfaellung', 'key: baumfall']],
    level: 'error',
    message: /Der Ordner heißt «baumfaellung», die Leistung «baumfall»/,
    at: 'key:',
  },
];

for (const { name, of = 'baumfaellung', file, change, level, message, at } of planted) {
  test(`${level} with file and line: ${name}`, async () => {
    const files = sound.get(of)!;
    const path = `${of}/${file}`;
    let text = files[path]!;
    for (const [find, by] of change) {
      assert.ok(text.includes(find), `«${find}» is not in ${path}: the test plants nothing`);
      text = text.replace(find, by);
    }
    const findings = await lint(of, { ...files, [path]: text });
    const found = findings.find((one) => message.test(one.message));
    assert.ok(found, JSON.stringify(findings, undefined, 1));
    assert.equal(found.level, level);
    const where = found.file.endsWith('textbausteine.yaml')
      ? `${of}/textbausteine.yaml`
      : at.startsWith('<')
        ? Object.keys(files).find((one) => one.endsWith('.dmn') && one.startsWith(of))!
        : path;
    assert.equal(found.file, where);
    const content = where === path ? text : files[where]!;
    assert.ok(content.includes(at), `«${at}» is not in ${where}`);
    const offset = content.indexOf(at) + (at.startsWith('\n') ? 1 : 0);
    assert.equal(found.line, content.slice(0, offset).split('\n').length, `line of «${at}» in: ${found.message}`);
    assert.ok(found.column >= 1);
  });
}

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
