import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { engines } from '../support/temporary-database.ts';
import { ACTORS, as, type TestActor } from '../support/test-server.ts';
import { serverOf, wholeCity, type WholeCity } from '../support/whole-city.ts';
import type { CityServer } from '../../src/platform/http/server.ts';

const NOW = Temporal.Instant.from('2026-11-28T12:00:00Z');

/** Thirty gauges along the Elbe with two days of levels, one of them kept inside, and a stream that never measured. */
async function measure(city: WholeCity): Promise<void> {
  const db = city.ctx.database;
  await db.write(async (tx) => {
    await sql`create table if not exists sensors.observation_test partition of sensors.observation for values from ('2026-11-01') to ('2026-12-01')`.execute(
      tx,
    );
    await sql`insert into sensors.sensor (id, name, description, encoding_type, metadata) values (9001, 'Pegel', '', 'text/html', '""')`.execute(tx);
    for (let index = 0; index < 31; index++) {
      const id = 9100 + index;
      const properties = JSON.stringify({ serviceName: 'Demo_Pegel', layerName: 'Test_Wasserstand', ...(index === 29 ? { access: 'internal' } : {}) });
      const place = `POINT(${9.9 + index * 0.005} 53.54)`;
      await sql`insert into sensors.thing (id, name, description) values (${id}, ${`Pegel ${index}`}, '')`.execute(tx);
      await sql`insert into sensors.location (id, name, description, encoding_type, location, geometry)
        values (${id}, 'Ort', '', 'application/geo+json', '{}', st_geomfromtext(${place}, 4326))`.execute(tx);
      await sql`insert into sensors.thing_location values (${id}, ${id})`.execute(tx);
      await sql`insert into sensors.stream (id, name, description, observation_type, unit, properties, thing_id, sensor_id)
        values (${id}, 'Wasserstand', '', '', '{"symbol":"m"}', ${properties}::jsonb, ${id}, 9001)`.execute(tx);
      if (index === 30) continue;
      await sql`insert into sensors.observation (stream_id, phenomenon_start, result_number)
        select ${id}, ${NOW.toString()}::timestamptz - make_interval(hours => h), ${index}::float8 + h / 100.0 from generate_series(0, 47) h`.execute(tx);
      await sql`insert into sensors.summary (stream_id, observations, latest_id, latest_start)
        select stream_id, 48, id, phenomenon_start from sensors.observation where stream_id = ${id} order by phenomenon_start desc limit 1`.execute(tx);
    }
  });
}

