import assert from 'node:assert/strict';
import { it } from 'node:test';
import { shownKey } from './picture-objects.ts';

const judged = { state: 'open', source: 'sensor', at: null, contradiction: false, silent: false } as const;
const keyAt = (beginBy: string): string => shownKey({ judged, due: { waterAt: null, beginBy: Temporal.Instant.from(beginBy), minutesLeft: 30 } });

it('a gate changes in the picture when its time moves by minutes, not with every look at the water', () => {
  const shown = keyAt('2026-11-28T19:00:00Z');
  assert.equal(keyAt('2026-11-28T19:00:04Z'), shown);
  assert.equal(keyAt('2026-11-28T18:58:10Z'), shown);
  assert.notEqual(keyAt('2026-11-28T19:06:00Z'), shown);
});
