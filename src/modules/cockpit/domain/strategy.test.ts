import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { placeProblem, readItem, removalProblem } from './check-item.ts';
import { circleWith, downstreamOf } from './chain.ts';
import { readFacts, typedFrom } from '../http/item-fields.ts';
import { SPECS } from '../http/item-specs.ts';
import { changedFacts, differenceOf, firstDueDays } from './diff.ts';
import { delayRange, delaysOf, endForecast } from './forecast.ts';
import { strategyOf, type Item, type ItemKind, type Strategy, type Version } from './items.ts';
import { endOfDay, firstDay, lastDay, quarterBefore, quarterEnding, quarterKey, quarterOf, readQuarter } from './quarter.ts';
import { LIGHT_RULE, statusOfAll, type IndicatorWord } from './status.ts';
import { gapsOf, measuresOfEvent, measuresOfService, traceOf } from './trace.ts';

const OWN = { placement: 'own' } as const;
const day = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text);
const TODAY = day('2026-06-30');
const words = (de: string) => ({ de });

let seq = 0;
const version = (kind: ItemKind, key: string, facts: object | null, at = '2026-01-01T00:00:00Z', number = 1, reason = 'Grund'): Version => ({
  seq: ++seq,
  kind,
  key,
  version: number,
  facts: facts as Item['facts'] | null,
  reason,
  at: Temporal.Instant.from(at),
});
const measure = (key: string, more: object = {}): Version =>
  version('measure', key, {
    priority: 'p',
    title: words(key),
    text: words(key),
    unit: 'u',
    startsOn: '2026-01-01',
    endsOn: '2026-12-31',
    services: [],
    indicators: [],
    provenance: OWN,
    ...more,
  });
const milestone = (key: string, of: string, dueOn: string, doneOn?: string): Version =>
  version('milestone', key, { measure: of, title: words(key), dueOn, ...(doneOn === undefined ? {} : { doneOn }), provenance: OWN });
const dependency = (of: string, needs: string): Version => version('dependency', `${of}-${needs}`, { measure: of, needs, why: words('so'), provenance: OWN });
const BASE = [
  version('unit', 'u', { title: words('Stelle'), provenance: OWN }),
  version('field', 'f', { title: words('Feld'), order: 1, provenance: OWN }),
  version('vision', 'v', { field: 'f', text: words('Bild'), provenance: OWN }),
  version('priority', 'p', { vision: 'v', title: words('Priorität'), provenance: OWN }),
];
const light = (versions: readonly Version[], key = 'a', said: Readonly<Record<string, IndicatorWord>> = {}) => {
  const status = statusOfAll(strategyOf([...BASE, ...versions]), TODAY, new Map(Object.entries(said))).get(key)!;
  return [status.light, status.byRule, ...status.reasons.map(({ why }) => why)];
};
const late = (days: number): string => TODAY.subtract({ days }).toString();
const named = { indicators: ['i'] };

