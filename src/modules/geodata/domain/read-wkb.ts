/** What WKB calls its types (ISO 13249-3; OGC 06-103r4, 8.2.8), as GeoJSON names them. */
const TYPES: Readonly<Record<number, string>> = {
  1: 'Point',
  2: 'LineString',
  3: 'Polygon',
  4: 'MultiPoint',
  5: 'MultiLineString',
  6: 'MultiPolygon',
};
const Z_FLAG = 0x80000000;
const M_FLAG = 0x40000000;
const SRID_FLAG = 0x20000000;

export type WkbReading = { readonly geometry: { readonly type: string; readonly coordinates: unknown } | null } | { readonly reason: string };

/** Reads Well-Known Binary, ISO's and PostGIS' way of saying Z and M; heights are left out. An empty point is no geometry. */
export function readWkb(bytes: Uint8Array): WkbReading {
  const reader = new WkbReader(bytes);
  try {
    return reader.read(0);
  } catch (error) {
    if (error instanceof RangeError) return { reason: 'Die Geometrie (WKB) bricht ab oder ist beschädigt.' };
    throw error;
  }
}

class WkbReader {
  readonly #view: DataView;
  #at = 0;
  #little = true;
  #size = 2;

  constructor(bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  read(depth: number): WkbReading {
    const type = this.#head();
    const name = TYPES[type];
    if (name === undefined || depth > 1)
      return { reason: `Geometrien der Art ${type} (WKB) kann Kontor nicht aufbewahren. Wandeln Sie Bögen und Sammlungen um.` };
    if (type === 1) {
      const coordinates = this.#place();
      // an empty point is written as NaN, NaN (GeoPackage 1.3, clause 2.1.3)
      return { geometry: coordinates.every(Number.isNaN) ? null : { type: name, coordinates } };
    }
    if (type === 2) return { geometry: { type: name, coordinates: this.#places() } };
    if (type === 3) return { geometry: { type: name, coordinates: this.#many(4, () => this.#places()) } };
    return this.#parts(name, depth);
  }

  #parts(type: string, depth: number): WkbReading {
    const coordinates: unknown[] = [];
    for (let left = this.#count(5); left > 0; left--) {
      const part = this.read(depth + 1);
      if ('reason' in part) return part;
      if (part.geometry !== null) coordinates.push(part.geometry.coordinates);
    }
    return { geometry: { type, coordinates } };
  }

  #head(): number {
    this.#little = this.#view.getUint8(this.#at) === 1;
    const raw = this.#view.getUint32(this.#at + 1, this.#little);
    this.#at += 5 + ((raw & SRID_FLAG) === 0 ? 0 : 4);
    const iso = Math.floor((raw & 0xffff) / 1000);
    const z = (raw & Z_FLAG) !== 0 || iso === 1 || iso === 3;
    const m = (raw & M_FLAG) !== 0 || iso === 2 || iso === 3;
    this.#size = 2 + (z ? 1 : 0) + (m ? 1 : 0);
    return (raw & 0xffff) % 1000;
  }

  /** A number of things of at least so many bytes each: never more than there can be. */
  #count(bytesEach: number): number {
    const count = this.#view.getUint32(this.#at, this.#little);
    this.#at += 4;
    if (count * bytesEach > this.#view.byteLength - this.#at) throw new RangeError('more than the bytes hold');
    return count;
  }

  #many<T>(bytesEach: number, read: () => T): T[] {
    return Array.from({ length: this.#count(bytesEach) }, read);
  }

  #places(): number[][] {
    return this.#many(8 * this.#size, () => this.#place());
  }

  #place(): number[] {
    const place = [this.#view.getFloat64(this.#at, this.#little), this.#view.getFloat64(this.#at + 8, this.#little)];
    this.#at += 8 * this.#size;
    return place;
  }
}
