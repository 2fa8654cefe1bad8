import { inflateSync } from 'node:zlib';
import { PdfLexer, PdfSyntaxError } from './pdf-lexer.ts';
import { isArray, isDict, isName, isRef, type PdfDict, type PdfRef, type PdfValue } from './pdf-values.ts';

/** Where an object lies: at a byte of the file, or as the n-th object of an object stream. */
type Entry = { readonly offset: number } | { readonly stream: number; readonly index: number };

interface PdfObject {
  readonly value: PdfValue;
  /** The raw bytes of a stream. */
  readonly raw?: Buffer;
}

const MAX_SECTIONS = 64;
const MAX_OBJECTS = 500_000;
const MAX_INFLATED = 16 * 1024 * 1024;
const MAX_INFLATED_TOTAL = 64 * 1024 * 1024;

/**
 * A PDF as its last cross-reference says (tables and streams, ISO 32000-1, 7.5.4 and 7.5.8). Reads
 * strictly: what is damaged throws {@link PdfSyntaxError} and is never repaired by guessing.
 */
export class PdfFile {
  readonly bytes: Buffer;
  readonly startXref: number;
  readonly trailer: PdfDict;
  readonly #entries = new Map<number, Entry>();
  readonly #cache = new Map<number, PdfObject>();
  readonly #reading = new Set<number>();
  #inflated = 0;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
    this.startXref = lastStartXref(bytes);
    this.trailer = this.#readSections();
    if (this.trailer.has('Encrypt')) throw new PdfSyntaxError('encrypted');
  }

  /** One more than the highest object number in use. */
  get nextNumber(): number {
    const size = this.trailer.get('Size');
    let next = typeof size === 'number' ? size : 0;
    for (const number of this.#entries.keys()) next = Math.max(next, number + 1);
    return next;
  }

  get catalog(): PdfDict {
    return this.dict(this.trailer.get('Root'));
  }

  /** The value itself, or what the reference points to. */
  resolve(value: PdfValue | undefined): PdfValue | undefined {
    for (let hops = 0; isRef(value); hops++) {
      if (hops > 8) throw new PdfSyntaxError('reference goes in circles');
      value = this.#object(value)?.value ?? null;
    }
    return value;
  }

  dict(value: PdfValue | undefined): PdfDict {
    const found = this.resolve(value);
    if (!isDict(found)) throw new PdfSyntaxError('dictionary expected');
    return found;
  }

  /** The decoded bytes of a stream; without filter or with FlateDecode. */
  stream(ref: PdfValue | undefined): { readonly dict: PdfDict; readonly bytes: Buffer } {
    const object = isRef(ref) ? this.#object(ref) : undefined;
    if (object?.raw === undefined || !isDict(object.value)) throw new PdfSyntaxError('stream expected');
    return { dict: object.value, bytes: this.#decode(object.value, object.raw) };
  }

  #readSections(): PdfDict {
    let first: PdfDict | undefined;
    const seen = new Set<number>();
    const waiting = [this.startXref];
    for (let at = waiting.shift(); at !== undefined; at = waiting.shift()) {
      if (seen.has(at) || seen.size >= MAX_SECTIONS) throw new PdfSyntaxError('cross-reference goes in circles');
      seen.add(at);
      const lexer = new PdfLexer(this.bytes, at);
      const trailer = lexer.take('xref') ? this.#readTable(lexer) : this.#readXrefStream(at);
      first ??= trailer;
      for (const key of ['XRefStm', 'Prev']) {
        const next = trailer.get(key);
        if (typeof next === 'number') waiting.push(next);
      }
    }
    return first!;
  }

  #readTable(lexer: PdfLexer): PdfDict {
    while (!lexer.take('trailer')) {
      const start = lexer.integer();
      const count = lexer.integer();
      if (start + count > MAX_OBJECTS) throw new PdfSyntaxError('too many objects');
      for (let i = 0; i < count; i++) {
        const offset = lexer.integer();
        lexer.integer();
        if (lexer.take('n')) this.#note(start + i, { offset });
        else if (!lexer.take('f')) throw new PdfSyntaxError('damaged cross-reference');
      }
    }
    const trailer = lexer.value();
    if (!isDict(trailer)) throw new PdfSyntaxError('trailer expected');
    return trailer;
  }

  #readXrefStream(at: number): PdfDict {
    const { value, raw } = this.#readObjectAt(at);
    if (!isDict(value) || raw === undefined) throw new PdfSyntaxError('cross-reference expected');
    const rows = this.#decode(value, raw);
    const widths = numbers(value.get('W'), 3);
    const size = value.get('Size');
    const index = value.has('Index') ? numbers(value.get('Index')) : [0, typeof size === 'number' ? size : 0];
    const width = widths.reduce((sum, one) => sum + one, 0);
    if (width < 1 || widths.some((one) => one > 6)) throw new PdfSyntaxError('damaged cross-reference');
    let row = 0;
    for (let i = 0; i + 1 < index.length; i += 2) {
      for (let n = 0; n < index[i + 1]!; n++, row += width) {
        if (row + width > rows.length || index[i]! + n > MAX_OBJECTS) throw new PdfSyntaxError('damaged cross-reference');
        this.#noteRow(index[i]! + n, rows.subarray(row, row + width), widths);
      }
    }
    return value;
  }

  #noteRow(number: number, row: Buffer, widths: readonly number[]): void {
    const [typeWidth, aWidth, bWidth] = widths as [number, number, number];
    const type = typeWidth === 0 ? 1 : row.readUIntBE(0, typeWidth);
    const a = aWidth === 0 ? 0 : row.readUIntBE(typeWidth, aWidth);
    const b = bWidth === 0 ? 0 : row.readUIntBE(typeWidth + aWidth, bWidth);
    if (type === 1) this.#note(number, { offset: a });
    if (type === 2) this.#note(number, { stream: a, index: b });
  }

  #note(number: number, entry: Entry): void {
    // Sections are read from the newest to the oldest: the newest says where an object is.
    if (!this.#entries.has(number)) this.#entries.set(number, entry);
  }

  #object({ ref }: PdfRef): PdfObject | undefined {
    const known = this.#cache.get(ref);
    const entry = this.#entries.get(ref);
    if (known !== undefined || entry === undefined) return known;
    if (this.#reading.has(ref)) throw new PdfSyntaxError('object contains itself');
    this.#reading.add(ref);
    const object = 'offset' in entry ? this.#readObjectAt(entry.offset, ref) : this.#readPacked(entry.stream, entry.index, ref);
    this.#reading.delete(ref);
    this.#cache.set(ref, object);
    return object;
  }

  #readObjectAt(offset: number, expected?: number): PdfObject {
    const lexer = new PdfLexer(this.bytes, offset);
    const number = lexer.integer();
    lexer.integer();
    if (!lexer.take('obj') || (expected !== undefined && number !== expected)) throw new PdfSyntaxError(`object ${expected ?? ''} not found`);
    const value = lexer.value();
    if (!isDict(value) || !lexer.take('stream')) return { value };
    let start = lexer.position;
    if (this.bytes[start] === 0x0d) start++;
    if (this.bytes[start] === 0x0a) start++;
    const length = this.resolve(value.get('Length'));
    if (typeof length !== 'number' || length < 0 || start + length > this.bytes.length) throw new PdfSyntaxError('stream without length');
    return { value, raw: this.bytes.subarray(start, start + length) };
  }

  #readPacked(stream: number, index: number, expected: number): PdfObject {
    const { dict, bytes } = this.stream({ ref: stream, generation: 0 });
    const first = dict.get('First');
    const lexer = new PdfLexer(bytes, 0);
    for (let i = 0; i < index; i++) {
      lexer.integer();
      lexer.integer();
    }
    const number = lexer.integer();
    const offset = lexer.integer();
    if (number !== expected || typeof first !== 'number') throw new PdfSyntaxError('damaged object stream');
    return { value: new PdfLexer(bytes, first + offset).value() };
  }

  #decode(dict: PdfDict, raw: Buffer): Buffer {
    let filter = this.resolve(dict.get('Filter'));
    if (isArray(filter) && filter.length === 1) filter = filter[0];
    if (filter === undefined || (isArray(filter) && filter.length === 0)) return raw;
    if (!isName(filter) || filter.name !== 'FlateDecode') throw new PdfSyntaxError('unknown filter');
    const bytes = inflateSync(raw, { maxOutputLength: MAX_INFLATED });
    this.#inflated += bytes.length;
    if (this.#inflated > MAX_INFLATED_TOTAL) throw new PdfSyntaxError('too much compressed data');
    let params = this.resolve(dict.get('DecodeParms'));
    if (isArray(params)) params = this.resolve(params[0]);
    return isDict(params) ? unpredict(bytes, params) : bytes;
  }
}

