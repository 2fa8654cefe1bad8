import { pointInRing, type Position, type Ring } from '../../../kernel/geo.ts';
import type { SourceRow } from './source.ts';

/** A district whose streets get trees. */
export interface DemoDistrict {
  readonly name: string;
  readonly rings: readonly Ring[];
}

interface Species {
  readonly latin: string;
  readonly german: string;
  readonly share: number;
  /** Growth of the trunk's circumference and of the crown's diameter a year. */
  readonly trunkCm: number;
  readonly crownMetres: number;
}

const SPECIES: readonly Species[] = [
  { latin: 'Tilia cordata', german: 'Winter-Linde', share: 24, trunkCm: 2.1, crownMetres: 0.14 },
  { latin: 'Quercus robur', german: 'Stiel-Eiche', share: 21, trunkCm: 2.4, crownMetres: 0.17 },
  { latin: 'Acer platanoides', german: 'Spitz-Ahorn', share: 16, trunkCm: 2.2, crownMetres: 0.15 },
  { latin: 'Carpinus betulus', german: 'Hainbuche', share: 8, trunkCm: 1.7, crownMetres: 0.12 },
  { latin: 'Betula pendula', german: 'Sand-Birke', share: 7, trunkCm: 1.9, crownMetres: 0.11 },
  { latin: 'Aesculus hippocastanum', german: 'Rosskastanie', share: 6, trunkCm: 2.5, crownMetres: 0.16 },
  { latin: 'Platanus acerifolia', german: 'Platane', share: 6, trunkCm: 3, crownMetres: 0.2 },
  { latin: 'Fraxinus excelsior', german: 'Esche', share: 5, trunkCm: 2.3, crownMetres: 0.15 },
  { latin: 'Prunus avium', german: 'Vogel-Kirsche', share: 4, trunkCm: 1.8, crownMetres: 0.13 },
  { latin: 'Ginkgo biloba', german: 'Ginkgo', share: 3, trunkCm: 1.3, crownMetres: 0.07 },
];
const SHARES = SPECIES.reduce((sum, { share }) => sum + share, 0);
const METRES_A_DEGREE = 111_320;

/** Numbers in [0, 1) from a seed, the same on every machine (mulberry32, T. Ettinger 2017, public domain). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/**
 * Street trees of a demo city, made up: straight streets inside the districts with a tree every ten to
 * fourteen metres on both sides. The first n of more trees are the same trees.
 * @param outside places without streets, e.g. water
 */
export async function* demoTrees(count: number, districts: readonly DemoDistrict[], outside: (place: Position) => boolean): AsyncGenerator<SourceRow> {
  const areas = districts.map((district) => ({ ...district, ...frameOf(district) }));
  const weights = areas.map(({ size }) => size);
  const total = weights.reduce((sum, size) => sum + size, 0);
  let row = 0;
  for (let street = 0; row < count; street++) {
    const random = seeded(street + 1);
    const area = areas[pick(weights, random() * total)]!;
    for (const place of treesOfStreet(area, random)) {
      if (!area.rings.some((ring) => pointInRing(place, ring)) || outside(place)) continue;
      row += 1;
      yield { row, value: treeOf(row, street, area.name, place, random) };
      if (row === count) return;
    }
    if (street > count * 10 + 1000) return; // districts without ground
  }
}

function frameOf({ rings }: DemoDistrict): {
  readonly west: number;
  readonly south: number;
  readonly width: number;
  readonly height: number;
  readonly size: number;
} {
  const [lons, lats] = [rings.flat().map(([lon]) => lon), rings.flat().map(([, lat]) => lat)];
  const [west, south] = [Math.min(...lons), Math.min(...lats)];
  const [width, height] = [Math.max(...lons) - west, Math.max(...lats) - south];
  return { west, south, width, height, size: width * height };
}

function pick(weights: readonly number[], at: number): number {
  let sum = 0;
  const found = weights.findIndex((weight) => (sum += weight) > at);
  return found === -1 ? weights.length - 1 : found;
}

function* treesOfStreet(area: ReturnType<typeof frameOf>, random: () => number): Generator<Position> {
  const start = { lon: area.west + random() * area.width, lat: area.south + random() * area.height };
  const heading = random() * Math.PI;
  const lengthMetres = 200 + random() * 700;
  const scale = Math.cos((start.lat * Math.PI) / 180);
  const shift = (along: number, across: number): Position => ({
    lon: round(start.lon + (Math.sin(heading) * along + Math.cos(heading) * across) / (METRES_A_DEGREE * scale)),
    lat: round(start.lat + (Math.cos(heading) * along - Math.sin(heading) * across) / METRES_A_DEGREE),
  });
  for (let along = 0; along < lengthMetres; along += 10 + random() * 4) {
    for (const side of [-1, 1]) if (random() > 0.12) yield shift(along, side * (6 + random()));
  }
}

function treeOf(row: number, street: number, district: string, { lon, lat }: Position, random: () => number) {
  const kind =
    SPECIES[
      pick(
        SPECIES.map(({ share }) => share),
        random() * SHARES,
      )
    ]!;
  const age = Math.floor(3 + 90 * random() ** 1.6);
  const vigour = 0.75 + 0.5 * random();
  return {
    id: `baum-${row}`,
    geometry: { type: 'Point', coordinates: [lon, lat] },
    properties: {
      baumnummer: row,
      art_latein: kind.latin,
      art_deutsch: kind.german,
      pflanzjahr: 2026 - age,
      stammumfang_cm: Math.round(16 + age * kind.trunkCm * vigour),
      kronendurchmesser_m: Math.round((1 + age * kind.crownMetres * vigour) * 10) / 10,
      strasse: `Demostraße ${street + 1}`,
      bezirk: district,
    },
  };
}

const round = (degrees: number): number => Math.round(degrees * 1e7) / 1e7;
