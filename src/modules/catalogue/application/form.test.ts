import assert from 'node:assert/strict';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import fc from 'fast-check';
import { evaluateDecision } from '../../rules/public.ts';
import type { Page } from '../domain/form.ts';
import type { Answers, ServicePackage } from '../domain/package.ts';
import {
  allProblems,
  answerSections,
  canonicalAnswers,
  eligibilityOutcome,
  itemsOf,
  mattersGiven,
  pageProblems,
  readPage,
  removeItem,
  visibleFields,
  visiblePages,
} from './form.ts';
import { loadServices } from './load-services.ts';

const today = Temporal.PlainDate.from('2026-11-24');
const reading = { lang: 'de' as const, today, filled: new Set(['foto.0', 'foto.1', 'zulassung']) };
const tree = { position: { lon: 9.9352, lat: 53.5577 }, species: 'kastanie', growth: 'single', circumferenceCm: 142, inGroup: false, reason: 'krank' };

let trees: ServicePackage;
let parking: ServicePackage;
before(async () => {
  const { packages } = await loadServices(join(import.meta.dirname, '../../../../services'), today);
  trees = packages.get('baumfaellung')!;
  parking = packages.get('bewohnerparkausweis')!;
});
const pageOf = (pkg: ServicePackage, id: string): Page => pkg.form.pages.find((page) => page.id === id)!;
const post = (pkg: ServicePackage, id: string, fields: Record<string, string>, before: Answers = {}, item?: number) =>
  readPage(pageOf(pkg, id), new URLSearchParams(fields), before, reading, item);

describe('what was typed', () => {
  const wrong: readonly (readonly [page: string, field: string, typed: string, message: RegExp])[] = [
    ['trees', 'circumferenceCm', 'viel', /Zahl von 5 bis 1200 cm/],
    ['trees', 'circumferenceCm', '80,5', /Zahl von 5 bis 1200/],
    ['trees', 'circumferenceCm', '1e3', /Zahl von 5 bis 1200/],
    ['trees', 'circumferenceCm', '-3', /Zahl von 5 bis 1200/],
    ['trees', 'circumferenceCm', '9'.repeat(400), /Zahl von 5 bis 1200/],
    ['termin', 'plannedOn', '30.02.2027', /Tag an, den es gibt/],
    ['termin', 'plannedOn', 'morgen', /Tag an, den es gibt/],
    ['termin', 'plannedOn', '23.11.2026', /zu früh/],
    ['grundstueck', 'flurstueck', 'Flur 7', /1234 oder 1234\/5/],
    ['person', 'givenName', 'x'.repeat(81), /Kürzen Sie ihn auf 80/],
    ['person', 'phone', 'ruf mich an', /Schreibweise/],
  ];
  for (const [page, field, typed, message] of wrong) {
    test(`is kept and explained when wrong: ${field} «${typed.slice(0, 20)}»`, () => {
      const { answers, problems } = post(trees, page, { [field]: typed, growth: 'single' }, {}, 0);
      assert.match(problems.find((problem) => problem.field === field)!.message, message);
      const kept = page === 'trees' ? itemsOf(pageOf(trees, page), answers)[0]! : answers;
      assert.ok([typed, '2026-11-23'].includes(String(kept[field])));
    });
  }

  const plates: readonly (readonly [typed: string, kept: string | undefined])[] = [
    ['hh-kp 2026', 'HH-KP 2026'],
    ['HH KP2026', 'HH-KP 2026'],
    ['HH-A 1E', 'HH-A 1E'],
    ['HH-KP 02026', undefined],
    ['12345', undefined],
    ['HH-KP 20261', undefined],
  ];
  for (const [typed, kept] of plates) {
    test(`number plate «${typed}» ${kept === undefined ? 'is refused' : `is ${kept}`}`, () => {
      const { answers, problems } = post(parking, 'fahrzeug', { plate: typed });
      assert.equal(answers['plate'], kept ?? typed);
      assert.equal(
        problems.some((problem) => problem.field === 'plate'),
        kept === undefined,
      );
    });
  }

  test('an address needs all its parts, and five digits', () => {
    const half = post(trees, 'grundstueck', { 'site.street': 'Beispielstraße', 'site.postcode': '2276' });
    assert.deepEqual(half.answers['site'], { street: 'Beispielstraße', houseNumber: '', postcode: '2276', place: '' });
    assert.match(half.problems.find((problem) => problem.field === 'site')!.message, /Füllen Sie Straße/);
    const digits = post(trees, 'grundstueck', { 'site.street': 'A', 'site.houseNumber': '1', 'site.postcode': '2276', 'site.place': 'Hamburg' });
    assert.match(digits.problems.find((problem) => problem.field === 'site')!.message, /fünf Ziffern/);
  });

  test('a place comes with comma or point; a tree far from Hamburg is refused at its field', () => {
    const good = post(trees, 'trees', { 'position.lon': '9,9352', 'position.lat': '53.5577' }, {}, 0);
    assert.deepEqual(itemsOf(pageOf(trees, 'trees'), good.answers)[0]!['position'], { lon: 9.9352, lat: 53.5577 });
    for (const [lon, lat] of [
      ['13.4', '52.5'],
      ['9.9', ''],
      ['x', '53.5'],
      ['53.55', '9.99'],
    ]) {
      const { problems } = post(trees, 'trees', { 'position.lon': lon!, 'position.lat': lat! }, {}, 0);
      assert.ok(
        problems.some((problem) => problem.field === 'position'),
        `${lon} ${lat}`,
      );
    }
  });

  test('an option that is not offered does not count', () => {
    assert.ok(post(trees, 'trees', { growth: 'sideways' }, {}, 0).problems.some((problem) => problem.field === 'growth'));
  });

  test('posting one page leaves the others alone; emptying a field empties it', () => {
    const before = { givenName: 'Katharina', phone: '040 115', site: { street: 'A' } };
    const { answers } = post(trees, 'person', { givenName: 'Ada', phone: '' }, before);
    assert.equal(answers['givenName'], 'Ada');
    assert.equal('phone' in answers, false);
    assert.deepEqual(answers['site'], { street: 'A' });
  });
});

