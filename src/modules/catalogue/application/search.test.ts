import assert from 'node:assert/strict';
import { join } from 'node:path';
import { before, test } from 'node:test';
import fc from 'fast-check';
import type { ServicePackage } from '../domain/package.ts';
import type { Lang } from './fields.ts';
import { loadServices } from './load-services.ts';
import { searchServices } from './search.ts';
import { relation } from './search-words.ts';
import { reckonedMs } from '../../../../test/support/reckoned-time.ts';

/** The Leistungen of the tests: two as they stand in the city, and words of four that stand for others. */
let city: readonly ServicePackage[];
before(async () => {
  const { packages } = await loadServices(join(import.meta.dirname, '../../../../services'), Temporal.PlainDate.from('2026-11-24'));
  const [tree, parking] = [packages.get('baumfaellung')!, packages.get('bewohnerparkausweis')!];
  const other = (key: string, name: string, summary: string, situations: readonly string[]): ServicePackage => ({
    ...tree,
    key,
    name: { de: name, en: name, leicht: name },
    summary: { de: summary, en: summary, leicht: summary },
    situations: [...situations],
  });
  city = [
    tree,
    parking,
    other('hund', 'Hund anmelden', 'Melden Sie Ihren Hund an, sobald er drei Monate alt ist.', ['Hund gekauft', 'Welpe', 'Hundesteuer', 'dog']),
    other('bau', 'Vereinfachtes Baugenehmigungsverfahren', 'Wohnhaus oder Anbau genehmigen lassen.', ['Haus bauen', 'Bauantrag', 'Anbau', 'Carport']),
    other('plan', 'Aufstellung eines Bebauungsplans', 'Ein neuer Plan für ein Quartier.', ['Bebauungsplan', 'B-Plan']),
    other('aufgrabung', 'Aufgrabeschein', 'Öffentlichen Weg für Leitungen aufgraben.', ['Straße aufreißen', 'Kabel verlegen']),
  ];
});
const hits = (query: string, lang: Lang = 'de') => searchServices(city, query, lang);

const queries: readonly (readonly [query: string, lang: Lang, first: string])[] = [
  // words as they stand
  ['Baum', 'de', 'baumfaellung'],
  ['Baum fällen', 'de', 'baumfaellung'],
  ['Hecke', 'de', 'baumfaellung'],
  ['Parken', 'de', 'bewohnerparkausweis'],
  ['Bewohnerparkausweis', 'de', 'bewohnerparkausweis'],
  ['Hund', 'de', 'hund'],
  ['Hund anmelden', 'de', 'hund'],
  ['Aufgrabeschein', 'de', 'aufgrabung'],
  ['Bebauungsplan', 'de', 'plan'],
  ['Carport', 'de', 'bau'],
  // inflected
  ['Bäume', 'de', 'baumfaellung'],
  ['Hunde', 'de', 'hund'],
  ['des Hundes', 'de', 'hund'],
  ['parkt', 'de', 'bewohnerparkausweis'],
  ['Hecken', 'de', 'baumfaellung'],
  // umlauts and capitals
  ['BAUM FAELLEN', 'de', 'baumfaellung'],
  ['baum fallen', 'de', 'baumfaellung'],
  ['baeume', 'de', 'baumfaellung'],
  ['strasse aufreissen', 'de', 'aufgrabung'],
  ['Stra\u00dfe aufrei\u00dfen', 'de', 'aufgrabung'],
  ['Ba\u0308ume', 'de', 'baumfaellung'],
  // compounds and their parts
  ['Baumfällung', 'de', 'baumfaellung'],
  ['Baumfällgenehmigung', 'de', 'baumfaellung'],
  ['Hundesteuer', 'de', 'hund'],
  ['Hundemarke', 'de', 'hund'],
  ['Baugenehmigung', 'de', 'bau'],
  ['Bau', 'de', 'bau'],
  ['anwohner parken', 'de', 'bewohnerparkausweis'],
  ['Bewohnerparken', 'de', 'bewohnerparkausweis'],
  ['Park-Ausweis', 'leicht', 'bewohnerparkausweis'],
  // misspelt
  ['baumfälung', 'de', 'baumfaellung'],
  ['Baun fällen', 'de', 'baumfaellung'],
  ['baum kranck', 'de', 'baumfaellung'],
  ['Parkausweiss', 'de', 'bewohnerparkausweis'],
  ['Bewonerparkausweis', 'de', 'bewohnerparkausweis'],
  ['Hundd', 'de', 'hund'],
  ['Aufgrabschein', 'de', 'aufgrabung'],
  ['Bebaungsplan', 'de', 'plan'],
  // situations
  ['Baum im Garten krank', 'de', 'baumfaellung'],
  ['die Wurzeln heben schon das Haus an', 'de', 'baumfaellung'],
  ['ich ziehe um und habe ein Auto', 'de', 'bewohnerparkausweis'],
  ['Welpe', 'de', 'hund'],
  ['wir wollen ein Haus bauen', 'de', 'bau'],
  ['Kabel verlegen', 'de', 'aufgrabung'],
  // other languages
  ['tree sick', 'en', 'baumfaellung'],
  ['fell tree', 'en', 'baumfaellung'],
  ['resident parking', 'en', 'bewohnerparkausweis'],
  ['dog', 'en', 'hund'],
];
for (const [query, lang, first] of queries) {
  test(`«${query}» (${lang}) finds ${first} first`, () => assert.equal(hits(query, lang)[0]?.service.key, first));
}

