import assert from 'node:assert/strict';
import { it } from 'node:test';
import { isForgettable } from './retention.ts';

const day = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text);

it('Art. 5 Abs. 1 Buchst. e DSGVO: raw movements go a year after the end, not on its last day', () => {
  assert.equal(isForgettable(day('2026-11-28'), day('2027-11-28')), false);
  assert.equal(isForgettable(day('2026-11-28'), day('2027-11-29')), true);
});
