import assert from 'node:assert/strict';
import { join } from 'node:path';
import { before, test } from 'node:test';
import fc from 'fast-check';
import { loadServices, type Services } from './load-services.ts';
import { searchServices } from './search.ts';

let city: Services;
before(async () => {
  city = await loadServices(join(import.meta.dirname, '../../../../services'), Temporal.PlainDate.from('2026-11-24'));
});
const best = (query: string, lang: 'de' | 'en' | 'leicht' = 'de') => searchServices(city.packages.values(), query, lang)[0]?.service.key;

const queries: readonly (readonly [query: string, lang: 'de' | 'en' | 'leicht', key: string])[] = [
  ['Baum im Garten krank', 'de', 'baumfaellung'],
  ['baum kranck', 'de', 'baumfaellung'],
  ['Baun fällen', 'de', 'baumfaellung'],
  ['BAUM FAELLEN', 'de', 'baumfaellung'],
  ['Hecke', 'de', 'baumfaellung'],
  ['tree sick', 'en', 'baumfaellung'],
  ['fell tree', 'en', 'baumfaellung'],
  ['parken', 'de', 'bewohnerparkausweis'],
  ['Parkausweiss', 'de', 'bewohnerparkausweis'],
  ['anwohner parken', 'de', 'bewohnerparkausweis'],
  ['resident parking', 'en', 'bewohnerparkausweis'],
  ['Park-Ausweis', 'leicht', 'bewohnerparkausweis'],
];
for (const [query, lang, key] of queries) {
  test(`«${query}» (${lang}) finds ${key}`, () => assert.equal(best(query, lang), key));
}

for (const query of ['', '   ', '?!', 'xyzxyz', 'a']) {
  test(`«${query}» finds nothing`, () => assert.equal(best(query), undefined));
}

test('whatever is typed: no error, scores from 0 to 1, best first', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 200, unit: 'binary' }), (query) => {
      const scores = searchServices(city.packages.values(), query, 'de').map((hit) => hit.score);
      assert.ok(scores.every((score) => score > 0 && score <= 1));
      assert.deepEqual(
        scores,
        scores.toSorted((a, b) => b - a),
      );
    }),
  );
});
