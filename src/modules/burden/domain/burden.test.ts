import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { expectOk } from '../../../kernel/result.ts';
import { burdenOf, businessCents, type ServiceFacts, type Way } from './burden.ts';
import { citySum, type ServiceBurden } from './city-sum.ts';
import { readMeasure, targetsOf } from './declared.ts';
import { historyOf, statesOf, type Measure } from './history.ts';
import { STANDARD_VALUES, valuesOn, type StandardValues } from './standard-values.ts';

const words = (text: string) => ({ de: text, en: text, leicht: text });
const day = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text);
const TODAY = day('2026-11-29');

/** Round values, so that a test can be reckoned in the head. */
const VALUES: StandardValues = {
  ...STANDARD_VALUES[0]!,
  times: {
    familiarise: { seconds: 100, basis: 'guide' },
    identity: { seconds: 200, basis: 'own' },
    document: { seconds: 600, basis: 'guide' },
    check: { seconds: 10, basis: 'guide' },
    transmit: { seconds: 20, basis: 'guide' },
    pay: { seconds: 30, basis: 'own' },
    keep: { seconds: 40, basis: 'own' },
    visit: { seconds: 1800, basis: 'own' },
  },
  fields: { ...STANDARD_VALUES[0]!.fields, text: 25, file: 60 },
  prefilledSeconds: 5,
  wordsPerMinute: 200,
  visitCents: 110,
  wageCents: 3600,
};
const FACTS: ServiceFacts = {
  version: '1.0.0',
  words: 200,
  fields: [
    { id: 'name', label: words('Name'), kind: 'text', prefilled: true, count: 1 },
    { id: 'chip', label: words('Chip'), kind: 'text', prefilled: false, count: 2 },
    { id: 'proof', label: words('Nachweis'), kind: 'file', prefilled: false, count: 1 },
  ],
  documents: [{ id: 'proof', label: words('Nachweis'), count: 1 }],
  provesIdentity: true,
  pays: true,
};
const NOTHING = { measures: [], visit: false } as const;
/** 100 + 60 + 200 + (5 + 50 + 60) + 600 + 10 + 20 + 30 + 40 */
const WHOLE = 1175;

const measure = (kind: Measure['kind'], target: string | null, on: string, id = `${kind}:${target}`): Measure => ({
  id,
  service: 'hund',
  kind,
  target,
  effectiveOn: day(on),
  reason: 'Ein guter Grund.',
  declaredAt: Temporal.Instant.from('2026-11-01T09:00:00Z'),
});

describe('the burden of one case', () => {
  it('is the sum of its items, each with its time', () => {
    const burden = burdenOf(FACTS, NOTHING, VALUES);
    assert.equal(burden.seconds, WHOLE);
    assert.equal(burden.cents, 0);
    assert.deepEqual(
      burden.items.map(({ activity, id, seconds }) => [activity, id ?? '', seconds]),
      [
        ['familiarise', '', 100],
        ['read', '', 60],
        ['identity', '', 200],
        ['field', 'name', 5],
        ['field', 'chip', 50],
        ['field', 'proof', 60],
        ['document', 'proof', 600],
        ['check', '', 10],
        ['transmit', '', 20],
        ['pay', '', 30],
        ['keep', '', 40],
      ],
    );
  });

  it('a register asked instead takes the paper and its upload, a prefilled field the typing, a visit adds way and fare', () => {
    assert.equal(burdenOf(FACTS, { measures: [{ kind: 'once-only', target: 'proof' }], visit: false }, VALUES).seconds, WHOLE - 660);
    assert.equal(burdenOf(FACTS, { measures: [{ kind: 'prefilled', target: 'chip' }], visit: false }, VALUES).seconds, WHOLE - 40);
    const visit = burdenOf(FACTS, { measures: [], visit: true }, VALUES);
    assert.deepEqual([visit.seconds, visit.cents], [WHOLE + 1800, 110]);
  });

  it('asks the same on every way; only online is anything filled in before and uploaded, and only the counter has a visit', () => {
    const measures = [{ kind: 'prefilled', target: 'chip' }] as const;
    // 20 more for the name that nobody has filled in, 60 less for the upload
    assert.equal(burdenOf(FACTS, { measures, visit: false, way: 'post' }, VALUES).seconds, WHOLE - 40);
    assert.equal(burdenOf(FACTS, { measures, visit: true, way: 'counter' }, VALUES).seconds, WHOLE - 40 + 1800);
    assert.equal(burdenOf(FACTS, { measures: [{ kind: 'once-only', target: 'proof' }], visit: false, way: 'phone' }, VALUES).seconds, WHOLE - 40 - 600);
  });

  it('costs a business its wage and what it spends; nothing is payed or proven where it is not asked', () => {
    assert.equal(businessCents({ seconds: 3600, cents: 110 }, VALUES), 3710);
    assert.equal(burdenOf({ ...FACTS, provesIdentity: false, pays: false }, NOTHING, VALUES).seconds, WHOLE - 230);
  });
});

