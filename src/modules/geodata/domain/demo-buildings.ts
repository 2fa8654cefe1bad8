import { DEMO_BLOCKS, DEMO_QUARTER, demoOffset } from '../../../kernel/demo-quarter.ts';
import { toUtm32 } from '../../../kernel/geo.ts';
import { seeded } from './demo-trees.ts';
import { readCityJson } from './read-cityjson.ts';
import type { SourceRow } from './source.ts';

const { columns: COLUMNS, firstRow: FIRST_ROW, lots: LOTS, street: STREET, ...BLOCK } = DEMO_BLOCKS;
const MILLIMETRE = 0.001;

type Roof = 'Flachdach' | 'Satteldach' | 'Walmdach';
type Corner = readonly [number, number, number];

interface Kind {
  readonly function: string;
  readonly share: number;
  readonly roofs: readonly Roof[];
  readonly width: readonly [number, number];
  readonly depth: readonly [number, number];
  readonly storeys: readonly [number, number];
}

const KINDS: readonly Kind[] = [
  { function: 'Wohnhaus', share: 52, roofs: ['Satteldach', 'Walmdach', 'Flachdach'], width: [14, 18], depth: [11, 13], storeys: [4, 6] },
  { function: 'Einfamilienhaus', share: 26, roofs: ['Satteldach', 'Walmdach'], width: [9, 12], depth: [8, 10], storeys: [1, 2] },
  { function: 'Wohn- und Geschäftshaus', share: 12, roofs: ['Flachdach', 'Satteldach'], width: [15, 18], depth: [13, 16], storeys: [5, 7] },
  { function: 'Bürohaus', share: 6, roofs: ['Flachdach'], width: [16, 18], depth: [16, 20], storeys: [6, 11] },
  { function: 'Schule', share: 2, roofs: ['Flachdach', 'Walmdach'], width: [16, 18], depth: [14, 18], storeys: [2, 3] },
  { function: 'Kita', share: 2, roofs: ['Flachdach'], width: [12, 16], depth: [10, 13], storeys: [1, 1] },
];
const SHARES = KINDS.reduce((sum, { share }) => sum + share, 0);

/**
 * Buildings of a demo quarter, made up, with roofs (LoD 2.2): a CityJSON sequence read by the reader that
 * real ones take. The first n of more buildings are the same buildings. Coordinates are EPSG:25832.
 */
export function demoBuildings(count: number): AsyncGenerator<SourceRow> {
  return readCityJson(lines(count));
}

/** @yields the sequence's lines: its head, then a CityJSONFeature each */
async function* lines(count: number): AsyncGenerator<Uint8Array> {
  const { eastingMetres, northingMetres } = toUtm32(DEMO_QUARTER);
  const translate = [Math.round(eastingMetres), Math.round(northingMetres), 0];
  const transform = { scale: [MILLIMETRE, MILLIMETRE, MILLIMETRE], translate };
  const metadata = { referenceSystem: 'https://www.opengis.net/def/crs/EPSG/0/25832' };
  yield line({ type: 'CityJSON', version: '2.0', transform, metadata, CityObjects: {}, vertices: [] });
  for (let lot = 0, made = 0; made < count; lot++) {
    const building = buildingOn(lot, made + 1);
    if (building === undefined) continue;
    made += 1;
    yield line(building);
  }
}

const line = (value: object): Uint8Array => new TextEncoder().encode(`${JSON.stringify(value)}\n`);

