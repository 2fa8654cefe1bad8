import { DEMO_BLOCKS, DEMO_QUARTER, demoOffset } from '../../../kernel/demo-quarter.ts';
import { toUtm32 } from '../../../kernel/geo.ts';
import { toLonLat, type Spot } from './plane.ts';

const MIDDLE = toUtm32(DEMO_QUARTER);
const { columns: COLUMNS, firstRow: FIRST_ROW, lots: LOTS, street: STREET, ...BLOCK } = DEMO_BLOCKS;

export interface DemoFeature {
  readonly id: string;
  readonly geometry: { readonly type: 'LineString' | 'Point'; readonly coordinates: unknown };
  readonly properties: Readonly<Record<string, unknown>>;
}

/** Metres along and across the quarter, as degrees. */
function placeOf(along: number, across: number): Spot {
  const [east, north] = demoOffset(along, across);
  return toLonLat([MIDDLE.eastingMetres + east, MIDDLE.northingMetres + north]);
}

/** Middle lines of the streets left of a column and below a row. */
const streetLeft = (column: number): number => (column - COLUMNS / 2) * (BLOCK.width + STREET) - STREET / 2;
const streetBelow = (row: number): number => (row + FIRST_ROW) * (BLOCK.depth + STREET) - STREET / 2;

/** Numbers that look unlike each other, the same on every machine. */
const scattered = (seed: number, upTo: number): number => Math.floor((((seed * 2_654_435_761) % 4_294_967_296) / 4_294_967_296) * upTo);

/**
 * Ways of the demo's quarter, made up: streets from crossing to crossing, every third a main street with
 * vehicles a day, and footpaths through some blocks. @param rows of blocks, 7 in the whole quarter
 */
export function* demoWays(rows: number): Generator<DemoFeature> {
  let number = 0;
  const way = (from: Spot, to: Spot, properties: DemoFeature['properties']): DemoFeature => {
    number += 1;
    return { id: `weg-${number}`, geometry: { type: 'LineString', coordinates: [placeOf(...from), placeOf(...to)] }, properties };
  };
  const street = (line: number): DemoFeature['properties'] => {
    const main = line % 3 === 0;
    return { kind: main ? 'Hauptstraße' : 'Wohnstraße', dtv: main ? 9_000 + 1_000 * scattered(line + 1, 9) : 600, speedKmh: main ? 50 : 30 };
  };
  for (let row = 0; row <= rows; row++)
    for (let column = 0; column < COLUMNS; column++) yield way([streetLeft(column), streetBelow(row)], [streetLeft(column + 1), streetBelow(row)], street(row));
  for (let column = 0; column <= COLUMNS; column++)
    for (let row = 0; row < rows; row++) yield way([streetLeft(column), streetBelow(row)], [streetLeft(column), streetBelow(row + 1)], street(column + 1));
  for (let block = 0; block < rows * COLUMNS; block++) {
    if (scattered(block + 17, 10) > 3) continue;
    const [column, row] = [block % COLUMNS, Math.floor(block / COLUMNS)];
    const through = (streetBelow(row) + streetBelow(row + 1)) / 2;
    yield way([streetLeft(column), through], [streetLeft(column + 1), through], { kind: 'Fußweg' });
    // a footpath begins and ends in the middle of a street
    for (const side of [column, column + 1]) yield way([streetLeft(side), through], [streetLeft(side), streetBelow(row)], { kind: 'Fußweg' });
  }
}

/** Who lives in the demo's quarter, made up: a point a lot, with the number of people. @param rows as for `demoWays` */
export function* demoPopulation(rows: number): Generator<DemoFeature> {
  for (let lot = 0; lot < rows * COLUMNS * 2 * LOTS; lot++) {
    const [block, place] = [Math.floor(lot / (2 * LOTS)), lot % (2 * LOTS)];
    const [column, row] = [block % COLUMNS, Math.floor(block / COLUMNS)];
    const along = streetLeft(column) + STREET / 2 + ((place % LOTS) + 0.5) * (BLOCK.width / LOTS);
    const across = streetBelow(row) + STREET / 2 + (place < LOTS ? 6 : BLOCK.depth - 6);
    yield {
      id: `wohnort-${lot + 1}`,
      geometry: { type: 'Point', coordinates: placeOf(along, across) },
      properties: { people: 2 + scattered(lot + 1, 38), street: `Musterstraße ${block + 1}`, houseNumber: place + 1 },
    };
  }
}
