import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { lengthMetres } from './measure.ts';
import { readPlace } from './place-text.ts';
import { gridStep, utmGrid } from './utm-grid.ts';
import { toUtm } from './mgrs.ts';

describe('places as people type them', () => {
  const HERE = { lon: 10, lat: 53.55 };
  const SAME = [
    ['53,55 10,0', 'degrees'],
    ['53.55, 10.0', 'degrees'],
    ['N 53.55 E 10', 'degrees'],
    ['53,55° N, 10° O', 'degrees'],
    [`53° 33' 0" N 10° 0' 0" E`, 'degrees'],
    ['53°33′N 10°0′O', 'degrees'],
    ['32U 566253 5933922', 'utm'],
    ['32 566253 5933922', 'utm'],
    ['32U NE 66253 33921', 'mgrs'],
  ] as const;
  for (const [text, notation] of SAME)
    it(text, () => {
      const found = readPlace(text);
      assert.equal(found?.notation, notation);
      assert.ok(lengthMetres([HERE, found]) < 2, JSON.stringify(found));
    });
  it('west and south are negative', () => {
    assert.deepEqual(readPlace('S 33,9 W 71,2'), { lat: -33.9, lon: -71.2, notation: 'degrees' });
    assert.deepEqual(readPlace('-33.9 -71.2'), { lat: -33.9, lon: -71.2, notation: 'degrees' });
  });
  it('anything else is no place', () => {
    for (const text of ['', 'Landungsbrücken', '53', '99 10', '53 200', '61U 566253 5933922', 'HLRW 21-1']) assert.equal(readPlace(text), undefined, text);
  });
});

describe('the UTM grid over a map', () => {
  const BOX = [9.9, 53.5, 10.1, 53.6] as const;
  it('has lines at whole steps, each at its own easting or northing', () => {
    const lines = utmGrid(BOX, 1000);
    assert.ok(lines.length > 20 && lines.length < 30, String(lines.length));
    for (const { axis, metres, path } of lines)
      for (const [lon, lat] of path) {
        const { eastingMetres, northingMetres } = toUtm({ lon, lat }, 32);
        assert.ok(Math.abs((axis === 'east' ? eastingMetres : northingMetres) - metres) < 0.01);
      }
    assert.equal(lines[0]!.label, String(lines[0]!.metres / 1000));
  });
  it('is bounded, whatever is asked for', () => {
    assert.ok(utmGrid([-10, 40, 30, 60], 100).length <= 120);
    assert.equal(gridStep(13_000), 2000);
    assert.equal(gridStep(1e9), 100_000);
  });
});
