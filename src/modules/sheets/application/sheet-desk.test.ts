import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, describe, it } from 'node:test';
import { deflateSync } from 'node:zlib';
import { expectOk } from '../../../kernel/result.ts';
import { samplePicture } from '../../../commands/sample-picture.ts';
import { SheetDesk, type SheetSource } from './sheet-desk.ts';
import { makePdf } from './testing.ts';

const desk = new SheetDesk();
after(() => desk.close());
const source = (bytes: Uint8Array, mediaType = 'application/pdf'): SheetSource => ({
  sha256: createHash('sha256').update(bytes).digest('hex'),
  mediaType,
  bytes: async () => bytes,
});
const box = (x: number, y: number): string => `${x} ${y} 40 40 re f\n`;
const words = 'BT /F1 24 Tf 100 100 Td (Grundriss EG) Tj ET\n';
const isPng = (bytes: Uint8Array): boolean => Buffer.from(bytes).readUInt32BE(0) === 0x89504e47;

describe('Sheets drawn as tiles', () => {
  it('an A0 sheet: first tile within a second, the same tile again within 10 ms', async () => {
    // as CAD writes it: 20,000 strokes in 400 polylines
    const polyline = (n: number): string =>
      Array.from({ length: 50 }, (_, i) => `${(n * 37 + i * 11) % 3370} ${(n * 53 + i * 17) % 2384} ${i === 0 ? 'm' : 'l'}\n`).join('');
    const lines = Array.from({ length: 400 }, (_, n) => `${polyline(n)}S\n`).join('');
    const sheet = source(makePdf([{ mm: [1189, 841], draw: words + lines }]));
    const warm = source(makePdf([{ mm: [210, 297] }]));
    expectOk(await desk.tile(warm, { page: 1, zoom: 0, x: 0, y: 0 })); // the process and its libraries are up
    const timed = async (): Promise<number> => {
      const started = performance.now();
      assert.ok(isPng(expectOk(await desk.tile(sheet, { page: 1, zoom: 0, x: 0, y: 0 }))));
      return performance.now() - started;
    };
    const [first, again] = [(await timed()) / 1000, (await timed()) / 10];
    assert.ok(first < 1, `first tile took ${first} of its limit`);
    assert.ok(again < 1, `cached tile took ${again} of its limit`);
  });

  it('says the words of a page, and refuses tiles and pages outside of it', async () => {
    const sheet = source(makePdf([{ mm: [841, 594], draw: words }]));
    assert.match(expectOk(await desk.text(sheet, 1)), /Grundriss EG/);
    for (const at of [
      { page: 2, zoom: 0, x: 0, y: 0 },
      { page: 1, zoom: 0, x: 1, y: 0 },
      { page: 1, zoom: 9, x: 0, y: 0 },
      { page: 1, zoom: 0, x: -1, y: 0 },
      { page: 1, zoom: 0.5, x: 0, y: 0 },
    ]) {
      const tile = await desk.tile(sheet, at);
      assert.equal(tile.ok ? 'drawn' : tile.problem.kind, 'not-found', JSON.stringify(at));
    }
  });

  it('a picture is a sheet of one page', async () => {
    assert.ok(isPng(expectOk(await desk.tile(source(samplePicture(), 'image/png'), { page: 1, zoom: 1, x: 0, y: 0 }))));
  });

  it('compares two versions: as many areas as differ, none when nothing does', async () => {
    const page = (draw: string): SheetSource => source(makePdf([{ mm: [297, 210], draw }]));
    const before = page(words + box(300, 300));
    assert.equal(expectOk(await desk.compare(before, page(words + box(300, 300) + box(500, 100) + box(600, 400)), 1)).areas, 2);
    assert.equal(expectOk(await desk.compare(before, page(`${words}${box(300, 300)} `), 1)).areas, 0);
  });

  it('a bomb and a broken file are refused with the remedy, and the next sheet is drawn', async () => {
    const flood = Buffer.from('0 0 m 9 9 l S\n'.repeat(4_000_000));
    for (const bytes of [makePdf([{ mm: [210, 297], packed: deflateSync(flood) }]), Buffer.from('%PDF-1.4 broken')]) {
      const tile = await desk.tile(source(bytes), { page: 1, zoom: 0, x: 0, y: 0 });
      assert.equal(tile.ok ? 'drawn' : tile.problem.kind, 'invalid-input');
    }
    assert.ok((await desk.tile(source(makePdf([{ mm: [210, 297], draw: words }])), { page: 1, zoom: 1, x: 0, y: 0 })).ok);
  });
});
