/*
 * Orthogonal ways on a square lattice: the cheapest path by A*, one after another. Cheap is short, with few bends,
 * away from words and from ways that are there already. Deterministic: equal costs are taken in order of discovery.
 */

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Rect extends Point {
  readonly width: number;
  readonly height: number;
}

/** Distance of two lines of the lattice; all shapes begin and end on it. */
export const STEP = 20;

type Direction = 0 | 1 | 2 | 3;
const MOVES: readonly (readonly [number, number])[] = [
  [1, 0],
  [0, 1],
  [-1, 0],
  [0, -1],
];

/** Where a way may leave or enter a shape: a point on its border and the direction outward. */
export interface Port extends Point {
  readonly out: Direction;
}

const BEND = 4;
const ALONG = 30;
const ACROSS = 3;
const ON_WORDS = 8;
const USED_PORT = 14;

/** One drawing's lattice: what is blocked, what is written on, what is taken. */
export class Lattice {
  readonly #columns: number;
  readonly #rows: number;
  readonly #blocked: Uint8Array;
  readonly #words: Uint8Array;
  /** Ways by lattice point: bit 1 horizontal, bit 2 vertical. */
  readonly #taken: Uint8Array;
  readonly #usedPorts = new Set<number>();

  constructor(width: number, height: number) {
    this.#columns = Math.ceil(width / STEP) + 1;
    this.#rows = Math.ceil(height / STEP) + 1;
    const points = this.#columns * this.#rows;
    this.#blocked = new Uint8Array(points);
    this.#words = new Uint8Array(points);
    this.#taken = new Uint8Array(points);
  }

  block(rect: Rect): void {
    this.#mark(this.#blocked, rect);
  }

  write(rect: Rect): void {
    this.#mark(this.#words, rect);
  }

  #mark(into: Uint8Array, { x, y, width, height }: Rect): void {
    for (let row = Math.ceil(y / STEP); row <= Math.floor((y + height) / STEP); row++) {
      for (let column = Math.ceil(x / STEP); column <= Math.floor((x + width) / STEP); column++) {
        if (row >= 0 && row < this.#rows && column >= 0 && column < this.#columns) into[row * this.#columns + column] = 1;
      }
    }
  }

