/**
 * How long the models take for a task of stated size, against the limit we set: pure computing, on one core.
 * Run: `node bench/processes.ts`. Exit status 1 when a limit is missed.
 */
import { fromUtm32, toUtm32 } from '../src/kernel/geo.ts';
import { expectOk } from '../src/kernel/result.ts';
import { checkInputs } from '../src/modules/processes/domain/check-inputs.ts';
import { combinations } from '../src/modules/processes/domain/ensemble.ts';
import { findModel } from '../src/modules/processes/domain/models.ts';
import type { GeoJsonFeature } from '../src/modules/processes/domain/process.ts';
import { distances, WayBuilder } from '../src/modules/processes/domain/way-graph.ts';

const CORNER = toUtm32({ lon: 9.93, lat: 53.55 });
function place(x: number, y: number): readonly [number, number] {
  const { lon, lat } = fromUtm32(CORNER.eastingMetres + x, CORNER.northingMetres + y);
  return [lon, lat];
}
const square = (x: number, y: number, width: number): NonNullable<GeoJsonFeature['geometry']> => ({
  type: 'Polygon',
  coordinates: [[place(x, y), place(x + width, y), place(x + width, y + width), place(x, y + width), place(x, y)]],
});
const many = (count: number, make: (n: number) => Omit<GeoJsonFeature, 'type'>): readonly GeoJsonFeature[] =>
  Array.from({ length: count }, (_, n) => ({ type: 'Feature', id: n, ...make(n) }));

/** Reads the data and calculates all members, as a thread does. */
function calculate(id: string, inputs: object, data: Readonly<Record<string, readonly GeoJsonFeature[]>>): () => void {
  const model = findModel(id)!;
  const checked = expectOk(checkInputs(model.description, { ...inputs }));
  return () => void combinations(checked.numbers).map(model.prepare(checked, data));
}

const buildings = many(1_000, (n) => ({ geometry: square((n % 32) * 31, Math.floor(n / 32) * 31, 15), properties: { heightMetres: 8 + (n % 20) } }));
const trees = many(20_000, (n) => ({
  geometry: { type: 'Point', coordinates: place(((n * 37) % 9_973) / 10, ((n * 53) % 9_967) / 10) },
  properties: { kronendurchmesser_m: 2 + (n % 10) },
}));
const roads = many(100, (n) => ({
  geometry: { type: 'LineString', coordinates: n < 50 ? [place(0, n * 20), place(1_000, n * 20)] : [place((n - 50) * 20, 0), place((n - 50) * 20, 1_000)] },
  properties: { dtv: 5_000 },
}));

/** A grid of streets, put together from its edges and walked from one corner. */
function walkGrid(side: number): void {
  const builder = new WayBuilder();
  for (let i = 0; i < side; i++)
    for (let j = 0; j < side; j++) {
      if (i + 1 < side) builder.add([i * 50, j * 50], [(i + 1) * 50, j * 50]);
      if (j + 1 < side) builder.add([i * 50, j * 50], [i * 50, (j + 1) * 50]);
    }
  distances(builder.build(), [{ node: 0, metres: 0 }], Infinity);
}
const SIDE = 224;

const AREA = square(0, 0, 1_000);
const TASKS: readonly { readonly name: string; readonly seconds: number; readonly work: () => void }[] = [
  {
    name: 'shade: 1,000 buildings, 12 hours, 1 km² in cells of 1 m',
    seconds: 5,
    work: calculate('shade', { area: AREA, hour: Array.from({ length: 12 }, (_, n) => n + 7), trees: 'none' }, { buildings }),
  },
  { name: 'canopy: 20,000 trees, 4 years, 1 km²', seconds: 5, work: calculate('canopy', { area: AREA, years: [0, 10, 20, 30] }, { trees }) },
  {
    name: 'noise: 100 km of road, 1 km², cells of 5 m',
    seconds: 10,
    work: calculate('noise', { area: AREA, population: 'none', buildings: 'none' }, { roads }),
  },
  { name: `walking: ${(2 * SIDE * (SIDE - 1)).toLocaleString('en')} edges, put together and all reached`, seconds: 1, work: () => walkGrid(SIDE) },
];

let missed = 0;
for (const { name, seconds, work } of TASKS) {
  // the first time is also the time to compile
  const times = Array.from({ length: 3 }, () => {
    const started = performance.now();
    work();
    return (performance.now() - started) / 1000;
  });
  const took = times.toSorted((a, b) => a - b)[1]!;
  if (took > seconds) missed += 1;
  console.log(`${took <= seconds ? 'ok  ' : 'MISS'} ${name}: ${took.toFixed(2)} s, ${(took / seconds).toFixed(2)} of the limit of ${seconds} s`);
}
process.exitCode = missed === 0 ? 0 : 1;
