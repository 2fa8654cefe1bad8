import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { intervalOf, cityCompletion, cityUsage, completionShare, usageShare, type ServiceCounts } from './rates.ts';
import { poolsToRelease, shuffled, type RatingPool } from './rating-pools.ts';

const counts = (service: string, more: Partial<ServiceCounts> = {}): ServiceCounts => ({
  service,
  submitted: 100,
  onlineMatched: more.submitted ?? 100,
  countedMonths: 12,
  decided: 80,
  givenUp: 0,
  discarded: 0,
  byOtherWays: undefined,
  ...more,
});

describe('Three rates', () => {
  it('Nutzungsgrad is unknown where nobody counted the other ways: not 100 %', () => {
    assert.deepEqual(usageShare(500, undefined), { kind: 'unknown' });
    assert.deepEqual(usageShare(0, undefined), { kind: 'unknown' });
  });
  it('is reckoned from whole tens, so that no single case can be reckoned back', () => {
    assert.deepEqual(usageShare(79, 30), { kind: 'known', value: 0.7, of: 100 });
    assert.deepEqual(usageShare(70, 30), usageShare(79, 39));
  });
  it('is not told of fewer than ten', () => {
    assert.deepEqual(usageShare(9, 9), { kind: 'suppressed' });
    assert.deepEqual(completionShare({ submitted: 9, givenUp: 9, discarded: 9 }), { kind: 'suppressed' });
    assert.deepEqual(usageShare(3, 100), { kind: 'suppressed' }, 'three are not 0 %');
    assert.deepEqual(completionShare({ submitted: 20, givenUp: 9, discarded: 0 }), { kind: 'suppressed' }, 'nine are not nothing: 20 of 29 is not 100 %');
    assert.deepEqual(completionShare({ submitted: 500, givenUp: 3, discarded: 0 }), { kind: 'known', value: 1, of: 500 });
  });
  it('completion is of what has ended: submitted, given up or discarded', () => {
    assert.deepEqual(completionShare({ submitted: 60, givenUp: 30, discarded: 10 }), { kind: 'known', value: 0.6, of: 100 });
  });
  it('the city counts online cases only of the months in which the service was counted', () => {
    const late = counts('a', { submitted: 1200, onlineMatched: 100, countedMonths: 1, byOtherWays: 100 });
    assert.deepEqual(cityUsage([late]), { share: { kind: 'known', value: 0.5, of: 200 }, services: 1, months: 1 });
  });
  it('the city counts only services whose other ways are counted, and says how many', () => {
    const city = cityUsage([counts('a', { byOtherWays: 100 }), counts('b'), counts('c', { submitted: 900 })]);
    assert.deepEqual(city, { share: { kind: 'known', value: 0.5, of: 200 }, services: 1, months: 12 });
    assert.deepEqual(cityUsage([counts('a')]), { share: { kind: 'unknown' }, services: 0, months: 0 });
    assert.deepEqual(cityCompletion([counts('a', { givenUp: 100 }), counts('b', { submitted: 0 })]), { kind: 'known', value: 0.5, of: 200 });
  });
});

describe('Ratings that wait', () => {
  const pool = (service: string, size: number, after: RatingPool['after'] = 'decision'): RatingPool => ({
    service,
    after,
    given: Array.from({ length: size }, (_, index) => ({ key: `${service}${index}`, score: 3 })),
  });
  it('go when there are ten', () => {
    const { ready, waiting } = poolsToRelease([pool('a', 10), pool('b', 9)], 'full');
    assert.deepEqual([ready.map(({ service }) => service), waiting.map(({ service }) => service)], [['a'], ['b']]);
  });
  it('are put together at the end, if that makes ten of one kind', () => {
    const { ready, waiting } = poolsToRelease([pool('a', 6), pool('b', 5), pool('c', 4, 'abandonment')], 'gather');
    assert.deepEqual(
      ready.map(({ service, given }) => [service, given.length]),
      [['other', 11]],
    );
    assert.deepEqual(
      waiting.map(({ service }) => service),
      ['c'],
    );
  });
  it('come in an order of chance, each once', () => {
    const items = [...Array(20).keys()];
    let turn = 0;
    const mixed = shuffled(items, () => (turn++ * 0.37) % 1);
    assert.notDeepEqual(mixed, items);
    assert.deepEqual(
      mixed.toSorted((a, b) => a - b),
      items,
    );
  });
});

describe('What a survey knows', () => {
  // the score interval's published values: Newcombe, Statist. Med. 17 (1998) 857, table I, method 3
  for (const [reached, of, low, high] of [
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ] as const)
    it(`${reached} of ${of}`, () => {
      const interval = intervalOf(reached / of, of);
      assert.deepEqual([interval.low.toFixed(4), interval.high.toFixed(4)], [low.toFixed(4), high.toFixed(4)]);
    });
});
