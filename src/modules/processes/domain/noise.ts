import { areaOf, gridOf, needsAround, type Area } from './area.ts';
import { closedBy, type Closed } from './closed.ts';
import { linesOf, numberOf, patchesOf, PROPERTY, spotOf } from './geojson.ts';
import { countMarked, emptyMask, type Grid, type Mask } from './grid.ts';
import { NotCalculable, type Calculated, type Model, type Parameters } from './model.ts';
import { NOISE } from './noise-description.ts';
import { multiPolygon } from './outline.ts';
import { inPatch, shortPieces, type Patch, type Spot } from './plane.ts';
import type { GeoJsonFeature } from './process.ts';
import {
  DAY_SHARE_PER_HOUR,
  energyAt,
  levelOf,
  LORRY_PERCENT,
  preparedPiece,
  roadPower,
  TRAILER_PERCENT,
  type PreparedPiece,
  type SoundPiece,
} from './road-noise.ts';

const CELL_METRES = 5;
const MOST_CELLS = 40_000;
/** Farther roads add little and are not looked at. */
export const REACH_METRES = 400;
const MOST_PIECES = 20_000;
const LONGEST_PIECE_METRES = 100;
/** Pieces are kept by their middle: within a tile's width lies everything within reach. */
const TILE_METRES = REACH_METRES + LONGEST_PIECE_METRES / 2;
/** Lower limits of the bands in dB(A). */
export const BANDS = [55, 60, 65] as const;

interface Road {
  readonly line: readonly Spot[];
  readonly vehiclesPerDay: number;
  readonly speedKmh?: number;
}

/** Roads that say how many vehicles use them in a day. */
export function roadsOf(features: readonly GeoJsonFeature[], closed: Closed): readonly Road[] {
  return features.flatMap((feature) => {
    const vehiclesPerDay = numberOf(feature, PROPERTY.traffic);
    if (vehiclesPerDay === undefined || feature.geometry === null || closed.ids.has(String(feature.id))) return [];
    const speedKmh = numberOf(feature, PROPERTY.speed);
    return linesOf(feature.geometry).map((line) => ({ line, vehiclesPerDay, ...(speedKmh === undefined ? {} : { speedKmh }) }));
  });
}

export function piecesOf(roads: readonly Road[], { traffic, speed }: Parameters, closed: Closed): readonly SoundPiece[] {
  return roads.flatMap(({ line, vehiclesPerDay, speedKmh = speed! }) => {
    const power = roadPower({
      vehiclesPerHour: (vehiclesPerDay * DAY_SHARE_PER_HOUR * traffic!) / 100,
      lorryPercent: LORRY_PERCENT,
      trailerPercent: TRAILER_PERCENT,
      speedKmh: Math.max(30, speedKmh),
    });
    return line.slice(1).flatMap((to, i) =>
      shortPieces(line[i]!, to, LONGEST_PIECE_METRES)
        .filter(([a, b]) => !closed.covers(a, b))
        .map(([a, b]): SoundPiece => ({ from: a, to: b, power })),
    );
  });
}

/** Levels at many spots; only pieces within reach count. */
export class SoundField {
  readonly #tiles = new Map<string, PreparedPiece[]>();
  #last: { readonly key: string; readonly near: readonly (readonly PreparedPiece[])[] } = { key: '', near: [] };

  constructor(pieces: readonly SoundPiece[]) {
    for (const piece of pieces) {
      const key = tileOf((piece.from[0] + piece.to[0]) / 2, (piece.from[1] + piece.to[1]) / 2);
      const known = this.#tiles.get(key);
      if (known === undefined) this.#tiles.set(key, [preparedPiece(piece)]);
      else known.push(preparedPiece(piece));
    }
  }

