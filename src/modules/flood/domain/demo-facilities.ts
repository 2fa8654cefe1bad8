import { fromUtm32 } from '../../../kernel/geo.ts';
import { demoTerrain } from './demo-terrain.ts';

export interface DemoFacility {
  readonly id: string;
  readonly geometry: { readonly type: 'Point'; readonly coordinates: readonly [number, number] };
  readonly properties: Readonly<Record<string, unknown>>;
}

const KINDS = [
  ['Grundschule', 320],
  ['Krankenhaus', 480],
  ['Pflegeheim', 90],
  ['Kita', 70],
  ['Umspannwerk', 2],
  ['Pumpwerk', 1],
  ['Feuerwache', 24],
  ['Stadtteilschule', 860],
] as const;

/** Metres from the south-west corner of the demo's ground: the northern marsh, the island, the port. */
const PLACES = [
  [4_650, 7_120],
  [5_320, 7_480],
  [5_900, 7_050],
  [3_300, 6_500],
  [6_800, 6_900],
  [8_200, 6_250],
  [2_100, 6_300],
  [5_200, 4_200],
  [6_100, 3_700],
  [7_400, 3_300],
  [8_600, 3_900],
  [6_700, 4_500],
  [2_050, 4_480],
  [2_300, 3_960],
  [1_900, 3_470],
  [3_500, 2_700],
  [4_400, 9_600],
  [7_000, 9_700],
] as const;

/** Facilities on the demo's ground, made up: schools, a hospital, homes, works. */
export function demoFacilities(): readonly DemoFacility[] {
  const { westMetres, southMetres } = demoTerrain(4).grid;
  return PLACES.map(([x, y], n) => {
    const [kind, people] = KINDS[n % KINDS.length]!;
    const { lon, lat } = fromUtm32(westMetres + x, southMetres + y);
    return {
      id: `einrichtung-${n + 1}`,
      geometry: { type: 'Point', coordinates: [lon, lat] },
      properties: { name: `${kind} ${String.fromCodePoint(65 + n)} (Demo)`, kind, people },
    };
  });
}
