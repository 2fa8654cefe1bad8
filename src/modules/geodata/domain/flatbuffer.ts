/**
 * A table of a FlatBuffer (https://flatbuffers.dev/internals), read by field numbers. Every offset is
 * checked by `DataView`: one that leaves the buffer throws a RangeError.
 */
export class FlatTable {
  readonly #view: DataView;
  readonly #at: number;
  readonly #vtable: number;

  constructor(view: DataView, at: number) {
    this.#view = view;
    this.#at = at;
    this.#vtable = at - view.getInt32(at, true);
  }

  /** The outermost table of a buffer. */
  static root(bytes: Uint8Array): FlatTable {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return new FlatTable(view, view.getUint32(0, true));
  }

  /** Where the field lies; 0: it has its default. */
  #field(number: number): number {
    const place = 4 + 2 * number;
    if (place + 2 > this.#view.getUint16(this.#vtable, true)) return 0;
    const offset = this.#view.getUint16(this.#vtable + place, true);
    return offset === 0 ? 0 : this.#at + offset;
  }

  byte(number: number): number {
    const at = this.#field(number);
    return at === 0 ? 0 : this.#view.getUint8(at);
  }

  short(number: number, otherwise: number): number {
    const at = this.#field(number);
    return at === 0 ? otherwise : this.#view.getUint16(at, true);
  }

  integer(number: number): number {
    const at = this.#field(number);
    return at === 0 ? 0 : this.#view.getInt32(at, true);
  }

  long(number: number): bigint {
    const at = this.#field(number);
    return at === 0 ? 0n : this.#view.getBigUint64(at, true);
  }

  table(number: number): FlatTable | undefined {
    const at = this.#field(number);
    return at === 0 ? undefined : new FlatTable(this.#view, at + this.#view.getUint32(at, true));
  }

  tables(number: number): FlatTable[] {
    return this.#vector(number, 4, (at) => new FlatTable(this.#view, at + this.#view.getUint32(at, true)));
  }

  doubles(number: number): number[] {
    return this.#vector(number, 8, (at) => this.#view.getFloat64(at, true));
  }

  integers(number: number): number[] {
    return this.#vector(number, 4, (at) => this.#view.getUint32(at, true));
  }

  bytes(number: number): Uint8Array | undefined {
    const at = this.#field(number);
    if (at === 0) return undefined;
    const { start, length } = this.#extent(at, 1);
    return new Uint8Array(this.#view.buffer, this.#view.byteOffset + start, length);
  }

  text(number: number): string | undefined {
    const bytes = this.bytes(number);
    return bytes === undefined ? undefined : new TextDecoder().decode(bytes);
  }

  #vector<T>(number: number, size: number, read: (at: number) => T): T[] {
    const at = this.#field(number);
    if (at === 0) return [];
    const { start, length } = this.#extent(at, size);
    return Array.from({ length }, (_, index) => read(start + index * size));
  }

  #extent(at: number, size: number): { readonly start: number; readonly length: number } {
    const start = at + this.#view.getUint32(at, true);
    const length = this.#view.getUint32(start, true);
    if (start + 4 + length * size > this.#view.byteLength) throw new RangeError('a vector leaves the buffer');
    return { start: start + 4, length };
  }
}
