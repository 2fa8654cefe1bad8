import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { boundsOf, equation, smallSums, type Equation } from '../../../../test/support/figure-attacker.ts';
import { cell, indicatorsOver } from '../../../../test/support/known-figures.ts';
import type { IndicatorPoint, Indicators } from '../../../kernel/indicator.ts';
import { expectOk } from '../../../kernel/result.ts';
import { BUILT_IN } from '../domain/built-in.ts';
import { nameOf, type Definition } from '../domain/definition.ts';
import { isCounted } from '../domain/figures.ts';
import type { Cell } from '../domain/fold.ts';
import { addMonths, monthsBetween } from '../domain/months.ts';

const NOW = Temporal.Instant.from('2026-11-24T09:00:00Z');
const [LAST, RUNNING] = ['2026-10', '2026-11'] as const;

const defined = (key: string, formula: string): Definition => {
  const { base: _, ...like } = BUILT_IN.find((one) => one.key === 'applications')!;
  return { ...like, key, formula, kind: 'defined', unit: formula.includes('/') ? 'share' : 'count' };
};
/** What the strategy may define beside the built-in ones: whatever single counts there are. */
const DEFINED = [
  ...['received', 'online_matched', 'counter', 'decided', 'automated', 'requests', 'media_breaks', 'timed', 'undated', 'completed', 'withdrawn', 'ratings'].map(
    (name) => defined(`only-${name.replaceAll('_', '-')}`, name),
  ),
  ...[defined('by-people', 'decided - automated'), defined('people', '1 - automation'), defined('again', 'media_breaks / decided')],
];
const DEFINITIONS = [...BUILT_IN, ...DEFINED];

const published = (cells: readonly Cell[], stamp: { readonly firstAt?: Temporal.Instant } = {}): ReturnType<typeof indicatorsOver> =>
  indicatorsOver(cells, NOW, { stamp, definitions: new Map(DEFINITIONS.map((one) => [nameOf(one.key), one])) });

const knownValue = async (indicators: Indicators, key: string, service?: string): Promise<number | string> => {
  const { state } = expectOk(await indicators.one(key, service === undefined ? {} : { service }));
  return state.kind === 'known' ? state.value : state.kind;
};

describe('the figure of twelve months tells no month that its history hides', () => {
  const months = monthsBetween(addMonths(LAST, -11), RUNNING);
  const applications = (n: (month: string) => number): Cell[] => months.map((month) => cell('hund', month, { received: n(month) }));
  it('of the city: the hidden month and the running one are left out', async () => {
    const { indicators } = published(applications((month) => (month === '2026-03' ? 4 : month === RUNNING ? 7 : 20)));
    const history = await indicators.history('applications', { months: 12 });
    assert.deepEqual(
      history.find(({ month }) => month === '2026-03'),
      { month: '2026-03', value: undefined, cases: undefined, missing: 'suppressed' },
    );
    assert.equal(await knownValue(indicators, 'applications'), 220);
    assert.equal(history.at(-1)?.month, LAST, 'two days of the running month could be subtracted');
  });
  it('of a city in which every month is small: nothing', async () =>
    assert.equal(await knownValue(published(applications(() => 5)).indicators, 'applications'), 'suppressed'));
  it('in the first month there is no figure yet, which is not zero', async () => {
    const { indicators } = published([cell('hund', RUNNING, { received: 40 })], { firstAt: Temporal.Instant.from('2026-11-03T09:00:00Z') });
    assert.equal(await knownValue(indicators, 'applications'), 'unknown');
    assert.deepEqual(await indicators.history('applications'), []);
  });
  it('what is dated before the journal begins is in neither', async () => {
    const { indicators } = published([cell('hund', '2026-01', { received: 3 }), ...applications(() => 20)], {
      firstAt: Temporal.Instant.from('2026-05-10T09:00:00Z'),
    });
    assert.equal(await knownValue(indicators, 'applications'), 120);
    assert.equal((await indicators.history('applications'))[0]?.month, '2026-05');
  });
  it('stocks are those of now, in whole tens: two days cannot be subtracted', async () => {
    const accounts = [...months].map((month) => cell('', month, { accounts: month === RUNNING ? 3 : 10, eid_accounts: month === RUNNING ? 0 : 5 }));
    const { indicators } = published(accounts);
    assert.equal(await knownValue(indicators, 'accounts'), 120, '123 accounts');
    assert.equal(expectOk(await indicators.one('accounts')).cases, 120);
    assert.deepEqual((await indicators.history('accounts')).at(-1), { month: RUNNING, value: 120, cases: 120 });
    assert.equal(await knownValue(indicators, 'eid-activation'), 0.5);
  });
});

