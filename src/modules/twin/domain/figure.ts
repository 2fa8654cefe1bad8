import type { Position } from '../../../kernel/geo.ts';
import { areaSquareMetres, lengthMetres } from '../../../kernel/measure.ts';
import { invalidField, type Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';

/** What a visitor has drawn on the map: kept in the address, nowhere else. */
export interface Figure {
  readonly kind: FigureKind;
  /** An area's ring is open. */
  readonly places: readonly Position[];
}
export const FIGURE_KINDS = ['punkt', 'linie', 'flaeche'] as const;
export type FigureKind = (typeof FIGURE_KINDS)[number];

/** Addresses stay short enough to be sent. */
export const MOST_FIGURES = 20;
export const MOST_PLACES = 200;
const LEAST: Readonly<Record<FigureKind, number>> = { punkt: 1, linie: 2, flaeche: 3 };

/** `linie*10.00000_53.55000*10.01000_53.55000`, signs that addresses carry as they are. */
export function printFigure({ kind, places }: Figure): string {
  return [kind, ...places.map(({ lon, lat }) => `${lon.toFixed(5)}_${lat.toFixed(5)}`)].join('*');
}

export function readFigure(text: string): Figure | undefined {
  const [kind, ...parts] = text.slice(0, 40 * MOST_PLACES).split('*');
  return isKind(kind)
    ? figureOf(
        kind,
        parts.map((part) => placeOf(part.split('_'))),
      )
    : undefined;
}

const isKind = (kind: string | undefined): kind is FigureKind => FIGURE_KINDS.some((one) => one === kind);

function figureOf(kind: FigureKind, places: readonly (Position | undefined)[]): Figure | undefined {
  const known = places.filter((place) => place !== undefined);
  const fits = known.length === places.length && known.length >= LEAST[kind] && known.length <= (kind === 'punkt' ? 1 : MOST_PLACES);
  return fits ? { kind, places: known } : undefined;
}

function placeOf(parts: readonly string[]): Position | undefined {
  const [lon, lat] = parts.map((part) => (/^-?\d{1,3}(\.\d{1,12})?$/.test(part) ? Number(part) : Number.NaN));
  if (parts.length !== 2 || lon === undefined || lat === undefined) return undefined;
  return Math.abs(lon) <= 180 && Math.abs(lat) <= 85 ? { lon: round(lon), lat: round(lat) } : undefined;
}

const round = (degrees: number): number => Math.round(degrees * 1e5) / 1e5;

/** As many as an address may carry, from the first. */
export function withinBounds(figures: readonly Figure[]): readonly Figure[] {
  let places = 0;
  return figures.slice(0, MOST_FIGURES).filter((one) => (places += one.places.length) <= MOST_PLACES);
}

/** Reads what somebody has typed: a place a line, longitude before latitude or with letters; decimal commas are fine. */
export function readTyped(kind: string, text: string): Result<Figure, Problem> {
  if (!isKind(kind)) return refuse(invalidField('art', 'Wählen Sie Punkt, Linie oder Fläche.'));
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  const places = lines.slice(0, MOST_PLACES + 1).map((line) =>
    placeOf(
      line
        .trim()
        .replaceAll(/(\d),(\d)/g, '$1.$2')
        .split(/[\s;,]+/)
        .filter(Boolean),
    ),
  );
  const wrong = places.indexOf(undefined);
  if (wrong !== -1) return refuse(invalidField('orte', `Zeile ${wrong + 1} ist kein Ort. Schreiben Sie Länge und Breite, zum Beispiel: 10,0012 53,5503`));
  const figure = figureOf(kind, places);
  if (figure !== undefined) return ok(figure);
  const need = { punkt: 'genau einen Ort', linie: 'mindestens zwei Orte', flaeche: 'mindestens drei Orte' }[kind];
  return refuse(invalidField('orte', `Nennen Sie ${need}, jeden in einer Zeile, höchstens ${MOST_PLACES}.`));
}

/** Length of a line, area and circumference of an area, in EPSG:25832; a point has neither. */
export function measure({ kind, places }: Figure): { readonly lengthMetres?: number; readonly areaSquareMetres?: number } {
  if (kind === 'punkt') return {};
  if (kind === 'linie') return { lengthMetres: lengthMetres(places) };
  return { lengthMetres: lengthMetres([...places, places[0]!]), areaSquareMetres: areaSquareMetres(places) };
}

/** The figures as GeoJSON (RFC 7946), with their numbers and measures. */
export function figuresAsGeoJson(figures: readonly Figure[]) {
  return {
    type: 'FeatureCollection' as const,
    features: figures.map((figure, index) => ({
      type: 'Feature' as const,
      id: index + 1,
      geometry: geometryOf(figure),
      properties: { art: figure.kind, ...rounded(measure(figure)), gemessen_in: 'EPSG:25832' },
    })),
  };
}

function rounded(measures: ReturnType<typeof measure>): Record<string, number> {
  return Object.fromEntries(Object.entries(measures).map(([name, value]) => [name, Math.round(value * 100) / 100]));
}

function geometryOf({ kind, places }: Figure): { type: string; coordinates: unknown } {
  const pairs = places.map(({ lon, lat }) => [lon, lat]);
  if (kind === 'punkt') return { type: 'Point', coordinates: pairs[0] };
  if (kind === 'linie') return { type: 'LineString', coordinates: pairs };
  // RFC 7946, 3.1.6: outer rings run against the clock
  const turn = pairs.reduce((sum, [x, y], at) => sum + x! * pairs[(at + 1) % pairs.length]![1]! - pairs[(at + 1) % pairs.length]![0]! * y!, 0);
  const ring = turn < 0 ? pairs.toReversed() : pairs;
  return { type: 'Polygon', coordinates: [[...ring, ring[0]]] };
}
