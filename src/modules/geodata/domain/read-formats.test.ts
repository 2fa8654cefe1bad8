import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createReadStream, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import fc from 'fast-check';
import { readGeoPackage } from '../application/read-geopackage.ts';
import { readGeometry } from './geometry.ts';
import { readCityJson } from './read-cityjson.ts';
import { readFlatGeobuf } from './read-flatgeobuf.ts';
import { readWkb } from './read-wkb.ts';
import { PLACE_OF } from './source-crs.ts';
import { UnreadableFile, type FileCrs, type SourceFeature, type SourceRow } from './source.ts';

const REAL = join(import.meta.dirname, '../../../../../shared/data');
const hasReal = existsSync(REAL) || `${REAL} is not there`;
const hasGdal = spawnSync('ogr2ogr', ['--version']).status === 0 || 'ogr2ogr (gdal-bin) is not installed';
const skipUnless = (...conditions: readonly (true | string)[]) => ({ skip: conditions.find((one) => one !== true) ?? false });

async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
async function all(rows: AsyncIterable<SourceRow>): Promise<SourceRow[]> {
  const found: SourceRow[] = [];
  for await (const row of rows) found.push(row);
  return found;
}
const valuesOf = (rows: readonly SourceRow[]): SourceFeature[] => rows.flatMap((row) => ('value' in row ? row.value : assert.fail(row.reason)));
const refused = (message: RegExp) => (error: unknown) => error instanceof UnreadableFile && message.test(error.message);

const SOURCE = {
  type: 'FeatureCollection',
  features: [
    ['Point', [10, 53.5]],
    [
      'LineString',
      [
        [10, 53.5],
        [10.1, 53.6],
      ],
    ],
    [
      'Polygon',
      [
        [
          [10, 53.5],
          [10.1, 53.5],
          [10.1, 53.6],
          [10, 53.5],
        ],
        [
          [10.05, 53.51],
          [10.06, 53.51],
          [10.06, 53.52],
          [10.05, 53.51],
        ],
      ],
    ],
    [
      'MultiPoint',
      [
        [10, 53.5],
        [10.1, 53.6],
      ],
    ],
    [
      'MultiLineString',
      [
        [
          [10, 53.5],
          [10.1, 53.6],
        ],
        [
          [10, 53],
          [11, 53],
        ],
      ],
    ],
    [
      'MultiPolygon',
      [
        [
          [
            [10, 53.5],
            [10.1, 53.5],
            [10.1, 53.6],
            [10, 53.5],
          ],
        ],
        [
          [
            [9, 53.5],
            [9.1, 53.5],
            [9.1, 53.6],
            [9, 53.5],
          ],
        ],
      ],
    ],
  ].map(([type, coordinates], index) => ({
    type: 'Feature',
    geometry: { type, coordinates },
    properties: {
      name: `Straße ${index}`,
      zahl: index * 1.5,
      ganz: index - 2,
      gross: 2 ** 40 + index,
      tag: '2026-03-01',
      ...(index === 1 ? {} : { ja: index % 2 === 0 }),
    },
  })),
};

