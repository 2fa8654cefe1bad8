import { setImmediate as breathe } from 'node:timers/promises';
import type { Context } from '../../../platform/context.ts';
import { fromUtm32, toUtm32 } from '../../../kernel/geo.ts';
import { collectionFor, featuresIn } from '../../geodata/public.ts';
import type { Place } from '../domain/affected.ts';
import type { GridFrame } from '../domain/grid.ts';
import { RUNNER } from './context.ts';

/** Collections of the city that say who and what is there. */
export const COLLECTIONS = { people: 'bevoelkerung', building: 'gebaeude', facility: 'einrichtungen' } as const;
const MOST_FEATURES = 150_000;

export interface Places {
  readonly places: readonly Place[];
  /** Collections that are not there or too large. */
  readonly unknown: readonly string[];
}

/** West, south, east, north in degrees, around all of a grid. */
export function boxOfGrid({ westMetres, southMetres, columns, rows, cellMetres }: GridFrame): readonly [number, number, number, number] {
  const corners = cornersOf({ westMetres, southMetres, columns, rows, cellMetres });
  const [lons, lats] = [corners.map(([lon]) => lon), corners.map(([, lat]) => lat)];
  return [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)];
}

/** North-west, north-east, south-east, south-west, as a map lays a picture over itself. */
export function cornersOf({ westMetres, southMetres, columns, rows, cellMetres }: GridFrame): readonly (readonly [number, number])[] {
  const [east, north] = [westMetres + columns * cellMetres, southMetres + rows * cellMetres];
  return (
    [
      [westMetres, north],
      [east, north],
      [east, southMetres],
      [westMetres, southMetres],
    ] as const
  ).map(([x, y]) => {
    const { lon, lat } = fromUtm32(x, y);
    return [lon, lat] as const;
  });
}

const kept = new WeakMap<object, Map<string, { readonly stamp: string; readonly places: Places }>>();

/** Who and what stands on a grid, as the city's data say; kept until a collection changes. */
export async function placesOn(ctx: Pick<Context, 'database'>, frame: GridFrame): Promise<Places> {
  const box = boxOfGrid(frame);
  const found = await Promise.all(Object.values(COLLECTIONS).map((id) => collectionFor(ctx, RUNNER, id)));
  const stamp = found.map((one) => (one.ok ? `${one.value.id} ${one.value.changedAt.toString()} ${one.value.features}` : '-')).join();
  const known = kept.get(ctx.database) ?? new Map<string, { stamp: string; places: Places }>();
  kept.set(ctx.database, known);
  const key = box.join();
  const before = known.get(key);
  if (before?.stamp === stamp) return before.places;
  const places: Place[] = [];
  const unknown: string[] = [];
  for (const [kind, id] of Object.entries(COLLECTIONS) as [Place['kind'], string][]) {
    const features = await featuresIn(ctx, RUNNER, id, box, MOST_FEATURES);
    if (!features.ok) unknown.push(id);
    else
      for (const text of features.value.texts) {
        for (const feature of JSON.parse(`[${text}]`) as Feature[]) places.push(...placeOf(kind, feature));
        // others are served between two pieces
        await breathe();
      }
  }
  if (known.size > 8) known.clear();
  known.set(key, { stamp, places: { places, unknown } });
  return { places, unknown };
}

interface Feature {
  readonly id?: string | number;
  readonly geometry: { readonly type: string; readonly coordinates: unknown } | null;
  readonly properties: Readonly<Record<string, unknown>> | null;
}

function placeOf(kind: Place['kind'], { id, geometry, properties }: Feature): readonly Place[] {
  const corner = firstCorner(geometry?.coordinates);
  if (corner === undefined) return [];
  const text = (value: unknown): string => (typeof value === 'string' ? value : '');
  const people = Number(properties?.['people'] ?? 0);
  const name = text(properties?.['name']) || String(id ?? '');
  return [
    {
      kind,
      name,
      what: text(properties?.['kind']),
      lon: corner[0],
      lat: corner[1],
      people: people > 0 ? people : 0,
      ...toUtm32({ lon: corner[0], lat: corner[1] }),
    },
  ];
}

/** A building is where its first corner is: cells are as wide as a house. */
function firstCorner(coordinates: unknown): readonly [number, number] | undefined {
  let at = coordinates;
  while (Array.isArray(at) && Array.isArray(at[0])) at = at[0] as unknown;
  const [lon, lat] = Array.isArray(at) ? (at as unknown[]) : [];
  return typeof lon === 'number' && typeof lat === 'number' ? [lon, lat] : undefined;
}
