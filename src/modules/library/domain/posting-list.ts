/** Passages of a segment that a token occurs in, packed: gaps of seven bits a byte, an odd number followed by how often. */
export class PostingWriter {
  #bytes = new Uint8Array(8);
  #length = 0;
  #last = -1;
  count = 0;

  /** @param passage greater than every one before */
  add(passage: number, times: number): void {
    if (this.#length + 7 > this.#bytes.length) this.#grow();
    let value = (passage - this.#last) * 2 + (times > 1 ? 1 : 0);
    while (value > 127) {
      this.#bytes[this.#length++] = (value & 127) | 128;
      value >>>= 7;
    }
    this.#bytes[this.#length++] = value;
    if (times > 1) this.#bytes[this.#length++] = Math.min(times, 255);
    this.#last = passage;
    this.count++;
  }

  #grow(): void {
    const wider = new Uint8Array(this.#bytes.length * 2);
    wider.set(this.#bytes);
    this.#bytes = wider;
  }

  bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }
}

/** Calls with every passage of a packed list and how often the token stands in it. */
export function readPostings(bytes: Uint8Array, from: number, to: number, each: (passage: number, times: number) => void): void {
  let passage = -1;
  for (let at = from; at < to;) {
    let value = bytes[at]! & 127;
    for (let shift = 7; bytes[at++]! > 127; shift += 7) value |= (bytes[at]! & 127) << shift;
    passage += value >>> 1;
    each(passage, (value & 1) === 1 ? bytes[at++]! : 1);
  }
}
