import type { Position, Ring } from '../../kernel/geo.ts';
import { BASEMAP_ATTRIBUTION, LABELS, LINES, WATER_AREAS } from './basemap.ts';
import { CITY_CENTRE, MAX_ZOOM, MIN_ZOOM, metresPerPixel, positionToPixel, type MapFrame } from './map-projection.ts';

/** A district as its outline; what `services/bezirke.geojson` holds. */
export interface MapDistrict {
  readonly name: string;
  readonly rings: readonly Ring[];
}

export interface MapMarker {
  readonly position: Position;
  /** One or two signs written into the marker, e.g. its number in the list. */
  readonly label: string;
  /** Other markers are there to compare with, this one is meant. */
  readonly active?: boolean;
  /** Name of its own `mapInput` on the same page: then the browser's map may move it too. */
  readonly field?: string;
}

/** A line or an area on the map; an `edge` is the outline of what the map is about. */
export interface MapShape {
  readonly kind: 'line' | 'area' | 'edge';
  readonly path: Ring;
}

/** Reads districts from a GeoJSON FeatureCollection of (Multi)Polygons with a `name`. */
export function readDistricts(geojson: unknown): readonly MapDistrict[] {
  const { features } = geojson as { features: readonly { properties: { name: string }; geometry: { type: string; coordinates: unknown } }[] };
  return features.map(({ properties, geometry }) => {
    const polygons = geometry.type === 'Polygon' ? [geometry.coordinates as Ring[]] : (geometry.coordinates as Ring[][]);
    return { name: properties.name, rings: polygons.flat() };
  });
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
/** Text as XML. */
export const escapeXml = (text: string): string => text.replace(/[&<>"]/g, (sign) => ESCAPES[sign]!);
const round = (value: number): number => Math.round(value * 10) / 10;

const LIGHT = {
  land: '#f6f6f2',
  out: '#ecece7',
  water: '#cfe3ee',
  edge: '#8b90a6',
  road: '#fff',
  case: '#d3d2c8',
  way: '#f7dfa8',
  text: '#333a52',
  halo: '#fff',
  wet: '#2f6585',
  pin: '#1a4298',
  other: '#5a6180',
} as const;
const DARK: Readonly<Record<keyof typeof LIGHT, string>> = {
  land: '#1f2430',
  out: '#191d27',
  water: '#24405a',
  edge: '#737b98',
  road: '#3c4356',
  case: '#2a3040',
  way: '#5b5236',
  text: '#d5daea',
  halo: '#1a1e29',
  wet: '#9cc6e4',
  pin: '#a9c3ff',
  other: '#8d95b3',
};
const named = (colours: Readonly<Record<string, string>>): string =>
  Object.entries(colours)
    .map(([name, colour]) => `--${name}:${colour}`)
    .join(';');
const RULES = `text{font-family:"Fira Sans","Noto Sans",Arial,sans-serif;fill:var(--text);paint-order:stroke;stroke:var(--halo);stroke-width:3px;stroke-linejoin:round}
.wet{fill:var(--wet);font-style:italic}.pin text,.number{fill:#fff;stroke:none;font-weight:600}.pin path{fill:var(--pin);stroke:var(--halo);stroke-width:2}.pin.other path{fill:var(--other)}`;
/** The colours live in the picture: it follows the page's colour scheme, which a browser hands on to images. */
const STYLE = `<style>
svg{${named(LIGHT)}}
@media(prefers-color-scheme:dark){svg{${named(DARK)}}.pin text{fill:#101522}}
${RULES}
</style>`;

/** A picture for paper: in light colours written out, as programs that set pages know no variables. */
export function forPaper(svg: string): string {
  return svg.replace(STYLE, `<style>${RULES}</style>`).replaceAll(/var\(--(\w+)\)/g, (_, name: string) => LIGHT[name as keyof typeof LIGHT]);
}

/**
 * The map as a picture: an SVG document of its own for `<img>` and `<input type="image">`, with
 * base map, districts, markers, scale and source.
 */
export function mapSvg(map: {
  readonly frame: MapFrame;
  readonly districts: readonly MapDistrict[];
  readonly markers?: readonly MapMarker[];
  readonly shapes?: readonly MapShape[];
  readonly title?: string;
  /** SVG in the frame's pixels, drawn over the base map and under names and markers. */
  readonly overlay?: string;
}): string {
  const { frame } = map;
  const parts = [
    `<rect width="${frame.width}" height="${frame.height}" fill="var(--out)"/>`,
    districtFills(map),
    waters(frame),
    roads(frame),
    districtEdges(map),
    map.overlay ?? '',
    labels(map),
    ...(map.shapes ?? []).map((shape) => drawnShape(frame, shape)),
    ...(map.markers ?? []).toSorted((a, b) => Number(a.active === true) - Number(b.active === true)).map((marker) => pin(frame, marker)),
    scaleBar(frame),
    `<text x="${frame.width - 8}" y="${frame.height - 8}" font-size="11" text-anchor="end">${escapeXml(frame.width < 420 ? BASEMAP_ATTRIBUTION.replace(/^.*: /, '') : BASEMAP_ATTRIBUTION)}</text>`,
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${frame.width}" height="${frame.height}" viewBox="0 0 ${frame.width} ${frame.height}" role="img"><title>${escapeXml(map.title ?? 'Karte')}</title>${STYLE}${parts.join('')}</svg>`;
}

const pathOf = (frame: MapFrame, ring: Ring): string =>
  `M${ring
    .map(([lon, lat]) => {
      const { x, y } = positionToPixel(frame, { lon, lat });
      return `${round(x)} ${round(y)}`;
    })
    .join('L')}`;

function districtFills({ frame, districts }: { frame: MapFrame; districts: readonly MapDistrict[] }): string {
  const d = districts
    .flatMap(({ rings }) => rings)
    .map((ring) => `${pathOf(frame, ring)}Z`)
    .join('');
  return d === '' ? '' : `<path d="${d}" fill="var(--land)"/>`;
}

function districtEdges({ frame, districts }: { frame: MapFrame; districts: readonly MapDistrict[] }): string {
  const d = districts
    .flatMap(({ rings }) => rings)
    .map((ring) => `${pathOf(frame, ring)}Z`)
    .join('');
  return d === '' ? '' : `<path d="${d}" fill="none" stroke="var(--edge)" stroke-width="1.2" stroke-dasharray="6 3" stroke-linejoin="round"/>`;
}

function waters(frame: MapFrame): string {
  const areas = WATER_AREAS.map(({ ring }) => `${pathOf(frame, ring)}Z`).join('');
  const rivers = LINES.filter(({ kind }) => kind === 'river').map(({ path, widthMetres }) =>
    stroke(frame, path, 'var(--water)', Math.max(1.5, widthMetres / metresPerPixel(frame))),
  );
  return `<path d="${areas}" fill="var(--water)"/>${rivers.join('')}`;
}

const stroke = (frame: MapFrame, path: Ring, colour: string, width: number): string =>
  `<path d="${pathOf(frame, path)}" fill="none" stroke="${colour}" stroke-width="${round(width)}" stroke-linecap="round" stroke-linejoin="round"/>`;

function roads(frame: MapFrame): string {
  const lines = LINES.filter(({ kind }) => kind === 'motorway' || (kind === 'road' && frame.zoom >= 11));
  const width = (line: (typeof lines)[number]): number => Math.max(line.kind === 'motorway' ? 2.4 : 1.6, line.widthMetres / metresPerPixel(frame));
  return (
    lines.map((line) => stroke(frame, line.path, 'var(--case)', width(line) + 1.6)).join('') +
    lines.map((line) => stroke(frame, line.path, line.kind === 'motorway' ? 'var(--way)' : 'var(--road)', width(line))).join('')
  );
}

/** Names that would overlap an earlier one are left out. */
function labels({ frame, districts }: { frame: MapFrame; districts: readonly MapDistrict[] }): string {
  const names =
    frame.zoom < 10
      ? districts.map(({ name, rings }) => ({ name, at: middle(rings[0] ?? []), kind: 'place' as const }))
      : LABELS.filter(({ fromZoom }) => frame.zoom >= fromZoom);
  const taken: { left: number; right: number; y: number }[] = [];
  let drawn = '';
  for (const { name, at, kind } of names) {
    const { x, y } = positionToPixel(frame, { lon: at[0], lat: at[1] });
    const half = name.length * 3.7;
    if (x < half + 4 || x > frame.width - half - 4 || y < 14 || y > frame.height - 30) continue;
    if (taken.some((other) => Math.abs(other.y - y) < 16 && x - half < other.right && x + half > other.left)) continue;
    taken.push({ left: x - half, right: x + half, y });
    drawn += `<text x="${round(x)}" y="${round(y)}" font-size="13" text-anchor="middle"${kind === 'water' ? ' class="wet"' : ''}>${escapeXml(name)}</text>`;
  }
  return drawn;
}

function middle(ring: Ring): readonly [number, number] {
  const lons = ring.map(([lon]) => lon);
  const lats = ring.map(([, lat]) => lat);
  return [(Math.min(...lons) + Math.max(...lons)) / 2, (Math.min(...lats) + Math.max(...lats)) / 2];
}

/** An edge is dashed, an area filled: they are told apart without colour. */
function drawnShape(frame: MapFrame, { kind, path }: MapShape): string {
  const looks = {
    edge: 'fill="none" stroke-width="2.5" stroke-dasharray="9 4"',
    area: 'fill="var(--pin)" fill-opacity=".18" stroke-width="2"',
    line: 'fill="none" stroke-width="4" stroke-linecap="round"',
  } as const;
  return `<path d="${pathOf(frame, path)}${kind === 'line' ? '' : 'Z'}" stroke="var(--pin)" stroke-linejoin="round" ${looks[kind]}/>`;
}

function pin(frame: MapFrame, marker: MapMarker): string {
  const { x, y } = positionToPixel(frame, marker.position);
  return `<g class="pin${marker.active === true ? '' : ' other'}" transform="translate(${round(x)} ${round(y)})"><path d="M0 0C-4-9-14-14-14-24a14 14 0 0 1 28 0C14-14 4-9 0 0Z"/><text y="-19" font-size="14" text-anchor="middle">${escapeXml(marker.label.slice(0, 2))}</text></g>`;
}

function scaleBar(frame: MapFrame): string {
  const perPixel = metresPerPixel(frame);
  const metres =
    [1, 2, 5]
      .flatMap((step) => [1, 10, 100, 1000, 10_000].map((ten) => step * ten))
      .filter((length) => length / perPixel <= 120)
      .toSorted((a, b) => b - a)[0] ?? 1;
  const length = round(metres / perPixel);
  const text = metres >= 1000 ? `${metres / 1000} km` : `${metres} m`;
  return `<g transform="translate(10 ${frame.height - 10})"><path d="M0-6V0H${length}V-6" fill="none" stroke="var(--halo)" stroke-width="4"/><path d="M0-6V0H${length}V-6" fill="none" stroke="var(--text)" stroke-width="1.6"/><text x="4" y="-9" font-size="12">${text}</text></g>`;
}

/** Query of `/karte/bild.svg` for a frame and its markers (`m=lon,lat,label,active`). */
export function pictureQuery(frame: MapFrame, markers: readonly MapMarker[] = []): string {
  const query = new URLSearchParams({
    c: `${frame.centre.lon.toFixed(6)},${frame.centre.lat.toFixed(6)}`,
    z: String(frame.zoom),
    g: `${frame.width}x${frame.height}`,
  });
  for (const { position, label, active } of markers) query.append('m', `${position.lon},${position.lat},${label},${active === true ? 1 : 0}`);
  return query.toString();
}

/** The picture a query asks for; what cannot be read falls back to the city as a whole. */
export function mapPicture(query: URLSearchParams, districts: readonly MapDistrict[], shapes: readonly MapShape[] = []): string {
  const [width, height] = numbers(query.get('g'), 'x', 2) ?? [640, 440];
  const [lon, lat] = numbers(query.get('c'), ',', 2) ?? [CITY_CENTRE.lon, CITY_CENTRE.lat];
  const [zoom] = numbers(query.get('z'), ',', 1) ?? [10];
  const frame: MapFrame = {
    centre: { lon: clamp(lon!, -180, 180), lat: clamp(lat!, -85, 85) },
    zoom: clamp(Math.round(zoom!), MIN_ZOOM, MAX_ZOOM),
    width: clamp(Math.round(width!), 100, 1600),
    height: clamp(Math.round(height!), 100, 1200),
  };
  const markers = query
    .getAll('m')
    .slice(0, 100)
    .flatMap((text): MapMarker[] => {
      const [markerLon = '', markerLat = '', label = '', active] = text.split(',');
      const position = { lon: Number(markerLon), lat: Number(markerLat) };
      return Number.isFinite(position.lon) && Number.isFinite(position.lat) ? [{ position, label, active: active === '1' }] : [];
    });
  return mapSvg({ frame, districts, markers, shapes });
}

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

function numbers(text: string | null, separator: string, count: number): number[] | undefined {
  const found = (text ?? '').split(separator).map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
  return found.length === count && found.every(Number.isFinite) ? found : undefined;
}

/** The base map for the browser's map: water, roads, names and districts as one GeoJSON collection. */
export function baseMapGeoJson(districts: readonly MapDistrict[]): object {
  const feature = (kind: string, name: string, geometry: object, more: object = {}): object => ({
    type: 'Feature',
    properties: { kind, name, ...more },
    geometry,
  });
  return {
    type: 'FeatureCollection',
    attribution: BASEMAP_ATTRIBUTION,
    features: [
      ...districts.map(({ name, rings }) => feature('district', name, { type: 'MultiPolygon', coordinates: rings.map((ring) => [ring]) })),
      ...WATER_AREAS.map(({ name, ring }) => feature('water', name, { type: 'Polygon', coordinates: [ring] })),
      ...LINES.map(({ kind, name, path, widthMetres }) => feature(kind, name, { type: 'LineString', coordinates: path }, { widthMetres })),
      ...LABELS.map(({ kind, name, at, fromZoom }) => feature(`label-${kind}`, name, { type: 'Point', coordinates: at }, { fromZoom })),
    ],
  };
}
