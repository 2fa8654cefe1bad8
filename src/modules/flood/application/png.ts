import { crc32, deflateSync } from 'node:zlib';
import { LEGENDS, type LayerId } from '../domain/legend.ts';

/** How much of the map shines through water. */
const OPACITY = 190;

/** A picture of classes as PNG with the colours of the layer's legend; class 0 is clear (ISO/IEC 15948, colour type 3). */
export function pictureOf(layer: LayerId, { width, height, dots }: { readonly width: number; readonly height: number; readonly dots: Uint8Array }): Uint8Array {
  const colours = LEGENDS[layer].classes.map(({ colour }) => [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16)));
  const lines = new Uint8Array((width + 1) * height);
  for (let row = 0; row < height; row++) lines.set(dots.subarray(row * width, (row + 1) * width), row * (width + 1) + 1);
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 3, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', head),
    chunk('PLTE', Uint8Array.from([[255, 255, 255], ...colours].flat())),
    chunk('tRNS', Uint8Array.from([0, ...colours.map(() => OPACITY)])),
    chunk('IDAT', deflateSync(lines, { level: 4 })),
    chunk('IEND', new Uint8Array(0)),
  ]);
}

function chunk(name: string, data: Uint8Array): Uint8Array {
  const bytes = Buffer.alloc(data.length + 12);
  bytes.writeUInt32BE(data.length, 0);
  bytes.write(name, 4, 'latin1');
  bytes.set(data, 8);
  bytes.writeUInt32BE(crc32(bytes.subarray(4, 8 + data.length)), 8 + data.length);
  return bytes;
}
