import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { FeatureService, FilterLang } from '@ogcapi-js/features';
import { Validator } from '@seriousme/openapi-schema-validator';
import { toUtm32 } from '../../src/kernel/geo.ts';
import { readFlatGeobuf } from '../../src/modules/geodata/domain/read-flatgeobuf.ts';
import { listen, type Listener } from '../../src/platform/http/listen.ts';
import { addCollection } from '../support/geodata-rows.ts';
import { engines } from '../support/temporary-database.ts';
import { wholeCity, type WholeCity } from '../support/whole-city.ts';

const gdal = spawnSync('ogrinfo', ['--version'], { encoding: 'utf8' });
const skip = gdal.status === 0 ? false : 'GDAL is not installed (Debian package gdal-bin)';

/** More than GDAL asks for at once. */
const TREES = Array.from({ length: 1_234 }, (_, index) => ({
  id: `baum-${index}`,
  geometry: { type: 'Point', coordinates: [9.9 + (index % 100) / 1000, 53.5 + Math.floor(index / 100) / 1000] },
  properties: {
    art: index % 2 === 0 ? 'Linde' : 'Eiche',
    umfang: index % 300,
    höhe: index / 10,
    gepflanzt: `20${10 + (index % 10)}-05-01`,
    gesehen: `2026-05-01T${String(index % 24).padStart(2, '0')}:30:00Z`,
  },
}));
const PROPERTIES = { art: 'text', umfang: 'integer', höhe: 'number', gepflanzt: 'date', gesehen: 'instant' } as const;
const OAKS = TREES.filter(({ properties }) => properties.art === 'Eiche').length;