describe('a share tells neither its part nor its rest where that is small', () => {
  const shared = (counts: Record<string, number>): Indicators => published([cell('hund', LAST, counts)]).indicators;
  for (const [key, few, enough] of [
    ['online-share', { received: 4, counter: 400, counter_records: 1 }, { received: 40, counter: 400, counter_records: 1 }],
    ['online-share', { received: 400, counter: 4, counter_records: 1 }, { received: 400, counter: 40, counter_records: 1 }],
    ['automation', { decided: 50, automated: 3 }, { decided: 50, automated: 13 }],
    ['automation', { decided: 50, automated: 47 }, { decided: 50, automated: 50 }],
    ['complete-first', { completed: 50, complete_first: 45 }, { completed: 50, complete_first: 0 }],
    ['media-breaks', { decided: 50, media_breaks: 9 }, { decided: 50, media_breaks: 10 }],
    ['requests-per-case', { decided: 50, requests: 2 }, { decided: 50, requests: 12 }],
    ['satisfaction', { ratings: 20, rating_sum: 99 }, { ratings: 20, rating_sum: 70 }],
    ['satisfaction', { ratings: 20, rating_sum: 22 }, { ratings: 20, rating_sum: 100 }],
  ] as const)
    it(`${key} of ${JSON.stringify(few)}`, async () => {
      assert.equal(await knownValue(shared(few), key), 'suppressed');
      assert.equal(await knownValue(shared(few), key, 'hund'), 'suppressed');
      assert.equal(typeof (await knownValue(shared(enough), key)), 'number');
    });
  it('of the city alone, too', async () => {
    const { indicators } = published([cell('', LAST, { items_settled: 40, items_accepted: 20, items_changed: 15, accounts: 40, eid_accounts: 35 })]);
    assert.equal(await knownValue(indicators, 'assistant-acceptance'), 'suppressed');
    assert.equal(await knownValue(indicators, 'eid-activation'), 'suppressed');
  });
  it('the online share of a service is hidden where its applications are', async () => {
    const { indicators } = published([
      cell('klein', LAST, { received: 4 }),
      cell('mittel', LAST, { received: 30, counter: 40, counter_records: 1 }),
      cell('gross', LAST, { received: 300, counter: 400, counter_records: 1 }),
    ]);
    assert.deepEqual(await Promise.all(['klein', 'mittel', 'gross'].map((service) => knownValue(indicators, 'applications', service))), [
      'suppressed',
      'suppressed',
      300,
    ]);
    assert.deepEqual(await Promise.all(['mittel', 'gross'].map((service) => knownValue(indicators, 'online-share', service))), ['suppressed', 300 / 700]);
    assert.equal(await knownValue(indicators, 'online-share'), 'suppressed', 'else all applications minus the counted ones are those of the small service');
  });
});

/** Which sums somebody reads from a figure and its number of cases. */
const READ: Readonly<
  Record<string, (value: number | undefined, cases: number | undefined) => readonly (readonly [terms: readonly string[], sum: number | undefined])[]>
