import type { PdfDict, PdfValue } from './pdf-values.ts';

/** The file does not follow ISO 32000-1. */
export class PdfSyntaxError extends Error {}

const MAX_DEPTH = 64;
const isSpace = (byte: number | undefined): boolean => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09 || byte === 0x0c || byte === 0;
const DELIMITERS = new Set(Buffer.from('()<>[]{}/%'));
const isRegular = (byte: number | undefined): boolean => byte !== undefined && !isSpace(byte) && !DELIMITERS.has(byte);

/** Reads values out of a file, byte by byte, each byte once (no regular expressions over the file). */
export class PdfLexer {
  readonly bytes: Buffer;
  position: number;

  constructor(bytes: Buffer, position: number) {
    this.bytes = bytes;
    this.position = position;
  }

  /** Whether `word` comes next; then it is taken. */
  take(word: string): boolean {
    this.skipSpace();
    const end = this.position + word.length;
    if (this.bytes.toString('latin1', this.position, end) !== word || isRegular(this.bytes[end])) return false;
    this.position = end;
    return true;
  }

  integer(): number {
    const value = this.#number();
    if (!Number.isSafeInteger(value) || value < 0) throw new PdfSyntaxError('integer expected');
    return value;
  }

  skipSpace(): void {
    for (;;) {
      const byte = this.bytes[this.position];
      if (isSpace(byte)) this.position++;
      else if (byte === 0x25)
        while (this.position < this.bytes.length && this.bytes[this.position] !== 0x0a && this.bytes[this.position] !== 0x0d) this.position++;
      else return;
    }
  }

  value(depth = 0): PdfValue {
    if (depth > MAX_DEPTH) throw new PdfSyntaxError('nested too deep');
    this.skipSpace();
    const byte = this.bytes[this.position];
    if (byte === 0x2f) return { name: this.#name() };
    if (byte === 0x28) return this.#literal();
    if (byte === 0x5b) return this.#array(depth);
    if (byte === 0x3c) return this.bytes[this.position + 1] === 0x3c ? this.#dict(depth) : this.#hex();
    if (this.take('true')) return true;
    if (this.take('false')) return false;
    if (this.take('null')) return null;
    return this.#numberOrRef();
  }

  #numberOrRef(): PdfValue {
    const value = this.#number();
    if (!Number.isSafeInteger(value) || value < 0) return value;
    const after = this.position;
    this.skipSpace();
    const second = this.bytes[this.position];
    if (second !== undefined && second >= 0x30 && second <= 0x39) {
      const generation = this.#number();
      if (this.take('R')) return { ref: value, generation };
    }
    this.position = after;
    return value;
  }

  #number(): number {
    this.skipSpace();
    const start = this.position;
    while (isRegular(this.bytes[this.position]) && this.position - start < 32) this.position++;
    const text = this.bytes.toString('latin1', start, this.position);
    if (!/^[+-]?(\d+\.?\d*|\.\d+)$/.test(text)) throw new PdfSyntaxError(`number expected at ${start}`);
    return Number(text);
  }

  #name(): string {
    const start = ++this.position;
    while (isRegular(this.bytes[this.position])) this.position++;
    const text = this.bytes.toString('latin1', start, this.position);
    return text.replaceAll(/#([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  }

  #array(depth: number): readonly PdfValue[] {
    this.position++;
    const values: PdfValue[] = [];
    for (;;) {
      this.skipSpace();
      if (this.bytes[this.position] === 0x5d) break;
      values.push(this.value(depth + 1));
    }
    this.position++;
    return values;
  }

  #dict(depth: number): PdfDict {
    this.position += 2;
    const dict = new Map<string, PdfValue>();
    for (;;) {
      this.skipSpace();
      if (this.bytes[this.position] === 0x3e && this.bytes[this.position + 1] === 0x3e) break;
      if (this.bytes[this.position] !== 0x2f) throw new PdfSyntaxError(`name expected at ${this.position}`);
      const key = this.#name();
      // Viewers disagree on which of two equal keys counts: such a file says two things at once.
      if (dict.has(key)) throw new PdfSyntaxError(`key twice: ${key}`);
      dict.set(key, this.value(depth + 1));
    }
    this.position += 2;
    return dict;
  }

  #hex(): PdfValue {
    const start = this.position;
    const end = this.bytes.indexOf(0x3e, start);
    if (end < 0) throw new PdfSyntaxError('string without end');
    let digits = '';
    for (const sign of this.bytes.toString('latin1', start + 1, end)) {
      if (isSpace(sign.charCodeAt(0))) continue;
      digits += sign;
    }
    if (!/^[0-9a-fA-F]*$/.test(digits)) throw new PdfSyntaxError('no hexadecimal string');
    this.position = end + 1;
    return { bytes: Buffer.from(digits.length % 2 === 0 ? digits : `${digits}0`, 'hex'), hex: true, start, end: end + 1 };
  }

  #literal(): PdfValue {
    const start = this.position++;
    const out: number[] = [];
    for (let open = 1; ;) {
      const byte = this.bytes[this.position++];
      if (byte === undefined) throw new PdfSyntaxError('string without end');
      if (byte === 0x5c) this.#escape(out);
      else {
        if (byte === 0x28) open++;
        if (byte === 0x29 && --open === 0) break;
        out.push(byte);
      }
    }
    return { bytes: Buffer.from(out), hex: false, start, end: this.position };
  }

  #escape(out: number[]): void {
    const sign = this.bytes[this.position++];
    if (sign === undefined) throw new PdfSyntaxError('string without end');
    const known = ESCAPES[String.fromCharCode(sign)];
    if (known !== undefined) out.push(known);
    else if (sign >= 0x30 && sign <= 0x37) out.push(this.#octal(sign));
    else if (sign === 0x0d) {
      if (this.bytes[this.position] === 0x0a) this.position++;
    } else if (sign !== 0x0a) out.push(sign);
  }

  #octal(first: number): number {
    let value = first - 0x30;
    for (let i = 0; i < 2; i++) {
      const next = this.bytes[this.position];
      if (next === undefined || next < 0x30 || next > 0x37) break;
      value = value * 8 + next - 0x30;
      this.position++;
    }
    return value & 0xff;
  }
}

const ESCAPES: Readonly<Record<string, number>> = { n: 10, r: 13, t: 9, b: 8, f: 12, '(': 40, ')': 41, '\\': 92 };
