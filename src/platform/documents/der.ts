/** Tag, whole encoding and content of one DER value. */
export interface Der {
  readonly tag: number;
  readonly whole: Buffer;
  readonly content: Buffer;
}

const MAX_DEPTH = 32;

/** Reads the value at the front; strict DER lengths (X.690, 10.1). */
export function readDer(bytes: Buffer): Der {
  const tag = bytes[0];
  const first = bytes[1];
  if (tag === undefined || first === undefined || (tag & 0x1f) === 0x1f) throw new Error('no DER');
  let head = 2;
  let length = first;
  if (first >= 0x80) {
    const count = first & 0x7f;
    if (count < 1 || count > 4 || bytes.length < 2 + count) throw new Error('no DER length');
    length = bytes.readUIntBE(2, count);
    if (length < 0x80 || (count > 1 && bytes[2] === 0)) throw new Error('length not shortest');
    head = 2 + count;
  }
  if (bytes.length < head + length) throw new Error('DER cut off');
  return { tag, whole: bytes.subarray(0, head + length), content: bytes.subarray(head, head + length) };
}

/** The values inside a constructed value. */
export function children(der: Der): Der[] {
  const found: Der[] = [];
  for (let rest = der.content; rest.length > 0; rest = rest.subarray(found.at(-1)!.whole.length)) found.push(readDer(rest));
  return found;
}

/** Throws unless `bytes` are one value in strict DER: one meaning has one encoding, nothing hides. */
export function assertDer(bytes: Buffer): void {
  const der = readDer(bytes);
  if (der.whole.length !== bytes.length) throw new Error('bytes behind the value');
  assertValue(der, 0);
}

function assertValue(der: Der, depth: number): void {
  if (depth > MAX_DEPTH) throw new Error('nested too deep');
  const { tag, content } = der;
  // pkijs reads over zeros at the end of a sequence, so they must not get that far.
  if (tag === 0) throw new Error('no DER value');
  if ((tag & 0x20) !== 0) for (const child of children(der)) assertValue(child, depth + 1);
  else if (tag === 0x01 && (content.length !== 1 || (content[0] !== 0 && content[0] !== 0xff))) throw new Error('no DER boolean');
  else if (tag === 0x05 && content.length !== 0) throw new Error('no DER null');
  else if (tag === 0x02) assertInteger(content);
}

function assertInteger(content: Buffer): void {
  const [first, second] = content;
  if (first === undefined) throw new Error('no DER integer');
  if (second !== undefined && ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80))) throw new Error('integer not shortest');
}

/** A value's encoding. */
export function der(tag: number, ...contents: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(contents);
  if (content.length < 0x80) return Buffer.concat([Buffer.of(tag, content.length), content]);
  const bytes = content.length < 0x100 ? 1 : content.length < 0x10000 ? 2 : 3;
  const length = Buffer.alloc(bytes);
  length.writeUIntBE(content.length, 0, bytes);
  return Buffer.concat([Buffer.of(tag, 0x80 | bytes), length, content]);
}
