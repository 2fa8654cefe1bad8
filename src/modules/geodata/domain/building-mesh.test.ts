import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { fromUtm32, toUtm32 } from '../../../kernel/geo.ts';
import { meshOfCityJson, meshOfFootprint, type BuildingMesh } from './building-mesh.ts';
import { demoBuildings } from './demo-buildings.ts';
import { localPlane } from './local-plane.ts';

const ORIGIN = { lon: 10.045, lat: 53.558 };
const plane = localPlane(ORIGIN);

/** Volume within the triangles (divergence theorem), ground added as flat at zero: only faces above count. In cubic metres. */
function volume({ corners, walls, roof }: BuildingMesh): number {
  const all = [...walls, ...roof];
  const at = (index: number): number[] => [0, 1, 2].map((axis) => corners[3 * index + axis]! / 100);
  let six = 0;
  for (let index = 0; index < all.length; index += 3) {
    const [a, b, c] = [at(all[index]!), at(all[index + 1]!), at(all[index + 2]!)] as [number[], number[], number[]];
    six += a[0]! * (b[1]! * c[2]! - b[2]! * c[1]!) - a[1]! * (b[0]! * c[2]! - b[2]! * c[0]!) + a[2]! * (b[0]! * c[1]! - b[1]! * c[0]!);
  }
  return six / 6;
}

const utm = toUtm32(ORIGIN);
const place = (east: number, north: number): readonly [number, number] => {
  const { lon, lat } = fromUtm32(utm.eastingMetres + east, utm.northingMetres + north);
  return [lon, lat];
};
const ring = (...corners: [number, number][]) => [...corners, corners[0]!].map(([east, north]) => place(east, north));

describe('meshes of buildings', () => {
  it('hold the volume of an extruded footprint, whichever way its rings run, with its courtyard', () => {
    const outer = ring([0, 0], [20, 0], [20, 10], [0, 10]);
    const hole = ring([5, 3], [5, 7], [15, 7], [15, 3]);
    for (const rings of [
      [outer, hole],
      [outer.toReversed(), hole],
      [outer, hole.toReversed()],
    ]) {
      const mesh = meshOfFootprint({ type: 'Polygon', coordinates: rings }, 12, plane)!;
      assert.ok(Math.abs(volume(mesh) - (200 - 40) * 12) < 8, String(volume(mesh)));
    }
  });
  it('hold roofs as CityJSON draws them: more than to the eaves, less than a box to the ridge', async () => {
    for await (const row of demoBuildings(80)) {
      assert.ok('value' in row);
      const { properties } = row.value;
      const mesh = meshOfCityJson(properties['cityjson'], plane)!;
      const heights = mesh.corners.filter((_, at) => at % 3 === 2);
      const ridge = Math.max(...heights) / 100;
      assert.equal(Math.min(...heights), 0);
      assert.ok(Math.abs(ridge - (properties['heightMetres'] as number)) < 0.02);
      const eaves = 0.8 + (properties['storeys'] as number) * 3.1;
      const base = meshOfFootprint(geometryOf(row.value.geometry), 1, plane)!;
      const area = volume(base);
      const held = volume(mesh);
      assert.ok(held > area * eaves * 0.98 && held < area * ridge * 1.02, `${held} over ${area}`);
      if (properties['roof'] === 'Satteldach') assert.ok(Math.abs(held - area * ((eaves + ridge) / 2)) < area * 0.2, 'half the roof is air');
    }
  });
  it('refuses what it cannot read, and never throws', () => {
    const vertices = [[0, 0, 0]];
    for (const odd of [undefined, null, 5, 'x', {}, { vertices }, { vertices, transform: { scale: [1, 1, 1], translate: [0, 0, 0] }, CityObjects: {} }])
      assert.equal(meshOfCityJson(odd, plane), undefined);
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (geometry, surfaces) => {
        const transform = { scale: [1, 1, 1], translate: [565_000, 5_934_000, 0] };
        meshOfCityJson(
          {
            vertices: [
              [0, 0, 0],
              [1, 0, 0],
              [0, 1, 0],
            ],
            transform,
            CityObjects: { a: { geometry }, b: { geometry: [geometry, { type: 'MultiSurface', lod: '2', boundaries: surfaces, semantics: geometry }] } },
          },
          plane,
        );
      }),
    );
  });
  it('builds nothing over points and lines', () => assert.equal(meshOfFootprint({ type: 'Point', coordinates: [10, 53] }, 5, plane), undefined));
});

/** The demo's rows are in EPSG:25832. */
function geometryOf(geometry: unknown) {
  const { coordinates } = geometry as { coordinates: number[][][][] };
  return {
    type: 'MultiPolygon' as const,
    coordinates: coordinates.map((polygon) =>
      polygon.map((one) =>
        one.map(([east, north]) => {
          const { lon, lat } = fromUtm32(east!, north!);
          return [lon, lat] as const;
        }),
      ),
    ),
  };
}
