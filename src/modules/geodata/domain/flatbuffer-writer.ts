/** A field of a table, as the schema has it. */
export type FlatValue =
  | { readonly kind: 'byte' | 'short' | 'integer'; readonly value: number }
  | { readonly kind: 'long'; readonly value: bigint }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'bytes'; readonly value: Uint8Array }
  | { readonly kind: 'doubles' | 'integers'; readonly value: readonly number[] }
  | { readonly kind: 'table'; readonly value: FlatFields }
  | { readonly kind: 'tables'; readonly value: readonly FlatFields[] };

/** Fields by their numbers; one that is missing has its default. */
export type FlatFields = ReadonlyMap<number, FlatValue>;

const SIZES = { byte: 1, short: 2, integer: 4, long: 8 } as const;
const encoder = new TextEncoder();

/**
 * Writes tables as FlatBuffers (https://flatbuffers.dev/internals), each behind its size. What a table points at
 * comes after it, so that everything is written once, from front to back.
 */
export class FlatWriter {
  #bytes = new Uint8Array(64 * 1024);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;
  /** Where the message begins: alignment counts from there. */
  #start = 0;

  /** Any bytes as they are. */
  raw(bytes: Uint8Array): void {
    const at = this.#room(bytes.length);
    this.#bytes.set(bytes, at);
  }

  /** A root table behind its size. */
  message(fields: FlatFields): void {
    this.#start = this.#length;
    const size = this.#room(4);
    const root = this.#room(4);
    this.#point(root, this.#table(fields));
    this.#align(8, 0);
    this.#view.setUint32(size, this.#length - size - 4, true);
  }

  /** A copy of what was written since the last time. */
  take(): Uint8Array {
    const bytes = this.#bytes.slice(0, this.#length);
    this.#length = 0;
    return bytes;
  }

  get length(): number {
    return this.#length;
  }

  #table(fields: FlatFields): number {
    const count = Math.max(-1, ...fields.keys()) + 1;
    this.#align(4, 4 + 2 * count);
    const vtable = this.#room(4 + 2 * count);
    this.#bytes.fill(0, vtable, this.#length);
    const table = this.#room(4);
    this.#view.setInt32(table, table - vtable, true);
    const outside: (readonly [at: number, value: FlatValue])[] = [];
    for (const [number, field] of fields) {
      const size = SIZES[field.kind as keyof typeof SIZES] ?? 4;
      this.#align(size, 0);
      const at = this.#room(size);
      this.#view.setUint16(vtable + 4 + 2 * number, at - table, true);
      if (!this.#scalar(at, field)) outside.push([at, field]);
    }
    this.#view.setUint16(vtable, 4 + 2 * count, true);
    this.#view.setUint16(vtable + 2, this.#length - table, true);
    for (const [at, value] of outside) this.#point(at, this.#outside(value));
    return table;
  }

  #scalar(at: number, { kind, value }: FlatValue): boolean {
    if (kind === 'byte') this.#view.setUint8(at, value);
    else if (kind === 'short') this.#view.setUint16(at, value, true);
    else if (kind === 'integer') this.#view.setInt32(at, value, true);
    else if (kind === 'long') this.#view.setBigUint64(at, value, true);
    else return false;
    return true;
  }

  /** @returns where it lies */
  #outside(field: FlatValue): number {
    switch (field.kind) {
      case 'text':
        // a text ends with a zero that its length does not count
        return this.#vector(encoder.encode(`${field.value}\0`), -1);
      case 'bytes':
        return this.#vector(field.value, 0);
      case 'doubles':
        return this.#numbers(field.value, 8);
      case 'integers':
        return this.#numbers(field.value, 4);
      case 'table':
        return this.#table(field.value);
      case 'tables':
        return this.#tables(field.value);
      default:
        throw new Error(`a ${field.kind} lies in its table`);
    }
  }

  #vector(bytes: Uint8Array, uncounted: number): number {
    this.#align(4, 0);
    const at = this.#room(4);
    this.#view.setUint32(at, bytes.length + uncounted, true);
    this.raw(bytes);
    return at;
  }

  #numbers(values: readonly number[], size: 4 | 8): number {
    this.#align(size, 4);
    const at = this.#room(4 + size * values.length);
    this.#view.setUint32(at, values.length, true);
    let place = at + 4;
    for (const value of values) {
      if (size === 8) this.#view.setFloat64(place, value, true);
      else this.#view.setUint32(place, value, true);
      place += size;
    }
    return at;
  }

  #tables(tables: readonly FlatFields[]): number {
    this.#align(4, 0);
    const at = this.#room(4 + 4 * tables.length);
    this.#view.setUint32(at, tables.length, true);
    for (const [index, table] of tables.entries()) this.#point(at + 4 + 4 * index, this.#table(table));
    return at;
  }

  #point(from: number, to: number): void {
    this.#view.setUint32(from, to - from, true);
  }

  /** What comes after `ahead` bytes lies at a multiple of `size`. */
  #align(size: number, ahead: number): void {
    const over = (this.#length - this.#start + ahead) % size;
    if (over === 0) return;
    const at = this.#room(size - over);
    this.#bytes.fill(0, at, this.#length);
  }

  #room(bytes: number): number {
    const at = this.#length;
    this.#length += bytes;
    if (this.#length <= this.#bytes.length) return at;
    const larger = new Uint8Array(2 * this.#length);
    larger.set(this.#bytes.subarray(0, at));
    this.#bytes = larger;
    this.#view = new DataView(larger.buffer);
    return at;
  }
}