describe('repeated pages', () => {
  test('items are changed in place, added at the end, and taken out', () => {
    const one = post(trees, 'trees', { species: 'eiche' }, {}, 0).answers;
    const two = post(trees, 'trees', { species: 'birke' }, one, 5).answers;
    const changed = post(trees, 'trees', { species: 'linde' }, two, 0).answers;
    assert.deepEqual(
      itemsOf(pageOf(trees, 'trees'), changed).map((item) => item['species']),
      ['linde', 'birke'],
    );
    assert.deepEqual(
      itemsOf(pageOf(trees, 'trees'), removeItem(pageOf(trees, 'trees'), changed, 0)).map((item) => item['species']),
      ['birke'],
    );
  });

  test('at least one item is asked for, and every problem names its item', () => {
    const problems = allProblems(trees, { ...trees.walk.answers, trees: [] }, reading);
    assert.ok(problems.some((problem) => problem.field === 'trees.0.position' && problem.pageId === 'trees' && problem.itemIndex === 0));
    const second = allProblems(trees, { ...trees.walk.answers, trees: [tree, { ...tree, circumferenceCm: 'viel' }] }, reading);
    assert.deepEqual(
      second.map(({ field, itemIndex }) => [field, itemIndex]),
      [['trees.1.circumferenceCm', 1]],
    );
  });

  test('a file belongs to its item', () => {
    const { answers } = trees.walk;
    const noFile = allProblems(trees, answers, { ...reading, filled: new Set(['foto.0']) });
    assert.deepEqual(
      noFile.map((problem) => problem.field),
      ['trees.1.photo'],
    );
  });
});

test('a list longer than the form allows is refused: nothing unchecked gets in', () => {
  const answers = { ...trees.walk.answers, trees: Array.from({ length: 21 }, (_, index) => (index < 20 ? tree : { circumferenceCm: 'viel' })) };
  const filled = new Set(Array.from({ length: 21 }, (_, index) => `foto.${index}`));
  const problems = allProblems(trees, answers, { ...reading, filled });
  assert.deepEqual(
    problems.map(({ field, pageId }) => [field, pageId]),
    [['trees', 'trees']],
  );
  assert.match(problems[0]!.message, /höchstens 20 Einträge/);
});

test('a draft that holds nonsense can still be shown', () => {
  const shown = answerSections(trees, { trees: [{ position: 'x', species: 3 }], site: 'x', address: { street: 'A' } }, 'de');
  assert.ok(shown.flatMap((section) => section.rows).every((row) => !row.value.includes('undefined')));
});