describe('the history of a burden', () => {
  const older = { since: day('2026-01-01'), facts: { ...FACTS, documents: [...FACTS.documents, { id: 'map', label: words('Plan'), count: 1 }] } };
  const newer = { since: day('2026-06-01'), facts: { ...FACTS, version: '1.1.0' } };

  it('compares versions and measures by their days, valued alike', () => {
    const history = historyOf([older, newer], [measure('once-only', 'proof', '2026-07-01'), measure('prefilled', 'chip', '2026-03-01')], {
      today: TODAY,
      values: VALUES,
    });
    assert.equal(history.first.seconds, WHOLE + 600);
    assert.equal(history.now.seconds, WHOLE - 660 - 40);
    assert.deepEqual(
      history.changes.map(({ on, after, before }) => [on.toString(), after.seconds - before.seconds]),
      [
        ['2026-03-01', -40],
        ['2026-06-01', -600],
        ['2026-07-01', -660],
      ],
    );
  });

  it('a visit that ended was needed before, also before the first version that is known', () => {
    const history = historyOf([newer], [measure('visit-ended', null, '2025-10-01')], { today: TODAY, values: VALUES });
    assert.deepEqual([history.first.seconds, history.now.seconds, history.first.cents], [WHOLE + 1800, WHOLE, 110]);
  });

  it('a register spares everybody the paper; a visit that ended spares those alone who come online', () => {
    const measures = [measure('visit-ended', null, '2025-10-01'), measure('once-only', 'proof', '2026-07-01'), measure('prefilled', 'chip', '2026-03-01')];
    const gone = (way: 'online' | 'counter' | 'post'): number => {
      const { first, now } = historyOf([newer], measures, { today: TODAY, values: VALUES, way });
      return first.seconds - now.seconds;
    };
    assert.deepEqual([gone('online'), gone('counter'), gone('post')], [1800 + 660 + 40, 600, 600]);
  });

  it('what is declared for later is announced and not yet counted; what is asked no more has no effect', () => {
    const later = historyOf([newer], [measure('once-only', 'proof', '2027-01-01')], { today: TODAY, values: VALUES });
    assert.equal(later.now.seconds, WHOLE);
    assert.equal(later.coming.length, 1);
    const gone = historyOf([older, newer], [measure('once-only', 'map', '2026-08-01')], { today: TODAY, values: VALUES });
    assert.equal(gone.changes.at(-1)!.after.seconds, gone.changes.at(-1)!.before.seconds);
  });
});

describe('the states of a package', () => {
  const at = (text: string) => Temporal.Instant.from(text);
  const less = { ...FACTS, version: '1.1.0', documents: [] };
  const a = { hash: 'a', since: at('2026-01-01T09:00:00Z'), facts: FACTS };
  const b = { hash: 'b', since: at('2026-06-01T09:00:00Z'), facts: less };
  const shown = (known: Parameters<typeof statesOf>[0], inForce: string) =>
    statesOf(known, inForce, TODAY).map(({ since, facts, returned }) => [since.toString(), facts.version, returned === true]);

  it('stand by their days, whichever is in force', () => {
    assert.deepEqual(shown([b, a], 'b'), [
      ['2026-01-01', FACTS.version, false],
      ['2026-06-01', '1.1.0', false],
    ]);
    assert.deepEqual(shown([a, b], 'a'), [
      ['2026-01-01', FACTS.version, false],
      ['2026-06-01', '1.1.0', false],
      [TODAY.toString(), FACTS.version, true],
    ]);
  });
  it('seen at the same moment, the one in force is the later', () => {
    const same = { ...b, since: a.since };
    assert.deepEqual(shown([same, a], 'b').at(-1), ['2026-01-01', '1.1.0', false]);
    assert.deepEqual(shown([a, same], 'a').at(-1), ['2026-01-01', FACTS.version, false]);
  });
  it('a version that asks the same of people is none, nor is going back from it', () => {
    const letter = { ...b, facts: { ...FACTS, version: '1.0.1' } };
    assert.deepEqual(shown([a, letter], 'a'), [['2026-01-01', FACTS.version, false]]);
  });
});

