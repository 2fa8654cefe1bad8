import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { NewLogEntry } from './entry.ts';
import { entryProblems, numbersIn } from './log-rules.ts';

const NOW = Temporal.Instant.from('2026-11-28T19:00:00Z');
const entry = (over: Partial<NewLogEntry>): NewLogEntry => ({ kind: 'feststellung', text: 'Deich hält.', ...over });

describe('an entry of the log', () => {
  const CASES: readonly (readonly [string, NewLogEntry, readonly string[]])[] = [
    ['is right with words alone', entry({}), []],
    ['has words', entry({ text: '  \n' }), ['text']],
    ['has at most 10,000 signs', entry({ text: 'x'.repeat(10_001) }), ['text']],
    ['may name an entry that is there', entry({ refs: ['log:3', 'unit:abc'] }), []],
    ['names no entry that is not', entry({ refs: ['log:4'] }), ['refs']],
    ['names nothing that is no reference', entry({ refs: ['Deich 4'] }), ['refs']],
    ['did not happen in the future', entry({ eventAt: NOW.add({ minutes: 5 }) }), ['eventAt']],
    ['allows a clock that is a little ahead', entry({ eventAt: NOW.add({ minutes: 1 }) }), []],
    ['corrects only as Berichtigung', entry({ corrects: 3 }), ['corrects']],
    ['as Berichtigung names what it corrects', entry({ kind: 'berichtigung' }), ['corrects']],
    ['as Berichtigung corrects an entry that is there', entry({ kind: 'berichtigung', corrects: 9 }), ['corrects']],
    ['as Berichtigung of an entry is right', entry({ kind: 'berichtigung', corrects: 3 }), []],
  ];
  for (const [rule, one, fields] of CASES)
    it(rule, () =>
      assert.deepEqual(
        entryProblems(one, new Set([3]), NOW).map(({ field }) => field),
        fields,
      ),
    );

  it('names entries by number', () => assert.deepEqual(numbersIn(['log:12', 'task:7', 'log:x', 'log:0']), [12]));
});
