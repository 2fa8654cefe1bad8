import { fromUtm32, toUtm32 } from '../../src/kernel/geo.ts';
import { expectOk } from '../../src/kernel/result.ts';
import { importFeatures, setCollection } from '../../src/modules/geodata/public.ts';
import type { Context } from '../../src/platform/context.ts';
import { ACTORS } from './test-server.ts';

const CORNER = toUtm32({ lon: 9.93, lat: 53.55 });

/** Metres east and north of a corner in Hamburg, as degrees. */
export function placeAt(x: number, y: number): readonly [number, number] {
  const { lon, lat } = fromUtm32(CORNER.eastingMetres + x, CORNER.northingMetres + y);
  return [lon, lat];
}

/** A rectangle, `x` and `y` being its south-western corner. */
export const rectangle = (x: number, y: number, width: number, height = width): object => ({
  type: 'Polygon',
  coordinates: [[placeAt(x, y), placeAt(x + width, y), placeAt(x + width, y + height), placeAt(x, y + height), placeAt(x, y)]],
});

export interface PlanFeature {
  readonly type: 'Feature';
  readonly geometry: object;
  readonly properties: Readonly<Record<string, unknown>>;
}
export const featureOf = (geometry: object, properties: Readonly<Record<string, unknown>> = {}): PlanFeature => ({ type: 'Feature', geometry, properties });
export const pointAt = (x: number, y: number): object => ({ type: 'Point', coordinates: placeAt(x, y) });

type Filling = Pick<Context, 'database' | 'journal' | 'clock'>;

async function fill(ctx: Filling, id: string, features: readonly PlanFeature[], access: 'open' | 'internal' = 'open'): Promise<void> {
  expectOk(await setCollection(ctx, ACTORS.administration, { id, title: id, access, about: { demo: true } }));
  async function* rows() {
    for (const [index, value] of features.entries()) yield { row: index + 1, value: { id: `${id}-${index + 1}`, ...value } };
  }
  const run = expectOk(
    await importFeatures(ctx, ACTORS.administration, { collection: id, source: `test ${features.length}`, format: 'test', rows: rows(), crs: () => 'CRS84' }),
  );
  if (run.rejected > 0) throw new Error(`${id}: ${run.rejected} rows were rejected`);
}

/** A quarter of 400 m: a house and some trees, one street with a branch, people at the ends. */
export async function fillPlanData(ctx: Filling): Promise<void> {
  const line = (...spots: readonly (readonly [number, number])[]): object => ({ type: 'LineString', coordinates: spots.map(([x, y]) => placeAt(x, y)) });
  await fill(ctx, 'gebaeude', [featureOf(rectangle(90, 90, 20), { heightMetres: 20 })]);
  await fill(ctx, 'strassenbaeume', [featureOf(pointAt(50, 50), { kronendurchmesser_m: 10 }), featureOf(pointAt(150, 50))]);
  await fill(ctx, 'wege', [featureOf(line([0, 10], [200, 10], [400, 10]), { dtv: 20_000, speedKmh: 50 }), featureOf(line([200, 10], [200, 310]))]);
  await fill(ctx, 'bevoelkerung', [
    featureOf(pointAt(0, 10), { people: 10 }),
    featureOf(pointAt(200, 310), { people: 5 }),
    featureOf(pointAt(400, 10), { people: 3 }),
  ]);
  await fill(ctx, 'geheim', [featureOf(pointAt(60, 60), { crownMetres: 12 })], 'internal');
}
