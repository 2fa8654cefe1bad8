import type { FilterSpecification, GeoJSONSource, GeoJSONSourceDiff, Map as LibreMap } from 'maplibre-gl';
import { isContradicted } from '../kernel/lage-signs.ts';
import { isDark } from './map-style.ts';
import { circle, isOld, middle, places } from './lage-picture.ts';
import type { LageConfig, Place, SeenObject, Shape } from './lage-types.ts';

type Feature = NonNullable<GeoJSONSourceDiff['add']>[number];
const SOURCE = 'lage-formen';
const LABELS = 'lage-namen';
/** More names at once nobody can read. */
const MOST_NAMES = 250;
const NAMES_FROM_ZOOM = 12;
/** Smaller circles say nothing at this size of signs. */
const LEAST_CIRCLE_METRES = 15;

/** Lines, areas and circles of uncertainty, and the names; only what has changed is handed to the map. */
export class ShapePainter {
  readonly #map: LibreMap;
  readonly #config: LageConfig;
  /** What the map has drawn for each object, by its features. */
  readonly #drawn = new Map<string, readonly string[]>();

  constructor(map: LibreMap, config: LageConfig) {
    this.#map = map;
    this.#config = config;
    map.addSource(SOURCE, { type: 'geojson', data: EMPTY, promoteId: 'id' });
    map.addSource(LABELS, { type: 'geojson', data: EMPTY });
    this.#layers();
  }

  #layers(): void {
    const part = (name: string, ...more: FilterSpecification[]): FilterSpecification => ['all', ['==', ['get', 'part'], name], ...more] as FilterSpecification;
    const old = (is: boolean): FilterSpecification => ['==', ['get', 'old'], is];
    const source = SOURCE;
    const colour = ['get', 'colour'] as ['get', string];
    this.#map.addLayer({ id: 'lage-kreise', type: 'fill', source, filter: part('circle'), paint: { 'fill-color': colour, 'fill-opacity': 0.12 } });
    this.#map.addLayer({
      ...{ id: 'lage-kreisraender', type: 'line', source, filter: part('circle') },
      paint: { 'line-color': colour, 'line-width': 1.2, 'line-opacity': 0.7, 'line-dasharray': [2, 2] },
    });
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
      ...{ id: 'lage-widerspruch', type: 'line', source, filter: ['all', ['get', 'contradicted'], ['!=', ['get', 'part'], 'circle']] as FilterSpecification },
      paint: { 'line-color': '#c81919', 'line-width': 1.5, 'line-gap-width': 6, 'line-dasharray': [1, 1] },
    });
    this.#map.addLayer({
      ...{ id: LABELS, type: 'symbol', source: LABELS, minzoom: NAMES_FROM_ZOOM - 1 },
      layout: {
        'text-field': ['get', 'title'],
        'text-font': ['Fira Sans'],
        'text-size': 12.5,
        'text-anchor': 'top',
        'text-offset': [0, 1.7],
        'text-optional': true,
      },
      paint: { 'text-color': isDark() ? '#eef1f8' : '#1d2433', 'text-halo-color': isDark() ? '#12151d' : '#ffffff', 'text-halo-width': 1.8 },
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

  /** Names of what is in sight; those of moving things follow them once in a while, not in each frame. */
  name(objects: Iterable<SeenObject>, placeOf: (object: SeenObject) => Place | undefined): void {
    const bounds = this.#map.getBounds();
    const features: Feature[] = [];
    if (this.#map.getZoom() >= NAMES_FROM_ZOOM - 1)
      for (const object of objects) {
        const place = placeOf(object);
        if (place === undefined || !bounds.contains([place[0], place[1]])) continue;
        features.push({ type: 'Feature', geometry: { type: 'Point', coordinates: [...place] }, properties: { title: object.title } });
        if (features.length === MOST_NAMES) break;
      }
    void this.#map.getSource<GeoJSONSource>(LABELS)?.setData({ type: 'FeatureCollection', features });
  }
}

function featuresOf(object: SeenObject, { kinds }: LageConfig, now: number): Feature[] {
  const { id, geometry, kind, uncertaintyMetres } = object;
  if (geometry === null) return [];
  const old = isOld(object, kinds, now);
  const colour = old ? '#6b7080' : (kinds[kind]?.colour ?? '#1a4298');
  const properties = { object: id, colour, old, contradicted: isContradicted(object.facts) };
  const feature = (part: string, shape: Shape): Feature => ({
    type: 'Feature',
    geometry: shape as unknown as Feature['geometry'],
    properties: { ...properties, part, id: `${id}#${part}` },
  });
  const found: Feature[] = [];
  if (geometry.type.endsWith('Polygon')) found.push(feature('area', geometry));
  if (geometry.type.endsWith('LineString')) found.push(feature('line', geometry));
  const at = geometry.type === 'Point' ? places(geometry)[0] : undefined;
  if (at !== undefined && (uncertaintyMetres ?? 0) >= LEAST_CIRCLE_METRES)
    found.push(feature('circle', { type: 'Polygon', coordinates: [circle(at, uncertaintyMetres!)] }));
  return found;
}

/** Where an object's sign stands: on its point, or in the middle of its shape. */
export const signPlace = (object: Pick<SeenObject, 'geometry'>): Place | undefined => middle(object.geometry);

const EMPTY = { type: 'FeatureCollection' as const, features: [] };
