import type { Position } from '../../../kernel/geo.ts';

/**
 * Where a telephone says a JPEG was taken (Exif 2.32, GPS IFD, tags 1 to 4); it is offered to the person before the
 * metadata are taken out. Anything odd is no place.
 */
export function exifPosition(bytes: Uint8Array): Position | undefined {
  try {
    const tiff = exifOf(bytes);
    return tiff === undefined ? undefined : positionIn(tiff);
  } catch (error) {
    // an offset that leads out of the segment
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

const EXIF = 'Exif\0\0';

function exifOf(bytes: Uint8Array): DataView | undefined {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 2; at + 4 <= bytes.length && bytes[at] === 0xff;) {
    const marker = bytes[at + 1]!;
    if (marker === 0xda || marker === 0xd9) return undefined;
    const length = view.getUint16(at + 2);
    const body = at + 4;
    if (marker === 0xe1 && Buffer.from(bytes.subarray(body, body + 6)).toString('latin1') === EXIF && at + 2 + length <= bytes.length)
      return new DataView(bytes.buffer, bytes.byteOffset + body + 6, length - 8);
    at += 2 + Math.max(2, length);
  }
  return undefined;
}

interface Entry {
  readonly count: number;
  /** Where its value stands, or where the value's place stands when it is longer than four bytes. */
  readonly at: number;
}

function entriesAt(tiff: DataView, directory: number, little: boolean): Map<number, Entry> {
  const found = new Map<number, Entry>();
  const count = Math.min(tiff.getUint16(directory, little), 200);
  for (let index = 0; index < count; index++) {
    const at = directory + 2 + index * 12;
    found.set(tiff.getUint16(at, little), { count: tiff.getUint32(at + 4, little), at: at + 8 });
  }
  return found;
}

const GPS_DIRECTORY = 0x8825;

function positionIn(tiff: DataView): Position | undefined {
  const little = tiff.getUint16(0) === 0x4949;
  const pointer = entriesAt(tiff, tiff.getUint32(4, little), little).get(GPS_DIRECTORY);
  if (pointer === undefined) return undefined;
  const gps = entriesAt(tiff, tiff.getUint32(pointer.at, little), little);
  const lat = angleOf(tiff, gps, 1, 2, 'S', little);
  const lon = angleOf(tiff, gps, 3, 4, 'W', little);
  if (lat === undefined || lon === undefined || Math.abs(lat) > 85 || Math.abs(lon) > 180 || (lat === 0 && lon === 0)) return undefined;
  return { lon, lat };
}

/** Degrees, minutes and seconds as three fractions. */
function angleOf(tiff: DataView, gps: ReadonlyMap<number, Entry>, side: number, tag: number, negative: string, little: boolean): number | undefined {
  const [direction, value] = [gps.get(side), gps.get(tag)];
  if (direction === undefined || value?.count !== 3) return undefined;
  const from = tiff.getUint32(value.at, little);
  const [degrees, minutes, seconds] = [0, 8, 16].map((offset) => tiff.getUint32(from + offset, little) / tiff.getUint32(from + offset + 4, little));
  const angle = degrees! + minutes! / 60 + seconds! / 3600;
  if (!Number.isFinite(angle)) return undefined;
  return String.fromCharCode(tiff.getUint8(direction.at)) === negative ? -angle : angle;
}