for (const engine of engines) {
  describe(`clients of OGC API Features on ${engine}`, () => {
    let city: WholeCity;
    let listener: Listener;
    let base = '';
    const directory = mkdtempSync(join(tmpdir(), 'kontor-gdal-'));
    /** What the clients have asked for since the last look. */
    const asked: string[] = [];
    before(async () => {
      const port = await freePort();
      city = await wholeCity({ engine, env: { KONTOR_PUBLIC_URL: `http://localhost:${port}` } });
      await addCollection(city.ctx.database, { id: 'baeume', title: 'Bäume', properties: PROPERTIES }, TREES);
      listener = await listen(
        (request, env) => {
          const { pathname, search } = new URL(request.url);
          asked.push(decodeURIComponent(pathname + search.replaceAll('+', ' ')));
          return city.answer(request, env);
        },
        { host: 'localhost', port },
      );
      base = `http://localhost:${port}/ogc`;
    });
    after(async () => {
      await listener.close(0);
      await city.close();
      rmSync(directory, { recursive: true, force: true });
    });
    const run = async (command: string, ...args: readonly string[]): Promise<string> => {
      asked.length = 0;
      const { stdout, stderr } = await promisify(execFile)(command, args, { maxBuffer: 64 * 1024 * 1024 });
      assert.equal(stderr, '');
      return stdout;
    };
    const ogrinfo = (...args: readonly string[]): Promise<string> => run('ogrinfo', '-ro', ...args, `OAPIF:${base}`, 'baeume');

    const filtered = async (...args: readonly string[]): Promise<number> =>
      Number(/Feature Count: (\d+)/.exec(await ogrinfo('-so', '-al', '-oo', 'PAGE_SIZE=500', ...args))?.[1]);

    it('GDAL lists the layer with the types of its fields', { skip }, async () => {
      const told = await ogrinfo('-so', '-al');
      const lines = [/Feature Count: 1234/, /Geometry: Point/, /Extent: \(9\.900000, 53\.500000\) - \(9\.999000, 53\.512000\)/, /WGS 84/];
      for (const line of [...lines, /umfang: Integer/, /höhe: Real/, /gepflanzt: Date/, /gesehen: DateTime/]) assert.match(told, line);
      assert.ok(asked.length <= 3, 'the number comes without reading the features');
    });
    it('GDAL reads all pages, each feature once', { skip }, async () => {
      const told = await ogrinfo('-al', '-oo', 'PAGE_SIZE=500');
      const ids = [...told.matchAll(/^ {2}id \(String\) = (.+)$/gm)].map(([, id]) => id);
      assert.deepEqual(
        ids,
        TREES.map(({ id }) => id),
      );
      assert.equal(asked.filter((one) => one.includes('cursor=')).length, 2);
    });
    it('GDAL leaves filters to the city: what it wants of fields and of a box is in its questions', { skip }, async () => {
      const count = (keep: (tree: (typeof TREES)[number]) => boolean): number => TREES.filter(keep).length;
      const last = (): string => asked.findLast((one) => one.includes('/items'))!;
      assert.equal(await filtered('-where', "art = 'Eiche'"), OAKS);
      assert.match(last(), /filter=art = 'Eiche'&filter-lang=cql-text/);
      const both = await filtered('-where', "art = 'Eiche' AND (umfang > 10 OR NOT höhe <= 3.5)", '-spat', '9.9', '53.5', '9.91', '53.51');
      assert.equal(
        both,
        count(
          ({ geometry: { coordinates }, properties: { art, umfang, höhe } }) =>
            art === 'Eiche' && (umfang > 10 || höhe > 3.5) && coordinates[0]! <= 9.91 && coordinates[1]! <= 53.51,
        ),
      );
      assert.match(last(), /bbox=9\.9\d*,53\.5,9\.91\d*,53\.5\d*&filter=\(art = 'Eiche'\) AND/);
      assert.equal(await filtered('-where', "art LIKE 'Li%'"), TREES.length - OAKS);
      assert.equal(
        await filtered('-where', "gepflanzt = '2013/05/01'"),
        count(({ properties }) => properties.gepflanzt === '2013-05-01'),
      );
      assert.match(last(), /filter=gepflanzt = '2013-05-01/);
      const late = count(({ properties: { gesehen, gepflanzt } }) => gesehen >= '2026-05-01T12' && gepflanzt < '2013');
      assert.equal(await filtered('-where', "gesehen >= '2026/05/01 12:00:00' AND gepflanzt < '2013-01-01'"), late);
      assert.match(last(), /filter=\(gesehen >= '2026-05-01T12:00:00Z'\) AND/);
    });
    it('ogr2ogr takes the collection into a file in UTM, from OGC API and from FlatGeobuf alike', { skip }, async () => {
      const utm = async (name: string, ...source: readonly string[]) => {
        const file = join(directory, name);
        await run('ogr2ogr', '-t_srs', 'EPSG:25832', '-lco', 'COORDINATE_PRECISION=3', '-f', 'GeoJSON', file, ...source);
        return (JSON.parse(readFileSync(file, 'utf8')) as { features: { geometry: { coordinates: number[] }; properties: Record<string, unknown> }[] })
          .features;
      };
      const pages = await utm('pages.geojson', '-oo', 'PAGE_SIZE=1000', `OAPIF:${base}`, 'baeume');
      const file = await utm('file.geojson', `/vsicurl_streaming/${base}/collections/baeume/items?f=fgb&limit=5000`);
      assert.equal(pages.length, TREES.length);
      assert.deepEqual(
        pages.map(({ geometry, properties: { umfang, höhe } }) => [geometry, umfang, höhe]),
        file.map(({ geometry, properties: { umfang, höhe } }) => [geometry, umfang, höhe]),
      );
      const { eastingMetres, northingMetres } = toUtm32({ lon: 9.9, lat: 53.5 });
      const [x, y] = pages[0]!.geometry.coordinates as [number, number];
      assert.ok(Math.hypot(x - eastingMetres, y - northingMetres) < 0.01);
    });
    it('GDAL finds FlatGeobuf in each system where the city says it is', { skip }, async () => {
      const { eastingMetres } = toUtm32({ lon: 9.9, lat: 53.5 });
      const places = [
        ['OGC/1.3/CRS84', /"WGS 84"/, 9.9],
        ['EPSG/0/4326', /"WGS 84"/, 9.9],
        ['EPSG/0/25832', /"ETRS89 \/ UTM zone 32N"/, eastingMetres],
        ['EPSG/0/3857', /"WGS 84 \/ Pseudo-Mercator"/, (9.9 * Math.PI * 6_378_137) / 180],
      ] as const;
      for (const [name, system, x] of places) {
        const query = `f=fgb&limit=1&crs=http://www.opengis.net/def/crs/${name}`;
        const told = await run('ogrinfo', '-ro', '-al', `/vsicurl_streaming/${base}/collections/baeume/items?${query}`);
        assert.match(told, system, name);
        const found = Number(/POINT \(([\d.]+) /.exec(told)?.[1]);
        assert.ok(Math.abs(found - x) < (x < 180 ? 1e-9 : 0.01), `${name}: ${found}, ${x}`);
      }
    });
    it('FlatGeobuf in pages: the head says where the next one is', async () => {
      let page: string | undefined = `${base}/collections/baeume/items?f=fgb&limit=500&art=Linde`;
      const ids: unknown[] = [];
      for (let turn = 0; page !== undefined && turn < 5; turn++) {
        const answer: Response = await fetch(page);
        assert.equal(answer.headers.get('content-type'), 'application/flatgeobuf');
        for await (const row of readFlatGeobuf(answer.body!)) ids.push('value' in row ? row.value.properties['id'] : row.reason);
        page = /<([^>]+)>; rel="next"/.exec(answer.headers.get('link') ?? '')?.[1];
      }
      assert.deepEqual(
        ids,
        TREES.filter(({ properties }) => properties.art === 'Linde').map(({ id }) => id),
      );
      assert.equal((await fetch(`${base}/collections/baeume/items?f=fgb&cursor=x`)).status, 400);
      assert.equal((await fetch(`${base}/collections/keine/items?f=fgb`)).status, 404);
    });
    it('@ogcapi-js/features finds collections, features, filters and systems', async () => {
      const service = new FeatureService({ baseUrl: base });
      assert.deepEqual((await service.getConformance()).conformsTo.includes('http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core'), true);
      const { collections } = await service.getCollections();
      assert.ok(collections.some(({ id, storageCrs }) => id === 'baeume' && storageCrs === 'http://www.opengis.net/def/crs/EPSG/0/25832'));
      assert.equal((await service.getCollection('baeume')).title, 'Bäume');
      const { properties } = (await service.getQueryables('baeume')) as { properties?: object };
      assert.deepEqual(new Set(Object.keys(properties!)), new Set(['geometry', ...Object.keys(PROPERTIES)]));
      const oaks = await service.getFeatures('baeume', { limit: 1_000, filter: "art = 'Eiche'", filterLang: FilterLang.CQL2_TEXT });
      assert.equal(oaks.features.length, OAKS);
      const json = await service.getFeatures('baeume', {
        limit: 1_000,
        filter: { op: '>', args: [{ property: 'umfang' }, 298] } as never,
        filterLang: FilterLang.CQL2_JSON,
      });
      assert.equal(json.numberReturned, TREES.filter(({ properties: { umfang } }) => umfang > 298).length);
      const box = await service.getFeatures('baeume', { limit: 1_000, bbox: [9.8995, 53.4995, 9.9055, 53.5015] });
      assert.equal(box.features.length, 12);
      const one = await service.getFeature('baeume', 'baum-7', { params: { crs: 'http://www.opengis.net/def/crs/EPSG/0/25832' } });
      assert.equal(one.id, 'baum-7');
      assert.ok((one.geometry as unknown as { coordinates: number[] }).coordinates[0]! > 500_000);
      const noon = await service.getFeatures('baeume', { limit: 1_000, datetime: { start: '2026-05-01T12:00:00Z', end: '2026-05-01T13:00:00Z' } });
      assert.ok(noon.features.every(({ properties }) => properties!['gesehen'] === '2026-05-01T12:30:00Z') && noon.features.length > 50);
    });
    it('the description of the interface is valid OpenAPI and names every collection', async () => {
      const { links } = (await (await fetch(base)).json()) as { links: { rel: string; href: string; type: string }[] };
      const { href } = links.find(({ rel }) => rel === 'service-desc')!;
      const document = (await (await fetch(href)).json()) as { paths: Record<string, { get: { parameters: { name?: string }[] } }> };
      const { valid, errors } = await new Validator().validate(structuredClone(document));
      assert.ok(valid, JSON.stringify(errors));
      const names = document.paths['/collections/baeume/items']!.get.parameters.map(({ name }) => name);
      for (const name of Object.keys(PROPERTIES)) assert.ok(names.includes(name), name);
    });
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, 'localhost', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
