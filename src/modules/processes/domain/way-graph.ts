import type { Spot } from './plane.ts';

/** Ways as a graph: nodes in metres, both directions of each edge beside each other (compressed rows). */
export interface WayGraph {
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Edges of node n stand from `first[n]` up to `first[n + 1]`. */
  readonly first: Int32Array;
  readonly to: Int32Array;
  readonly metres: Float64Array;
}

/** Ends of ways that are this close are the same crossing. */
const SNAP_METRES = 1;

/** Puts pieces of ways together: what ends within a metre meets. */
export class WayBuilder {
  /** Nodes by column and row: several may share a cell without being the same crossing. */
  readonly #nodes = new Map<number, Map<number, number[]>>();
  readonly #x: number[] = [];
  readonly #y: number[] = [];
  readonly #from: number[] = [];
  readonly #to: number[] = [];

  /** The node near a spot, made where there is none. */
  node([x, y]: Spot): number {
    const [column, row] = [Math.floor(x / SNAP_METRES), Math.floor(y / SNAP_METRES)];
    let nearest: { readonly node?: number; readonly metres: number } = { metres: SNAP_METRES };
    for (let dx = -1; dx <= 1; dx++)
      for (let dy = -1; dy <= 1; dy++) {
        for (const known of this.#nodes.get(column + dx)?.get(row + dy) ?? []) {
          const metres = Math.hypot(this.#x[known]! - x, this.#y[known]! - y);
          if (metres <= nearest.metres) nearest = { node: known, metres };
        }
      }
    if (nearest.node !== undefined) return nearest.node;
    const made = this.#x.push(x) - 1;
    this.#y.push(y);
    const rows = this.#nodes.get(column) ?? new Map<number, number[]>();
    rows.set(row, [...(rows.get(row) ?? []), made]);
    this.#nodes.set(column, rows);
    return made;
  }

  add(from: Spot, to: Spot): void {
    const [a, b] = [this.node(from), this.node(to)];
    if (a === b) return;
    this.#from.push(a);
    this.#to.push(b);
  }

  build(): WayGraph {
    const [x, y] = [Float64Array.from(this.#x), Float64Array.from(this.#y)];
    const first = new Int32Array(x.length + 1);
    for (const ends of [this.#from, this.#to]) for (const node of ends) first[node + 1]! += 1;
    for (let i = 0; i < x.length; i++) first[i + 1]! += first[i]!;
    const next = first.slice();
    const to = new Int32Array(2 * this.#from.length);
    const metres = new Float64Array(to.length);
    for (const [i, a] of this.#from.entries()) {
      const b = this.#to[i]!;
      const length = Math.hypot(x[a]! - x[b]!, y[a]! - y[b]!);
      for (const [here, there] of [
        [a, b],
        [b, a],
      ] as const) {
        to[next[here]!] = there;
        metres[next[here]!] = length;
        next[here]! += 1;
      }
    }
    return { x, y, first, to, metres };
  }
}

/**
 * Shortest way in metres from the nearest start to each node (Dijkstra with a binary heap); `Infinity`
 * beyond `limitMetres`. @param starts nodes with how far it is to them already
 */
export function distances(
  { first, to, metres }: WayGraph,
  starts: readonly { readonly node: number; readonly metres: number }[],
  limitMetres: number,
): Float64Array {
  const best = new Float64Array(first.length - 1).fill(Infinity);
  const heap = new Heap();
  for (const { node, metres: already } of starts) {
    if (already >= best[node]! || already > limitMetres) continue;
    best[node] = already;
    heap.push(already, node);
  }
  while (heap.size > 0) {
    const { key, node } = heap.pop();
    if (key > best[node]!) continue;
    for (let edge = first[node]!; edge < first[node + 1]!; edge++) {
      const there = to[edge]!;
      const far = key + metres[edge]!;
      if (far >= best[there]! || far > limitMetres) continue;
      best[there] = far;
      heap.push(far, there);
    }
  }
  return best;
}

/** Numbers with a node each, the smallest first. */
class Heap {
  readonly #keys: number[] = [];
  readonly #nodes: number[] = [];

  get size(): number {
    return this.#keys.length;
  }

  push(key: number, node: number): void {
    const [keys, nodes] = [this.#keys, this.#nodes];
    let at = keys.length;
    keys.push(key);
    nodes.push(node);
    for (let up = (at - 1) >> 1; at > 0 && keys[up]! > key; at = up, up = (at - 1) >> 1) {
      keys[at] = keys[up]!;
      nodes[at] = nodes[up]!;
      keys[up] = key;
      nodes[up] = node;
    }
  }

  pop(): { readonly key: number; readonly node: number } {
    const [keys, nodes] = [this.#keys, this.#nodes];
    const top = { key: keys[0]!, node: nodes[0]! };
    const [key, node] = [keys.pop()!, nodes.pop()!];
    if (keys.length === 0) return top;
    let at = 0;
    for (let down = 1; down < keys.length; down = 2 * at + 1) {
      if (down + 1 < keys.length && keys[down + 1]! < keys[down]!) down += 1;
      if (keys[down]! >= key) break;
      keys[at] = keys[down]!;
      nodes[at] = nodes[down]!;
      at = down;
    }
    keys[at] = key;
    nodes[at] = node;
    return top;
  }
}

/** Nodes by tiles, for the nearest one to a spot. */
export class NearestNode {
  readonly #graph: WayGraph;
  readonly #tiles = new Map<string, number[]>();
  readonly #reach: number;

  constructor(graph: WayGraph, reachMetres: number) {
    this.#graph = graph;
    this.#reach = reachMetres;
    for (let node = 0; node < graph.x.length; node++) {
      const key = this.#tile(graph.x[node]!, graph.y[node]!);
      const known = this.#tiles.get(key);
      if (known === undefined) this.#tiles.set(key, [node]);
      else known.push(node);
    }
  }

  #tile(x: number, y: number): string {
    return `${Math.floor(x / this.#reach)},${Math.floor(y / this.#reach)}`;
  }

  /** `undefined` where no way is within reach. */
  to([x, y]: Spot): { readonly node: number; readonly metres: number } | undefined {
    let nearest: { readonly node: number; readonly metres: number } | undefined;
    for (let dx = -1; dx <= 1; dx++)
      for (let dy = -1; dy <= 1; dy++)
        for (const node of this.#tiles.get(this.#tile(x + dx * this.#reach, y + dy * this.#reach)) ?? []) {
          const metres = Math.hypot(this.#graph.x[node]! - x, this.#graph.y[node]! - y);
          if (metres <= this.#reach && metres < (nearest?.metres ?? Infinity)) nearest = { node, metres };
        }
    return nearest;
  }
}
