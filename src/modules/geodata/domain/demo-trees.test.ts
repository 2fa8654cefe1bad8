import assert from 'node:assert/strict';
import { it } from 'node:test';
import { demoTrees } from './demo-trees.ts';
import type { SourceRow } from './source.ts';

const SQUARE = [
  [9.9, 53.5],
  [10, 53.5],
  [10, 53.6],
  [9.9, 53.6],
  [9.9, 53.5],
] as const;
const DISTRICTS = [{ name: 'Quadrat', rings: [SQUARE] }];
async function plant(count: number, outside: (place: { lon: number; lat: number }) => boolean = () => false): Promise<SourceRow[]> {
  const rows: SourceRow[] = [];
  for await (const row of demoTrees(count, DISTRICTS, outside)) rows.push(row);
  return rows;
}

it('plants as many trees as asked for, the same each time, the first of more the same', async () => {
  const few = await plant(300);
  assert.equal(few.length, 300);
  assert.deepEqual((await plant(500)).slice(0, 300), few);
});

it('plants inside the district, out of the water, and nothing impossible', async () => {
  for (const row of await plant(2000, ({ lon }) => lon > 9.95)) {
    assert.ok('value' in row);
    const { geometry, properties } = row.value as unknown as { geometry: { coordinates: [number, number] }; properties: Record<string, number> };
    const [lon, lat] = geometry.coordinates;
    assert.ok(lon >= 9.9 && lon <= 9.95 && lat >= 53.5 && lat <= 53.6);
    assert.ok(properties['stammumfang_cm']! >= 15 && properties['stammumfang_cm']! < 500);
    assert.ok(properties['kronendurchmesser_m']! > 0 && properties['kronendurchmesser_m']! < 30);
    assert.ok(properties['pflanzjahr']! <= 2023 && properties['pflanzjahr']! > 1925);
  }
});

it('ends where there is no ground at all', async () => {
  assert.deepEqual(await plant(10, () => true), []);
});