describe('the rule of the light', () => {
  const cases: readonly (readonly [string, readonly Version[], readonly string[], Readonly<Record<string, IndicatorWord>>?])[] = [
    ['no milestones: no light', [measure('a')], ['none', 'none', 'no-milestones']],
    ['nothing overdue: green', [measure('a'), milestone('m', 'a', '2026-12-01')], ['green', 'green', 'on-time']],
    ['due today is not overdue', [measure('a'), milestone('m', 'a', late(0))], ['green', 'green', 'on-time']],
    ['a day late: yellow', [measure('a'), milestone('m', 'a', late(1))], ['yellow', 'yellow', 'overdue']],
    ['late within the grace: yellow', [measure('a'), milestone('m', 'a', late(28))], ['yellow', 'yellow', 'overdue']],
    ['a day more: red', [measure('a'), milestone('m', 'a', late(29))], ['red', 'red', 'overdue']],
    ['reached late is reached', [measure('a'), milestone('m', 'a', late(90), late(1))], ['green', 'green', 'reached']],
    ['a red indicator: red', [measure('a', named), milestone('m', 'a', '2026-12-01')], ['red', 'red', 'indicator'], { i: 'red' }],
    ['a yellow indicator: yellow', [measure('a', named), milestone('m', 'a', '2026-12-01')], ['yellow', 'yellow', 'indicator'], { i: 'yellow' }],
    [
      'an unread indicator changes nothing, and is told',
      [measure('a', named), milestone('m', 'a', '2026-12-01')],
      ['green', 'green', 'on-time', 'indicator-unread'],
      { i: 'unread' },
    ],
    [
      'an indicator without a target changes nothing, and that is told',
      [measure('a', named), measure('b'), milestone('m', 'a', '2026-12-01'), milestone('n', 'b', late(60)), dependency('a', 'b')],
      ['yellow', 'yellow', 'needs-red', 'indicator-no-target'],
      { i: 'no-target' },
    ],
    [
      'needs a red one: yellow',
      [measure('a'), measure('b'), milestone('m', 'a', '2026-12-01'), milestone('n', 'b', late(60)), dependency('a', 'b')],
      ['yellow', 'yellow', 'needs-red'],
    ],
    [
      'needs a red one and is red itself: stays red',
      [measure('a'), measure('b'), milestone('m', 'a', late(60)), milestone('n', 'b', late(60)), dependency('a', 'b')],
      ['red', 'red', 'overdue', 'needs-red'],
    ],
    [
      'all reached and nobody uses it: red',
      [measure('a', named), milestone('m', 'a', late(90), late(95))],
      ['red', 'red', 'reached', 'indicator'],
      { i: 'red' },
    ],
    ['all reached and well used', [measure('a', named), milestone('m', 'a', late(90), late(95))], ['green', 'green', 'reached'], { i: 'green' }],
    ['promised for after the end of the measure', [measure('a'), milestone('m', 'a', '2027-02-17')], ['yellow', 'yellow', 'after-end']],
    [
      'late, and moved to next year: not green by that',
      [measure('a'), milestone('m', 'a', late(40)), milestone('m', 'a', '2026-12-01')],
      ['yellow', 'yellow', 'moved'],
    ],
    ['moved within the grace', [measure('a'), milestone('m', 'a', '2026-11-20'), milestone('m', 'a', '2026-12-01')], ['green', 'green', 'on-time']],
    ['moved, and reached', [measure('a'), milestone('m', 'a', late(90)), milestone('m', 'a', late(2), late(2))], ['green', 'green', 'reached']],
    [
      'reached, whatever it needed',
      [measure('a'), measure('b'), milestone('m', 'a', late(9), late(9)), milestone('n', 'b', late(60)), dependency('a', 'b')],
      ['green', 'green', 'reached'],
    ],
    [
      'set by hand until today: both are told',
      [measure('a'), milestone('m', 'a', late(60)), version('override', 'a', { light: 'green', until: TODAY.toString(), provenance: OWN })],
      ['green', 'red', 'overdue'],
    ],
    [
      'set by hand until yesterday: the rule holds',
      [measure('a'), milestone('m', 'a', late(60)), version('override', 'a', { light: 'green', until: late(1), provenance: OWN })],
      ['red', 'red', 'overdue'],
    ],
  ];
  for (const [what, versions, wanted, said] of cases) it(what, () => assert.deepEqual(light(versions, 'a', said), wanted));

  /** As on a day gone by: what indicators said then was not kept. */
  const then = (versions: readonly Version[], key = 'a') => {
    const status = statusOfAll(strategyOf([...BASE, ...versions]), TODAY, 'not-kept').get(key)!;
    return [status.light, status.byRule, ...status.reasons.map(({ why }) => why)];
  };
  it('of a day gone by, a light that an indicator could have changed is none', () => {
    assert.deepEqual(then([measure('a'), milestone('m', 'a', '2026-12-01')]), ['green', 'green', 'on-time'], 'it names no indicator');
    assert.deepEqual(then([measure('a', named), milestone('m', 'a', '2026-12-01')]), ['none', 'none', 'indicators-not-kept']);
    assert.deepEqual(then([measure('a', named), milestone('m', 'a', late(1))]), ['none', 'none', 'overdue', 'indicators-not-kept']);
    assert.deepEqual(then([measure('a', named), milestone('m', 'a', late(60))]), ['red', 'red', 'overdue'], 'no indicator makes it better');
    assert.deepEqual(
      then([measure('a', named), milestone('m', 'a', late(9), late(9))]),
      ['none', 'none', 'reached', 'indicators-not-kept'],
      'what is delivered may have gone unused',
    );
    assert.deepEqual(then([measure('a'), milestone('m', 'a', late(9), late(9))]), ['green', 'green', 'reached'], 'it names no indicator');
    const set = version('override', 'a', { light: 'yellow', until: TODAY.toString(), provenance: OWN });
    assert.deepEqual(then([measure('a', named), milestone('m', 'a', '2026-12-01'), set]), ['yellow', 'none', 'indicators-not-kept'], 'set by a person');
  });
  it('nor is one that depends on such a light, but for what could not be otherwise', () => {
    const needed = [measure('b', named), milestone('n', 'b', '2026-12-01'), dependency('a', 'b')];
    assert.deepEqual(then([measure('a'), milestone('m', 'a', '2026-12-01'), ...needed]), ['none', 'none', 'needs-not-kept']);
    assert.deepEqual(then([measure('a'), milestone('m', 'a', late(1)), ...needed]), ['yellow', 'yellow', 'overdue']);
    const third = [measure('c'), milestone('o', 'c', '2026-12-01'), dependency('c', 'a')];
    assert.deepEqual(
      then([measure('a'), milestone('m', 'a', '2026-12-01'), ...needed, ...third], 'c'),
      ['green', 'green', 'on-time'],
      'the middle one is not red',
    );
  });

  it('the days of the rule are those of the day, also where the city has set them', (t) => {
    const strategy = strategyOf([...BASE, measure('a'), milestone('m', 'a', late(20))]);
    const on = (day: Temporal.PlainDate) => statusOfAll(strategy, day).get('a')!.light;
    assert.equal(on(TODAY), 'yellow');
    LIGHT_RULE.set([{ from: TODAY.toString(), value: { graceDays: 7, movedDays: 28 }, source: 'Test' }]);
    t.after(() => LIGHT_RULE.set([]));
    assert.deepEqual([on(TODAY.subtract({ days: 1 })), on(TODAY)], ['yellow', 'red']);
  });

  it('a light set by hand on a measure does not hide it from those that need it', () => {
    const versions = [measure('a'), measure('b'), milestone('m', 'a', '2026-12-01'), milestone('n', 'b', late(60)), dependency('a', 'b')];
    const set = version('override', 'b', { light: 'green', until: '2026-12-31', provenance: OWN });
    assert.deepEqual(light([...versions, set]), ['yellow', 'yellow', 'needs-red']);
  });
});