describe('files written by GDAL', skipUnless(hasGdal), () => {
  let directory: string;
  const write = (name: string, ...options: readonly string[]): string => {
    const to = join(directory, name);
    const done = spawnSync('ogr2ogr', [...options, to, join(directory, 'source.geojson')], { encoding: 'utf8' });
    assert.equal(done.status, 0, done.stderr);
    return to;
  };
  before(async () => {
    directory = await mkdtemp(join(tmpdir(), 'kontor-formats-'));
    writeFileSync(join(directory, 'source.geojson'), JSON.stringify(SOURCE));
  });

  const sorted = (features: readonly SourceFeature[]) => features.toSorted((a, b) => String(a.properties['name']).localeCompare(String(b.properties['name'])));

  it('FlatGeobuf: every geometry and value comes back, with and without an index, in pieces of any size', async () => {
    for (const index of ['YES', 'NO']) {
      const bytes = readFileSync(write(`one-${index}.fgb`, '-lco', `SPATIAL_INDEX=${index}`));
      const crs: FileCrs[] = [];
      const found = sorted(valuesOf(await all(readFlatGeobuf(pieces(bytes, index === 'YES' ? 7 : 100_000), (one) => crs.push(one)))));
      assert.deepEqual(crs, ['CRS84']);
      assert.deepEqual(
        found.map(({ geometry }) => geometry),
        SOURCE.features.map(({ geometry }) => geometry),
      );
      assert.deepEqual(
        found.map(({ properties: { name, zahl, ganz, gross, ja } }) => [name, zahl, ganz, gross, ja]),
        SOURCE.features.map(({ properties: { name, zahl, ganz, gross, ja } }) => [name, zahl, ganz, gross, ja]),
      );
      assert.match(String(found[0]!.properties['tag']), /^2026-03-01/);
    }
  });
  it('FlatGeobuf: in UTM 32 it says so; a system that is not known is refused by name', async () => {
    const crs: FileCrs[] = [];
    const [first] = sorted(valuesOf(await all(readFlatGeobuf(createReadStream(write('utm.fgb', '-t_srs', 'EPSG:25832')), (one) => crs.push(one)))));
    assert.deepEqual(crs, ['25832']);
    assert.deepEqual(readGeometry(first!.geometry, PLACE_OF['25832']), { geometry: SOURCE.features[0]!.geometry });
    await assert.rejects(all(readFlatGeobuf(createReadStream(write('gk.fgb', '-t_srs', 'EPSG:31467')))), refused(/EPSG:31467/));
  });
  it('FlatGeobuf: a file with any byte changed or cut off is read, rejected or refused, and never breaks the reader', async () => {
    const bytes = readFileSync(write('hostile.fgb'));
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.nat(255), fc.boolean(), async (at, value, cut) => {
        const broken = cut ? bytes.subarray(0, at) : Uint8Array.from(bytes, (byte, index) => (index === at ? value : byte));
        await all(readFlatGeobuf(pieces(broken, 4096))).catch((error: unknown) => assert.ok(error instanceof UnreadableFile, String(error)));
      }),
      { numRuns: 400 },
    );
  });
  it('FlatGeobuf: a download that stops between two features is refused', async () => {
    const bytes = readFileSync(write('short.fgb', '-lco', 'SPATIAL_INDEX=NO'));
    const last = SOURCE.features.length;
    const whole = await all(readFlatGeobuf(pieces(bytes, 4096)));
    assert.equal(whole.length, last);
    let at = bytes.length;
    // from the end back to where the last feature begins
    while (bytes.readUInt32LE(at - 4) !== bytes.length - at) at -= 1;
    await assert.rejects(all(readFlatGeobuf(pieces(bytes.subarray(0, at - 4), 4096))), refused(/5 von 6 Objekten/));
  });
  it('GeoPackage: every geometry and value comes back, with the row number as id', async () => {
    const told: string[] = [];
    const path = write('one.gpkg', '-nln', 'strassen');
    const found = valuesOf(await all(readGeoPackage(path, { tell: (layer, crs) => told.push(layer, crs) })));
    assert.deepEqual(told, ['strassen', 'CRS84']);
    assert.deepEqual(
      found.map(({ id, geometry }) => [id, geometry]),
      SOURCE.features.map(({ geometry }, index) => [index + 1, geometry]),
    );
    assert.deepEqual(
      found.map(({ properties: { name, zahl, gross, tag } }) => [name, zahl, gross, tag]),
      SOURCE.features.map(({ properties: { name, zahl, gross, tag } }) => [name, zahl, gross, tag]),
    );
  });
  it('GeoPackage: of several layers one must be named', async () => {
    const path = write('two.gpkg', '-nln', 'a');
    write('two.gpkg', '-update', '-nln', 'b');
    await assert.rejects(all(readGeoPackage(path)), refused(/„a“, „b“.*--layer/));
    assert.equal((await all(readGeoPackage(path, { layer: 'b' }))).length, 6);
  });
});

describe('files that are something else', () => {
  it('are refused with a sentence', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'kontor-formats-'));
    const path = join(directory, 'x.gpkg');
    writeFileSync(path, 'name;lon;lat\n'.repeat(200));
    await assert.rejects(all(readGeoPackage(path)), refused(/beschädigt|öffnen/));
    await assert.rejects(all(readFlatGeobuf(createReadStream(path))), refused(/keine FlatGeobuf-Datei/));
    await assert.rejects(all(readCityJson(createReadStream(path))), refused(/kein CityJSON/));
  });
});

describe('WKB', () => {
  const wkb = (hex: string) => readWkb(Buffer.from(hex, 'hex'));
  it('reads Z and M as ISO and PostGIS write them, both byte orders, and leaves heights out', () => {
    const place = '000000000000f03f0000000000000040';
    const expected = { geometry: { type: 'Point', coordinates: [1, 2] } };
    assert.deepEqual(wkb(`0101000000${place}`), expected);
    assert.deepEqual(wkb(`01e9030000${place}0000000000000840`), expected);
    assert.deepEqual(wkb(`0101000080${place}0000000000000840`), expected);
    assert.deepEqual(wkb(`0101000020e8640000${place}`), expected);
    assert.deepEqual(wkb('00000000013ff00000000000004000000000000000'), expected);
  });
  it('an empty point is no geometry; a bow is rejected; so is a number of points that the bytes cannot hold', () => {
    assert.deepEqual(wkb('0101000000000000000000f87f000000000000f87f'), { geometry: null });
    assert.deepEqual(wkb('010a00000000000000'), {
      reason: 'Geometrien der Art 10 (WKB) kann Kontor nicht aufbewahren. Wandeln Sie Bögen und Sammlungen um.',
    });
    assert.deepEqual(wkb('0102000000ffffffff'), { reason: 'Die Geometrie (WKB) bricht ab oder ist beschädigt.' });
  });
});