describe('the sum of the city', () => {
  const service = (name: string, online: number | undefined, businessShare: number | undefined, counter?: number): ServiceBurden => {
    const of = (way: Way) =>
      historyOf([{ since: day('2026-01-01'), facts: FACTS }], [measure('visit-ended', null, '2026-02-01')], { today: TODAY, values: VALUES, way });
    const ways = [
      { way: 'online' as const, history: of('online'), cases: online },
      { way: 'counter' as const, history: of('counter'), cases: counter },
      { way: 'post' as const, history: of('post'), cases: undefined },
    ];
    return { service: name, history: of('online'), ways, businessShare };
  };
  const AT_COUNTER = WHOLE + 20 - 60 + 1800;

  it('leaves out what is not known and names it; euros are of businesses alone', () => {
    const sum = citySum([service('a', 10, 0), service('b', 4, 1), service('c', 2, undefined), service('d', undefined, 0)], VALUES);
    assert.deepEqual(sum.leftOut, ['d']);
    assert.deepEqual(sum.unplaced, ['c']);
    assert.deepEqual([sum.onlineOnly, sum.othersOnly], [['a', 'b', 'c'], []]);
    assert.equal(sum.secondsPerYear, WHOLE * 16);
    assert.deepEqual([sum.citizenSeconds, sum.businessSeconds, sum.unplacedSeconds], [WHOLE * 10, WHOLE * 4, WHOLE * 2]);
    assert.equal(sum.businessCents, 4 * businessCents({ seconds: WHOLE, cents: 0 }, VALUES));
    assert.equal(sum.removedSecondsPerYear, 1800 * 16);
    assert.equal(sum.removedBusinessCents, 4 * (1800 + 110));
  });

  it('has the cases of the counters, each with the burden of its way, and names those of which only one side is known', () => {
    const sum = citySum([service('a', 10, 0, 30), service('b', undefined, 1, 20), service('c', 10, 0)], VALUES);
    assert.deepEqual([sum.cases, sum.leftOut, sum.onlineOnly, sum.othersOnly], [70, [], ['c'], ['b']]);
    assert.equal(sum.secondsPerYear, WHOLE * 20 + AT_COUNTER * 50);
    assert.deepEqual([sum.citizenSeconds, sum.businessSeconds], [WHOLE * 20 + AT_COUNTER * 30, AT_COUNTER * 20]);
    assert.equal(sum.businessCents, 20 * businessCents({ seconds: AT_COUNTER, cents: 110 }, VALUES));
    // who goes to the counter still goes there
    assert.equal(sum.removedSecondsPerYear, 1800 * 20);
    assert.equal(sum.removedBusinessCents, 0);
  });

  it('of nothing is nothing, and says that all is left out', () => {
    const sum = citySum([service('d', undefined, undefined)], VALUES);
    assert.deepEqual([sum.secondsPerYear, sum.businessCents, sum.removedSecondsPerYear], [0, 0, 0]);
    assert.deepEqual(sum.leftOut, ['d']);
  });
});

describe('a declared change', () => {
  const typed = { kind: 'once-only', target: 'proof', effectiveOn: TODAY, reason: 'Das Register wird gefragt.' };

  it('is about something that is asked', () => {
    assert.deepEqual(targetsOf(FACTS), { 'once-only': ['proof'], prefilled: ['chip'] });
    assert.deepEqual(expectOk(readMeasure(typed, FACTS, TODAY)).target, 'proof');
    assert.equal(expectOk(readMeasure({ ...typed, kind: 'visit-ended', target: 'proof' }, FACTS, TODAY)).target, null);
  });

  it('is refused with every mistake at once', () => {
    const fields = (change: Partial<typeof typed> | { effectiveOn: undefined }): string[] => {
      const read = readMeasure({ ...typed, ...change }, FACTS, TODAY);
      return read.ok ? [] : (read.problem.fields ?? []).map(({ field }) => field);
    };
    assert.deepEqual(fields({ kind: 'x', effectiveOn: undefined, reason: 'kurz' }), ['kind', 'effectiveOn', 'reason']);
    assert.deepEqual(fields({ target: 'map' }), ['target']);
    assert.deepEqual(fields({ kind: 'prefilled', target: 'name' }), ['target']);
    assert.deepEqual(fields({ effectiveOn: day('1999-12-31') }), ['effectiveOn']);
    assert.deepEqual(fields({ effectiveOn: day('2028-11-30') }), ['effectiveOn']);
    assert.deepEqual(fields({ reason: 'x'.repeat(2001) }), ['reason']);
  });
});

it('standard values are dated, whole and named by their origin', () => {
  assert.equal(valuesOn(TODAY), STANDARD_VALUES.at(-1));
  assert.equal(valuesOn(day('1990-01-01')), STANDARD_VALUES[0]);
  for (const { times, fields, source } of STANDARD_VALUES) {
    assert.ok(source.includes('nicht am Original geprüft'));
    for (const value of [...Object.values(times).map(({ seconds }) => seconds), ...Object.values(fields)]) assert.ok(Number.isInteger(value) && value > 0);
  }
});