describe('dependencies', () => {
  const chain = strategyOf([...BASE, measure('a'), measure('b'), measure('c'), measure('d'), dependency('b', 'a'), dependency('c', 'b'), dependency('d', 'a')]);
  it('tell everything downstream by its shortest path', () => {
    assert.deepEqual(
      downstreamOf(chain, 'a').map(({ path }) => path.join(' ')),
      ['a b', 'a d', 'a b c'],
    );
  });
  it('refuse a circle with its path, and one with itself', () => {
    assert.deepEqual(circleWith(chain, { measure: 'a', needs: 'c' }), ['a', 'b', 'c', 'a']);
    assert.deepEqual(circleWith(chain, { measure: 'a', needs: 'a' }), ['a', 'a']);
    assert.equal(circleWith(chain, { measure: 'c', needs: 'd' }), undefined);
    const item = readItem('dependency', 'x', { measure: 'a', needs: 'c', why: words('so'), provenance: OWN });
    assert.ok(item.ok);
    assert.match(placeProblem(chain, item.value, TODAY)!.detail, /a → b → c → a/);
  });
  it('a milestone lies in the term of its measure, and a measure does not end before its milestones', () => {
    const base = [...BASE, measure('a'), milestone('m', 'a', '2026-12-01'), milestone('old', 'a', '2027-02-17')];
    const problem = (facts: object, key: string, kind: 'measure' | 'milestone' = 'milestone') => {
      const item = readItem(kind, key, facts);
      assert.ok(item.ok);
      return placeProblem(strategyOf(base), item.value, TODAY)?.detail;
    };
    const due = (dueOn: string, more: object = {}) => ({ measure: 'a', title: words('n'), dueOn, provenance: OWN, ...more });
    const fieldOf = (kind: 'measure' | 'milestone', key: string, facts: object) => {
      const item = readItem(kind, key, facts);
      return item.ok ? placeProblem(strategyOf(base), item.value, TODAY)?.fields?.[0] : undefined;
    };
    assert.match(fieldOf('milestone', 'n', due('2027-01-01'))?.message ?? '', /Die Maßnahme endet am 31\.12\.2026/);
    assert.equal(problem(due('2026-12-31'), 'n'), undefined);
    assert.equal(problem(due('2027-02-17', { title: words('anders') }), 'old'), undefined, 'what stands so already can be worded anew');
    assert.equal(problem(due('2027-02-18', { doneOn: '2026-06-01' }), 'old'), undefined, 'and be reached');
    const { priority, title, text, unit, startsOn, endsOn, services, indicators, provenance } = strategyOf(base).measure.get('a')!;
    const facts = { priority, title, text, unit, startsOn, endsOn, services, indicators, provenance };
    assert.match(fieldOf('measure', 'a', { ...facts, endsOn: '2026-10-01' })?.message ?? '', /„old“ ist erst am 17\.02\.2027 fällig/);
    assert.equal(problem({ ...facts, title: words('anders') }, 'a', 'measure'), undefined);
  });
  it('never become a circle, whatever is added in whatever order', () => {
    const keys = ['a', 'b', 'c', 'd', 'e'];
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(...keys), fc.constantFrom(...keys)), { maxLength: 20 }), (pairs) => {
        let versions = [...BASE, ...keys.map((key) => measure(key))];
        for (const [of, needs] of pairs)
          if (circleWith(strategyOf(versions), { measure: of, needs }) === undefined) versions = [...versions, dependency(of, needs)];
        const strategy = strategyOf(versions);
        for (const key of keys) assert.ok(!downstreamOf(strategy, key).some((one) => strategy.dependency.has(`${key}-${one.measure}`)), key);
      }),
    );
  });
});

