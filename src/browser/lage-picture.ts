import type { LageConfig, Place, SeenObject, Shape } from './lage-types.ts';

/** All that is known of the Lage here: the newest word on each object, however often and in whichever order it comes. */
export class SeenPicture {
  readonly objects = new Map<string, SeenObject>();
  readonly #ended = new Map<string, number>();

  /** @returns what is new, those that ended included */
  take(objects: readonly SeenObject[]): readonly SeenObject[] {
    const fresh: SeenObject[] = [];
    for (const object of objects) {
      const before = this.objects.get(object.id)?.seq ?? this.#ended.get(object.id) ?? 0;
      if (object.seq <= before) continue;
      if (object.ended) {
        this.objects.delete(object.id);
        this.#ended.set(object.id, object.seq);
      } else this.objects.set(object.id, object);
      fresh.push(object);
    }
    return fresh;
  }

  /** These are known no longer, but have not ended: they may come back with the word they had. */
  leave(ids: readonly string[]): void {
    for (const id of ids) this.objects.delete(id);
  }

  clear(): void {
    this.objects.clear();
    this.#ended.clear();
  }
}

const ms = (instant: string): number => Date.parse(instant);

/** How long ago it was so. */
export const ageMs = (object: Pick<SeenObject, 'eventAt'>, now: number): number => Math.max(0, now - ms(object.eventAt));

export const staleMs = (object: SeenObject, kinds: LageConfig['kinds']): number =>
  (object.staleAfterSeconds ?? kinds[object.kind]?.staleSeconds ?? 3600) * 1000;

export const isOld = (object: SeenObject, kinds: LageConfig['kinds'], now: number): boolean => ageMs(object, now) > staleMs(object, kinds);

/** All corners of a shape. */
export function places(shape: Shape | null): readonly Place[] {
  switch (shape?.type) {
    case undefined:
      return [];
    case 'Point':
      return [shape.coordinates];
    case 'LineString':
    case 'MultiPoint':
      return shape.coordinates;
    case 'Polygon':
    case 'MultiLineString':
      return shape.coordinates.flat();
    case 'MultiPolygon':
      return shape.coordinates.flat(2);
  }
}

/** West, south, east, north. */
export function extent(shape: Shape | null): readonly [number, number, number, number] | undefined {
  const all = places(shape);
  if (all.length === 0) return undefined;
  const box: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [lon, lat] of all) {
    box[0] = Math.min(box[0], lon);
    box[1] = Math.min(box[1], lat);
    box[2] = Math.max(box[2], lon);
    box[3] = Math.max(box[3], lat);
  }
  return box;
}

/** Where a shape's own sign or name stands. */
export function middle(shape: Shape | null): Place | undefined {
  const box = extent(shape);
  return box === undefined ? undefined : [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2];
}