describe('conditions', () => {
  test('a hedge is asked for its height, a tree for its girth', () => {
    const ids = (item: Answers) => visibleFields(pageOf(trees, 'trees'), {}, item).map((field) => field.id);
    assert.ok(ids({ growth: 'hedge' }).includes('hedgeHeightCm') && !ids({ growth: 'hedge' }).includes('circumferenceCm'));
    assert.ok(ids({ growth: 'single' }).includes('circumferenceCm') && !ids({ growth: 'single' }).includes('hedgeHeightCm'));
    assert.ok(ids({ inGroup: true }).includes('groupLargestCm') && !ids({}).includes('groupLargestCm'));
  });

  test('a text becomes required by another answer', () => {
    const asked = (reason: string) => pageProblems(pageOf(trees, 'trees'), { trees: [{ ...tree, reason }] }, reading, 0).map((problem) => problem.field);
    assert.deepEqual(asked('andere'), ['reasonText']);
    assert.deepEqual(asked('krank'), []);
  });

  test('what is no longer asked no longer counts, though it was kept', () => {
    const answers = { ...parking.walk.answers, renewal: false, expiresOn: '2020-01-01' };
    assert.deepEqual(allProblems(parking, answers, reading), []);
    assert.equal('expiresOn' in canonicalAnswers(parking, answers, reading), false);
    assert.equal('unknown' in canonicalAnswers(parking, { ...answers, unknown: 1 }, reading), false);
  });
});

test('the examples of both packages can be submitted and read in three languages', () => {
  for (const pkg of [trees, parking]) {
    assert.deepEqual(allProblems(pkg, pkg.walk.answers, reading), []);
    assert.deepEqual(canonicalAnswers(pkg, pkg.walk.answers, reading), pkg.walk.answers);
    for (const lang of ['de', 'en', 'leicht'] as const) {
      const sections = answerSections(pkg, pkg.walk.answers, lang);
      assert.ok(sections.length >= visiblePages(pkg, pkg.walk.answers).length);
      assert.ok(sections.flatMap((section) => section.rows).every((row) => row.value !== '' && !row.value.includes('undefined')));
    }
  }
});

test('hostile answers through the API are problems, never errors', () => {
  const fields = ['trees', 'site', 'owner', 'plannedOn', 'urgent', 'givenName', 'address', 'truthful'];
  fc.assert(
    fc.property(fc.constantFrom(...fields), fc.jsonValue({ maxDepth: 3 }), (field, value) => {
      const answers = { ...trees.walk.answers, [field]: value };
      allProblems(trees, answers, reading);
      canonicalAnswers(trees, answers, reading);
      visiblePages(trees, answers);
    }),
    { numRuns: 400 },
  );
});

test('§ 24 Abs. 1 Satz 3 HmbVwVfG: free text that may matter is named', () => {
  assert.deepEqual(mattersGiven(parking, parking.walk.answers), []);
  assert.deepEqual(mattersGiven(parking, { ...parking.walk.answers, remark: 'Bitte beachten' }), ['Möchten Sie uns etwas mitteilen?']);
  assert.deepEqual(mattersGiven(trees, { trees: [tree, { ...tree, reasonText: 'Pilze' }] }), ['Beschreiben Sie den Grund']);
});

describe('quick check without an account', () => {
  const check = (pkg: ServicePackage, fields: Record<string, string>) => eligibilityOutcome(pkg, new URLSearchParams(fields), reading);
  test('asks what is missing before it answers', () => {
    const { outcome, problems } = check(trees, {});
    assert.equal(outcome, undefined);
    assert.deepEqual(
      problems.map((problem) => problem.field),
      ['checkGrowth', 'checkCm'],
    );
  });
  for (const [growth, cm, result] of [
    ['tree', '80', 'yes'],
    ['tree', '49', 'no'],
    ['group', '50', 'yes'],
    ['group', '40', 'probably'],
    ['multi', '50', 'yes'],
    ['multi', '49', 'no'],
    ['hedge', '80', 'yes'],
    ['hedge', '79', 'no'],
  ] as const) {
    test(`§ 1 BaumschutzVO: ${growth} ${cm} cm: ${result}`, () => assert.equal(check(trees, { checkGrowth: growth, checkCm: cm }).outcome?.result, result));
  }
  for (const [resident, age, trailer, result] of [
    ['ja', 'ja', 'nein', 'yes'],
    ['nein', 'ja', 'nein', 'no'],
    ['ja', 'nein', 'nein', 'no'],
    ['ja', 'ja', 'ja', 'no'],
  ] as const) {
    test(`parking: resident ${resident}, 16 ${age}, trailer ${trailer}: ${result}`, () =>
      assert.equal(check(parking, { checkResident: resident, checkAge: age, checkTrailer: trailer }).outcome?.result, result));
  }
});

