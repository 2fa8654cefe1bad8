import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import fc from 'fast-check';
import { CRS84, STORAGE_CRS } from './crs.ts';
import { readFlatGeobuf } from './read-flatgeobuf.ts';
import type { FileCrs, SourceFeature } from './source.ts';
import { FlatGeobufWriter, type WrittenFeature } from './write-flatgeobuf.ts';

const hasGdal = spawnSync('ogr2ogr', ['--version']).status === 0 || 'ogr2ogr (gdal-bin) is not installed';

const PROPERTIES = { name: 'text', zahl: 'number', ganz: 'integer', ja: 'boolean', tag: 'date', wann: 'instant', teile: 'object', bunt: 'mixed' } as const;
const COLLECTION = { id: 'alles', title: 'Alles für Grün & Straße', properties: PROPERTIES, geometryTypes: ['Point', 'Polygon'] };
const ring = (x: number): number[][] => [
  [x, 53],
  [x + 1, 53],
  [x + 1, 54],
  [x, 53],
];
const GEOMETRIES: readonly WrittenFeature['geometry'][] = [
  { type: 'Point', coordinates: [9.9937, 53.5511] },
  { type: 'LineString', coordinates: ring(9) },
  { type: 'MultiPoint', coordinates: ring(9) },
  { type: 'Polygon', coordinates: [ring(9)] },
  { type: 'Polygon', coordinates: [ring(9), ring(9.1)] },
  { type: 'MultiLineString', coordinates: [ring(9), ring(10).slice(1)] },
  { type: 'MultiLineString', coordinates: [ring(9)] },
  { type: 'MultiPolygon', coordinates: [[ring(9)], [ring(11), ring(11.1)]] },
  null,
];
const VALUES = {
  name: 'Große Bleiche „1“',
  zahl: -1.5,
  ganz: 2 ** 40,
  ja: false,
  tag: '2026-03-01',
  wann: '2026-03-01T10:00:00Z',
  teile: { a: [1, null] },
  bunt: 'ja',
};
const FEATURES: readonly WrittenFeature[] = GEOMETRIES.map((geometry, index) => ({
  id: `nr-${index}`,
  geometry,
  properties: index === 0 ? VALUES : { name: `Nr. ${index}`, ganz: -index, bunt: index, zahl: null },
}));

function written(features: readonly WrittenFeature[], collection: ConstructorParameters<typeof FlatGeobufWriter>[0] = COLLECTION, crs = CRS84): Uint8Array {
  const writer = new FlatGeobufWriter(collection, crs);
  const pieces = [writer.take()];
  for (const feature of features) {
    writer.add(feature);
    pieces.push(writer.take());
  }
  return Buffer.concat(pieces);
}

async function readBack(bytes: Uint8Array, tell: (crs: FileCrs) => void = () => {}): Promise<SourceFeature[]> {
  async function* once(): AsyncGenerator<Uint8Array> {
    yield bytes;
  }
  const features: SourceFeature[] = [];
  for await (const row of readFlatGeobuf(once(), tell)) features.push('value' in row ? row.value : assert.fail(row.reason));
  return features;
}

describe('FlatGeobuf, written', () => {
  const directory = mkdtempSync(join(tmpdir(), 'kontor-fgb-'));
  after(() => rmSync(directory, { recursive: true, force: true }));

  it('comes back through our own reader with every geometry and value', async () => {
    const found: FileCrs[] = [];
    const features = await readBack(written(FEATURES), (crs) => found.push(crs));
    assert.deepEqual(found, ['CRS84']);
    assert.deepEqual(
      features.map(({ geometry }) => geometry),
      GEOMETRIES,
    );
    assert.deepEqual({ ...features[0]!.properties }, { id: 'nr-0', ...VALUES });
    assert.deepEqual({ ...features[3]!.properties }, { id: 'nr-3', name: 'Nr. 3', ganz: -3, bunt: 3 });
    await readBack(written([], COLLECTION, STORAGE_CRS), (crs) => assert.equal(crs, '25832'));
  });

  it('keeps a property named id, and leaves out what a column cannot hold', async () => {
    const collection = { ...COLLECTION, properties: { id: 'integer', zahl: 'number' } } as const;
    const features = await readBack(
      written(
        [
          { id: 'x', geometry: null, properties: { id: 7, zahl: 'viel', neu: 1 } },
          { id: 'y', geometry: null, properties: { id: 1e300, zahl: 1e300 } },
        ],
        collection,
      ),
    );
    assert.deepEqual(
      features.map(({ properties }) => ({ ...properties })),
      [{ id: 7 }, { zahl: 1e300 }],
    );
  });

  it('comes back whatever the values are', async () => {
    const feature = fc.record({
      id: fc.string({ minLength: 1 }),
      geometry: fc.constantFrom(...GEOMETRIES),
      properties: fc.record({
        name: fc.string({ unit: 'binary' }),
        zahl: fc.double({ noNaN: true, noDefaultInfinity: true }),
        ganz: fc.maxSafeInteger(),
        bunt: fc.jsonValue(),
      }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(feature, { maxLength: 20 }), async (features) => {
        const found = await readBack(written(features));
        const told = features.map(({ id, geometry, properties: { bunt, name, ...rest } }) => ({
          geometry,
          // a half of a pair is no text
          properties: {
            id: id.toWellFormed(),
            name: name.toWellFormed(),
            ...rest,
            ...(bunt === null ? {} : { bunt: JSON.parse(JSON.stringify(bunt)) as unknown }),
          },
        }));
        assert.deepEqual(JSON.parse(JSON.stringify(found)), JSON.parse(JSON.stringify(told)));
      }),
      { numRuns: 100 },
    );
  });

  it('is read by GDAL, feature by feature', { skip: hasGdal === true ? false : hasGdal }, () => {
    const path = join(directory, 'alles.fgb');
    writeFileSync(path, written(FEATURES));
    const told = spawnSync('ogr2ogr', ['-f', 'GeoJSON', '/vsistdout/', path], { encoding: 'utf8' });
    assert.equal(told.status, 0, told.stderr);
    assert.equal(told.stderr, '');
    const { features } = JSON.parse(told.stdout) as { features: { geometry: unknown; properties: Record<string, unknown> }[] };
    assert.deepEqual(
      features.map(({ geometry }) => geometry),
      GEOMETRIES,
    );
    const { name, zahl, ganz, ja, tag, teile } = features[0]!.properties;
    assert.deepEqual(
      { name, zahl, ganz, ja, tag, teile },
      { name: VALUES.name, zahl: VALUES.zahl, ganz: VALUES.ganz, ja: VALUES.ja, tag: VALUES.tag, teile: VALUES.teile },
    );
    const info = spawnSync('ogrinfo', ['-so', '-al', path], { encoding: 'utf8' }).stdout;
    for (const line of [/Feature Count: 9/, /ganz: Integer64/, /zahl: Real/, /ja: Integer\(Boolean\)/, /wann: DateTime/, /WGS 84/]) assert.match(info, line);
  });
});
