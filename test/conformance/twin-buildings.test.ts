import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { fillDemoQuarter } from '../../src/demo-twin.ts';
import { importFeatures, setCollection } from '../../src/modules/geodata/public.ts';
import { ACTORS, as, type TestActor } from '../support/test-server.ts';
import { engines } from '../support/temporary-database.ts';
import { serverOf, wholeCity, type WholeCity } from '../support/whole-city.ts';
import type { CityServer } from '../../src/platform/http/server.ts';

const SYSTEM = { kind: 'system', job: 'test' } as const;
const QUARTER = 'bbox=10.035,53.553,10.055,53.563';

interface Answer {
  origin: { lon: number; lat: number };
  complete: boolean;
  buildings: { id: string; heightMetres: number; roofs: boolean; corners: number[]; walls: number[]; roof: number[] }[];
}

for (const engine of engines) {
  describe(`buildings of the twin on ${engine}`, () => {
    let city: WholeCity;
    let server: CityServer;
    before(async () => {
      city = await wholeCity({ engine });
      await fillDemoQuarter(city.ctx, 120);
      await setCollection(city.ctx, SYSTEM, { id: 'hallen', title: 'Hallen', access: 'internal' });
      const ring = [10.04, 10.041, 10.041, 10.04, 10.04].map((lon, at) => [lon, [53.557, 53.557, 53.558, 53.558, 53.557][at]!]);
      const geometry = { type: 'Polygon', coordinates: [ring] };
      async function* rows() {
        yield { row: 1, value: { id: 'halle', geometry, properties: { heightMetres: 9, cityjson: { vertices: 'unsinn' } } } };
        yield { row: 2, value: { id: 'platz', geometry, properties: {} } };
      }
      await importFeatures(city.ctx, SYSTEM, { collection: 'hallen', source: 'test', format: 'test', rows: rows(), crs: () => 'CRS84' });
      server = serverOf(city, (token) => ACTORS[token as TestActor]);
    });
    after(() => city.close());

    it('come with their roofs, where they stand, as high as they say', async () => {
      const answer = await server.request(`/api/twin/buildings/gebaeude?${QUARTER}`);
      assert.equal(answer.status, 200, await answer.clone().text());
      const { origin, complete, buildings } = (await answer.json()) as Answer;
      assert.deepEqual([origin, complete], [{ lon: 10.035, lat: 53.553 }, true]);
      assert.ok(buildings.length > 60, String(buildings.length));
      for (const { id, heightMetres, roofs, corners, walls, roof } of buildings) {
        assert.ok(roofs && walls.length > 0 && roof.length >= 6, id);
        assert.equal(Math.max(...walls, ...roof) < corners.length / 3, true);
        assert.ok(Math.abs(corners.filter((_, at) => at % 3 === 2).reduce((a, b) => Math.max(a, b)) / 100 - heightMetres) < 0.02, id);
        assert.ok(
          corners.every((one, at) => at % 3 === 2 || Math.abs(one) < 200_000),
          id,
        );
      }
    });
    it('stand upright where nothing draws them, and what is internal is seen by staff alone', async () => {
      assert.equal((await server.request(`/api/twin/buildings/hallen?${QUARTER}`)).status, 404);
      const answer = await server.request(`/api/twin/buildings/hallen?${QUARTER}`, { headers: as('leitung') });
      const { buildings } = (await answer.json()) as Answer;
      assert.deepEqual(
        buildings.map(({ id, roofs, heightMetres }) => [id, roofs, heightMetres]),
        [['halle', false, 9]],
      );
      assert.deepEqual([buildings[0]!.walls.length, buildings[0]!.roof.length], [24, 6]);
    });
    it('are told of a small box only', async () => {
      for (const bbox of ['9,53,11,54', '10,53.5,10.03,53.505', '10,53', '10.02,53.5,10.01,53.505'])
        assert.equal((await server.request(`/api/twin/buildings/gebaeude?bbox=${bbox}`)).status, 422, bbox);
      assert.equal((await server.request(`/api/twin/buildings/keine?${QUARTER}`)).status, 404);
    });
    it('keep what draws them out of vector tiles', async () => {
      const tile = await server.request('/ogc/collections/gebaeude/tiles/WebMercatorQuad/14/5294/8649');
      assert.equal(tile.status, 200);
      const text = Buffer.from(await tile.arrayBuffer()).toString('latin1');
      assert.match(text, /heightMetres/);
      assert.doesNotMatch(text, /cityjson|CityJSONFeature/);
    });
  });
}
