import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ServicePackage } from '../domain/package.ts';
import type { Change } from './diff-change.ts';
import { changesOf, packages, testChanges, type PlantedChange } from './diff-testing.ts';
import { diffPackages } from './diff.ts';

const cases: readonly PlantedChange[] = [
  {
    name: 'a legal basis',
    file: 'service.yaml',
    replace: '"§ 39 Abs. 5 BNatSchG"',
    by: '"§ 40 BNatSchG"',
    area: 'Recht',
    kind: 'removed',
    what: /§ 39 Abs. 5 BNatSchG fällt weg/,
    safe: false,
  },
  {
    name: 'discretion',
    file: 'service.yaml',
    replace: 'discretion: true',
    by: 'discretion: false',
    area: 'Recht',
    kind: 'changed',
    what: /Ermessen: bisher ja, künftig nein/,
    safe: false,
  },
  {
    name: 'trust',
    file: 'service.yaml',
    replace: 'trust: einfach',
    by: 'trust: hoch',
    area: 'Recht',
    kind: 'changed',
    what: /«einfach», künftig «hoch»/,
    safe: false,
  },
  {
    name: 'the authority',
    of: 'bewohnerparkausweis',
    file: 'service.yaml',
    replace: 'id: landesbetrieb-verkehr',
    by: 'id: bezirksamt-altona',
    area: 'Zuständigkeit',
    kind: 'changed',
    what: /landesbetrieb-verkehr.*bezirksamt-altona/,
    safe: false,
  },
  {
    name: 'automation',
    of: 'bewohnerparkausweis',
    file: 'service.yaml',
    replace: 'automation:',
    by: '# automation:',
    area: 'Recht',
    kind: 'removed',
    what: /Automatische Entscheidung/,
    safe: false,
  },
  {
    name: 'an amount',
    file: 'service.yaml',
    replace: 'minCents: 2500',
    by: 'minCents: 5000',
    area: 'Gebühren',
    kind: 'changed',
    what: /25,00.*→ 50,00/,
    safe: false,
  },
  {
    name: 'the end of a fee',
    file: 'service.yaml',
    replace: 'validFrom: "2023-03-01"',
    by: 'validFrom: "2023-03-01"\n    validTo: "2027-12-31"',
    area: 'Gebühren',
    kind: 'changed',
    what: /ab 2023-03-01 → von 2023-03-01 bis 2027-12-31/,
    safe: true,
  },
  {
    name: 'a tariff',
    file: 'service.yaml',
    replace: 'promisedWeeks: 8',
    by: 'tariffs: { baum: [{ validFrom: "2026-01-01", cents: 500, legalBasis: GebO }] }\npromisedWeeks: 8',
    area: 'Gebühren',
    kind: 'added',
    what: /Neuer Tarif «baum»: 5,00/,
    safe: true,
  },
  {
    name: 'the promise',
    file: 'service.yaml',
    replace: 'promisedWeeks: 8',
    by: 'promisedWeeks: 6',
    area: 'Fristen',
    kind: 'changed',
    what: /Zugesagte Wochen: bisher «8», künftig «6»/,
    safe: true,
  },
  {
    name: 'the decision period',
    file: 'process.yaml',
    replace: 'length: 8, unit: weeks',
    by: 'length: 3, unit: months',
    area: 'Fristen',
    kind: 'changed',
    what: /8 Wochen .* künftig 3 Monate/,
    safe: false,
  },
  {
    name: 'the fiction',
    file: 'process.yaml',
    replace: 'fiction: none',
    by: 'fiction: { legalBasis: "§ 42a VwVfG" }',
    area: 'Fristen',
    kind: 'changed',
    what: /Genehmigungsfiktion: bisher keine/,
    safe: false,
  },
  {
    name: 'the period for requests',
    file: 'process.yaml',
    replace: 'requestDays: 21',
    by: 'requestDays: 28',
    area: 'Fristen',
    kind: 'changed',
    what: /bisher 21, künftig 28 Tage/,
    safe: true,
  },
  {
    name: 'an action that goes',
    file: 'process.yaml',
    replace: 'anhoerung: [answer-hearing, ',
    by: 'anhoerung: [',
    area: 'Verfahren',
    kind: 'removed',
    what: /In «anhoerung» wird «answer-hearing» nicht mehr/,
    safe: false,
  },
  {
    name: 'a new action',
    file: 'process.yaml',
    replace: 'anhoerung: [answer-hearing, ',
    by: 'anhoerung: [answer-hearing, suspend, ',
    area: 'Verfahren',
    kind: 'added',
    what: /«suspend» neu angeboten/,
    safe: true,
  },
  {
    name: 'four eyes',
    file: 'process.yaml',
    replace: 'fourEyes: refusal',
    by: 'fourEyes: always',
    area: 'Verfahren',
    kind: 'changed',
    what: /bisher «refusal», künftig «always»/,
    safe: false,
  },
  {
    name: 'an outcome that goes',
    file: 'process.yaml',
    replace: 'outcomes: [grant, partial, refuse]',
    by: 'outcomes: [grant, refuse]',
    area: 'Verfahren',
    kind: 'removed',
    what: /«partial»/,
    safe: false,
  },
  {
    name: 'a cell',
    file: 'rules/baumschutz.dmn',
    replace: '<text>&lt; 120</text>',
    by: '<text>&lt; 140</text>',
    area: 'Regeln',
    kind: 'changed',
    what: /«Ersatz», Zeile 3: Bedingung true \| < 120 → true \| < 140/,
    safe: false,
  },
  {
    name: 'a sentence of a rule',
    file: 'rules/baumschutz.dmn',
    replace: 'Nicht geschützt: kein Ersatz nötig.',
    by: 'Kein Ersatz, da nicht geschützt.',
    area: 'Regeln',
    kind: 'changed',
    what: /Begründung «Kein Ersatz, da nicht geschützt\.»/,
    safe: true,
  },
  {
    name: 'a hit policy',
    of: 'bewohnerparkausweis',
    file: 'rules/automatik.dmn',
    replace: 'hitPolicy="COLLECT"',
    by: 'hitPolicy="RULE ORDER"',
    area: 'Regeln',
    kind: 'changed',
    what: /COLLECT → RULE ORDER/,
    safe: false,
  },
  {
    name: 'a letter',
    file: 'letters/bescheid.typ',
    replace: '== Gründe',
    by: '== Begründung',
    area: 'Briefe',
    kind: 'changed',
    what: /Der Brief «bescheid» ist geändert/,
    safe: true,
  },
  {
    name: 'a Nebenbestimmung',
    file: 'textbausteine.yaml',
    replace: 'ist befristet',
    by: 'ist eng befristet',
    area: 'Textbausteine',
    kind: 'changed',
    what: /«Gültigkeit»: Text: «.*eng befristet/,
    safe: true,
  },
  {
    name: 'operative words',
    file: 'textbausteine.yaml',
    replace: 'wird abgelehnt."\nneben',
    by: 'wird nicht erteilt."\nneben',
    area: 'Textbausteine',
    kind: 'changed',
    what: /Tenor der Ablehnung/,
    safe: true,
  },
  {
    name: 'a name',
    file: 'service.yaml',
    replace: 'de: Baum fällen',
    by: 'de: Bäume fällen',
    area: 'Beschreibung',
    kind: 'changed',
    what: /«Baum fällen» → «Bäume fällen»/,
    safe: true,
  },
];

