/**
 * Text on its way from a model to one reader. It holds at most what one answer may be long; a reader that stops
 * early says so by `left`.
 */
export class TextQueue implements AsyncIterable<string> {
  readonly #left: () => void;
  #pieces: string[] = [];
  #ended = false;
  #wake = (): void => {};

  constructor(left: () => void) {
    this.#left = left;
  }

  push(piece: string): void {
    this.#pieces.push(piece);
    this.#wake();
  }

  end(): void {
    this.#ended = true;
    this.#wake();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<string> {
    try {
      for (;;) {
        const pieces = this.#pieces;
        this.#pieces = [];
        for (const piece of pieces) yield piece;
        if (this.#pieces.length > 0) continue;
        if (this.#ended) return;
        await new Promise<void>((resolve) => (this.#wake = resolve));
      }
    } finally {
      if (!this.#ended) this.#left();
    }
  }
}