> = {
  applications: (value) => [[['received'], value]],
  'online-share': (value, cases) => [
    [['matched', 'counter'], cases],
    [['matched'], times(value, cases)],
  ],
  automation: (value, cases) => [
    [['decided'], cases],
    [['automated'], times(value, cases)],
  ],
  'media-breaks': (value, cases) => [
    [['decided'], cases],
    [['media_breaks'], times(value, cases)],
  ],
  'requests-per-case': (value, cases) => [
    [['decided'], cases],
    [['requests'], times(value, cases)],
  ],
  'complete-first': (value, cases) => [
    [['completed'], cases],
    [['complete_first'], times(value, cases)],
  ],
  satisfaction: (value, cases) => [
    [['ratings'], cases],
    [['rating_sum'], times(value, cases)],
  ],
  'days-median': (_, cases) => [[['decided'], cases]],
  'days-p90': (_, cases) => [[['decided'], cases]],
  'by-people': (value) => [[['automated rest'], value]],
  people: (_, cases) => [[['decided'], cases]],
  again: (value, cases) => [[['media_breaks'], times(value, cases)]],
  ...Object.fromEntries(
    DEFINED.slice(0, 12).map(
      ({ key, formula }) => [key, (value: number | undefined) => [[[formula === 'online_matched' ? 'matched' : formula], value]]] as const,
    ),
  ),
};
const times = (value: number | undefined, cases: number | undefined): number | undefined =>
  value === undefined || cases === undefined ? undefined : Math.round(value * cases);

/** What everybody knows of each row: a part is no more than its whole. */
const SPLITS = [
  [['automated', 'automated rest'], ['decided']],
  [['media_breaks', 'media rest'], ['decided']],
  [['timed', 'undated'], ['decided']],
  [['complete_first', 'later complete'], ['completed']],
] as const;

const few = fc.oneof({ weight: 3, arbitrary: fc.integer({ min: 0, max: 12 }) }, { weight: 2, arbitrary: fc.integer({ min: 10, max: 60 }) });
/** A row in which no part is more than its whole. */
const row = fc
  .tuple(few, few, few, few, few, few, few, few, few, fc.integer({ min: 0, max: 2 }), fc.integer({ min: 10, max: 50 }))
  .map(([received, decided, automated, media, timed, requests, completed, counter, ratings, records, mark]): Record<string, number> => {
    const dated = Math.min(timed, decided);
    return {
      ...{ received, decided, automated: Math.min(automated, decided), media_breaks: Math.min(media, decided), timed: dated, undated: decided - dated },
      ...{
        requests: decided === 0 ? 0 : requests,
        completed,
        complete_first: Math.min(automated, completed),
        withdrawn: Math.min(requests, received),
        ratings,
        rating_sum: Math.round((ratings * mark) / 10),
      },
      ...(records === 0 ? {} : { counter, counter_records: records }),
    };
  });
const MONTHS = [addMonths(LAST, -1), LAST, RUNNING];
const history = fc.record({ services: fc.integer({ min: 1, max: 6 }), none: fc.boolean() }).chain(({ services, none }) =>
  fc.tuple(
    ...[...'abcdef']
      .slice(0, services)
      .concat(none ? [''] : [])
      .flatMap((service) => MONTHS.map((month) => row.map((counts) => cell(service, month, counts)))),
  ),
);

/** Everything of a month that stands on public pages, as sums of unknown counts. */
async function readMonth(
  indicators: Indicators,
  cells: readonly Cell[],
  month: string,
): Promise<{ readonly equations: Equation[]; readonly least: Map<string, number> }> {
  const here = cells.filter((one) => one.month === month);
  const equations: Equation[] = here.flatMap(({ service }) =>
    SPLITS.map(([parts, [whole]]) => equation([...parts.map((name) => [`${name} ${service}`, 1] as const), [`${whole} ${service}`, -1]], 0)),
  );
  const least = new Map<string, number>();
  const terms = (names: readonly string[], of: readonly Cell[]): (readonly [string, number])[] =>
    names.flatMap((name) =>
      of.flatMap((one) =>
        name === 'matched'
          ? isCounted(one)
            ? [[`received ${one.service}`, 1] as const]
            : []
          : name === 'counter' && !isCounted(one)
            ? []
            : [[`${name} ${one.service}`, 1] as const],
      ),
    );
  for (const [key, read] of Object.entries(READ))
    for (const service of [undefined, ...here.map((one) => one.service).filter((one) => one !== '')]) {
      const { value, cases } = pointOf(await indicators.history(key, service === undefined ? {} : { service }), month);
      for (const [names, sum] of read(value, cases))
        if (sum !== undefined) equations.push(equation(terms(names, service === undefined ? here : here.filter((one) => one.service === service)), sum));
      // a service that nobody applied for would be shown
      if (key === 'applications' && service !== undefined && value === undefined) least.set(`received ${service}`, 1);
    }
  return { equations: equations.filter(({ terms: some }) => some.size > 0), least };
}

