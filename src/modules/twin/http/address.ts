import { CITY_ZONE } from '../../../kernel/time.ts';
import { CITY_CENTRE, MAX_ZOOM, MIN_ZOOM } from '../../../platform/ui/map-projection.ts';
import type { TwinView } from '../domain/view.ts';

/** Shows the city between its edges. */
export const FIRST_ZOOM = 11;
/** So many layers at once stay readable, and cheap. */
const MOST_COLLECTIONS = 8;

/** Nobody measured anything earlier. */
const EARLIEST = Temporal.Instant.from('1800-01-01T00:00:00Z');

/** The instant, or the earliest that can be asked for. */
export const notBeforeEarliest = (at: Temporal.Instant): Temporal.Instant => (Temporal.Instant.compare(at, EARLIEST) < 0 ? EARLIEST : at);

const within = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value));

/** Reads the address; what cannot be read falls back to the whole city. @param now bound of `zeit` */
export function readView(query: URLSearchParams, now: Temporal.Instant): TwinView {
  const [lon, lat] = (query.get('c') ?? '').split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
  const zoom = Number(query.get('z') || Number.NaN);
  const at = readTime(query.get('zeit') ?? '', now);
  const sensors = query.get('sensoren') ?? '';
  const collections = query.getAll('ebene').filter((one) => /^[a-z][a-z0-9_-]{0,62}$/.test(one));
  const number = (name: string): number | undefined => (/^\d{1,15}$/.test(query.get(name) ?? '') ? Number(query.get(name)) : undefined);
  const [stream, after] = [number('strom'), number('nach')];
  return {
    centre:
      Number.isFinite(lon) && Number.isFinite(lat) && lon !== undefined && lat !== undefined
        ? { lon: within(lon, -180, 180), lat: within(lat, -85, 85) }
        : CITY_CENTRE,
    zoom: Number.isFinite(zoom) ? within(Math.round(zoom * 100) / 100, MIN_ZOOM, MAX_ZOOM) : FIRST_ZOOM,
    ...(sensors === '' ? {} : { sensors: sensors.slice(0, 100) }),
    collections: [...new Set(collections)].slice(0, MOST_COLLECTIONS),
    ...(at === undefined ? {} : { at }),
    ...(stream === undefined ? {} : { stream }),
    ...(after === undefined ? {} : { after }),
  };
}

/** `datetime-local` as a browser sends it is the city's time; an instant with its zone is itself. The future has not been measured. */
function readTime(text: string, now: Temporal.Instant): Temporal.Instant | undefined {
  if (text === '' || text.length > 40) return undefined;
  try {
    const at = /[zZ]|[+-]\d\d:?\d\d$/.test(text) ? Temporal.Instant.from(text) : Temporal.PlainDateTime.from(text).toZonedDateTime(CITY_ZONE).toInstant();
    return Temporal.Instant.compare(at, now) >= 0 ? undefined : notBeforeEarliest(at);
  } catch {
    return undefined;
  }
}

/** The view as an address's query; `change` replaces parts of it, `undefined` takes them away. */
export function printView(view: TwinView, change: { readonly [Name in keyof TwinView]?: TwinView[Name] | undefined } = {}): string {
  const { centre, zoom, sensors, collections, at, stream, after } = { ...view, ...change };
  const query = new URLSearchParams({ c: `${(centre ?? CITY_CENTRE).lon.toFixed(5)},${(centre ?? CITY_CENTRE).lat.toFixed(5)}`, z: String(zoom) });
  if (sensors !== undefined) query.set('sensoren', sensors);
  for (const one of collections ?? []) query.append('ebene', one);
  if (at !== undefined) query.set('zeit', at.toString({ smallestUnit: 'minute' }));
  if (stream !== undefined) query.set('strom', String(stream));
  if (after !== undefined) query.set('nach', String(after));
  return query.toString();
}
