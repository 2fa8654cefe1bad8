import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Actor } from '../../src/kernel/actor.ts';
import { expectOk } from '../../src/kernel/result.ts';
import {
  addToPlan,
  addVariant,
  exportKit,
  importKit,
  makeScenario,
  orderRuns,
  saveKit,
  showScenario,
  type ScenarioPicture,
} from '../../src/modules/scenarios/public.ts';
import { ACTORS } from '../support/test-server.ts';
import { AREA, fillQuarter } from '../support/scenario-quarter.ts';
import { wholeCity, type WholeCity } from '../support/whole-city.ts';

const ADMIN: Actor = ACTORS.administration;
const CITIZEN: Actor = ACTORS.citizen;
let here: WholeCity;
let there: WholeCity;
before(async () => {
  [here, there] = [await wholeCity(), await wholeCity()];
  await fillQuarter(here.ctx);
});
after(async () => {
  await here.close();
  await there.close();
});

async function runAll(city: WholeCity, actor: Actor, id: string): Promise<ScenarioPicture> {
  for (const process of ['shade', 'canopy', 'noise', 'walk']) {
    expectOk(await orderRuns(city.ctx, actor, id, { process, parameters: process === 'shade' ? { hour: [11, 15], date: '2026-07-01' } : {} }));
    for (let tries = 0; (await picture(city, actor, id)).runs.some(({ status }) => status === 'running'); tries++) {
      assert.ok(tries < 300, 'the runs do not end');
      await city.jobs.drain();
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  return picture(city, actor, id);
}

const picture = async (city: WholeCity, actor: Actor, id: string): Promise<ScenarioPicture> => expectOk(await showScenario(city.ctx, actor, id));

const figures = ({ variants, runs }: ScenarioPicture): unknown =>
  variants.map(({ id, name }) => [
    name,
    runs
      .filter(({ variantId }) => variantId === id)
      .map(({ process, status, message, results }) => [process, status, message, results?.figures.map((one) => [one.id, one.value, one.minimum, one.maximum])])
      .toSorted(([a], [b]) => String(a).localeCompare(String(b))),
  ]);

/** Counts for both variants. */
const DESTINATION = { kind: 'destination', geometry: { type: 'Point', coordinates: [10.00125, 53.55075] } } as const;
const PLAN = [
  { kind: 'tree', crownMetres: 9, heightMetres: 14, geometry: { type: 'Point', coordinates: [10.0022, 53.5512] } },
  {
    kind: 'closed',
    geometry: {
      type: 'LineString',
      coordinates: [
        [10.00125, 53.55],
        [10.0025, 53.55],
      ],
    },
  },
] as const;

async function kitOf(city: WholeCity, actor: Actor): Promise<{ readonly kit: string; readonly scenario: string }> {
  const { id: scenario } = expectOk(await makeScenario(city.ctx, actor, { title: 'Kühler Platz', question: 'Hilft ein Baum?', area: AREA, data: {} }));
  const { id: variant } = expectOk(await addVariant(city.ctx, actor, scenario, { name: 'Mit Baum', description: '' }));
  const [base] = (await picture(city, actor, scenario)).variants;
  expectOk(await addToPlan(city.ctx, actor, scenario, base!.id, [DESTINATION]));
  expectOk(await addToPlan(city.ctx, actor, scenario, variant, PLAN));
  const views = [{ title: 'Bäume', address: '/zwilling?c=10.00200,53.55100&z=15&ebene=strassenbaeume' }];
  const { id: kit } = expectOk(await saveKit(city.ctx, actor, { title: 'Kühle Plätze', question: 'Wo?', views, scenarioIds: [scenario] }));
  return { kit, scenario };
}

const bytesOf = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));

