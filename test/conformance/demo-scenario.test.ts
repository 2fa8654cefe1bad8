import assert from 'node:assert/strict';
import { it } from 'node:test';
import { fillDemoWays } from '../../src/demo-ways.ts';
import { demoAccounts } from '../../src/modules/identity/public.ts';
import { fillDemoScenario, scenariosFor, showScenario } from '../../src/modules/scenarios/public.ts';
import { fillQuarter } from '../support/scenario-quarter.ts';
import { wholeCity } from '../support/whole-city.ts';

it('a demo shows one scenario to all, calculated by the city’s own models, and makes it once', { timeout: 120_000 }, async () => {
  const city = await wholeCity();
  try {
    await fillDemoWays(city.ctx, 7);
    await fillQuarter(city.ctx, ['gebaeude', 'strassenbaeume']);
    const [citizen] = await demoAccounts(city.ctx.database.read);
    const owner = { kind: 'citizen', accountId: citizen!.id, trust: 'hoch' } as const;
    await fillDemoScenario(city.ctx, owner);
    await fillDemoScenario(city.ctx, owner);
    const nobody = { kind: 'anonymous' } as const;
    const { scenarios } = await scenariosFor(city.ctx, nobody, { which: 'open', limit: 10 });
    assert.equal(scenarios.length, 1);
    const look = async () => {
      const found = await showScenario(city.ctx, nobody, scenarios[0]!.scenario.id);
      assert.ok(found.ok);
      return found.value;
    };
    for (let tries = 0; (await look()).runs.some(({ status }) => status === 'running'); tries++) {
      assert.ok(tries < 400, 'the runs do not end');
      await city.jobs.drain();
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    const { variants, runs, missing } = await look();
    assert.deepEqual([variants.length, runs.length, missing], [3, 12, []]);
    assert.deepEqual(
      runs.filter(({ status, results }) => status !== 'successful' || results === null).map(({ process, message }) => [process, message]),
      [],
    );
    const figure = (variant: number, process: string, id: string): number => {
      const run = runs.find((one) => one.variantId === variants[variant]!.id && one.process === process);
      return run!.results!.figures.find((one) => one.id === id)!.value!;
    };
    assert.ok(figure(1, 'shade', 'shadedShare') > figure(0, 'shade', 'shadedShare'));
    assert.equal(figure(1, 'canopy', 'trees') - figure(0, 'canopy', 'trees'), 18);
    assert.ok(figure(0, 'walk', 'people') > 0);
    assert.ok(figure(2, 'walk', 'meanMinutes') > figure(0, 'walk', 'meanMinutes'), 'who lives behind the closed street walks further');
    assert.equal(city.log.lines.filter(({ level }) => level === 'error').length, 0);
  } finally {
    await city.close();
  }
});
