import { shadowOfPrism, shadowPerMetre } from '../../../kernel/shadow.ts';
import { metresPerPixel, positionToPixel, type MapFrame } from '../../../platform/ui/map-projection.ts';
import { escapeXml } from '../../../platform/ui/static-map.ts';
import type { DrawnLayer, TwinDrawing } from '../application/draw.ts';
import type { Figure } from '../domain/figure.ts';
import { colourAt } from './frame.ts';

type Pair = readonly [number, number];
type Feature = DrawnLayer['features'][number];

const EXTENT = 4096;
/** Shadows are told apart from here on. */
const SHADOWS_FROM = 14;
const MOST_SHADOWS = 1500;
export const FIGURE_COLOUR = '#b3261e';

const round = (value: number): number => Math.round(value * 10) / 10;

/** What lies over the base map on a picture of the twin: layers, shadows, what has been drawn. */
export function pictureOverlay(frame: MapFrame, { layers, sun }: TwinDrawing, figures: readonly Figure[]): string {
  const drawn = layers.map(({ features, collection }, index) => ({ features, title: collection.title, colour: colourAt(index), toPixel: pixelsOf(frame) }));
  const flat = drawn.map((layer) => layerOf(layer, (feature) => heightOf(feature) === 0)).join('');
  const houses = drawn.map((layer) => layerOf(layer, (feature) => heightOf(feature) > 0)).join('');
  const tall = drawn.flatMap(({ features }) => features).filter((feature) => heightOf(feature) > 0);
  return `${flat}${shadows(frame, tall, sun)}${houses}${figures.map((figure, index) => figureOf(frame, figure, String(index + 1))).join('')}`;
}

/** From the square around a picture, y up, to the picture's pixels, y down. */
function pixelsOf({ width, height }: MapFrame): (place: Pair) => Pair {
  const side = Math.max(width, height);
  return ([x, y]) => [round((x / EXTENT) * side - (side - width) / 2), round(side - (y / EXTENT) * side - (side - height) / 2)];
}

/** As the city's own data say it, or as an imported CityJSON. */
function heightOf({ geometry, properties }: Feature): number {
  const height = properties['heightMetres'] ?? properties['height'];
  return geometry.type.endsWith('Polygon') && typeof height === 'number' && height > 0 ? height : 0;
}

interface Layer {
  readonly features: readonly Feature[];
  readonly title: string;
  readonly colour: string;
  readonly toPixel: (place: Pair) => Pair;
}

/** A layer's areas, lines and points, each kind as one path: pictures stay small. */
function layerOf({ features, title, colour, toPixel }: Layer, which: (feature: Feature) => boolean): string {
  const chosen = features.filter(which);
  const lines = (feature: Feature): readonly (readonly Pair[])[] => linesOf(feature).map((line) => line.map(toPixel));
  const of = (kind: string): Feature[] => chosen.filter(({ geometry }) => geometry.type.endsWith(kind));
  const areas = of('Polygon')
    .flatMap(lines)
    .map((ring) => `${pathOf(ring)}Z`)
    .join('');
  const ways = of('LineString').flatMap(lines).map(pathOf).join('');
  const dots = of('Point')
    .flatMap(lines)
    .flat()
    .map(([x, y]) => `M${x} ${y}h0`)
    .join('');
  const solid = chosen.some((feature) => heightOf(feature) > 0);
  const parts = [
    areas === '' ? '' : `<path d="${areas}" fill="${colour}" fill-opacity="${solid ? 0.75 : 0.22}" fill-rule="evenodd" stroke="${colour}" stroke-width="1"/>`,
    ways === '' ? '' : `<path d="${ways}" fill="none" stroke="${colour}" stroke-width="2"/>`,
    dots === '' ? '' : `<path d="${dots}" fill="none" stroke="${colour}" stroke-width="4" stroke-linecap="round" stroke-opacity="0.8"/>`,
  ].join('');
  return parts === '' ? '' : `<g><title>${escapeXml(title)}</title>${parts}</g>`;
}

/** Places of a geometry as lines, rings or single points, in whichever depth it has them. */
function linesOf({ geometry: { type, coordinates } }: Feature): readonly (readonly Pair[])[] {
  if (type === 'Point') return [[coordinates as Pair]];
  if (type === 'MultiPoint') return (coordinates as Pair[]).map((one) => [one]);
  if (type === 'LineString') return [coordinates as Pair[]];
  if (type === 'MultiLineString' || type === 'Polygon') return coordinates as Pair[][];
  return type === 'MultiPolygon' ? (coordinates as Pair[][][]).flat() : [];
}

const pathOf = (line: readonly Pair[]): string => `M${line.map(([x, y]) => `${x} ${y}`).join('L')}`;

/** The union of all shadows on the ground, darkened once. */
function shadows(frame: MapFrame, tall: readonly Feature[], sun: TwinDrawing['sun']): string {
  const metre = shadowPerMetre(sun);
  if (metre === undefined || frame.zoom < SHADOWS_FROM) return '';
  const [east, north] = metre.map((one) => one / metresPerPixel(frame)) as [number, number];
  const toPixel = pixelsOf(frame);
  const paths = tall.slice(0, MOST_SHADOWS).flatMap((feature) => {
    const height = heightOf(feature);
    const polygons = feature.geometry.type === 'Polygon' ? [feature.geometry.coordinates as Pair[][]] : (feature.geometry.coordinates as Pair[][][]);
    return polygons.flatMap((polygon) => {
      const upright = polygon.map((ring) => ring.map((place): Pair => [toPixel(place)[0], -toPixel(place)[1]]));
      return shadowOfPrism(upright, [east * height, north * height])
        .flat()
        .map((ring) => `${pathOf(ring.map(([x, y]) => [round(x), round(-y)] as const))}Z`);
    });
  });
  return paths.length === 0 ? '' : `<path class="shadow" d="${paths.join('')}" fill="#1d2433" fill-opacity="0.3" fill-rule="nonzero"/>`;
}

function figureOf(frame: MapFrame, { kind, places }: Figure, label: string): string {
  const pixels = places.map((place): Pair => {
    const { x, y } = positionToPixel(frame, place);
    return [round(x), round(y)];
  });
  const [x, y] = pixels[0]!;
  const line =
    kind === 'punkt'
      ? ''
      : `<path d="${pathOf(pixels)}${kind === 'flaeche' ? 'Z' : ''}" fill="${kind === 'flaeche' ? FIGURE_COLOUR : 'none'}" fill-opacity="0.15" stroke="${FIGURE_COLOUR}" stroke-width="3" stroke-linejoin="round"/>`;
  return `${line}<circle cx="${x}" cy="${y}" r="10" fill="${FIGURE_COLOUR}" stroke="#fff" stroke-width="2"/><text x="${x}" y="${y + 4}" font-size="12" text-anchor="middle" class="number">${label}</text>`;
}
