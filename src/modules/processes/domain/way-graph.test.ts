import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Spot } from './plane.ts';
import { distances, NearestNode, WayBuilder } from './way-graph.ts';

function graphOf(edges: readonly (readonly [Spot, Spot])[]) {
  const builder = new WayBuilder();
  for (const [from, to] of edges) builder.add(from, to);
  return builder.build();
}

describe('ways', () => {
  it('meet where they end within a metre', () => {
    const graph = graphOf([
      [
        [0, 0],
        [100, 0],
      ],
      [
        [100.6, 0.3],
        [200, 0],
      ],
    ]);
    assert.equal(graph.x.length, 3);
    const far = distances(graph, [{ node: 0, metres: 5 }], Infinity);
    assert.ok(Math.abs(far[2]! - 205) < 1);
  });
  it('find their crossing again, whatever else lies in the same metre', () => {
    const graph = graphOf([
      [
        [-50, 0.05],
        [0.05, 0.05],
      ],
      [
        [0.95, 0.95],
        [50, 50],
      ],
      [
        [0.05, 0.05],
        [0, -80],
      ],
    ]);
    assert.equal(graph.x.length, 5, 'two crossings 1.3 m apart, and three ends');
    assert.ok(Number.isFinite(distances(graph, [{ node: 0, metres: 0 }], Infinity)[4]!));
  });
  it('beyond the limit nothing is reached', () =>
    assert.deepEqual(
      [
        ...distances(
          graphOf([
            [
              [0, 0],
              [100, 0],
            ],
            [
              [100, 0],
              [300, 0],
            ],
          ]),
          [{ node: 0, metres: 0 }],
          150,
        ),
      ],
      [0, 100, Infinity],
    ));
  it('the nearest crossing is found within reach only', () => {
    const nearest = new NearestNode(
      graphOf([
        [
          [0, 0],
          [100, 0],
        ],
      ]),
      50,
    );
    assert.equal(nearest.to([70, 40])?.node, 1);
    assert.equal(nearest.to([50, 1]), undefined);
    assert.equal(nearest.to([80, 20])?.node, 1);
    assert.equal(nearest.to([3, 4])?.metres, 5);
  });
  it('are as long as another way of reckoning says (Floyd and Warshall)', () => {
    const node = fc.integer({ min: 0, max: 9 });
    fc.assert(
      fc.property(fc.array(fc.tuple(node, node), { minLength: 1, maxLength: 25 }), (pairs) => {
        const spots = Array.from({ length: 10 }, (_, i): Spot => [(i * 37) % 100, (i * 53) % 90]);
        const used = pairs.filter(([a, b]) => a !== b);
        if (used.length === 0) return;
        const graph = graphOf(used.map(([a, b]) => [spots[a]!, spots[b]!] as const));
        const count = graph.x.length;
        const table = Array.from({ length: count }, (_, i) => Array.from({ length: count }, (__, j) => (i === j ? 0 : Infinity)));
        for (let n = 0; n < count; n++)
          for (let edge = graph.first[n]!; edge < graph.first[n + 1]!; edge++)
            table[n]![graph.to[edge]!] = Math.min(table[n]![graph.to[edge]!]!, graph.metres[edge]!);
        for (let k = 0; k < count; k++)
          for (let i = 0; i < count; i++) for (let j = 0; j < count; j++) table[i]![j] = Math.min(table[i]![j]!, table[i]![k]! + table[k]![j]!);
        for (const [i, metres] of distances(graph, [{ node: 0, metres: 0 }], Infinity).entries())
          assert.ok(metres === table[0]![i]! || Math.abs(metres - table[0]![i]!) < 1e-6);
      }),
      { numRuns: 300, seed: 7 },
    );
  });
});