describe('the packages’ own tables', () => {
  const protection: readonly (readonly [facts: Answers, trees: number, why: RegExp])[] = [
    [{ growth: 'single', circumferenceCm: 79 }, 0, /erreicht keinen geschützten Umfang/],
    [{ growth: 'single', circumferenceCm: 80 }, 1, /mindestens 80 cm Umfang/],
    [{ growth: 'multi', circumferenceCm: 49 }, 0, /erreicht keinen geschützten Umfang/],
    [{ growth: 'multi', circumferenceCm: 50 }, 1, /mehrere Stämme/],
    [{ growth: 'single', circumferenceCm: 30, inGroup: true, groupLargestCm: 50 }, 1, /Gruppe mit sich berührenden Kronen/],
    [{ growth: 'single', circumferenceCm: 29, inGroup: true, groupLargestCm: 90 }, 0, /zählt aber unter 30 cm Umfang nicht mit/],
    [{ growth: 'single', circumferenceCm: 40, inGroup: true, groupLargestCm: 49 }, 0, /erreicht keinen geschützten Umfang/],
    [{ growth: 'single', circumferenceCm: 60, inGroup: true, groupLargestCm: 40 }, 1, /Gruppe mit sich berührenden Kronen/],
    [{ growth: 'hedge', hedgeHeightCm: 79 }, 0, /niedriger als 80 cm/],
    [{ growth: 'hedge', hedgeHeightCm: 80 }, 1, /mindestens 80 cm hoch/],
    [{ growth: 'single', circumferenceCm: 119 }, 1, /mindestens 80 cm Umfang/],
    [{ growth: 'single', circumferenceCm: 120 }, 2, /mindestens 80 cm Umfang/],
    [{ growth: 'single', circumferenceCm: 200 }, 3, /mindestens 80 cm Umfang/],
  ];
  for (const [facts, count, why] of protection) {
    test(`§§ 1, 7 BaumschutzVO: ${JSON.stringify(facts)}: ${count} replacement trees, with the reason`, () => {
      const { value, trace } = evaluateDecision(trees.rules, 'ersatz', facts);
      assert.equal(value, count);
      assert.match(trace[0]!.sentence, why);
      assert.match(trace[0]!.sentence, /§ 1 BaumschutzVO/);
    });
  }

  test('§ 1 BaumschutzVO: without a girth nothing is said, least of all that the tree is free', () => {
    for (const facts of [{}, { growth: 'single' }, { growth: 'hedge' }]) assert.equal(evaluateDecision(trees.rules, 'ersatz', facts).value, null);
  });

  for (const [day, closed] of [
    ['2027-02-28', false],
    ['2027-03-01', true],
    ['2027-09-30', true],
    ['2027-10-01', false],
  ] as const) {
    test(`§ 39 Abs. 5 Nr. 2 BNatSchG: ${day} lies ${closed ? 'in' : 'outside'} the closed season`, () => {
      assert.equal(evaluateDecision(trees.rules, 'schonzeit', { plannedOn: day, urgent: false }).value, closed);
    });
  }

  const doubts: readonly (readonly [facts: Answers, doubt: RegExp | undefined])[] = [
    [{}, undefined],
    [{ birthDate: '2010-11-24' }, undefined],
    [{ birthDate: '2010-11-25' }, /jünger als 16/],
    [{ keeper: 'private' }, /andere Person oder Firma/],
    [{ keeper: 'employer' }, /andere Person oder Firma/],
    [{ trailer: true }, /Anhänger/],
    [{ blocked: true }, /Auskunftssperre/],
    [{ residesInZone: false }, /nicht in der Zone/],
    [{ residesInZone: null }, /nicht in der Zone/],
    [{ blocked: null }, /Auskunftssperre/],
    [{ trailer: null }, /Anhänger/],
    [{ birthDate: null }, /jünger als 16/],
    [{ birthDate: 'unlesbar' }, /jünger als 16/],
    [{ address: { postcode: '20095' } }, /Postleitzahl passt nicht/],
    [{ zone: 'X999' }, /Postleitzahl passt nicht/],
    [{ renewal: true, expiresOn: '2027-01-05' }, undefined],
    [{ renewal: true, expiresOn: '2027-01-06' }, /sechs Wochen/],
    [{ renewal: true, expiresOn: '2026-11-24' }, undefined],
    [{ renewal: true, expiresOn: '2026-11-23' }, /sechs Wochen/],
  ];
  for (const [facts, doubt] of doubts) {
    test(`§ 35a HmbVwVfG, parking: ${JSON.stringify(facts)} ${doubt === undefined ? 'leaves no doubt' : 'goes to a person'}`, () => {
      const { value } = evaluateDecision(parking.rules, 'zweifel', { ...parking.walk.answers, ...facts, today: today.toString() });
      const found = value as string[];
      if (doubt === undefined) assert.deepEqual(found, []);
      else
        assert.ok(
          found.some((sentence) => doubt.test(sentence)),
          JSON.stringify(found),
        );
    });
  }
});