describe('what may stand in the strategy', () => {
  const strategy = strategyOf([...BASE, measure('a'), milestone('m', 'a', '2026-12-01')]);
  const refused = (kind: ItemKind, facts: object, key = 'neu', on: Strategy = strategy): string | undefined => {
    const read = readItem(kind, key, facts);
    return read.ok ? placeProblem(on, read.value, TODAY)?.detail : read.problem.fields![0]!.field;
  };
  it('a thing without source and without the word that it is the own placement is refused', () => {
    assert.equal(refused('field', { title: words('x'), order: 1 }), 'provenance');
    assert.equal(refused('field', { title: words('x'), order: 1, provenance: {} }), 'provenance');
    assert.equal(refused('field', { title: words('x'), order: 1, provenance: OWN }), undefined);
    assert.equal(refused('field', { title: words('x'), order: 1, provenance: { source: 'Bericht' } }), undefined);
  });
  it('German is needed; what is named must be there', () => {
    assert.equal(refused('field', { title: { en: 'x' }, order: 1, provenance: OWN }), 'title');
    assert.match(refused('milestone', { measure: 'b', title: words('x'), dueOn: '2026-12-01', provenance: OWN })!, /„b“ gibt es in der Strategie nicht/);
  });
  it('no milestone is reached in the future, no end lies before its beginning', () => {
    assert.match(refused('milestone', { measure: 'a', title: words('x'), dueOn: '2026-12-01', doneOn: '2026-07-01', provenance: OWN })!, /Zukunft/);
    assert.match(
      refused('measure', { ...strategy.measure.get('a'), key: undefined, version: undefined, changedAt: undefined, reason: undefined, endsOn: '2025-01-01' })!,
      /^facts$|Ende liegt vor/,
    );
  });
  it('a light is set for a measure, from tomorrow on and not for ever', () => {
    const set = (until: string, key = 'a') => refused('override', { light: 'green', until, provenance: OWN }, key);
    assert.match(set('2026-06-30')!, /nach heute/);
    assert.equal(set('2026-07-01'), undefined);
    assert.match(set('2028-01-01')!, /höchstens/);
    assert.match(set('2026-07-01', 'z')!, /gehört zu einer Maßnahme/);
  });
  it('what others name stays', () => {
    assert.match(removalProblem(strategy, 'measure', 'a')!.detail, /milestone\/m/);
    assert.equal(removalProblem(strategy, 'milestone', 'm'), undefined);
  });
});

