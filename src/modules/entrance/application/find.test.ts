import assert from 'node:assert/strict';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import fc from 'fast-check';
import { repositoryRoot } from '../../../../test/support/temporary-city.ts';
import { MISSPELT_QUERIES, UNSERVED_QUERIES, type MisspeltQuery } from '../../../../test/support/misspelt-queries.ts';
import { contentWords, loadServices, relation } from '../../catalogue/public.ts';
import { CITY_PAGES } from '../domain/city-pages.ts';
import { find, meant, type Searched } from './find.ts';
import { loadSituations } from './load-situations.ts';
import { reckonedMs } from '../../../../test/support/reckoned-time.ts';

let all: Searched;
before(async () => {
  const root = join(repositoryRoot, 'services');
  const { packages } = await loadServices(root, Temporal.PlainDate.from('2026-11-24'));
  const { situations, elsewhere } = loadSituations(root, new Set(packages.keys()));
  all = { services: [...packages.values()], situations, elsewhere, pages: CITY_PAGES };
});

const keys = (query: string, lang: 'de' | 'en' | 'leicht' = 'de'): string[] => find(all, query, lang).map(({ key }) => key);
/** Queries at odd places: they had no part in tuning. */
const reported = <T>(set: readonly T[]): T[] => set.filter((_, index) => index % 2 === 1);
const share = (hits: number, of: readonly unknown[]): number => hits / of.length;

describe('misspelt queries that had no part in tuning', () => {
  const queries = reported(MISSPELT_QUERIES);
  const first = ({ text, wanted }: MisspeltQuery): boolean => wanted.includes(keys(text)[0] ?? '');

  it('find what was meant, first in at least nine of ten', (t) => {
    const right = share(queries.filter(first).length, queries);
    t.diagnostic(`${queries.length} queries, what was meant comes first in ${right.toFixed(3)}`);
    assert.ok(right >= 0.9, String(right));
  });
  it('are forgiven more than by the plain relation of words', (t) => {
    const known = [...all.services.flatMap((one) => [...Object.values(one.name), ...one.situations])].flatMap(contentWords);
    const plain = queries.filter(({ text }) => contentWords(text).some((word) => known.some((other) => relation(word, other) > 0)));
    const forgiving = queries.filter(({ text }) => keys(text).length > 0);
    t.diagnostic(
      `anything at all is found for ${share(forgiving.length, queries).toFixed(3)}, by the plain relation for ${share(plain.length, queries).toFixed(3)}`,
    );
    assert.ok(forgiving.length >= plain.length);
  });
  it('what nothing serves finds nothing of ours in at least eight of ten', (t) => {
    const unserved = reported(UNSERVED_QUERIES);
    const silent = share(unserved.filter((query) => find(all, query, 'de').every(({ kind }) => kind === 'elsewhere')).length, unserved);
    t.diagnostic(`${unserved.length} queries, silent in ${silent.toFixed(3)}`);
    assert.ok(silent >= 0.8, String(silent));
  });
});

describe('services, situations and pages', () => {
  for (const [query, key, lang] of [
    ['Umzug', 'umzug', 'de'],
    ['Ich ziehe um', 'umzug', 'leicht'],
    ['Baum fällen', 'baumfaellung', 'de'],
    ['Status', 'status', 'de'],
    ['wie weit ist mein Antrag', 'status', 'de'],
    ['Postfach', 'mailbox', 'de'],
    ['Termin', 'help', 'de'],
    ['Online-Ausweis', 'online-id', 'de'],
    ['waiting times', 'waiting', 'en'],
    ['resident parking', 'bewohnerparkausweis', 'en'],
    ['mitreden', 'mitreden', 'de'],
    ['Widerspruch einlegen', 'applications', 'de'],
    ['wo ist mein antrag', 'status', 'de'],
    ['wo ist mein antrg?', 'status', 'de'],
    ['antrag stand', 'status', 'de'],
    ['where is my application', 'status', 'en'],
    // what this city does not offer here
    ['wohnung anmelden', 'wohnung-anmelden', 'de'],
    ['Wonung anmelden', 'wohnung-anmelden', 'de'],
    ['ummelden', 'wohnung-anmelden', 'de'],
    ['Sperrmüll', 'sperrmuell', 'de'],
    ['spermüll', 'sperrmuell', 'de'],
    ['Reisepass', 'ausweis', 'de'],
    ['passport', 'ausweis', 'en'],
    ['Heirat', 'heirat', 'de'],
    ['heiraten', 'heirat', 'leicht'],
    ['Kita', 'kita', 'de'],
    ['kita gutschein', 'kita', 'de'],
    ['Führerschein', 'fuehrerschein', 'de'],
    ['fürerschein', 'fuehrerschein', 'de'],
    ['laterne kaputt', 'schaden-melden', 'de'],
  ] as const) {
    it(`«${query}» (${lang}) finds ${key} first`, () => assert.equal(keys(query, lang)[0], key));
  }
  for (const query of ['', '   ', '?!', 'xyzxyz', '\u0000', '🐕', 'ich möchte']) {
    it(`${JSON.stringify(query)} finds nothing`, () => assert.deepEqual(keys(query), []));
  }
  it('who has a new flat finds the move beside the registration', () => assert.deepEqual(keys('neue wohnung').slice(0, 2), ['wohnung-anmelden', 'umzug']));
  it('what is done elsewhere does not stand among what fits much better', () => {
    for (const query of ['Gerüst auf der Straße', 'Bewohnerparkausweis', 'Hund anmelden'])
      assert.ok(!find(all, query, 'de').some(({ kind }) => kind === 'elsewhere'), query);
  });
  it('a page that the city does not have is not found', () => {
    const pages = CITY_PAGES.filter(({ key }) => key !== 'online-id');
    assert.ok(!find({ ...all, pages }, 'Online-Ausweis', 'de').some(({ key }) => key === 'online-id'));
  });
});

describe('what was meant', () => {
  for (const [typed, said] of [
    ['gewärbe anmelden', 'Gewerbe anmelden'],
    ['bewonerparkausweis', 'Bewohnerparkausweis'],
    ['postfch', 'Postfach'],
    ['hunndesteuer', 'Hundesteuer'],
  ] as const) {
    it(`«${typed}» is understood as «${said}»`, () => assert.equal(meant(all, typed, 'de')?.toLowerCase(), said.toLowerCase()));
  }
  for (const typed of [
    'Baum fällen',
    'Bäume',
    'Hundesteuer',
    'parken',
    'Baumfällgenehmigung',
    'Hund anmelden',
    'xyzxyz',
    '',
    'Bewohnerparkausweis verlängern',
  ]) {
    it(`«${typed}» is taken as it stands`, () => assert.equal(meant(all, typed, 'de'), undefined));
  }
});

it('whatever is typed: no error, best first, and soon', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ maxLength: 200, unit: 'binary' }), fc.string({ minLength: 5000, maxLength: 5000 })), (query) => {
      const started = reckonedMs();
      const scores = find(all, query, 'de').map(({ score }) => score);
      meant(all, query, 'de');
      assert.ok(reckonedMs() - started < 500);
      assert.deepEqual(
        scores,
        scores.toSorted((a, b) => b - a),
      );
    }),
    { numRuns: 50 },
  );
});
