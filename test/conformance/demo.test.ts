import assert from 'node:assert/strict';
import { it } from 'node:test';
import { sql } from 'kysely';
import { fillDemoTwin } from '../../src/demo-twin.ts';
import { fillDemoCases } from '../../src/demo-cases.ts';
import { countCases } from '../../src/modules/procedure/public.ts';
import { wholeCity } from '../support/whole-city.ts';

const CASES = 'Die Demo bekommt Vorgänge';
/** The plan with its participation on the map is a case of its own, begun beside the stories. */
const PLAN = 1;

it('the demo is filled on from where a start was interrupted, and only once', { timeout: 120_000 }, async () => {
  const city = await wholeCity();
  try {
    await city.fillDemo(({ step, done }) => {
      if (step === CASES && done === 18) throw new Error('der Strom fällt aus');
    });
    assert.equal(await countCases(city.ctx), 18 + PLAN);
    const total = { seen: 0 };
    await city.fillDemo(({ step, done, total: all }) => {
      if (step !== CASES) return;
      assert.ok(done >= 18);
      total.seen = all;
    });
    assert.equal(await countCases(city.ctx), total.seen + PLAN);
    await city.fillDemo(() => assert.fail('there is nothing left to fill'));
    assert.equal(await countCases(city.ctx), total.seen + PLAN);
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
    await city.fillDemo(({ step, total: all }) => {
      if (step === CASES) total.seen = all;
    });
    assert.ok(total.seen > 1);
    assert.equal(await countCases(city.ctx), total.seen + 1 + PLAN);
  } finally {
    await city.close();
  }
});

it('the demo’s sensors measure up to now, go on after a gap, and never measure twice', { timeout: 120_000 }, async () => {
  let now = Temporal.Instant.from('2026-11-28T10:07:00Z');
  const city = await wholeCity({ clock: () => now });
  try {
    const { districts } = city.ctx.desk.services;
    const fill = () => fillDemoTwin(city.ctx, districts, 'small', () => {});
    const count = async () =>
      (
        await sql<{
          n: number;
          latest: string;
        }>`select sum(observations)::int as n, to_char(max(latest_start) at time zone 'utc', 'HH24:MI') as latest from sensors.summary`.execute(
          city.ctx.database.read,
        )
      ).rows[0]!;
    await fill();
    const first = await count();
    assert.equal(first.latest, '10:00');
    await fill();
    assert.deepEqual(await count(), first, 'nothing is left to measure');
    now = now.add({ minutes: 30 });
    await fill();
    const second = await count();
    assert.equal(second.latest, '10:30');
    const { rows } = await sql`select 1 from sensors.observation group by stream_id, phenomenon_start having count(*) > 1`.execute(city.ctx.database.read);
    assert.equal(rows.length, 0);
    const layers = (await (await city.server.request('/api/twin/layers')).json()) as { sensors: { layer: string }[] };
    assert.deepEqual(
      layers.sensors.map(({ layer }) => layer),
      ['Anzahl_Fahrraeder_15-Min', 'Freie_Ladepunkte', 'Freie_Stellplaetze', 'NO2', 'O3', 'PM10', 'PM2.5', 'Wasserstand_NHN'],
    );
    const { collections } = (await (await city.server.request('/api/twin/layers')).json()) as { collections: { id: string; features: number }[] };
    assert.deepEqual(
      collections.map(({ id, features }) => [id, features]),
      [
        ['bevoelkerung', 100],
        ['bezirke', 7],
        ['gebaeude', 60],
        ['strassenbaeume', 500],
        ['wege', 43],
      ],
    );
  } finally {
    await city.close();
  }
});
