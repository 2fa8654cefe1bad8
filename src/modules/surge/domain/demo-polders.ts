import { CLOSING_MINUTES, GATE_KINDS, type GateFacts, type PolderFacts, type ZoneFacts } from './gates.ts';
import { seeded } from './seeded.ts';

export interface DemoPolder extends PolderFacts {
  readonly gates: readonly Omit<GateFacts, 'polder'>[];
}

const FIRST = ['Möwen', 'Reiher', 'Otter', 'Seiler', 'Anker', 'Boots', 'Fähr', 'Kran', 'Silo', 'Tau', 'Pfahl', 'Schilf'];
const SECOND = ['haken', 'kamp', 'sand', 'wisch', 'ort', 'brack', 'höft'];
const GATE_NAMES = ['Zufahrt West', 'Zufahrt Ost', 'Gleisdurchfahrt', 'Kaizugang'];

/**
 * 76 polders with gates along the Elbe, made by this project: names, places, heights and people are invented, and the same for the
 * same seed. No one may take them for those of the port.
 */
export function demoPolders(seed = 1): DemoPolder[] {
  const random = seeded(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  return Array.from({ length: 76 }, (_, index) => {
    const code = `P${String(index + 1).padStart(2, '0')}`;
    const lon = round(9.86 + ((index % 19) / 19) * 0.19 + random() * 0.006, 5);
    const lat = round(53.497 + Math.floor(index / 19) * 0.011 + random() * 0.006, 5);
    const gates = Array.from({ length: 1 + Math.floor(random() * 3) }, (__, gate) => {
      const kind = pick(GATE_KINDS);
      return {
        code: `${code}-${gate + 1}`,
        name: GATE_NAMES[gate]!,
        kind,
        closingMetres: round(3.7 + random() * 2.1, 2),
        closingMinutes: CLOSING_MINUTES[kind],
        pilot: `Polderpilot ${1 + (index % 26)} (Demo)`,
        lon: round(lon + (gate - 1) * 0.0012, 5),
        lat: round(lat + 0.0008, 5),
        streamId: null,
      };
    });
    const name = `${FIRST[index % FIRST.length]!}${SECOND[index % SECOND.length]!} (Demo)`;
    return { code, name, people: 20 + Math.floor(random() * 380), facilities: Math.floor(random() * 4), lon, lat, synthetic: true, gates };
  });
}

/** Six zones to be cleared with about 55,000 people together, invented like the polders. */
export function demoZones(): ZoneFacts[] {
  return [14_000, 11_500, 9800, 8200, 6700, 4800].map((people, index) => {
    const [west, south] = [9.965 + (index % 3) * 0.022, 53.47 + Math.floor(index / 3) * 0.014];
    const [east, north] = [round(west + 0.02, 5), round(south + 0.012, 5)];
    const ring = [
      [west, south],
      [east, south],
      [east, north],
      [west, north],
      [west, south],
    ].map(([x, y]) => [round(x!, 5), round(y!, 5)] as const);
    const letter = String.fromCodePoint(65 + index);
    return {
      code: `Z-${letter}`,
      name: `Räumzone ${letter} (Demo)`,
      people,
      helpers: Math.ceil(people / 150),
      minutes: 150 + index * 15,
      area: { type: 'Polygon' as const, coordinates: [ring] },
      synthetic: true,
    };
  });
}

const round = (value: number, digits: number): number => Math.round(value * 10 ** digits) / 10 ** digits;
