import assert from 'node:assert/strict';
import { it } from 'node:test';
import { countCases } from '../../src/modules/procedure/public.ts';
import { wholeCity } from '../support/whole-city.ts';

it('the demo is filled on from where a start was interrupted, and only once', { timeout: 120_000 }, async () => {
  const city = await wholeCity();
  try {
    await city.fillDemo(({ done }) => {
      if (done === 18) throw new Error('der Strom fällt aus');
    });
    assert.equal(await countCases(city.ctx), 18);
    const total = { seen: 0 };
    await city.fillDemo(({ done, total: all }) => {
      assert.ok(done >= 18);
      total.seen = all;
    });
    assert.equal(await countCases(city.ctx), total.seen);
    await city.fillDemo(() => assert.fail('there is nothing left to fill'));
    assert.equal(await countCases(city.ctx), total.seen);
  } finally {
    await city.close();
  }
});
