import type { FilterSpecification, GeoJSONSource, GeoJSONSourceDiff, Map as LibreMap } from 'maplibre-gl';
import { isContradicted } from '../kernel/lage-signs.ts';
import { isOld, middle } from './lage-picture.ts';
import type { LageConfig, Place, SeenObject, Shape } from './lage-types.ts';

type Feature = NonNullable<GeoJSONSourceDiff['add']>[number];
const SOURCE = 'lage-formen';

/** Lines and areas; only what has changed is handed to the map. What has a place and may move is drawn above the map (`lage-marks.ts`). */
export class ShapePainter {
  readonly #map: LibreMap;
  readonly #config: LageConfig;
  /** What the map has drawn for each object, by its features. */
  readonly #drawn = new Map<string, readonly string[]>();

  constructor(map: LibreMap, config: LageConfig) {
    this.#map = map;
    this.#config = config;
    map.addSource(SOURCE, { type: 'geojson', data: EMPTY, promoteId: 'id' });
    this.#layers();
  }

  #layers(): void {
    const part = (name: string, ...more: FilterSpecification[]): FilterSpecification => ['all', ['==', ['get', 'part'], name], ...more] as FilterSpecification;
    const old = (is: boolean): FilterSpecification => ['==', ['get', 'old'], is];
    const source = SOURCE;
    const colour = ['get', 'colour'] as ['get', string];
    this.#map.addLayer({
      ...{ id: 'lage-flaechen', type: 'fill', source, filter: part('area') },
      paint: { 'fill-color': colour, 'fill-opacity': ['case', ['get', 'old'], 0.07, 0.2] },
    });
    const lines = (id: string, filter: FilterSpecification, width: number, dashes?: number[]): void => {
      const paint = { 'line-color': colour, 'line-width': width, ...(dashes === undefined ? {} : { 'line-dasharray': dashes }) };
      this.#map.addLayer({ id, type: 'line', source, filter, layout: { 'line-cap': 'butt', 'line-join': 'round' }, paint });
    };
    lines('lage-raender', part('area', old(false)), 2.5);
    lines('lage-raender-alt', part('area', old(true)), 2, [3, 3]);
    lines('lage-linien', part('line', old(false)), 4.5);
    lines('lage-linien-alt', part('line', old(true)), 3, [2, 2]);
    this.#map.addLayer({
      ...{ id: 'lage-widerspruch', type: 'line', source, filter: ['==', ['get', 'contradicted'], true] as FilterSpecification },
      paint: { 'line-color': '#c81919', 'line-width': 1.5, 'line-gap-width': 6, 'line-dasharray': [1, 1] },
    });
  }

  /** Layers that answer to a click. */
  readonly clickable = ['lage-linien', 'lage-linien-alt', 'lage-flaechen'] as const;

  /** @param changed with their newest state; those not `shown` go */
  update(changed: readonly SeenObject[], shown: (object: SeenObject) => boolean, now: number): void {
    const diff: Required<Pick<GeoJSONSourceDiff, 'add' | 'remove'>> = { add: [], remove: [] };
    for (const object of changed) {
      const features = !object.ended && shown(object) ? featuresOf(object, this.#config, now) : [];
      const keep = features.map(({ properties }) => String(properties?.['id']));
      for (const id of this.#drawn.get(object.id) ?? []) if (!keep.includes(id)) diff.remove.push(id);
      if (keep.length === 0) this.#drawn.delete(object.id);
      else this.#drawn.set(object.id, keep);
      diff.add.push(...features);
    }
    if (diff.add.length + diff.remove.length > 0) void this.#map.getSource<GeoJSONSource>(SOURCE)?.updateData(diff);
  }
}

/** What is old is grey. */
export const colourOf = (kind: string, old: boolean, kinds: LageConfig['kinds']): string => (old ? '#6b7080' : (kinds[kind]?.colour ?? '#1a4298'));

function featuresOf(object: SeenObject, { kinds }: LageConfig, now: number): Feature[] {
  const { id, geometry, kind } = object;
  if (geometry === null) return [];
  const old = isOld(object, kinds, now);
  const colour = colourOf(kind, old, kinds);
  const properties = { object: id, colour, old, contradicted: isContradicted(object.facts) };
  const feature = (part: string, shape: Shape): Feature => ({
    type: 'Feature',
    geometry: shape as unknown as Feature['geometry'],
    properties: { ...properties, part, id: `${id}#${part}` },
  });
  const found: Feature[] = [];
  if (geometry.type.endsWith('Polygon')) found.push(feature('area', geometry));
  if (geometry.type.endsWith('LineString')) found.push(feature('line', geometry));
  return found;
}

/** Where an object's sign stands: on its point, or in the middle of its shape. */
export const signPlace = (object: Pick<SeenObject, 'geometry'>): Place | undefined => middle(object.geometry);

const EMPTY = { type: 'FeatureCollection' as const, features: [] };
