import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { cityFrame } from '../../src/frame.ts';
import { indicatorsModule, type IndicatorsModule } from '../../src/modules/indicators/public.ts';
import { usageModule, type UsageModule } from '../../src/modules/usage/public.ts';
import { useCounter, usageOn } from '../../src/neighbours-usage.ts';
import { createOutbound } from '../../src/platform/outbound/outbound.ts';
import { procedureCity, type ProcedureCity } from '../support/procedure-city.ts';

let city: ProcedureCity;
let usage: UsageModule;
let figures: IndicatorsModule;
before(async () => {
  city = await procedureCity();
  const { view } = cityFrame({ demo: true });
  const counter = useCounter(city.ctx);
  usage = usageModule(usageOn(city.ctx, counter, 'a secret of the tests, long enough for a key'), counter, view);
  const ports = { sensors: async () => ({ all: 0, fresh: 0 }), openData: async () => 0 };
  figures = indicatorsModule({ ...city.ctx, outbound: createOutbound({ allowedHosts: [] }), ports, serviceName: () => undefined }, view);
  await usage.fillDemo();
  await figures.catchUp();
});
after(async () => {
  await usage.close();
  await city.close();
});

it('what a demo counts the journal hears: no indicator says that nobody counted', async () => {
  for (const key of ['online-share', 'satisfaction']) {
    const found = await figures.indicators.one(key);
    assert.ok(found.ok);
    assert.match(found.value.state.kind, /^(known|suppressed)$/, `${key}: ${JSON.stringify(found.value.state)}`);
  }
});

it('filled twice it is the same', async () => {
  const entries = async (): Promise<number> =>
    (await city.ctx.journal.readAfter(city.database.read, 0, { kinds: ['usage.counter-cases', 'usage.rated'] })).length;
  const before = await entries();
  assert.ok(before >= 60, String(before));
  await usage.fillDemo();
  assert.equal(await entries(), before);
});
