import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { exifPosition } from './exif-position.ts';

/** A JPEG with a GPS directory: degrees, minutes and seconds as fractions. */
function jpeg(little: boolean, { lat = 'N', lon = 'E', seconds = [30, 1] as readonly [number, number] } = {}): Buffer {
  const tiff = Buffer.alloc(140);
  const [u16, u32] = little ? (['writeUInt16LE', 'writeUInt32LE'] as const) : (['writeUInt16BE', 'writeUInt32BE'] as const);
  tiff.write(little ? 'II' : 'MM', 0, 'latin1');
  tiff[u16](42, 2);
  tiff[u32](8, 4);
  const entry = (at: number, tag: number, type: number, count: number, value: number): void => {
    tiff[u16](tag, at);
    tiff[u16](type, at + 2);
    tiff[u32](count, at + 4);
    tiff[u32](value, at + 8);
  };
  tiff[u16](1, 8);
  entry(10, 0x8825, 4, 1, 26);
  tiff[u16](4, 26);
  entry(28, 1, 2, 2, 0);
  tiff.write(lat, 36, 'latin1');
  entry(40, 2, 5, 3, 80);
  entry(52, 3, 2, 2, 0);
  tiff.write(lon, 60, 'latin1');
  entry(64, 4, 5, 3, 104);
  for (const [at, degrees, minutes] of [
    [80, 53, 32],
    [104, 9, 58],
  ] as const)
    for (const [index, [over, under]] of [[degrees, 1] as const, [minutes, 1] as const, seconds].entries()) {
      tiff[u32](over, at + index * 8);
      tiff[u32](under, at + index * 8 + 4);
    }
  const body = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff]);
  const head = Buffer.from([0xff, 0xd8, 0xff, 0xe1, 0, 0]);
  head.writeUInt16BE(body.length + 2, 4);
  return Buffer.concat([head, body, Buffer.from([0xff, 0xda, 0, 2, 0xff, 0xd9])]);
}

describe('where a picture says it was taken', () => {
  for (const little of [true, false])
    it(`is read from its GPS directory (${little ? 'II' : 'MM'})`, () => {
      const found = exifPosition(jpeg(little))!;
      assert.ok(Math.abs(found.lat - (53 + 32 / 60 + 30 / 3600)) < 1e-9);
      assert.ok(Math.abs(found.lon - (9 + 58 / 60 + 30 / 3600)) < 1e-9);
    });
  it('south and west are negative', () => {
    const found = exifPosition(jpeg(true, { lat: 'S', lon: 'W' }))!;
    assert.ok(found.lat < 0 && found.lon < 0);
  });
  it('divided by nothing is no place', () => assert.equal(exifPosition(jpeg(true, { seconds: [1, 0] })), undefined));
  it('in anything else is no place, wherever it breaks', () => {
    const whole = jpeg(true);
    for (let length = 0; length < 150; length++) assert.equal(exifPosition(whole.subarray(0, length)), undefined, `${length} bytes`);
    for (let at = 0; at < 150; at++) {
      const odd = Buffer.from(whole);
      odd[at] = 0xff;
      exifPosition(odd);
    }
    assert.equal(exifPosition(Buffer.from('%PDF-1.7')), undefined);
  });
});