function lastStartXref(bytes: Buffer): number {
  const at = bytes.lastIndexOf('startxref');
  if (at < 0 || at < bytes.length - 2048) throw new PdfSyntaxError('startxref missing');
  const lexer = new PdfLexer(bytes, at + 'startxref'.length);
  return lexer.integer();
}

function numbers(value: PdfValue | undefined, count?: number): number[] {
  if (!isArray(value) || (count !== undefined && value.length !== count)) throw new PdfSyntaxError('numbers expected');
  return value.map((one) => {
    if (typeof one !== 'number' || !Number.isSafeInteger(one) || one < 0) throw new PdfSyntaxError('number expected');
    return one;
  });
}

/** Undoes PNG prediction (RFC 2083, 6): cross-reference streams use filter "Up" mostly. */
function unpredict(bytes: Buffer, params: PdfDict): Buffer {
  const predictor = params.get('Predictor') ?? 1;
  if (predictor === 1) return bytes;
  const columns = params.get('Columns') ?? 1;
  if (typeof predictor !== 'number' || predictor < 10 || typeof columns !== 'number' || columns < 1 || columns > 64)
    throw new PdfSyntaxError('unknown predictor');
  const rows = Math.floor(bytes.length / (columns + 1));
  const out = Buffer.alloc(rows * columns);
  for (let row = 0; row < rows; row++) {
    const type = bytes[row * (columns + 1)]!;
    for (let i = 0; i < columns; i++) {
      const left = i > 0 ? out[row * columns + i - 1]! : 0;
      const up = row > 0 ? out[(row - 1) * columns + i]! : 0;
      if (type > 2) throw new PdfSyntaxError('unknown predictor');
      out[row * columns + i] = bytes[row * (columns + 1) + 1 + i]! + (type === 1 ? left : type === 2 ? up : 0);
    }
  }
  return out;
}