for (const query of ['', '   ', '?!', 'xyzxyz', 'a', 'ich möchte einen Antrag stellen', '%', "'; --", '\u0000', '🐕', 'Reisepass', 'Rundfunk']) {
  test(`${JSON.stringify(query)} finds nothing`, () => assert.deepEqual(hits(query), []));
}

for (const [query, key] of [
  ['hund', 'bewohnerparkausweis'],
  ['bau', 'baumfaellung'],
  ['Baum', 'bau'],
  ['Wohnung anmelden', 'hund'],
  ['Stunde', 'hund'],
] as const) {
  test(`«${query}» does not find ${key}: shared letters are no relation`, () => assert.ok(!hits(query).some((hit) => hit.service.key === key)));
}

test('a name says more than a summary, a whole word more than a part', () => {
  const scores = (query: string): Map<string, number> => new Map(hits(query).map((hit) => [hit.service.key, hit.score]));
  assert.ok(scores('Baum').get('baumfaellung')! > scores('Baumschule').get('baumfaellung')!);
  assert.ok(scores('Parkausweis').get('bewohnerparkausweis')! > scores('Parkausweiss').get('bewohnerparkausweis')!);
});

for (const [a, b, related] of [
  ['hund', 'und', false],
  ['hund', 'hand', false],
  ['hund', 'mund', false],
  ['baum', 'bau', false],
  ['haus', 'maus', false],
  ['hund', 'hundesteuer', true],
  ['faellung', 'faellen', true],
  ['garten', 'gaerten', true],
  ['garden', 'garten', true],
] as const) {
  test(`${a} and ${b} are ${related ? '' : 'not '}related, whichever is asked`, () => {
    assert.equal(relation(a, b) > 0, related);
    assert.equal(relation(b, a) > 0, related);
  });
}

test('whatever is typed: no error, scores from 0 to 1, best first, and soon', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ maxLength: 200, unit: 'binary' }), fc.string({ minLength: 5000, maxLength: 5000 })), (query) => {
      const started = reckonedMs();
      const scores = hits(query).map((hit) => hit.score);
      assert.ok(reckonedMs() - started < 500);
      assert.ok(scores.every((score) => score > 0 && score <= 1));
      assert.deepEqual(
        scores,
        scores.toSorted((a, b) => b - a),
      );
    }),
  );
});