const pointOf = (points: readonly IndicatorPoint[], month: string): Pick<IndicatorPoint, 'value' | 'cases'> =>
  points.find((point) => point.month === month) ?? { value: undefined, cases: undefined };

describe('an attack: whoever reads all that is public cannot reckon back a count of 1 to 9', () => {
  it('in a month, from all indicators of the city and of all services', async () => {
    let unknown = 0;
    await fc.assert(
      fc.asyncProperty(history, async (cells) => {
        const { indicators } = published(cells);
        for (const month of MONTHS) {
          const { equations, least } = await readMonth(indicators, cells, month);
          const told = (names: ReadonlyMap<string, unknown>): string => JSON.stringify([...names.keys()]);
          for (const [name, { low, high }] of boundsOf(equations, least)) {
            assert.ok(!(low === high && low >= 1 && low <= 9), `${month}: ${name} is ${low}`);
            if (low !== high) unknown += 1;
          }
          for (const { terms, equals } of smallSums(equations)) assert.fail(`${month}: ${told(terms)} are ${equals}`);
        }
      }),
      { numRuns: 50 },
    );
    assert.ok(unknown > 1000, `${unknown} counts stayed unknown: the attack had something to find`);
  });

  it('over the months: the figure of the year is what its months say, and not more', async () => {
    await fc.assert(
      fc.asyncProperty(history, async (cells) => {
        const { indicators, figures } = published(cells);
        for (const [key, read] of Object.entries(READ))
          for (const service of [undefined, ...figures.services()]) {
            const question = service === undefined ? {} : { service };
            const { state, cases } = expectOk(await indicators.one(key, question));
            const year = read(state.kind === 'known' ? state.value : undefined, cases);
            const months = (await indicators.history(key, question)).map((point) => read(point.value, point.cases));
            for (const [index, [names, sum]] of year.entries()) {
              const shown = months.reduce((all, month) => all + (month[index]![1] ?? 0), 0);
              if (sum !== undefined) assert.equal(sum, shown, `${key} of ${service ?? 'the city'}: ${names.join(' + ')}`);
            }
            const part = expectOk(await indicators.during(key, { first: MONTHS[0]!, last: LAST }, question));
            for (const [index, [names, sum]] of read(part.state.kind === 'known' ? part.state.value : undefined, part.cases).entries()) {
              const shown = months.reduce((all, month) => all + (month[index]![1] ?? 0), 0);
              if (sum !== undefined) assert.equal(sum, shown, `${key} of ${service ?? 'the city'} in a period: ${names.join(' + ')}`);
            }
          }
      }),
      { numRuns: 25 },
    );
  });

  it('from day to day: a new case of the running month changes nothing that is told of cases', async () => {
    const all = async (cells: readonly Cell[]): Promise<unknown> => {
      const { indicators, figures } = published(cells);
      const told: unknown[] = [];
      for (const key of Object.keys(READ))
        for (const service of [undefined, ...figures.services()]) {
          const question = service === undefined ? {} : { service };
          told.push(expectOk(await indicators.one(key, question)), await indicators.history(key, question));
        }
      return told;
    };
    await fc.assert(
      fc.asyncProperty(history, row, async (cells, more) => {
        const after = cells.map((one) => (one.month === RUNNING && one.service === 'a' ? cell('a', RUNNING, more) : one));
        assert.deepEqual(await all(after), await all(cells));
      }),
      { numRuns: 10 },
    );
  });
});
