import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { leftover } from './leftover.ts';
import { DEFAULT_LIMITS, limitReached, Running } from './limits.ts';
import { clearanceOf } from './register.ts';
import { costByModel, costOf, shownUsage, type UsageRow } from './usage.ts';

describe('clearance', () => {
  for (const [cleared, wanted, what] of [
    ['public', 'public', 'clear'],
    ['public', 'internal', 'refused'],
    ['public', 'personal', 'refused'],
    ['internal', 'public', 'clear'],
    ['internal', 'internal', 'masked'],
    ['internal', 'personal', 'masked'],
    ['personal', 'personal', 'clear'],
    ['personal', 'internal', 'clear'],
  ] as const)
    it(`a model for ${cleared} data and a text of class ${wanted}: ${what}`, () => assert.equal(clearanceOf({ dataClass: cleared }, wanted), what));
});

describe('the second look after masking', () => {
  const party = { role: 'Antragstellerin', givenNames: 'Katharina', familyName: 'Klein', email: 'k@example.org', identifiers: ['HH-AB 123'] };
  it('finds what is still there as a whole word', () => {
    assert.equal(leftover(['Frau KATHARINA KLEIN wohnt hier'], [party]), 'name');
    assert.equal(leftover(['Klein, Katharina'], [party]), 'name');
    assert.equal(leftover(['Mail: k@example.org.'], [party]), 'email');
    assert.equal(leftover(['Kennzeichen HH-AB 123'], [party]), 'identifier');
  });
  it('takes no ordinary word and no part of another for it', () => assert.equal(leftover(['Der Garten ist klein, HH-AB 1234'], [party]), undefined));
});

describe('limits', () => {
  const now = Temporal.Instant.from('2026-11-29T22:30:00Z');
  it('say when they are free again', () => {
    assert.match(limitReached('person-day', 300, now).detail, /am 30\.11\.2026 um 0 Uhr/);
    assert.match(limitReached('unit-at-once', 100, now).detail, /sobald eine davon fertig ist/);
  });
  it('count what runs, by person and by unit, and give each place back once', () => {
    const running = new Running();
    const limits = { ...DEFAULT_LIMITS, 'person-at-once': 1, 'unit-at-once': 2 };
    const first = running.begin({ person: 'a', unit: 'u' }, limits);
    assert.equal(running.begin({ person: 'a', unit: 'u' }, limits), 'person-at-once');
    assert.equal(typeof running.begin({ person: 'b', unit: 'u' }, limits), 'function');
    assert.equal(running.begin({ person: 'c', unit: 'u' }, limits), 'unit-at-once');
    assert.ok(typeof first === 'function');
    first();
    first();
    assert.equal(typeof running.begin({ person: 'c', unit: 'u' }, limits), 'function');
    assert.equal(running.begin({ person: 'd', unit: 'u' }, limits), 'unit-at-once');
  });
});

describe('usage', () => {
  const row: UsageRow = {
    ...{ day: Temporal.PlainDate.from('2026-11-29'), use: 'schreiben', model: 'm', unit: 'u', persons: 4, orders: 9, failed: 0, masked: 1 },
    ...{ droppedCalls: 0, inputTokens: 10, outputTokens: 20, costMillicents: 1500 },
  };
  it('of fewer than five persons nobody sees how much they asked', () => {
    assert.equal(shownUsage(row).counts, 'few');
    assert.notEqual(shownUsage({ ...row, persons: 5 }).counts, 'few');
  });
  it('cost is of the city, in whole cents', () => {
    assert.deepEqual([...costByModel([row, row].map((one) => ({ ...one, persons: 5 })))], [['m', 3]]);
    assert.equal(costOf({ inputTokens: 1000, outputTokens: 500 }, { centsPer1000InputTokens: 2, centsPer1000OutputTokens: 4 }), 4000);
  });
});
