import type { InspectedImage } from '../domain/inspection.ts';

/** Reads the head of a PNG (ISO 15948) or JPEG (ITU-T T.81, JFIF) without decoding it. */
export function imageFacts(bytes: Uint8Array): InspectedImage | undefined {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    return data.length > 33 && data.readUInt32BE(0) === 0x89504e47
      ? pngFacts(data)
      : data.length > 4 && data.readUInt16BE(0) === 0xffd8
        ? jpegFacts(data)
        : undefined;
  } catch (error) {
    if (error instanceof RangeError) return undefined; // it ends in the middle
    throw error;
  }
}

function pngFacts(data: Buffer): InspectedImage {
  const type = data[25]!;
  let dpi: number | undefined;
  for (let at = 8; at + 12 <= data.length; at += 12 + data.readUInt32BE(at)) {
    const name = data.toString('latin1', at + 4, at + 8);
    if (name === 'IDAT') break;
    if (name === 'pHYs' && data[at + 16] === 1) dpi = Math.round(data.readUInt32BE(at + 8) * 0.0254);
  }
  const colour = type === 0 || type === 4 ? 'grey' : type === 6 ? 'colour-alpha' : 'colour';
  return { widthPx: data.readUInt32BE(16), heightPx: data.readUInt32BE(20), dpi, colour };
}

function jpegFacts(data: Buffer): InspectedImage | undefined {
  let dpi: number | undefined;
  for (let at = 2; at + 9 < data.length;) {
    if (data[at] !== 0xff) return undefined;
    const marker = data[at + 1]!;
    if (marker === 0xe0 && data.toString('latin1', at + 4, at + 8) === 'JFIF') {
      const unit = data[at + 11];
      if (unit === 1) dpi = data.readUInt16BE(at + 12);
      if (unit === 2) dpi = Math.round(data.readUInt16BE(at + 12) * 2.54);
    }
    if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc) {
      const colour = data[at + 9] === 1 ? 'grey' : data[at + 9] === 4 ? 'cmyk' : 'colour';
      return { widthPx: data.readUInt16BE(at + 7), heightPx: data.readUInt16BE(at + 5), dpi: dpi === 0 ? undefined : dpi, colour };
    }
    at += 2 + data.readUInt16BE(at + 2);
  }
  return undefined;
}