describe('a kit handed to another city', () => {
  it('brings its data along, is run there, and gives the same numbers', { timeout: 180_000 }, async () => {
    const { kit, scenario } = await kitOf(here, ADMIN);
    const first = await runAll(here, ADMIN, scenario);
    const file = bytesOf(expectOk(await exportKit(here.ctx, ADMIN, kit, true)));
    const taken = expectOk(await importKit(there.ctx, ADMIN, file));
    assert.deepEqual([taken.made.toSorted(), taken.missing, taken.otherModels], [['bevoelkerung', 'gebaeude', 'strassenbaeume', 'wege'], [], []]);
    const again = await runAll(there, ADMIN, taken.scenarios[0]!);
    assert.deepEqual(figures(again), figures(first));
    assert.ok(again.runs.every(({ status }) => status === 'successful'));
    assert.deepEqual(again.scenario.presets, first.scenario.presets);
    // and once more: what is there now is used
    assert.deepEqual(expectOk(await importKit(there.ctx, ADMIN, file)).made, []);
  });

  it('names the data that the other city lacks, where it brings none or the person may not add any', async () => {
    const { kit } = await kitOf(here, CITIZEN);
    const city = await wholeCity();
    try {
      const named = expectOk(await importKit(city.ctx, ADMIN, bytesOf(expectOk(await exportKit(here.ctx, CITIZEN, kit, false)))));
      assert.deepEqual(named.missing.toSorted(), ['bevoelkerung', 'gebaeude', 'strassenbaeume', 'wege']);
      const brought = expectOk(await importKit(city.ctx, CITIZEN, bytesOf(expectOk(await exportKit(here.ctx, CITIZEN, kit, true)))));
      assert.deepEqual([brought.made, brought.missing.length], [[], 4]);
      const run = await orderRuns(city.ctx, CITIZEN, brought.scenarios[0]!, { process: 'canopy', parameters: {} });
      assert.match(run.ok ? '' : (run.problem.fields?.[0]?.message ?? ''), /Sammlung „strassenbaeume“ gibt es nicht/);
    } finally {
      await city.close();
    }
  });

  it('leaves data that are kept inside at home, and belongs to its owner', async () => {
    const { kit } = await kitOf(here, ADMIN);
    await fillQuarter(here.ctx, ['gebaeude'], 'internal');
    const { data } = expectOk(await exportKit(here.ctx, ADMIN, kit, true));
    await fillQuarter(here.ctx, ['gebaeude'], 'open');
    assert.equal(data.find(({ id }) => id === 'gebaeude')?.features, undefined);
    assert.equal(data.find(({ id }) => id === 'strassenbaeume')?.features?.length, 5);
    const strange = await exportKit(here.ctx, CITIZEN, kit, true);
    assert.equal(strange.ok ? '' : strange.problem.kind, 'not-found');
  });
});

describe('a hostile file', () => {
  const whole = async () => expectOk(await exportKit(here.ctx, CITIZEN, (await kitOf(here, CITIZEN)).kit, false));
  const count = async () => (await here.ctx.journal.readAfter(here.ctx.database.read, 0, { kinds: ['scenarios.kit-taken'] })).length;

  it('is refused with a reason, and nothing of it is kept', async () => {
    const good = await whole();
    const [scenario] = good.scenarios;
    const withPlan = (geometry: unknown) => ({
      ...good,
      scenarios: [{ ...scenario, variants: [{ name: 'x', description: '', plan: { type: 'Feature', properties: { kind: 'tree' }, geometry } }] }],
    });
    const before = await count();
    const cases: readonly (readonly [Uint8Array, RegExp])[] = [
      [new Uint8Array([0xff, 0xfe, 0x00]), /kein UTF-8/],
      [new TextEncoder().encode('PK\u0003\u0004'), /kein gültiges JSON/],
      [new TextEncoder().encode('['.repeat(1_000_000)), /zu tief geschachtelt/],
      [new Uint8Array(10_000_001), /zu groß/],
      [bytesOf({}), /fehlt die Angabe kontorKit/],
      [bytesOf({ ...good, kontorKit: 2 }), /Diese Fassung/],
      [bytesOf({ ...good, title: 7 }), /Angabe title/],
      [bytesOf({ ...good, views: [{ title: 'x', address: 'javascript:alert(1)' }] }), /führt nicht zum Zwilling/],
      [bytesOf({ ...good, views: [{ title: 'x', address: '//evil.example/zwilling' }] }), /führt nicht zum Zwilling/],
      [bytesOf({ ...good, views: [{ title: 'x', address: '/zwilling/../abmelden' }] }), /führt nicht zum Zwilling/],
      [bytesOf({ ...good, scenarios: Array.from({ length: 11 }, () => scenario) }), /Angabe scenarios/],
      [bytesOf({ ...good, scenarios: [{ ...scenario, variants: [] }] }), /Angabe scenarios.0.variants/],
      [bytesOf({ ...good, scenarios: [{ ...scenario, data: { trees: 'x; drop table' } }] }), /Szenario 1 .*Sammlung/],
      [bytesOf(withPlan({ type: 'Point', coordinates: [999, 53] })), /liegt nicht in Deutschland/],
      [bytesOf(withPlan({ type: 'Polygon', coordinates: [] })), /Erwartet wird eine Geometrie/],
      [bytesOf(withPlan({ type: 'Point', coordinates: 'x' })), /keine Zahl/],
      [bytesOf({ ...good, question: 'a\0b' }), /kein Text/],
    ];
    for (const [bytes, reason] of cases) {
      const taken = await importKit(here.ctx, CITIZEN, bytes);
      assert.match(taken.ok ? 'taken' : taken.problem.detail, reason);
    }
    assert.equal(await count(), before);
  });
});
