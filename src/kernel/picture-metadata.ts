/**
 * Pictures of telephones say where, when and with what they were taken. What goes on show carries nothing of that:
 * metadata are taken out here, byte by byte; the pixels stay as they are. Of Exif only the orientation stays.
 * Sources: ITU-T T.81 (JPEG markers), Exif 2.32 (tag 0x0112), PNG 1.2 (chunks).
 */
const JPEG_START = [0xff, 0xd8];
const PNG_START = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** @returns the picture without metadata, or `undefined` when it is broken */
export function withoutMetadata(bytes: Uint8Array, mediaType: string): Uint8Array | undefined {
  return mediaType === 'image/png' ? cleanPng(bytes) : cleanJpeg(bytes);
}

const begins = (bytes: Uint8Array, start: readonly number[]): boolean => start.every((byte, index) => bytes[index] === byte);
const join = (parts: readonly Uint8Array[]): Uint8Array => Uint8Array.from(Buffer.concat(parts));

const APP0 = 0xe0;
const APP1 = 0xe1;
/** Adobe's: says how colours are meant. */
const APP14 = 0xee;
const COMMENT = 0xfe;
const START_OF_SCAN = 0xda;
const END_OF_IMAGE = 0xd9;

function cleanJpeg(bytes: Uint8Array): Uint8Array | undefined {
  if (!begins(bytes, JPEG_START)) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts: Uint8Array[] = [];
  let orientation: number | undefined;
  let scanned = false;
  for (let at = 2; at + 2 <= bytes.length;) {
    if (bytes[at] !== 0xff) return undefined;
    const marker = bytes[at + 1]!;
    // what stands after the end of the image is no part of it: some telephones hang a film there
    if (marker === END_OF_IMAGE) return scanned ? assembled(bytes, parts, orientation, at) : undefined;
    // fill bytes may stand before a marker
    const length = marker === 0xff ? 1 : at + 4 <= bytes.length ? 2 + view.getUint16(at + 2) : 0;
    if (length === 0 || (length > 1 && length < 4) || at + length > bytes.length) return undefined;
    const segment = bytes.subarray(at, at + length);
    if (marker === APP1) orientation ??= orientationOf(segment.subarray(4));
    at += length;
    if (isDrawing(marker)) parts.push(segment);
    if (marker !== START_OF_SCAN) continue;
    scanned = true;
    const end = endOfScan(bytes, at);
    parts.push(bytes.subarray(at, end));
    at = end;
  }
  return undefined;
}

const isDrawing = (marker: number): boolean => marker !== 0xff && marker !== COMMENT && (marker <= APP0 || marker > 0xef || marker === APP14);

function assembled(bytes: Uint8Array, parts: readonly Uint8Array[], orientation: number | undefined, end: number): Uint8Array {
  return join([bytes.subarray(0, 2), ...(orientation === undefined ? [] : [orientationSegment(orientation)]), ...parts, bytes.subarray(end, end + 2)]);
}

/** Where the data of a scan end: at the next marker that is neither a stuffed byte nor a restart. */
function endOfScan(bytes: Uint8Array, from: number): number {
  for (let at = from; at + 1 < bytes.length; at++) {
    const next = bytes[at + 1]!;
    if (bytes[at] === 0xff && next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return at;
  }
  return bytes.length;
}

/** The orientation (1 to 8) of an Exif segment, where it is another than upright. @param body after marker and length */
function orientationOf(body: Uint8Array): number | undefined {
  if (Buffer.from(body.subarray(0, 6)).toString('latin1') !== 'Exif\0\0' || body.length < 14) return undefined;
  const tiff = new DataView(body.buffer, body.byteOffset + 6, body.byteLength - 6);
  const little = tiff.getUint16(0) === 0x4949;
  const directory = tiff.getUint32(4, little);
  if (directory + 2 > tiff.byteLength) return undefined;
  const entries = tiff.getUint16(directory, little);
  for (let index = 0; index < entries; index++) {
    const at = directory + 2 + index * 12;
    if (at + 12 > tiff.byteLength) return undefined;
    if (tiff.getUint16(at, little) !== 0x0112) continue;
    const value = tiff.getUint16(at + 8, little);
    return value >= 2 && value <= 8 ? value : undefined;
  }
  return undefined;
}

/** An Exif segment with nothing but the orientation. */
function orientationSegment(value: number): Uint8Array {
  const exif = [0x45, 0x78, 0x69, 0x66, 0, 0];
  const tiff = [0x4d, 0x4d, 0, 0x2a, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, value, 0, 0, 0, 0, 0, 0];
  return Uint8Array.from([0xff, APP1, 0, 2 + exif.length + tiff.length, ...exif, ...tiff]);
}

/** Chunks that draw; all others go. */
const DRAWING = ['IHDR', 'PLTE', 'IDAT', 'IEND', 'tRNS', 'gAMA', 'cHRM', 'sRGB', 'sBIT', 'bKGD', 'pHYs'];

function cleanPng(bytes: Uint8Array): Uint8Array | undefined {
  if (!begins(bytes, PNG_START)) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts: Uint8Array[] = [bytes.subarray(0, 8)];
  for (let at = 8; at + 12 <= bytes.length;) {
    const length = view.getUint32(at);
    const end = at + 12 + length;
    if (end > bytes.length) return undefined;
    const type = Buffer.from(bytes.subarray(at + 4, at + 8)).toString('latin1');
    if (DRAWING.includes(type)) parts.push(bytes.subarray(at, end));
    if (type === 'IEND') return join(parts);
    at = end;
  }
  return undefined;
}