  #at({ x, y }: Point): number {
    return Math.round(y / STEP) * this.#columns + Math.round(x / STEP);
  }

  /** The cheapest way, as its corners; `undefined` where there is none. It is taken from now on. */
  route(from: readonly Port[], to: readonly Port[]): Point[] | undefined {
    const path = this.#search(from, to);
    if (path === undefined) return undefined;
    this.#usedPorts.add(path[0]!).add(path.at(-1)!);
    for (const [index, point] of path.entries()) {
      const other = path[index + 1] ?? path[index - 1]!;
      this.#taken[point]! |= Math.abs(other - point) === 1 ? 1 : 2;
      const before = path[index - 1];
      if (before !== undefined) this.#taken[point]! |= Math.abs(before - point) === 1 ? 1 : 2;
    }
    return corners(path.map((point) => ({ x: (point % this.#columns) * STEP, y: Math.floor(point / this.#columns) * STEP })));
  }

  #search(from: readonly Port[], to: readonly Port[]): number[] | undefined {
    const goals = new Map(to.map((port) => [this.#at(port), port]));
    const middle = { x: to.reduce((sum, { x }) => sum + x, 0) / to.length, y: to.reduce((sum, { y }) => sum + y, 0) / to.length };
    const reach = Math.max(...to.map(({ x, y }) => Math.abs(x - middle.x) + Math.abs(y - middle.y)));
    const rest = (point: number): number => {
      const [dx, dy] = [(point % this.#columns) * STEP - middle.x, Math.floor(point / this.#columns) * STEP - middle.y];
      return Math.max(0, Math.abs(dx) + Math.abs(dy) - reach) / STEP;
    };
    const cost = new Map<number, number>();
    const cameFrom = new Map<number, number>();
    const heap = new Heap();
    for (const port of from) {
      const point = this.#at(port);
      const state = point * 4 + port.out;
      const start = this.#usedPorts.has(point) ? USED_PORT : 0;
      cost.set(state, start);
      heap.push(start + rest(point), state);
    }
    for (let state = heap.pop(); state !== undefined; state = heap.pop()) {
      const point = state >> 2;
      const direction = (state & 3) as Direction;
      const goal = goals.get(point);
      if (goal !== undefined && (goal.out + 2) % 4 === direction) return this.#walkBack(state, cameFrom);
      const atStart = !cameFrom.has(state);
      for (const turn of atStart ? [0] : [0, 1, 3]) {
        const onward = ((direction + turn) % 4) as Direction;
        const next = this.#step(point, onward);
        if (next === undefined) continue;
        const ends = goals.get(next);
        if (this.#blocked[next] === 1 && (ends === undefined || (ends.out + 2) % 4 !== onward)) continue;
        const price = cost.get(state)! + this.#price(point, next, onward, turn !== 0) + (ends !== undefined && this.#usedPorts.has(next) ? USED_PORT : 0);
        const nextState = next * 4 + onward;
        if (price >= (cost.get(nextState) ?? Number.POSITIVE_INFINITY)) continue;
        cost.set(nextState, price);
        cameFrom.set(nextState, state);
        heap.push(price + rest(next), nextState);
      }
    }
    return undefined;
  }

  #step(point: number, direction: Direction): number | undefined {
    const [dx, dy] = MOVES[direction]!;
    const [column, row] = [(point % this.#columns) + dx, Math.floor(point / this.#columns) + dy];
    return column < 0 || row < 0 || column >= this.#columns || row >= this.#rows ? undefined : row * this.#columns + column;
  }

  #price(point: number, next: number, direction: Direction, bend: boolean): number {
    const [along, across] = direction % 2 === 0 ? [1, 2] : [2, 1];
    const taken = this.#taken[next]!;
    return (
      1 +
      (bend ? BEND + ((this.#taken[point]! & across) !== 0 ? ALONG : 0) : 0) +
      ((taken & along) !== 0 ? ALONG : 0) +
      ((taken & across) !== 0 ? ACROSS : 0) +
      (this.#words[next] === 1 ? ON_WORDS : 0)
    );
  }

  #walkBack(last: number, cameFrom: ReadonlyMap<number, number>): number[] {
    const path: number[] = [];
    for (let state: number | undefined = last; state !== undefined; state = cameFrom.get(state)) path.push(state >> 2);
    return path.reverse();
  }
}

/** Only the ends and the bends. */
function corners(points: readonly Point[]): Point[] {
  return points.filter((point, index) => {
    const [before, after] = [points[index - 1], points[index + 1]];
    return before === undefined || after === undefined || !((before.x === point.x && point.x === after.x) || (before.y === point.y && point.y === after.y));
  });
}

/** A binary heap; of equals the one that came first. */
class Heap {
  readonly #items: (readonly [price: number, order: number, state: number])[] = [];
  #order = 0;

  push(price: number, state: number): void {
    const items = this.#items;
    items.push([price, this.#order++, state]);
    for (let at = items.length - 1; at > 0;) {
      const up = (at - 1) >> 1;
      if (!before(items[at]!, items[up]!)) break;
      [items[at], items[up]] = [items[up]!, items[at]!];
      at = up;
    }
  }

  pop(): number | undefined {
    const items = this.#items;
    const first = items[0];
    const last = items.pop();
    if (first === undefined || last === undefined) return undefined;
    if (items.length > 0) {
      items[0] = last;
      for (let at = 0; ;) {
        const [left, right] = [2 * at + 1, 2 * at + 2];
        let least = at;
        if (left < items.length && before(items[left]!, items[least]!)) least = left;
        if (right < items.length && before(items[right]!, items[least]!)) least = right;
        if (least === at) break;
        [items[at], items[least]] = [items[least]!, items[at]!];
        at = least;
      }
    }
    return first[2];
  }
}

const before = (a: readonly [number, number, number], b: readonly [number, number, number]): boolean => a[0] < b[0] || (a[0] === b[0] && a[1] < b[1]);
