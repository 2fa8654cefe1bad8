import { expectOk } from '../../src/kernel/result.ts';
import type { Context } from '../../src/platform/context.ts';
import { importFeatures, setCollection } from '../../src/modules/geodata/public.ts';

const SYSTEM = { kind: 'system', job: 'test' } as const;

/** A square of about 330 m × 330 m in the middle of the little quarter. */
export const AREA = {
  type: 'Polygon',
  coordinates: [
    [
      [10.0, 53.55],
      [10.005, 53.55],
      [10.005, 53.553],
      [10.0, 53.553],
      [10.0, 53.55],
    ],
  ],
} as const;

interface Row {
  readonly geometry: { readonly type: string; readonly coordinates: unknown };
  readonly properties: Readonly<Record<string, unknown>>;
}

const point = (lon: number, lat: number): Row['geometry'] => ({ type: 'Point', coordinates: [lon, lat] });
const square = (lon: number, lat: number): Row['geometry'] => ({
  type: 'Polygon',
  coordinates: [
    [
      [lon, lat],
      [lon + 0.0003, lat],
      [lon + 0.0003, lat + 0.0002],
      [lon, lat + 0.0002],
      [lon, lat],
    ],
  ],
});
/** Crossing streets, a grid of 5 × 5. */
const STREETS: readonly Row[] = [0, 1, 2, 3, 4].flatMap((step) => [
  {
    geometry: { type: 'LineString', coordinates: [0, 1, 2, 3, 4].map((at) => [10 + at * 0.00125, 53.55 + step * 0.00075]) },
    properties: { dtv: 4000, speedKmh: 50 },
  },
  { geometry: { type: 'LineString', coordinates: [0, 1, 2, 3, 4].map((at) => [10 + step * 0.00125, 53.55 + at * 0.00075]) }, properties: {} },
]);

export const QUARTER: Readonly<Record<string, readonly Row[]>> = {
  gebaeude: [0, 1, 2, 3].map((at) => ({
    geometry: square(10.0005 + at * 0.001, 53.551),
    properties: { heightMetres: 12 + at, cityjson: { type: 'Building' } },
  })),
  strassenbaeume: [0, 1, 2, 3, 4].map((at) => ({ geometry: point(10.0006 + at * 0.0008, 53.5522), properties: { kronendurchmesser_m: 6 } })),
  wege: STREETS,
  bevoelkerung: [0, 1, 2].map((at) => ({ geometry: point(10.0012 + at * 0.0012, 53.5508), properties: { people: 40 } })),
};

/** Puts collections of the quarter into a city. */
export async function fillQuarter(ctx: Context, ids: readonly string[] = Object.keys(QUARTER), access: 'open' | 'internal' = 'open'): Promise<void> {
  for (const id of ids) {
    const about = { demo: true, licence: 'https://creativecommons.org/publicdomain/zero/1.0/' };
    expectOk(await setCollection(ctx, SYSTEM, { id, title: `Test ${id}`, access, about, dataAsOf: Temporal.PlainDate.from('2026-11-01') }));
    async function* rows() {
      for (const [index, value] of QUARTER[id]!.entries()) yield { row: index + 1, value };
    }
    expectOk(await importFeatures(ctx, SYSTEM, { collection: id, source: 'test', format: 'test', rows: rows(), crs: () => 'CRS84' }));
  }
}