/** The building on a lot; some lots stay gardens. */
function buildingOn(lot: number, number: number): object | undefined {
  const random = seeded(7_000_003 + lot);
  const [block, place] = [Math.floor(lot / (2 * LOTS)), lot % (2 * LOTS)];
  if (random() < 0.06 || seeded(31 + block)() < 0.04) return undefined;
  const kind = kindOf(random() * SHARES);
  const [width, depth] = [between(kind.width, random()), between(kind.depth, random())];
  const storeys = Math.round(between(kind.storeys, random()));
  const roof = kind.roofs[Math.floor(random() * kind.roofs.length)]!;
  const eaves = 0.8 + storeys * 3.1;
  const ridge = roof === 'Flachdach' ? eaves : eaves + Math.min(5.5, depth * (0.3 + 0.15 * random()));
  const middle = lotAt(block, place, depth);
  const ground = 7 + 1.5 * random();
  const { vertices, rings, values } = solidOf(roof, width, depth, eaves, ridge);
  const id = `gebaeude-${number}`;
  const heightMetres = Math.round(ridge * 100) / 100;
  const semantics = { surfaces: [{ type: 'GroundSurface' }, { type: 'WallSurface' }, { type: 'RoofSurface' }], values: [values] };
  const geometry = [{ type: 'Solid', lod: '2.2', boundaries: [rings.map((ring) => [ring])], semantics }];
  const attributes = { heightMetres, function: kind.function, roof, storeys, street: `Musterstraße ${block + 1}`, houseNumber: place + 1 };
  const placed = vertices.map((corner) => place3d(corner, middle, ground));
  return { type: 'CityJSONFeature', id, CityObjects: { [id]: { type: 'Building', attributes, geometry } }, vertices: placed };
}

const between = ([least, most]: readonly [number, number], at: number): number => least + (most - least) * at;

function kindOf(at: number): Kind {
  let sum = 0;
  return KINDS.find(({ share }) => (sum += share) > at) ?? KINDS[0]!;
}

/** Middle of a lot's building, in metres along and across the quarter; fronts stand on the street's line. */
function lotAt(block: number, place: number, depth: number): readonly [number, number] {
  const [column, row] = [block % COLUMNS, Math.floor(block / COLUMNS)];
  const left = (column - COLUMNS / 2) * (BLOCK.width + STREET);
  const bottom = (row + FIRST_ROW) * (BLOCK.depth + STREET);
  const along = left + ((place % LOTS) + 0.5) * (BLOCK.width / LOTS);
  return [along, place < LOTS ? bottom + depth / 2 : bottom + BLOCK.depth - depth / 2];
}

/** Whole millimetres from the quarter's middle. */
function place3d([x, y, z]: Corner, [along, across]: readonly [number, number], ground: number): Corner {
  const [east, north] = demoOffset(along + x, across + y);
  return [east, north, ground + z].map((metres) => Math.round(metres / MILLIMETRE)) as unknown as Corner;
}

interface Shape {
  readonly vertices: readonly Corner[];
  /** Outer rings of the faces, seen from outside against the clock. */
  readonly rings: readonly (readonly number[])[];
  /** Surface of each face: 0 ground, 1 wall, 2 roof. */
  readonly values: readonly number[];
}

function solidOf(roof: Roof, width: number, depth: number, eaves: number, ridge: number): Shape {
  const [x, y] = [width / 2, depth / 2];
  const square = (z: number): Corner[] => [
    [-x, -y, z],
    [x, -y, z],
    [x, y, z],
    [-x, y, z],
  ];
  const ground = [3, 2, 1, 0];
  const [front, back] = [
    [0, 1, 5, 4],
    [2, 3, 7, 6],
  ];
  const body = [...square(0), ...square(eaves)];
  if (roof === 'Flachdach') {
    const rings = [ground, front, [1, 2, 6, 5], back, [3, 0, 4, 7], [4, 5, 6, 7]];
    return { vertices: body, rings, values: [0, 1, 1, 1, 1, 2] };
  }
  const inset = roof === 'Walmdach' ? Math.min(y, x * 0.9) : 0;
  const vertices: Corner[] = [...body, [-x + inset, 0, ridge], [x - inset, 0, ridge]];
  const slopes = [
    [4, 5, 9, 8],
    [6, 7, 8, 9],
  ];
  if (roof === 'Satteldach') return { vertices, rings: [ground, front, [1, 2, 6, 9, 5], back, [3, 0, 4, 8, 7], ...slopes], values: [0, 1, 1, 1, 1, 2, 2] };
  const rings = [ground, front, [1, 2, 6, 5], back, [3, 0, 4, 7], ...slopes, [5, 6, 9], [7, 4, 8]];
  return { vertices, rings, values: [0, 1, 1, 1, 1, 2, 2, 2, 2] };
}
