import { LAYERS } from '../../../kernel/lage.ts';
import { CITY_ZONE } from '../../../kernel/time.ts';
import { MAX_ZOOM, MIN_ZOOM } from '../../../platform/ui/map-projection.ts';
import { isPreset } from '../../../kernel/lage-presets.ts';
import type { MapView } from '../domain/view.ts';

export const FIRST_ZOOM = 11;
export const pathOf = (key: string): string => `/lagen/${encodeURIComponent(key)}/karte`;

const within = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value));
const EARLIEST = Temporal.Instant.from('2000-01-01T00:00:00Z');

/** Reads the address; what cannot be read falls back to the whole picture of now. */
export function readView(query: URLSearchParams, now: Temporal.Instant): MapView {
  const [lon, lat] = (query.get('c') ?? '').split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
  const zoom = Number(query.get('z') || Number.NaN);
  const chosen = query.getAll('ebene');
  const [preset, at] = [query.get('sicht') ?? '', readTime(query.get('zeit') ?? '', now)];
  const [text, object] = [(query.get('q') ?? '').trim().slice(0, 100), (query.get('objekt') ?? '').slice(0, 100)];
  const table = LAYERS.find((layer) => layer === query.get('tabelle'));
  const from = /^\d{1,6}$/.test(query.get('ab') ?? '') ? Number(query.get('ab')) : 0;
  return {
    ...(Number.isFinite(lon) && Number.isFinite(lat) ? { centre: { lon: within(lon!, -180, 180), lat: within(lat!, -85, 85) } } : {}),
    zoom: Number.isFinite(zoom) ? within(Math.round(zoom * 100) / 100, MIN_ZOOM, MAX_ZOOM) : FIRST_ZOOM,
    ...(chosen.length === 0 ? {} : { layers: LAYERS.filter((layer) => chosen.includes(layer)) }),
    ...(isPreset(preset) ? { preset } : {}),
    ...(at === undefined ? {} : { at }),
    ...(text === '' ? {} : { text }),
    ...(object === '' ? {} : { object }),
    grid: query.get('gitter') === '1',
    overlays: [...new Set(query.getAll('bild').map((id) => id.slice(0, 100)))].slice(0, 4),
    ...(table === undefined ? {} : { table: { layer: table, from } }),
  };
}

/** As a browser's field sends it, or as an instant; the future is not known. */
function readTime(text: string, now: Temporal.Instant): Temporal.Instant | undefined {
  if (text === '' || text.length > 40) return undefined;
  try {
    const at = /[zZ]|[+-]\d\d:?\d\d$/.test(text) ? Temporal.Instant.from(text) : Temporal.PlainDateTime.from(text).toZonedDateTime(CITY_ZONE).toInstant();
    return Temporal.Instant.compare(at, now) < 0 && Temporal.Instant.compare(at, EARLIEST) > 0 ? at : undefined;
  } catch {
    return undefined;
  }
}

/** The view as an address's query; `change` replaces parts of it, `undefined` takes them away. */
export function printView(view: MapView, change: { readonly [Name in keyof MapView]?: MapView[Name] | undefined } = {}): string {
  const { centre, zoom, layers, preset, at, text, object, grid, overlays, table } = { ...view, ...change };
  const query = new URLSearchParams();
  if (centre !== undefined) {
    query.set('c', `${centre.lon.toFixed(5)},${centre.lat.toFixed(5)}`);
    query.set('z', String(zoom ?? FIRST_ZOOM));
  }
  for (const layer of layers ?? []) query.append('ebene', layer);
  if (preset !== undefined) query.set('sicht', preset);
  if (at !== undefined) query.set('zeit', at.toString({ smallestUnit: 'second' }));
  if (text !== undefined) query.set('q', text);
  if (grid) query.set('gitter', '1');
  for (const id of overlays ?? []) query.append('bild', id);
  if (object !== undefined) query.set('objekt', object);
  if (table !== undefined) {
    query.set('tabelle', table.layer);
    if (table.from > 0) query.set('ab', String(table.from));
  }
  return query.toString();
}

export function link(key: string, view: MapView, change: Parameters<typeof printView>[1] = {}, path = ''): string {
  const query = printView(view, change);
  return `${pathOf(key)}${path}${query === '' ? '' : `?${query}`}`;
}
