import assert from 'node:assert/strict';
import { it } from 'node:test';
import { demoBuildings } from './demo-buildings.ts';
import type { SourceFeature } from './source.ts';

interface Drawn {
  CityObjects: Record<string, { geometry: { boundaries: number[][][][]; semantics: { values: number[][] } }[] }>;
  vertices: [number, number, number][];
  transform: { scale: number[]; translate: number[] };
}
async function build(count: number): Promise<SourceFeature[]> {
  const found: SourceFeature[] = [];
  for await (const row of demoBuildings(count)) {
    assert.ok('value' in row, JSON.stringify(row));
    found.push(row.value);
  }
  return found;
}

it('builds as many as asked for, the same each time, the first of more the same', async () => {
  const few = await build(40);
  assert.equal(few.length, 40);
  assert.deepEqual((await build(60)).slice(0, 40), few);
});

it('builds all three roofs, as high as they say, and each body is closed', async () => {
  const all = await build(600);
  const roofs = new Set(all.map(({ properties }) => String(properties['roof'])));
  assert.deepEqual([...roofs].toSorted(), ['Flachdach', 'Satteldach', 'Walmdach']);
  for (const { id, properties } of all) {
    assert.ok(Math.abs((properties['heightMetres'] as number) - (properties['height'] as number)) < 0.02, String(id));
    const { CityObjects } = properties['cityjson'] as Drawn;
    const rings = Object.values(CityObjects)[0]!.geometry[0]!.boundaries[0]!.map((face) => face[0]!);
    const edges = new Set(rings.flatMap((ring) => ring.map((from, at) => `${from}-${ring[(at + 1) % ring.length]}`)));
    assert.equal(edges.size, rings.flat().length, 'no edge twice in one direction');
    for (const edge of edges) assert.ok(edges.has(edge.split('-').toReversed().join('-')), `${String(id)}: ${edge} has a neighbour`);
  }
});

it('stands no building in another', async () => {
  const all = await build(600);
  const middles = all.map(({ geometry }) => {
    const ring = (geometry as { coordinates: number[][][][] }).coordinates[0]![0]!.slice(0, -1);
    return [0, 1].map((axis) => ring.reduce((sum, place) => sum + place[axis]!, 0) / ring.length);
  });
  for (const [at, [x, y]] of middles.entries()) for (const [ox, oy] of middles.slice(at + 1)) assert.ok(Math.hypot(x! - ox!, y! - oy!) > 14, String(at));
});
