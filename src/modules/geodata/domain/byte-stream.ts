import { UnreadableFile } from './source.ts';

/** Bytes of a stream, so many at a time. */
export class ByteStream {
  readonly #chunks: AsyncIterator<Uint8Array>;
  #rest: Uint8Array = new Uint8Array();

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  /** The next bytes, in a buffer of their own; `undefined` at the end. @throws UnreadableFile when the stream ends among them */
  async take(count: number): Promise<Uint8Array | undefined> {
    const taken = new Uint8Array(count);
    let filled = 0;
    while (filled < count) {
      if (this.#rest.length === 0 && !(await this.#more())) {
        if (filled === 0) return undefined;
        throw new UnreadableFile('Die Datei bricht mitten in einem Objekt ab. Laden Sie sie noch einmal herunter.');
      }
      const part = this.#rest.subarray(0, count - filled);
      taken.set(part, filled);
      filled += part.length;
      this.#rest = this.#rest.subarray(part.length);
    }
    return taken;
  }

  /** Leaves bytes out, without holding them. */
  async skip(count: number): Promise<void> {
    for (let left = count; left > 0;) {
      if (this.#rest.length === 0 && !(await this.#more())) return;
      const part = Math.min(left, this.#rest.length);
      this.#rest = this.#rest.subarray(part);
      left -= part;
    }
  }

  async #more(): Promise<boolean> {
    const next = await this.#chunks.next();
    if (next.done === true) return false;
    this.#rest = next.value;
    return true;
  }
}
