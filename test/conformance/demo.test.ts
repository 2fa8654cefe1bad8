import assert from 'node:assert/strict';
import { it } from 'node:test';
import { fillDemoCases } from '../../src/demo-cases.ts';
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

it('a start that was interrupted in its very first story goes on, too', { timeout: 120_000 }, async () => {
  const city = await wholeCity();
  try {
    const powerCut = { compile: () => Promise.reject(new Error('der Strom fällt aus')) };
    await assert.rejects(
      fillDemoCases({ ...city.ctx, typesetter: { ...city.ctx.typesetter, ...powerCut } }, () => {}),
      /Strom/,
    );
    assert.equal(await countCases(city.ctx), 1);
    const total = { seen: 0 };
    await city.fillDemo(({ total: all }) => (total.seen = all));
    assert.ok(total.seen > 1);
    assert.equal(await countCases(city.ctx), total.seen + 1);
  } finally {
    await city.close();
  }
});
