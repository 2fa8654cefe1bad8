import type { Map as LibreMap } from 'maplibre-gl';
import type { SunPosition } from '../kernel/sun.ts';
import { MeshPainter, NUMBERS_A_CORNER } from './mesh-layer.ts';
import { housesWithout, sourceOf } from './twin-collections.ts';

/** As `/api/twin/buildings` answers: corners in centimetres from the origin. */
interface Answer {
  readonly origin: { readonly lon: number; readonly lat: number };
  readonly buildings: readonly Building[];
}
interface Building {
  readonly id: string;
  readonly corners: readonly number[];
  readonly walls: readonly number[];
  readonly roof: readonly number[];
}

/** From here on houses are few enough to be drawn one by one. */
const FROM_ZOOM = 13.5;
const CELL = { lon: 0.01, lat: 0.005 } as const;
/** So far around the middle, in cells. */
const REACH = 2;
const MOST_CELLS = 60;

/** Houses with roofs and shadows of one collection, loaded by cells around the map's middle. */
export class TwinHouses {
  readonly #map: LibreMap;
  readonly #collection: string;
  readonly #painter: MeshPainter;
  /** The houses of each cell that has been asked for. */
  readonly #cells = new Map<string, readonly string[]>();

  constructor(map: LibreMap, collection: string) {
    this.#map = map;
    this.#collection = collection;
    this.#painter = new MeshPainter(map);
    const [shadows, houses] = this.#painter.layers();
    const above = map.getLayer(`${sourceOf(collection)}-haus`) === undefined ? undefined : `${sourceOf(collection)}-haus`;
    map.addLayer({ ...shadows, id: `${sourceOf(collection)}-schatten` }, above);
    map.addLayer({ ...houses, id: `${sourceOf(collection)}-dach` });
  }

  shine(sun: SunPosition): void {
    this.#painter.shine(sun);
  }

  /** Loads what has come into sight. */
  async look(): Promise<void> {
    if (this.#map.getZoom() < FROM_ZOOM) return;
    const { lng, lat } = this.#map.getCenter();
    const bounds = this.#map.getBounds();
    const wanted: [number, number, number][] = [];
    for (let x = Math.floor(lng / CELL.lon) - REACH; x <= Math.floor(lng / CELL.lon) + REACH; x++) {
      for (let y = Math.floor(lat / CELL.lat) - REACH; y <= Math.floor(lat / CELL.lat) + REACH; y++) {
        const outside =
          (x + 1) * CELL.lon < bounds.getWest() ||
          x * CELL.lon > bounds.getEast() ||
          (y + 1) * CELL.lat < bounds.getSouth() ||
          y * CELL.lat > bounds.getNorth();
        if (!outside && !this.#cells.has(`${x}/${y}`)) wanted.push([x, y, Math.hypot((x + 0.5) * CELL.lon - lng, 2 * ((y + 0.5) * CELL.lat - lat))]);
      }
    }
    // the nearest first, one after the other: the city serves others, too
    for (const [x, y] of wanted.toSorted((a, b) => a[2] - b[2])) await this.#load(x, y);
    if (wanted.length > 0) this.#map.setFilter(`${sourceOf(this.#collection)}-haus`, housesWithout([...this.#cells.values()].flat()));
  }

  async #load(x: number, y: number): Promise<void> {
    const key = `${x}/${y}`;
    if (this.#cells.has(key)) return;
    this.#cells.set(key, []);
    const box = [x * CELL.lon, y * CELL.lat, (x + 1) * CELL.lon, (y + 1) * CELL.lat].map((degrees) => degrees.toFixed(3)).join(',');
    const answer = await fetch(`/api/twin/buildings/${this.#collection}?bbox=${box}`).catch(() => undefined);
    if (answer?.ok !== true) return;
    const { origin, buildings } = (await answer.json()) as Answer;
    const known = new Set([...this.#cells.values()].flat());
    const fresh = buildings.filter(({ id }) => !known.has(id));
    this.#cells.set(
      key,
      fresh.map(({ id }) => id),
    );
    this.#painter.set(key, { origin, numbers: numbersOf(fresh) });
    for (const oldest of [...this.#cells.keys()].slice(0, Math.max(0, this.#cells.size - MOST_CELLS))) {
      this.#cells.delete(oldest);
      this.#painter.set(oldest, undefined);
    }
  }
}

/** Triangles with their normals, as the painter draws them. */
function numbersOf(buildings: readonly Building[]): Float32Array {
  const corners = buildings.reduce((sum, { walls, roof }) => sum + walls.length + roof.length, 0);
  const numbers = new Float32Array(corners * NUMBERS_A_CORNER);
  let next = 0;
  for (const { corners: places, walls, roof } of buildings) {
    for (const [triangles, tiled] of [[walls, 0] as const, [roof, 1] as const]) {
      for (let index = 0; index < triangles.length; index += 3) {
        const [a, b, c] = [0, 1, 2].map((at) => [0, 1, 2].map((axis) => places[3 * triangles[index + at]! + axis]! / 100)) as [number[], number[], number[]];
        const normal = across(a, b, c);
        for (const place of [a, b, c]) {
          numbers.set([...place, ...normal, tiled], next);
          next += NUMBERS_A_CORNER;
        }
      }
    }
  }
  return numbers;
}

function across(a: readonly number[], b: readonly number[], c: readonly number[]): number[] {
  const [u, v] = [b, c].map((one) => one.map((metres, axis) => metres - a[axis]!)) as [number[], number[]];
  const normal = [u[1]! * v[2]! - u[2]! * v[1]!, u[2]! * v[0]! - u[0]! * v[2]!, u[0]! * v[1]! - u[1]! * v[0]!];
  const length = Math.hypot(...normal) || 1;
  return normal.map((one) => one / length);
}
