import assert from 'node:assert/strict';
import { test } from 'node:test';
import { distanceToRingMetres, pointInRing, toUtm32, type Ring } from './geo.ts';

const square: Ring = [
  [10, 53],
  [10.01, 53],
  [10.01, 53.01],
  [10, 53.01],
  [10, 53],
];

for (const [lon, lat, inside] of [
  [10.005, 53.005, true],
  [10.011, 53.005, false],
  [9.999, 53.005, false],
  [10.005, 53.011, false],
  [0, 0, false],
] as const) {
  test(`${lon} ${lat} lies ${inside ? 'inside' : 'outside'}`, () => assert.equal(pointInRing({ lon, lat }, square), inside));
}

test('distance to a ring: 0.005 degrees of latitude are 557 m, of longitude 335 m at 53° N', () => {
  assert.ok(Math.abs(distanceToRingMetres({ lon: 10.005, lat: 53.015 }, square) - 556.6) < 1);
  assert.ok(Math.abs(distanceToRingMetres({ lon: 10.005, lat: 53.005 }, square) - 335) < 1);
});

// Reference values: ST_Transform(…, 25832) of PostGIS 3 / PROJ.
const utm: readonly (readonly [lon: number, lat: number, east: number, north: number])[] = [
  [9, 53, 500000, 5872270.5275],
  [9.9937, 53.5511, 565834.364, 5934037.951],
  [10.3252, 53.395, 588118.6153, 5917030.6098],
  [8.48, 53.92, 465849.0607, 5974746.1321],
  [12, 54.9, 692352.8343, 6087785.2084],
  [6, 47.3, 273211.2533, 5242868.2436],
];
for (const [lon, lat, east, north] of utm) {
  test(`EPSG:25832 of ${lon} ${lat} within a millimetre of PostGIS`, () => {
    const { eastingMetres, northingMetres } = toUtm32({ lon, lat });
    assert.ok(Math.hypot(eastingMetres - east, northingMetres - north) < 0.001, `${eastingMetres} ${northingMetres}`);
  });
}
