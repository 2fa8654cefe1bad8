import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { lengthMetres } from './measure.ts';
import { fromMgrs, fromUtm, printMgrs, printUtm, toMgrs, toUtm, utmZone } from './mgrs.ts';

describe('MGRS references, letters of NGA.STND.0037 for WGS 84', () => {
  // published by implementations that were checked against GeographicLib's GeoConvert
  const KNOWN = [
    { lon: 0, lat: 0, digits: 5, is: '31NAA6602100000' },
    { lon: -32.66433, lat: 83.62778, digits: 3, is: '25XEN041865' },
    { lon: 16.4145, lat: 48.24949, digits: 1, is: '33UXP04' },
    { lon: 151.21288644, lat: -33.90772474, digits: 4, is: '56HLH34774663' },
  ] as const;
  for (const { lon, lat, digits, is } of KNOWN) it(`${lat} ${lon} is ${is}`, () => assert.equal(toMgrs({ lon, lat }, digits), is));

  it('a reference names the middle of its square', () => {
    const { lon, lat, sideMetres } = fromMgrs('33UXP04')!;
    assert.equal(sideMetres, 10_000);
    assert.ok(Math.abs(lon - 16.4145) < 1e-4 && Math.abs(lat - 48.24949) < 1e-4);
    const sydney = fromMgrs('56HLH3477546637')!;
    assert.ok(Math.abs(sydney.lon - 151.212886) < 1e-5 && Math.abs(sydney.lat + 33.907725) < 1e-5);
  });
  it('is read with blanks and small letters, and printed for people', () => {
    assert.deepEqual(fromMgrs('32u ne 66235 33980'), fromMgrs('32UNE6623533980'));
    assert.equal(printMgrs({ lon: 10, lat: 53.55 }), '32U NE 66253 33921');
    assert.equal(printUtm({ lon: 10, lat: 53.55 }), '32U 566253 5933921');
  });
  it('refuses what names no square', () => {
    for (const text of ['', '32U', '32UNE1', '61UNE12', '0UNE12', '32INE12', '32UAA12', '32UNI12', '32UNE123456789012', 'Hamburg'])
      assert.equal(fromMgrs(text), undefined, text);
    assert.equal(toMgrs({ lon: 10, lat: 85 }), undefined);
  });
  it('zones: southern Norway is 32V, Svalbard has four', () => {
    const zones = [
      [5, 60, 32],
      [2.9, 60, 31],
      [8, 75, 31],
      [10, 75, 33],
      [22, 75, 35],
      [34, 75, 37],
      [10, 53.5, 32],
      [-180, 0, 1],
      [179.9, 0, 60],
      [180, 0, 1],
    ] as const;
    for (const [lon, lat, zone] of zones) assert.equal(utmZone({ lon, lat }), zone, `${lat} ${lon}`);
  });
  it('a hair south of the equator is in its first row, on either side', () => {
    for (const lat of [-9.034831045840214e-12, -1e-9, -1e-7, 0, 1e-12])
      assert.match(toMgrs({ lon: 0, lat })!, /^31[MN]A[AV]66021(?:00000|99999)$/, String(lat));
  });
  it('there and back again is within a square of one metre, everywhere', () => {
    fc.assert(
      fc.property(fc.double({ min: -180, max: 179.99, noNaN: true }), fc.double({ min: -79.9, max: 83.9, noNaN: true }), (lon, lat) => {
        const back = fromMgrs(toMgrs({ lon, lat })!);
        assert.ok(back !== undefined, `${lat} ${lon}`);
        const [a, b] = [toUtm({ lon, lat }), toUtm(back, utmZone({ lon, lat }))];
        assert.ok(Math.abs(a.eastingMetres - b.eastingMetres) < 0.51 && Math.abs(a.northingMetres - b.northingMetres) < 0.51, `${lat} ${lon}`);
      }),
    );
  });
  it('UTM is the way back of itself across zones', () => {
    const place = { lon: 12.2, lat: 53.5 };
    assert.ok(lengthMetres([place, fromUtm(toUtm(place, 32))]) < 0.001);
    assert.ok(lengthMetres([place, fromUtm(toUtm(place, 33))]) < 0.001);
  });
});