testChanges(cases);

test('rows added, removed and moved are told apart', async () => {
  const { files } = packages.get('baumfaellung')!;
  const dmn = files['baumfaellung/rules/baumschutz.dmn']!;
  const row = (id: string): string => new RegExp(`      <rule id="${id}">[\\s\\S]*?</rule>\n`).exec(dmn)![0];
  const gone = await changesOf('baumfaellung', 'rules/baumschutz.dmn', [row('schutz-r4'), '']);
  assert.deepEqual(
    gone.map(({ area, kind }) => [area, kind]),
    [['Regeln', 'removed']],
  );
  assert.match(gone[0]!.what, /ohne die bisherige Zeile 4: Der Baum hat mehrere Stämme/);
  const doubled = row('schutz-r4').replaceAll('schutz-r4', 'schutz-r9').replace('mehrere Stämme', 'viele Stämme');
  const more = await changesOf('baumfaellung', 'rules/baumschutz.dmn', [row('schutz-r4'), row('schutz-r4') + doubled]);
  assert.deepEqual(
    more.map(({ kind }) => kind),
    ['added'],
  );
  assert.match(more[0]!.what, /neue Zeile 5: Der Baum hat viele Stämme/);
  const swapped = await changesOf('baumfaellung', 'rules/baumschutz.dmn', [row('schutz-r5') + row('schutz-r6'), row('schutz-r6') + row('schutz-r5')]);
  assert.deepEqual(
    swapped.map(({ what }) => what),
    ['Entscheidung «Schutz»: Die Reihenfolge der Zeilen ist anders; es gilt die erste, die zutrifft.'],
  );
});

test('a section that nobody has words for is named, and no move is taken as harmless', () => {
  const { pkg } = packages.get('baumfaellung')!;
  const { changes, safe } = diffPackages(pkg, { ...pkg, mitwirkung: { wochen: 4 } } as ServicePackage);
  assert.deepEqual(
    changes.map(({ kind, what }) => [kind, what]),
    [['added', 'Abschnitt «mitwirkung»: bisher nichts, künftig wochen «4».']],
  );
  assert.equal(safe, false);
});

test('the same package, and one with another version number and walk: nothing for people or law', async () => {
  const { pkg } = packages.get('baumfaellung')!;
  assert.deepEqual(diffPackages(pkg, pkg), {
    from: { key: pkg.key, version: pkg.version, hash: pkg.hash },
    to: { key: pkg.key, version: pkg.version, hash: pkg.hash },
    safe: true,
    changes: [],
  });
  assert.deepEqual(await changesOf('baumfaellung', 'service.yaml', ['version: ', 'version: 9']), []);
  assert.deepEqual(await changesOf('baumfaellung', 'walk.yaml', ['urgent: false', 'urgent: true']), []);
});

test('there and back again: what one way adds, the other way removes', () => {
  const [a, b] = [packages.get('baumfaellung')!.pkg, packages.get('bewohnerparkausweis')!.pkg];
  const counts = (changes: readonly Change[]) => ({
    added: changes.filter((one) => one.kind === 'added').length,
    removed: changes.filter((one) => one.kind === 'removed').length,
  });
  const [there, back] = [counts(diffPackages(a, b).changes), counts(diffPackages(b, a).changes)];
  assert.deepEqual(there, { added: back.removed, removed: back.added });
  assert.equal(diffPackages(a, b).safe, false);
});
