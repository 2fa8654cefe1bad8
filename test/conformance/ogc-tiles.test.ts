import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { VectorTile } from '@mapbox/vector-tile';
import { sql } from 'kysely';
import { PbfReader } from 'pbf';
import type { CityServer } from '../../src/platform/http/server.ts';
import { addCollection } from '../support/geodata-rows.ts';
import { engines } from '../support/temporary-database.ts';
import { ACTORS, as, type TestActor } from '../support/test-server.ts';
import { serverOf, wholeCity, type WholeCity } from '../support/whole-city.ts';

/** The tile of WebMercatorQuad that holds a place. */
function tileOf(lon: number, lat: number, z: number): string {
  const phi = (lat * Math.PI) / 180;
  const x = Math.floor(((lon + 180) / 360) * 2 ** z);
  const y = Math.floor(((1 - Math.log(Math.tan(phi) + 1 / Math.cos(phi)) / Math.PI) / 2) * 2 ** z);
  return `${z}/${y}/${x}`;
}
const SQUARE = [
  [10, 53.544],
  [10.01, 53.544],
  [10.01, 53.55],
  [10, 53.55],
  [10, 53.544],
];
const HOLE = [
  [10.004, 53.546],
  [10.006, 53.546],
  [10.006, 53.548],
  [10.004, 53.548],
  [10.004, 53.546],
];
const FEATURES = [
  { id: 'punkt', geometry: { type: 'Point', coordinates: [10.005, 53.552] }, properties: { art: 'Linde', umfang: 120, höhe: -1.5, frei: true, leer: null } },
  {
    id: 'weg',
    geometry: {
      type: 'LineString',
      coordinates: [
        [9.5, 53.548],
        [10.5, 53.548],
      ],
    },
    properties: { tiefe: -3 },
  },
  { id: 'fläche', geometry: { type: 'Polygon', coordinates: [SQUARE, HOLE] }, properties: {} },
  ...Array.from({ length: 400 }, (_, index) => ({
    id: `dicht-${index}`,
    geometry: { type: 'Point', coordinates: [9.8 + (index % 20) / 1e5, 53.5 + Math.floor(index / 20) / 1e5] },
    properties: { nr: index },
  })),
];

