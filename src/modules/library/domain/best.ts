/** The best of many by score, without sorting them all: a binary heap with the worst of the best on top. Ties: who came first. */
export class Best<T> {
  readonly #most: number;
  readonly #heap: { readonly score: number; readonly turn: number; readonly item: T }[] = [];
  #turn = 0;

  constructor(most: number) {
    this.#most = most;
  }

  /** What a score must exceed to get in. */
  get floor(): number {
    return this.#heap.length < this.#most ? Number.NEGATIVE_INFINITY : this.#heap[0]!.score;
  }

  offer(score: number, item: T): void {
    const heap = this.#heap;
    const entry = { score, turn: this.#turn++, item };
    if (heap.length < this.#most) {
      heap.push(entry);
      this.#rise(heap.length - 1);
    } else if (heap.length > 0 && score > heap[0]!.score) {
      heap[0] = entry;
      this.#sink();
    }
  }

  #worse(one: number, other: number): boolean {
    const [a, b] = [this.#heap[one]!, this.#heap[other]!];
    return a.score < b.score || (a.score === b.score && a.turn > b.turn);
  }

  #swap(one: number, other: number): void {
    [this.#heap[one], this.#heap[other]] = [this.#heap[other]!, this.#heap[one]!];
  }

  #rise(from: number): void {
    for (let at = from; at > 0;) {
      const parent = (at - 1) >> 1;
      if (!this.#worse(at, parent)) return;
      this.#swap(at, parent);
      at = parent;
    }
  }

  #sink(): void {
    for (let at = 0; ;) {
      let worst = at;
      for (const child of [2 * at + 1, 2 * at + 2]) if (child < this.#heap.length && this.#worse(child, worst)) worst = child;
      if (worst === at) return;
      this.#swap(at, worst);
      at = worst;
    }
  }

  /** Best first. */
  take(): { readonly score: number; readonly item: T }[] {
    return this.#heap.toSorted((a, b) => b.score - a.score || a.turn - b.turn).map(({ score, item }) => ({ score, item }));
  }
}