for (const engine of engines) {
  describe(`the twin on ${engine}`, () => {
    let city: WholeCity;
    let server: CityServer;
    before(async () => {
      city = await wholeCity({ engine, clock: () => NOW });
      await measure(city);
      server = serverOf(city, (token) => ACTORS[token as TestActor]);
    });
    after(() => city.close());
    const json = async <T>(path: string, headers = {}): Promise<T> => {
      const answer = await server.request(path, { headers });
      assert.equal(answer.status, 200, await answer.clone().text());
      return (await answer.json()) as T;
    };
    interface Stations {
      items: { streamId: number; value: number | null; measuredAt: string | null }[];
      next: string | null;
    }
    const LAYER = '/api/twin/stations?layer=Test_Wasserstand';

    it('no time and no character of an address is a failure', async () => {
      for (const path of [
        `${LAYER}&at=0000-01-01T00:00:00Z`,
        '/api/twin/stations?layer=%00',
        '/api/twin/streams/9100/curve?from=0000-01-01T00:00:00Z&to=9999-12-31T23:59:59Z',
      ])
        assert.equal((await server.request(path)).status, 200, path);
      for (const query of ['zeit=-271821-04-20T00:00Z', 'zeit=0000-01-01T00:00', 'sensoren=%00&ebene=%00'])
        assert.equal((await server.request(`/zwilling?sensoren=Test_Wasserstand&${query}`)).status, 200, query);
    });

    it('what is dated ahead is not the latest value of a station', async () => {
      await sql`with o as (insert into sensors.observation (stream_id, phenomenon_start, result_number) values (9100, '2026-11-30T00:00:00Z', 99) returning id, phenomenon_start)
        update sensors.summary set latest_id = o.id, latest_start = o.phenomenon_start from o where stream_id = 9100`.execute(city.ctx.database.read);
      const { items } = await json<Stations>(LAYER);
      assert.deepEqual(items.find(({ streamId }) => streamId === 9100)?.measuredAt, NOW.toString());
      const { sensors } = await json<{ sensors: { layer: string; latest: string }[] }>('/api/twin/layers');
      assert.equal(sensors.find(({ layer }) => layer === 'Test_Wasserstand')?.latest, NOW.toString());
      await sql`with o as (delete from sensors.observation where stream_id = 9100 and result_number = 99)
        update sensors.summary set (latest_id, latest_start) = (select id, phenomenon_start from sensors.observation where stream_id = 9100 and result_number <> 99 order by 2 desc limit 1)
        where stream_id = 9100`.execute(city.ctx.database.read);
    });

    it('gives every station its latest value, and none that is kept inside to the public', async () => {
      const { items } = await json<Stations>(LAYER);
      assert.equal(items.length, 30);
      assert.deepEqual([items[0]!.value, items[0]!.measuredAt], [0, '2026-11-28T12:00:00Z']);
      assert.deepEqual([items.at(-1)!.value, items.at(-1)!.measuredAt], [null, null]);
      assert.ok(!items.some(({ streamId }) => streamId === 9129));
      assert.equal((await json<Stations>(LAYER, as('leitung'))).items.length, 31);
    });
    it('gives the state at an earlier time', async () => {
      const { items } = await json<Stations>(`${LAYER}&at=2026-11-28T09:30:00Z`);
      assert.deepEqual([items[1]!.value, items[1]!.measuredAt], [1.03, '2026-11-28T09:00:00Z']);
    });
    it('cuts to the box, and pages without gaps or doubles', async () => {
      assert.equal((await json<Stations>(`${LAYER}&bbox=9.899,53.5,9.911,53.6`)).items.length, 3);
      const seen: number[] = [];
      for (let path: string | undefined = `${LAYER}&limit=7`; path !== undefined;) {
        const page: Stations = await json(path);
        seen.push(...page.items.map(({ streamId }) => streamId));
        path = page.next === null ? undefined : `${LAYER}&limit=7&cursor=${page.next}`;
      }
      assert.deepEqual(
        seen,
        Array.from({ length: 31 }, (_, index) => 9100 + index).filter((id) => id !== 9129),
      );
    });
    it('names the layers, and counts only what the reader may see', async () => {
      const { sensors } = await json<{ sensors: { layer: string; streams: number; latest: string }[] }>('/api/twin/layers');
      assert.deepEqual(
        sensors.find(({ layer }) => layer === 'Test_Wasserstand'),
        {
          layer: 'Test_Wasserstand',
          service: 'Demo_Pegel',
          streams: 30,
          latest: '2026-11-28T12:00:00Z',
        },
      );
    });
    it('draws a day of a stream, and refuses a stream that is kept inside', async () => {
      const curve = await json<{ points: unknown[] }>('/api/twin/streams/9100/curve');
      assert.equal(curve.points.length, 25);
      assert.equal((await server.request('/api/twin/streams/9129/curve')).status, 404);
      assert.equal((await server.request('/api/twin/streams/9129/curve', { headers: as('revision') })).status, 200);
      assert.equal((await server.request('/api/twin/streams/unsinn/curve')).status, 404);
    });
    it('refuses a box that is none, and a time that is none, naming the field', async () => {
      for (const [query, field] of [
        ['bbox=1,2,3', 'bbox'],
        ['at=gestern', 'at'],
      ]) {
        const answer = await server.request(`${LAYER}&${query}`);
        assert.equal(answer.status, 422);
        assert.equal(((await answer.json()) as { errors: { field: string }[] }).errors[0]?.field, field);
      }
    });
    it('shows on its page what the API says, 25 at a time, with links that go on', async () => {
      const text = await (await city.server.request('/zwilling?sensoren=Test_Wasserstand&c=9.97,53.54&z=12')).text();
      assert.match(text, /Pegel 0</);
      assert.doesNotMatch(text, /Pegel 25</);
      assert.match(text, /Diese Messwerte hat die Demo erfunden/);
      const next = /rel="next" href="([^"]+)"/.exec(text)?.[1]?.replaceAll('&amp;', '&');
      const second = await (await city.server.request(next!)).text();
      assert.match(second, /Pegel 25</);
      assert.match(second, /noch nie/);
      assert.doesNotMatch(second, /Pegel 29</);
    });
    it('opens a curve with its figures, without JavaScript', async () => {
      const text = await (await city.server.request('/zwilling?sensoren=Test_Wasserstand&strom=9103')).text();
      assert.match(text, /<svg class="k-curve__picture"/);
      assert.match(text, /3,24 m/);
    });
  });
}