for (const engine of engines) {
  describe(`vector tiles on ${engine}`, () => {
    let city: WholeCity;
    let server: CityServer;
    before(async () => {
      city = await wholeCity({ engine });
      await addCollection(city.ctx.database, { id: 'plan', title: 'Plan', properties: { art: 'text' } }, FEATURES);
      await addCollection(city.ctx.database, { id: 'innen', access: 'internal', properties: {} }, [FEATURES[0]!]);
      server = serverOf(city, (token) => ACTORS[token as TestActor]);
    });
    after(() => city.close());
    const get = (address: string, headers = {}): Promise<Response> =>
      Promise.resolve(server.request(`/ogc/collections/plan/tiles/WebMercatorQuad/${address}`, { headers }));
    const layer = async (address: string) => {
      const answer = await get(address);
      assert.equal(answer.status, 200, address);
      return new VectorTile(new PbfReader(new Uint8Array(await answer.arrayBuffer()))).layers['plan']!;
    };

    it('hold geometry, properties and rings as another reader understands them', async () => {
      const z14 = await layer(tileOf(10.005, 53.552, 14));
      assert.equal(z14.extent, 4096);
      const features = Array.from({ length: z14.length }, (_, index) => z14.feature(index));
      assert.deepEqual(
        features.map(({ properties }) => properties['id']),
        ['punkt', 'weg', 'fläche'],
      );
      const [point, way, area] = ['punkt', 'weg', 'fläche'].map((id) => features.find(({ properties }) => properties['id'] === id)!);
      assert.deepEqual({ ...point!.properties }, { art: 'Linde', umfang: 120, höhe: -1.5, frei: true, id: 'punkt' });
      assert.equal(way!.properties['tiefe'], -3);
      const [z, y, x] = tileOf(10.005, 53.552, 14).split('/').map(Number) as [number, number, number];
      const { geometry } = point!.toGeoJSON(x, y, z) as unknown as { geometry: { coordinates: [number, number] } };
      assert.ok(Math.abs(geometry.coordinates[0] - 10.005) < 1e-5 && Math.abs(geometry.coordinates[1] - 53.552) < 1e-5);
      // the reader tells outer rings from holes by their direction: one area with one hole
      const drawn = area!.toGeoJSON(x, y, z).geometry as { type: string; coordinates: unknown[] };
      assert.deepEqual([drawn.type, drawn.coordinates.length], ['Polygon', 2]);
      const [line] = way!.loadGeometry();
      assert.ok(
        line!.every((place) => place.x >= -64 && place.x <= 4160),
        'clipped at the margin',
      );
    });
    it('are thinned where points lie in one another, and whole when near', async () => {
      const far = await layer(tileOf(9.8, 53.5, 10));
      const near = await layer(tileOf(9.80005, 53.50005, 16));
      assert.ok(far.length < 10, String(far.length));
      assert.ok(near.length >= 200, String(near.length));
    });
    it('say when nothing has changed, and are new when something has', async () => {
      const address = tileOf(10.005, 53.552, 14);
      const etag = (await get(address)).headers.get('etag')!;
      assert.equal((await get(address, { 'if-none-match': etag })).status, 304);
      await sql`update geodata.collection set changed_at = now() where id = 'plan'`.execute(city.ctx.database.read);
      const answer = await get(address, { 'if-none-match': etag });
      assert.equal(answer.status, 200);
      assert.notEqual(answer.headers.get('etag'), etag);
    });
    it('are empty, missing or kept inside', async () => {
      assert.equal((await get('14/0/0')).status, 204);
      for (const address of ['14/99999/0', '99/0/0', 'a/0/0', '2/0/4']) assert.equal((await get(address)).status, 404, address);
      const inside = `/ogc/collections/innen/tiles/WebMercatorQuad/${tileOf(10.005, 53.552, 14)}`;
      assert.equal((await server.request(inside)).status, 404);
      assert.equal((await server.request(inside, { headers: as('leitung') })).status, 200);
      assert.equal((await get('0/0/0')).status, 200);
    });
    it('come from memory compressed once, each form with its own tag', async () => {
      const address = tileOf(9.80005, 53.50005, 16);
      const plain = new Uint8Array(await (await get(address)).arrayBuffer());
      const gzip = { 'accept-encoding': 'gzip, br' };
      let packed = await get(address, gzip);
      for (let turn = 0; turn < 100 && !packed.headers.has('content-encoding'); turn++) {
        await sleep(10);
        packed = await get(address, gzip);
      }
      assert.equal(packed.headers.get('content-encoding'), 'gzip');
      assert.deepEqual(new Uint8Array(gunzipSync(await packed.arrayBuffer())), plain);
      const [tag, packedTag] = [(await get(address)).headers.get('etag')!, packed.headers.get('etag')!];
      assert.notEqual(packedTag, tag);
      for (const seen of [tag, packedTag, `W/${tag}`, `"x", ${packedTag}`, '*'])
        for (const more of [{}, gzip]) assert.equal((await get(address, { 'if-none-match': seen, ...more })).status, 304, seen);
      assert.equal((await get(address, { 'accept-encoding': 'gzip;q=0' })).headers.get('content-encoding'), null);
    });
    it('are gone from memory for guests the moment somebody else closes the collection', async () => {
      const address = tileOf(10.005, 53.552, 14);
      // as another process would, past everything that this one could notice
      const set = (access: string) => sql`update geodata.collection set access = ${access} where id = 'plan'`.execute(city.ctx.database.read);
      assert.equal((await get(address)).status, 200);
      await set('internal');
      const asked = await Promise.all(Array.from({ length: 20 }, () => get(address)));
      assert.deepEqual([...new Set(asked.map(({ status }) => status))], [404]);
      assert.equal((await get(address, as('leitung'))).status, 200);
      assert.equal((await get(address)).status, 404);
      await set('open');
      assert.equal((await get(address)).status, 200);
    });
    it('are described for maps', async () => {
      const described = (await (await server.request('/ogc/collections/plan/tiles/WebMercatorQuad?f=tilejson')).json()) as {
        tiles: string[];
        vector_layers: { id: string }[];
      };
      assert.match(described.tiles[0]!, /\/ogc\/collections\/plan\/tiles\/WebMercatorQuad\/\{z\}\/\{y\}\/\{x\}$/);
      assert.equal(described.vector_layers[0]!.id, 'plan');
      assert.equal((await server.request('/ogc/collections/plan/tiles')).status, 200);
    });
  });
}
