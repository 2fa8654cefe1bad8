import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { shadowRatio, sunAt } from './sun.ts';

const HAMBURG = { lon: 10, lat: 53.55 };
const at = (text: string) => Temporal.Instant.from(text);

describe('where the sun stands', () => {
  // At true noon the sun stands due south, at 90° - latitude + declination (Astronomical Almanac: ±23.44° at the solstices).
  for (const [name, day, declination] of [
    ['summer solstice', '2026-06-21', 23.44],
    ['winter solstice', '2026-12-21', -23.44],
    ['equinox', '2026-03-20', 0],
  ] as const) {
    it(`stands highest in the south on the ${name}`, () => {
      const noons = Array.from({ length: 121 }, (_, minute) => sunAt(HAMBURG, at(`${day}T10:30:00Z`).add({ minutes: minute })));
      const highest = noons.reduce((best, one) => (one.elevationDegrees > best.elevationDegrees ? one : best));
      assert.ok(Math.abs(highest.elevationDegrees - (90 - HAMBURG.lat + declination)) < 0.2, String(highest.elevationDegrees));
      assert.ok(Math.abs(highest.azimuthDegrees - 180) < 1, String(highest.azimuthDegrees));
    });
  }
  it('rises in the east and sets in the west at the equinox', () => {
    assert.ok(Math.abs(sunAt(HAMBURG, at('2026-03-20T05:28:00Z')).azimuthDegrees - 90) < 2);
    assert.ok(Math.abs(sunAt(HAMBURG, at('2026-03-20T17:37:00Z')).azimuthDegrees - 270) < 2);
  });
  it('is down at night', () => assert.ok(sunAt(HAMBURG, at('2026-12-21T00:00:00Z')).elevationDegrees < -50));
});

describe('shadows', () => {
  it('are as long as high at 45°, and none at night', () => {
    assert.ok(Math.abs(shadowRatio({ elevationDegrees: 45, azimuthDegrees: 180 })! - 1) < 1e-9);
    assert.equal(shadowRatio({ elevationDegrees: -1, azimuthDegrees: 0 }), undefined);
  });
});
