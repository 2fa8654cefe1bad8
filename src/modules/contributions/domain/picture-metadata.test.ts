import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { samplePicture } from '../../../commands/sample-picture.ts';
import { withoutMetadata } from '../../../kernel/picture-metadata.ts';

const segment = (marker: number, body: Uint8Array | string): Buffer => {
  const bytes = Buffer.from(body as string, 'latin1');
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(bytes.length + 2, 2);
  return Buffer.concat([head, bytes]);
};
/** Exif with an orientation, and words that must not stay. */
function exif(orientation: number, little: boolean): Buffer {
  const tiff = Buffer.alloc(26);
  tiff.write(little ? 'II' : 'MM', 0, 'latin1');
  const [u16, u32] = little ? (['writeUInt16LE', 'writeUInt32LE'] as const) : (['writeUInt16BE', 'writeUInt32BE'] as const);
  tiff[u16](42, 2);
  tiff[u32](8, 4);
  tiff[u16](1, 8);
  tiff[u16](0x0112, 10);
  tiff[u16](3, 12);
  tiff[u32](1, 14);
  tiff[u16](orientation, 18);
  return segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff, Buffer.from('GPS 53.5577 9.9352 Telefon')]));
}
const START = Buffer.from([0xff, 0xd8]);
const END = Buffer.from([0xff, 0xd9]);
const TABLE = segment(0xdb, 'quantisation');
const SCAN = Buffer.concat([segment(0xda, 'scan'), Buffer.from([1, 2, 0xff, 0, 0xff, 0xd3, 9])]);
const jpeg = (...parts: readonly Buffer[]): Uint8Array => Buffer.concat([START, ...parts, END]);

describe('a picture on show', () => {
  it('of a telephone says nothing of where it was taken, and stays as it was drawn', () => {
    const clean = Buffer.from(withoutMetadata(jpeg(exif(1, true), segment(0xed, 'Photoshop: Anna'), segment(0xfe, 'Kommentar'), TABLE, SCAN), 'image/jpeg')!);
    assert.deepEqual(clean, Buffer.from(jpeg(TABLE, SCAN)));
  });
  for (const little of [true, false])
    it(`keeps which way up it is (${little ? 'II' : 'MM'})`, () => {
      const clean = withoutMetadata(jpeg(exif(6, little), TABLE, SCAN), 'image/jpeg')!;
      assert.deepEqual(withoutMetadata(clean, 'image/jpeg'), clean, 'cleaned twice is the same');
      assert.ok(!Buffer.from(clean).includes('Telefon'));
      assert.ok(Buffer.from(clean).includes(Buffer.from([0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6])));
    });
  it('ends where the image ends: what hangs behind it goes', () => {
    const film = Buffer.concat([jpeg(TABLE, SCAN), Buffer.from('film')]);
    assert.deepEqual(Buffer.from(withoutMetadata(film, 'image/jpeg')!), Buffer.from(jpeg(TABLE, SCAN)));
  });
  it('may have several scans with tables between them; metadata hide nowhere', () => {
    const progressive = jpeg(TABLE, SCAN, segment(0xc4, 'huffman'), segment(0xe1, 'Anna'), SCAN);
    assert.deepEqual(Buffer.from(withoutMetadata(progressive, 'image/jpeg')!), Buffer.from(jpeg(TABLE, SCAN, segment(0xc4, 'huffman'), SCAN)));
  });
  it('as PNG keeps only what draws', () => {
    const png = Buffer.from(samplePicture());
    const words = Buffer.concat([Buffer.from([0, 0, 0, 4]), Buffer.from('tEXtAnna'), Buffer.alloc(4)]);
    const place = png.indexOf('IDAT') - 4;
    const spoken = Buffer.concat([png.subarray(0, place), words, png.subarray(place), Buffer.from('behind')]);
    assert.deepEqual(Buffer.from(withoutMetadata(spoken, 'image/png')!), png);
  });
  it('that is broken is none, wherever it breaks', () => {
    for (const [whole, type] of [
      [Buffer.from(jpeg(exif(6, true), TABLE, SCAN)), 'image/jpeg'],
      [Buffer.from(samplePicture()), 'image/png'],
    ] as const)
      for (let length = 0; length < whole.length; length++)
        assert.equal(withoutMetadata(whole.subarray(0, length), type), undefined, `${type} of ${length} bytes`);
  });
});