describe('versions', () => {
  const moved = [
    ...BASE,
    measure('a'),
    milestone('m', 'a', '2026-03-01'),
    version('milestone', 'm', { measure: 'a', title: words('m'), dueOn: '2026-05-01', provenance: OWN }, '2026-02-10T12:00:00Z', 2, 'Später.'),
    version('milestone', 'm', { measure: 'a', title: words('m'), dueOn: '2026-05-01', doneOn: '2026-04-20', provenance: OWN }, '2026-04-20T12:00:00Z', 3),
  ];
  it('"as it stood on": the fold up to a moment', () => {
    assert.equal(strategyOf(moved, endOfDay(day('2026-02-09'))).milestone.get('m')!.dueOn, '2026-03-01');
    assert.equal(strategyOf(moved, endOfDay(day('2026-02-10'))).milestone.get('m')!.dueOn, '2026-05-01');
    assert.equal(strategyOf([...moved, version('milestone', 'm', null)]).milestone.has('m'), false);
  });
  it('the difference tells moved dates with days and reason, what was reached, and lights that changed', () => {
    const at = (text: string) => ({ strategy: strategyOf(moved, endOfDay(day(text))), day: day(text) });
    const found = differenceOf(at('2026-01-31'), at('2026-03-31'));
    assert.deepEqual(found.slips, [{ milestone: 'm', measure: 'a', from: '2026-03-01', to: '2026-05-01', days: 61, reason: 'Später.' }]);
    assert.deepEqual(found.changes, [{ kind: 'milestone', key: 'm', how: 'changed', facts: ['dueOn'], reason: 'Später.' }]);
    const spring = differenceOf(at('2026-03-31'), at('2026-04-30'));
    assert.deepEqual([spring.reached, spring.enteredLate], [['m'], []]);
    const entered = (text: string) => ({ strategy: strategyOf(moved), day: day(text) });
    const before = { ...entered('2026-04-20'), strategy: at('2026-04-19').strategy };
    assert.deepEqual(differenceOf(before, entered('2026-04-30')).enteredLate, ['m'], 'reached on the last day before, and entered after it');
    const without = moved.filter(({ version: number }) => number === 1);
    const then = (text: string) => ({ strategy: strategyOf(without), day: day(text) });
    assert.deepEqual(differenceOf(then('2026-02-28'), then('2026-03-31')).lights, [{ measure: 'a', from: 'green', to: 'red' }]);
    const naming = without.map((one) => (one.kind === 'measure' ? { ...one, facts: { ...one.facts!, indicators: ['i'] } } : one));
    const kept = (text: string) => ({ strategy: strategyOf(naming), day: day(text) });
    assert.deepEqual(differenceOf(kept('2026-02-28'), kept('2026-03-02'), 'not-kept').lights, [], 'nobody knows either light');
    assert.deepEqual(differenceOf(kept('2026-02-28'), kept('2026-03-31'), 'not-kept').lights, [{ measure: 'a', from: 'none', to: 'red' }]);
  });
  it('forecasts from first promises, never before today, and not from too little', () => {
    const few = strategyOf(moved);
    const first = firstDueDays(moved);
    assert.equal(first.get('m'), '2026-03-01');
    assert.deepEqual(delaysOf(few, first, TODAY), { days: [50], reached: [50], open: 0 });
    const many = [0, 10, 20, 30, 40].flatMap((days, index) => [milestone(`d${index}`, 'a', '2026-04-01', day('2026-04-01').add({ days }).toString())]);
    const all = [...BASE, measure('a'), measure('b'), ...many, milestone('end', 'b', '2026-09-01'), milestone('late', 'b', '2026-06-25')];
    const strategy = strategyOf(all);
    const delays = delaysOf(strategy, firstDueDays(all), TODAY);
    assert.deepEqual(delays, { days: [0, 5, 10, 20, 30, 40], reached: [0, 10, 20, 30, 40], open: 1 });
    assert.deepEqual([delayRange(delays), delayRange({ days: [1, 2], reached: [1, 2], open: 0 })], [{ early: 0, median: 10, late: 40, within: 5 }, undefined]);
    assert.deepEqual(endForecast(strategy, 'b', { delays, first: firstDueDays(all), today: TODAY }), {
      promised: '2026-09-01',
      first: '2026-09-01',
      low: '2026-09-01',
      mid: '2026-09-11',
      high: '2026-10-11',
      milestones: 6,
    });
    const again = [...all, version('milestone', 'end', { measure: 'b', title: words('end'), dueOn: '2026-10-01', provenance: OWN }, '2026-06-01T00:00:00Z', 2)];
    const later = endForecast(strategyOf(again), 'b', { delays, first: firstDueDays(again), today: TODAY });
    assert.deepEqual(
      [later?.promised, later?.first, later?.low, later?.mid, later?.high],
      ['2026-10-01', '2026-09-01', '2026-10-01', '2026-10-11', '2026-11-10'],
    );
    const passed = endForecast(strategy, 'b', { delays, first: firstDueDays(all), today: day('2026-09-15') });
    assert.deepEqual([passed?.low, passed?.mid, passed?.high], ['2026-09-15', '2026-09-25', '2026-10-25'], 'as long as any, from today');
    assert.equal(endForecast(few, 'a', { delays: delaysOf(few, first, TODAY), first, today: TODAY }), undefined);
  });
});

