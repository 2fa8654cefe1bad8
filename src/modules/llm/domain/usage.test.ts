import assert from 'node:assert/strict';
import { test } from 'node:test';
import { costByModel, shownUsage } from './usage.ts';

const row = (persons: number, costMillicents: number) => ({
  ...{ day: Temporal.PlainDate.from('2026-11-29'), use: 'schreiben', model: 'test', unit: 'amt', failed: 0, masked: 0, droppedCalls: 0 },
  ...{ inputTokens: 10, outputTokens: 10, orders: 7, persons, costMillicents },
});

test('of fewer than five persons neither figures nor costs are shown', () => {
  assert.equal(shownUsage(row(4, 9000)).counts, 'few');
  assert.deepEqual([...costByModel([row(5, 3000), row(4, 9000)])], [['test', 3]]);
});

test('where nobody is counted, the figures are shown', () => {
  assert.notEqual(shownUsage(row(0, 9000)).counts, 'few');
  assert.deepEqual([...costByModel([row(0, 9000)])], [['test', 9]]);
});
