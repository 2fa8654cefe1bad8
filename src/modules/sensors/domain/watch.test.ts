import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { follow, judge, sayCondition, STALE_MINUTES, type Condition, type Verdict } from './watch.ts';

const NOW = Temporal.Instant.from('2026-11-28T03:00:00Z');
const before = (minutes: number): Temporal.Instant => NOW.subtract({ minutes });
const FLOOD: Condition = { kind: 'threshold', side: 'above', limit: 4.5, clear: 4 };
const SQUARE = [
  [9.9, 53.5],
  [10, 53.5],
  [10, 53.6],
  [9.9, 53.6],
  [9.9, 53.5],
] as const;

describe('a threshold', () => {
  for (const [value, verdict] of [
    [4.5, 'raised'],
    [5.7, 'raised'],
    [4.49, 'between'],
    [4, 'between'],
    [3.99, 'quiet'],
  ] as const)
    it(`at 4.5 with clearing at 4: ${value} is ${verdict}`, () => assert.equal(judge(FLOOD, { value, measuredAt: NOW }, NOW), verdict));
  it('below works the other way round', () => {
    const low: Condition = { kind: 'threshold', side: 'below', limit: 1, clear: 2 };
    const at = (value: number): Verdict => judge(low, { value, measuredAt: NOW }, NOW);
    assert.deepEqual([at(1), at(1.5), at(2), at(2.1)], ['raised', 'between', 'between', 'quiet']);
  });
  it('says nothing by a value that is too old, or none', () => {
    assert.equal(judge(FLOOD, { value: 9, measuredAt: before(STALE_MINUTES + 1) }, NOW), 'unknown');
    assert.equal(judge(FLOOD, {}, NOW), 'unknown');
  });
  it('without hysteresis is either raised or quiet', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, min: -10, max: 10 }), (value) => {
        assert.ok(['raised', 'quiet'].includes(judge({ kind: 'threshold', side: 'above', limit: 1, clear: 1 }, { value, measuredAt: NOW }, NOW)));
      }),
    );
  });
});

describe('a rate', () => {
  const rising: Condition = { kind: 'rate', side: 'rising', perHour: 0.5, minutes: 30 };
  const facts = (value: number) => ({ value, measuredAt: NOW, earlier: { value: 2, measuredAt: before(30) } });
  it('is reckoned an hour, over what was really measured', () => {
    assert.equal(judge(rising, facts(2.25), NOW), 'raised');
    assert.equal(judge(rising, facts(2.24), NOW), 'quiet');
    assert.equal(judge({ ...rising, side: 'falling' }, facts(1.75), NOW), 'raised');
  });
  it('is unknown without an earlier value', () => assert.equal(judge(rising, { value: 1, measuredAt: NOW }, NOW), 'unknown'));
});

describe('absence', () => {
  const absence: Condition = { kind: 'absence', minutes: 60 };
  it('is raised after the minutes, and for a stream that never measured', () => {
    assert.equal(judge(absence, { measuredAt: before(59) }, NOW), 'quiet');
    assert.equal(judge(absence, { measuredAt: before(60) }, NOW), 'raised');
    assert.equal(judge(absence, {}, NOW), 'raised');
  });
});

describe('a geofence', () => {
  it('knows inside and outside, and nothing of a thing without a place', () => {
    const inside: Condition = { kind: 'geofence', when: 'inside', ring: SQUARE };
    assert.equal(judge(inside, { position: { lon: 9.95, lat: 53.55 } }, NOW), 'raised');
    assert.equal(judge({ ...inside, when: 'outside' }, { position: { lon: 9.95, lat: 53.55 } }, NOW), 'quiet');
    assert.equal(judge(inside, { position: { lon: 11, lat: 53.55 } }, NOW), 'quiet');
    assert.equal(judge(inside, {}, NOW), 'unknown');
  });
});

describe('a notice', () => {
  it('is raised once, stays while it is not known or between, and is cleared once', () => {
    assert.equal(follow(false, 'raised'), 'raise');
    assert.equal(follow(true, 'raised'), undefined);
    assert.equal(follow(true, 'between'), undefined);
    assert.equal(follow(true, 'unknown'), undefined);
    assert.equal(follow(true, 'quiet'), 'clear');
    for (const verdict of ['between', 'unknown', 'quiet'] as const) assert.equal(follow(false, verdict), undefined);
  });
  it('never flutters between limit and clearing', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true, min: 4.01, max: 4.49 }), { minLength: 2, maxLength: 30 }), (values) => {
        let open = true;
        let changes = 0;
        for (const value of values) {
          const what = follow(open, judge(FLOOD, { value, measuredAt: NOW }, NOW));
          if (what !== undefined) {
            open = what === 'raise';
            changes += 1;
          }
        }
        assert.equal(changes, 0);
      }),
    );
  });
});

it('a condition reads as a sentence', () => {
  assert.equal(sayCondition(FLOOD, 'm'), 'Wert mindestens 4,5 m, vorbei erst unter 4 m');
  assert.equal(
    sayCondition({ kind: 'rate', side: 'rising', perHour: 0.5, minutes: 30 }, 'm'),
    'Wert steigt um mindestens 0,5 m je Stunde, gemessen über 30 Minuten',
  );
});