describe('CityJSON', () => {
  const HOUSES = ['civic-building', 'courtyard-office', 'gabled-townhouse', 'urban-corner-house'];
  const house = (name: string) => readFileSync(join(REAL, 'cityjson', `${name}.city.json`));

  it("reads Hamburg's LoD 3 buildings as footprints with height, and what draws them", skipUnless(hasReal), async () => {
    for (const name of HOUSES) {
      const bytes = house(name);
      const [feature, ...others] = valuesOf(await all(readCityJson(pieces(bytes, 5000), { origin: [565_000, 5_934_000] })));
      assert.deepEqual(others, []);
      const { measuredHeight, height, cityjson, 'Grundfläche 2D': area } = feature!.properties;
      assert.ok(Math.abs(Number(measuredHeight) - Number(height)) < 0.1, `${name}: ${String(measuredHeight)} and ${String(height)}`);
      const { coordinates } = feature!.geometry as { coordinates: [number, number][][][] };
      const covered = coordinates.flat().reduce((sum, ring) => sum + Math.abs(shoelace(ring)), 0);
      assert.ok(Math.abs(covered - Number(area)) < 0.02 * Number(area), `${name}: ${covered} m² and ${String(area)} m²`);
      const { CityObjects } = JSON.parse(bytes.toString()) as { CityObjects: object };
      assert.deepEqual(Object.keys((cityjson as { CityObjects: object }).CityObjects).toSorted(), Object.keys(CityObjects).toSorted());
      assert.ok('geometry' in readGeometry(feature!.geometry, PLACE_OF['25832']));
    }
  });
  it('does not guess where a local frame stands', skipUnless(hasReal), async () => {
    const [row] = await all(readCityJson(pieces(house('gabled-townhouse'), 5000)));
    assert.match(row !== undefined && 'reason' in row ? row.reason : '', /örtlich.*--origin/);
  });
  it('reads a sequence line by line, what it cuts out as what it reads, and rejects a bad line', skipUnless(hasReal), async () => {
    const [{ properties, geometry, id }] = valuesOf(await all(readCityJson(pieces(house('gabled-townhouse'), 5000), { origin: [565_000, 5_934_000] }))) as [
      SourceFeature,
    ];
    const { transform, ...feature } = properties['cityjson'] as { transform: object };
    const head = {
      type: 'CityJSON',
      version: '2.0',
      transform,
      metadata: { referenceSystem: 'https://www.opengis.net/def/crs/EPSG/0/25832' },
      CityObjects: {},
      vertices: [],
    };
    const text = [head, feature].map((one) => JSON.stringify(one)).join('\n');
    const found = await all(readCityJson(pieces(Buffer.from(`${text}\n{"type":\n`), 1000)));
    assert.equal(found.length, 2);
    assert.ok('value' in found[0]! && found[0].value.id === id);
    const round = (value: unknown): unknown => JSON.parse(JSON.stringify(value), (_, one: unknown) => (typeof one === 'number' ? Math.round(one * 100) : one));
    assert.deepEqual(round(found[0].value.geometry), round(geometry));
    assert.deepEqual(found[1], { row: 2, reason: 'Das ist kein gültiges JSON.' });
  });
  it('rejects a face of points that do not exist, and parts in a circle end', async () => {
    const file = (rings: unknown) =>
      Buffer.from(
        JSON.stringify({
          type: 'CityJSON',
          CityObjects: {
            a: { type: 'Building', children: ['b'], geometry: [{ type: 'MultiSurface', lod: '0', boundaries: rings }] },
            b: { type: 'BuildingPart', parents: ['a'], children: ['a', 'b'] },
          },
          vertices: [
            [0, 0, 0],
            [1, 0, 0],
            [0, 1, 0],
          ],
        }),
      );
    assert.deepEqual(await all(readCityJson(pieces(file([[[0, 1, 9]]]), 100))), [{ row: 1, reason: 'Eine Fläche nennt einen Punkt, den es nicht gibt.' }]);
    assert.equal(valuesOf(await all(readCityJson(pieces(file([[[0, 1, 2]]]), 100)))).length, 1);
  });
});

const shoelace = (ring: readonly (readonly [number, number])[]): number =>
  ring.slice(1).reduce((sum, [x, y], index) => sum + (ring[index]![0] * y - x * ring[index]![1]) / 2, 0);
