import { CITY_ZONE } from '../../../kernel/time.ts';
import { CITY_CENTRE, MAX_ZOOM, MIN_ZOOM } from '../../../platform/ui/map-projection.ts';
import { readFigures, writeFigure } from '../application/figures.ts';
import type { TwinView } from '../domain/view.ts';

/** Shows the city between its edges. */
export const FIRST_ZOOM = 11;
/** So many layers at once stay readable, and cheap. */
const MOST_COLLECTIONS = 8;

/** Nobody measured anything earlier. */
const EARLIEST = Temporal.Instant.from('1800-01-01T00:00:00Z');

/** The instant, or the earliest that can be asked for. */
export const notBeforeEarliest = (at: Temporal.Instant): Temporal.Instant => (Temporal.Instant.compare(at, EARLIEST) < 0 ? EARLIEST : at);

/** The formulas of the sun hold from 1950 to 2050. */
const SUN_KNOWN = { middle: Date.UTC(2000), either: 50 * 365.25 * 86_400_000 } as const;

const within = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value));

/** Reads the address; what cannot be read falls back to the whole city. What has been measured has been; the sun is known for the future, too. */
export function readView(query: URLSearchParams, now: Temporal.Instant): TwinView {
  const [lon, lat] = (query.get('c') ?? '').split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
  const zoom = Number(query.get('z') || Number.NaN);
  const asked = readTime(query.get('zeit') ?? '', (time) => Temporal.Instant.compare(time, now) < 0);
  const at = asked === undefined ? undefined : notBeforeEarliest(asked);
  const sun = readTime(query.get('sonne') ?? '', (time) => Math.abs(time.epochMilliseconds - SUN_KNOWN.middle) < SUN_KNOWN.either);
  const object = readObject(query.get('objekt') ?? '');
  const [pitch, bearing] = [angle(query.get('neigung'), 0, 75), angle(query.get('drehung'), -180, 180)];
  const sensors = query.get('sensoren') ?? '';
  const collections = query.getAll('ebene').filter(isCollection);
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
    ...(sun === undefined ? {} : { sun }),
    ...(object === undefined ? {} : { object }),
    figures: readFigures(query.getAll('figur')),
    ...(pitch === undefined ? {} : { pitch }),
    ...(bearing === undefined ? {} : { bearing }),
    ...(after === undefined ? {} : { after }),
  };
}

const isCollection = (text: string): boolean => /^[a-z][a-z0-9_-]{0,62}$/.test(text);

/** `gebaeude/haus-1` */
function readObject(text: string): TwinView['object'] {
  const [collection = '', ...rest] = text.slice(0, 600).split('/');
  const id = rest.join('/');
  return isCollection(collection) && id !== '' ? { collection, id } : undefined;
}

/** Whole degrees; nothing where the map stands as it always does. */
function angle(text: string | null, least: number, most: number): number | undefined {
  const degrees = Math.round(Number(text ?? Number.NaN));
  return Number.isFinite(degrees) && degrees !== 0 ? within(degrees, least, most) : undefined;
}

/** `datetime-local` as a browser sends it is the city's time; an instant with its zone is itself. @param fits whether that time can be shown */
function readTime(text: string, fits: (at: Temporal.Instant) => boolean): Temporal.Instant | undefined {
  if (text === '' || text.length > 40) return undefined;
  try {
    const at = /[zZ]|[+-]\d\d:?\d\d$/.test(text) ? Temporal.Instant.from(text) : Temporal.PlainDateTime.from(text).toZonedDateTime(CITY_ZONE).toInstant();
    return fits(at) ? at : undefined;
  } catch {
    return undefined;
  }
}

/** The view as an address's query; `change` replaces parts of it, `undefined` takes them away. */
export function printView(view: TwinView, change: { readonly [Name in keyof TwinView]?: TwinView[Name] | undefined } = {}): string {
  const { centre, zoom, sensors, collections, at, stream, sun, object, figures, pitch, bearing, after } = { ...view, ...change };
  const query = new URLSearchParams({ c: `${(centre ?? CITY_CENTRE).lon.toFixed(5)},${(centre ?? CITY_CENTRE).lat.toFixed(5)}`, z: String(zoom) });
  if (sensors !== undefined) query.set('sensoren', sensors);
  for (const one of collections ?? []) query.append('ebene', one);
  if (at !== undefined) query.set('zeit', at.toString({ smallestUnit: 'minute' }));
  if (stream !== undefined) query.set('strom', String(stream));
  if (sun !== undefined) query.set('sonne', sun.toString({ smallestUnit: 'minute' }));
  if (pitch !== undefined) query.set('neigung', String(pitch));
  if (bearing !== undefined) query.set('drehung', String(bearing));
  for (const one of figures ?? []) query.append('figur', writeFigure(one));
  if (object !== undefined) query.set('objekt', `${object.collection}/${object.id}`);
  if (after !== undefined) query.set('nach', String(after));
  return query.toString();
}
