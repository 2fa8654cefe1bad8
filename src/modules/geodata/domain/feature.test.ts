import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { kindOf, withKinds } from './feature.ts';

describe('kind of a property', () => {
  const CASES: readonly (readonly [value: unknown, kind: string | undefined])[] = [
    ['2026-02-28', 'date'],
    ['2026-02-31', 'text'],
    ['0000-01-01', 'text'],
    ['2026-02-28T12:00:00Z', 'instant'],
    ['2026-02-28T25:00:00Z', 'text'],
    ['2026-02-28T12:00:00', 'text'],
    [3, 'integer'],
    [3.5, 'number'],
    [null, undefined],
  ];
  for (const [value, kind] of CASES) it(`of ${JSON.stringify(value)} is ${kind ?? 'unknown'}`, () => assert.equal(kindOf(value), kind));

  it('is text once one day of a file is none', () => {
    assert.deepEqual(withKinds({}, [{ properties: { am: '2026-02-28' } }, { properties: { am: '2026-02-31' } }]), { am: 'text' });
  });
});
