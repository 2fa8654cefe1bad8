import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromUtm32 } from '../../../kernel/geo.ts';
import { toEwkb, type Geometry, type Place } from './geometry.ts';
import { tileAt } from './tile-address.ts';
import { tileGeometry } from './tile-geometry.ts';

const BOX = tileAt('14', '5286', '8645')!;
const read = tileGeometry(BOX);
const HALF = 20_037_508.342789244;
/** Longitude and latitude of a place in tile coordinates, from the definition of EPSG:3857. */
const place = (x: number, y: number): Place => [
  ((BOX.west + (x * BOX.size) / 4096) / HALF) * 180,
  (Math.atan(Math.sinh(((BOX.south + (y * BOX.size) / 4096) / HALF) * Math.PI)) * 180) / Math.PI,
];
const tile = (type: Geometry['type'], coordinates: unknown): unknown => {
  const level = (value: unknown): unknown => {
    const list = value as readonly unknown[];
    return typeof list[0] === 'number' ? place(list[0], list[1] as number) : list.map(level);
  };
  const cut = read(Buffer.from(toEwkb({ type, coordinates: level(coordinates) } as Geometry), 'hex'));
  return cut && JSON.parse(JSON.stringify(cut.coordinates), (_, value) => (typeof value === 'number' ? Math.round(value) + 0 : (value as unknown)));
};

test('the projection is that of EPSG:25832, back and into EPSG:3857', () => {
  const { lon, lat } = fromUtm32(565_811.2, 5_933_977.1);
  const cut = tileGeometry(tileAt('0', '0', '0')!)(Buffer.from(toEwkb({ type: 'Point', coordinates: [lon, lat] }), 'hex'));
  const [x, y] = cut!.coordinates as [number, number];
  assert.ok(Math.abs(x - ((lon + 180) / 360) * 4096) < 1e-6);
  assert.ok(Math.abs(y - (2048 + (Math.asinh(Math.tan((lat * Math.PI) / 180)) / Math.PI) * 2048)) < 1e-6);
});

test('what lies inside stays as it is, what lies beyond the margin is gone', () => {
  const square = [
    [
      [0, 0],
      [0, 4096],
      [4096, 4096],
      [0, 0],
    ],
  ];
  assert.deepEqual(tile('Point', [100, 200]), [100, 200]);
  assert.deepEqual(tile('Point', [4150, -60]), [4150, -60]);
  assert.equal(tile('Point', [4170, 0]), undefined);
  assert.deepEqual(
    tile('MultiPoint', [
      [1, 2],
      [9000, 2],
    ]),
    [[1, 2]],
  );
  assert.deepEqual(tile('Polygon', square), [square]);
  assert.equal(
    tile('LineString', [
      [5000, -100],
      [5000, 5000],
    ]),
    undefined,
  );
});

test('a line is cut where it crosses the margin, and is as many pieces as lie inside', () => {
  assert.deepEqual(
    tile('LineString', [
      [-1000, 100],
      [5000, 100],
    ]),
    [
      [
        [-64, 100],
        [4160, 100],
      ],
    ],
  );
  assert.deepEqual(
    tile('LineString', [
      [100, 100],
      [5000, 100],
      [5000, 200],
      [100, 200],
    ]),
    [
      [
        [100, 100],
        [4160, 100],
      ],
      [
        [4160, 200],
        [100, 200],
      ],
    ],
  );
});

test('an area is cut with its holes; one around the tile fills it', () => {
  const ring = (low: number, high: number): number[][] => [
    [low, low],
    [low, high],
    [high, high],
    [high, low],
    [low, low],
  ];
  const [[around, hole]] = tile('Polygon', [ring(-9000, 9000), ring(100, 200), ring(5000, 6000)]) as [[number[][], number[][], ...unknown[]]];
  assert.deepEqual(new Set(around.flat()), new Set([-64, 4160]));
  assert.deepEqual(hole, ring(100, 200));
  assert.equal(tile('Polygon', [ring(5000, 6000)]), undefined);
  assert.deepEqual((tile('MultiPolygon', [[ring(100, 200)], [ring(5000, 6000)]]) as unknown[]).length, 1);
});