  /** dB(A); `-Infinity` where nothing sounds within reach. */
  levelAt([x, y]: Spot): number {
    let energy = 0;
    for (const pieces of this.#around(Math.floor(x / TILE_METRES), Math.floor(y / TILE_METRES)))
      for (const piece of pieces) energy += energyAt(x, y, piece, REACH_METRES);
    return levelOf(energy);
  }

  /** Pieces of a tile and of those beside it; receivers of a tile come one after the other. */
  #around(column: number, row: number): readonly (readonly PreparedPiece[])[] {
    const key = `${column},${row}`;
    if (this.#last.key !== key) {
      const near = [-1, 0, 1].flatMap((dx) => [-1, 0, 1].map((dy) => this.#tiles.get(`${column + dx},${row + dy}`) ?? []));
      this.#last = { key, near };
    }
    return this.#last.near;
  }
}

const tileOf = (x: number, y: number): string => `${Math.floor(x / TILE_METRES)},${Math.floor(y / TILE_METRES)}`;

interface Receivers {
  readonly grid: Grid;
  readonly within: Mask;
  readonly people: readonly { readonly spot: Spot; readonly people: number }[];
  readonly buildings: readonly Patch[];
}

/**
 * Road noise by day as a screening estimate: emission of RLS-19 from vehicles a day, spreading over
 * flat, open ground, without screening by buildings, reflections and surfaces. No calculation in the
 * sense of the 16. BImSchV. Units: dB(A), 4 m above ground, 6 to 22 o'clock.
 */
export const noise: Model = {
  description: NOISE,
  needs: (inputs) =>
    needsAround(inputs, [
      ['roads', REACH_METRES],
      ['population', 0],
      ['buildings', 0],
    ]),
  prepare(inputs, data) {
    const area = areaOf(inputs);
    const closed = closedBy(inputs);
    const roads = roadsOf([...(data['roads'] ?? []), ...(inputs.features['addRoads'] ?? [])], closed);
    const receivers = {
      ...gridOf(area, CELL_METRES, MOST_CELLS),
      people: peopleIn(data['population'] ?? [], area),
      buildings: buildingsIn(data['buildings'] ?? [], area),
    };
    return (parameters) => {
      const pieces = piecesOf(roads, parameters, closed);
      if (pieces.length > MOST_PIECES) throw new NotCalculable('In der Umgebung sind zu viele Straßen. Wählen Sie ein kleineres Gebiet.');
      return { ...bandsOf(receivers, new SoundField(pieces), roads.length) };
    };
  },
};

function peopleIn(features: readonly GeoJsonFeature[], { patches }: Area): Receivers['people'] {
  return features.flatMap((feature) => {
    const people = numberOf(feature, PROPERTY.people);
    const spot = feature.geometry === null ? undefined : spotOf(feature.geometry);
    return people === undefined || spot === undefined || !patches.some((patch) => inPatch(spot, patch)) ? [] : [{ spot, people }];
  });
}

const buildingsIn = (features: readonly GeoJsonFeature[], { patches }: Area): readonly Patch[] =>
  features.flatMap(({ geometry }) => (geometry === null ? [] : patchesOf(geometry))).filter(([outer]) => patches.some((patch) => inPatch(outer![0]!, patch)));

/** The loudest middle of a wall. */
function facadeLevel([outer]: Patch, field: SoundField): number {
  let loudest = -Infinity;
  for (let i = 1; i < outer!.length; i++) {
    const [a, b] = [outer![i - 1]!, outer![i]!];
    loudest = Math.max(loudest, field.levelAt([(a[0] + b[0]) / 2, (a[1] + b[1]) / 2]));
  }
  return loudest;
}

function bandsOf({ grid, within, people, buildings }: Receivers, field: SoundField, roads: number): Calculated {
  const levels = new Float32Array(within.length).fill(-Infinity);
  for (let i = 0; i < within.length; i++) {
    if (within[i] === 0) continue;
    levels[i] = field.levelAt([grid.west + ((i % grid.columns) + 0.5) * grid.cell, grid.south + (Math.floor(i / grid.columns) + 0.5) * grid.cell]);
  }
  const atHome = people.map(({ spot, people: count }) => ({ count, level: field.levelAt(spot) }));
  const facades = buildings.map((patch) => facadeLevel(patch, field));
  const above = (limit: number): Readonly<Record<string, number>> => ({
    [`area${limit}`]: countMarked(levels.map((one) => (one >= limit ? 1 : 0)) as unknown as Mask, within) * grid.cell ** 2,
    [`people${limit}`]: atHome.reduce((sum, { count, level }) => sum + (level >= limit ? count : 0), 0),
    [`buildings${limit}`]: facades.filter((one) => one >= limit).length,
  });
  const bands = BANDS.map((from, i) => ({ from, to: BANDS[i + 1] ?? Infinity }));
  return {
    numbers: { ...Object.assign({}, ...BANDS.map(above)), people: atHome.reduce((sum, { count }) => sum + count, 0), buildings: buildings.length, roads },
    layers: {
      noise: {
        type: 'FeatureCollection',
        features: bands.map(({ from, to }) => {
          const mask = emptyMask(grid);
          for (let i = 0; i < mask.length; i++) mask[i] = levels[i]! >= from && levels[i]! < to ? 1 : 0;
          const properties = { fromDecibel: from, toDecibel: Number.isFinite(to) ? to : null };
          return { type: 'Feature', geometry: multiPolygon(grid, mask), properties };
        }),
      },
    },
  };
}