it('quarters', () => {
  assert.equal(quarterKey(quarterOf(day('2026-11-29'))), '2026-q4');
  assert.equal(quarterKey(quarterBefore(quarterOf(day('2026-02-01')))), '2025-q4');
  const second = readQuarter('2026-q2')!;
  assert.deepEqual([firstDay(second).toString(), lastDay(second).toString()], ['2026-04-01', '2026-06-30']);
  assert.equal(quarterEnding(day('2026-06-29')), undefined);
  assert.deepEqual(quarterEnding(day('2026-06-30')), second);
  for (const wrong of ['2026-q5', '1926-q1', '2026', 'q1']) assert.equal(readQuarter(wrong), undefined, wrong);
});

it('the trace is followed both ways, and its gaps are named', () => {
  const strategy = strategyOf([
    ...BASE,
    measure('a', {
      services: ['hund', 'weg'],
      indicators: ['i', 'new', 'outside', 'nowhere'],
    }),
    measure('b'),
    milestone('m', 'a', '2026-12-01'),
  ]);
  const known = new Map([
    ['i', { events: ['procedure.x', 'procedure.seen'] }],
    ['new', { events: ['procedure.x'] }],
    ['outside', { events: [] }],
    ['unnamed', { events: ['procedure.y'] }],
  ]);
  assert.deepEqual(
    [measuresOfEvent(strategy, known, 'procedure.x'), measuresOfService(strategy, 'hund'), measuresOfEvent(strategy, known, 'procedure.y')].map((all) =>
      all.map(({ key }) => key),
    ),
    [['a'], ['a'], []],
  );
  assert.deepEqual(traceOf(strategy, strategy.measure.get('a')!, known).events, ['procedure.x', 'procedure.seen']);
  const gaps = {
    measuresWithoutIndicator: ['b'],
    measuresWithoutMilestone: ['b'],
    indicatorsWithoutEvent: [{ measure: 'a', indicator: 'outside' }],
    indicatorsUnknown: [{ measure: 'a', indicator: 'nowhere' }],
    servicesWithoutMeasure: ['baum'],
    servicesUnknown: [{ measure: 'a', service: 'weg' }],
    indicatorsNeverSeen: [{ measure: 'a', indicator: 'new' }],
  };
  const there = { services: ['hund', 'baum'], seen: new Set(['procedure.seen']) };
  assert.deepEqual(gapsOf(strategy, { ...there, indicators: known }), gaps);
  assert.deepEqual(
    gapsOf(strategy, { ...there, indicators: undefined }),
    { ...gaps, indicatorsWithoutEvent: [], indicatorsUnknown: [], indicatorsNeverSeen: [] },
    'where nobody keeps indicators, nobody can say what is missing of them',
  );
});

it('a measure kept with events that were typed by hand is read like any other, and its version shows what was typed', () => {
  const old = measure('a', {
    indicators: [
      { key: 'i', events: ['procedure.x', 'procedure.y'] },
      { key: 'j', events: [] },
    ],
  });
  const strategy = strategyOf([...BASE, old]);
  assert.deepEqual(strategy.measure.get('a')?.indicators, ['i', 'j']);
  assert.equal(typedFrom(SPECS.measure, { ...old.facts })('indicators'), 'i: procedure.x, procedure.y\nj');
  const { key: _, version: __, changedAt: ___, reason: ____, ...facts } = strategy.measure.get('a')!;
  assert.ok(readItem('measure', 'a', readFacts(SPECS.measure, typedFrom(SPECS.measure, facts))).ok, 'and it can be changed');
  assert.deepEqual(changedFacts(facts, { ...facts, indicators: ['i', 'j'] }), []);
  const typed = readItem('measure', 'a', { ...facts, indicators: ['i: procedure.x'] });
  assert.match(typed.ok ? '' : typed.problem.fields![0]!.message, /folgen aus ihrer Formel/);
});
