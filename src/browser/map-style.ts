import type { ExpressionSpecification, LayerSpecification, StyleSpecification } from 'maplibre-gl';

const LIGHT = {
  out: '#ecece7',
  land: '#f6f6f2',
  water: '#cfe3ee',
  edge: '#8b90a6',
  road: '#ffffff',
  casing: '#d3d2c8',
  way: '#f7dfa8',
  text: '#333a52',
  halo: '#ffffff',
  wet: '#2f6585',
};
const DARK: typeof LIGHT = {
  out: '#191d27',
  land: '#1f2430',
  water: '#24405a',
  edge: '#737b98',
  road: '#3c4356',
  casing: '#2a3040',
  way: '#5b5236',
  text: '#d5daea',
  halo: '#1a1e29',
  wet: '#9cc6e4',
};

/** Whether the page is shown dark, by choice or by the device. */
export function isDark(): boolean {
  const chosen = document.documentElement.dataset['kernTheme'];
  return chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
}

/** Metres on the ground as pixels: MapLibre's tiles have 512 pixels, at 53.55° north. */
const METRES_PER_PIXEL_AT_0 = 46_503;

type LineWidth = NonNullable<NonNullable<Extract<LayerSpecification, { type: 'line' }>['paint']>['line-width']>;

const trueWidth = (least: number, more = 0): LineWidth => [
  'interpolate',
  ['exponential', 2],
  ['zoom'],
  8,
  ['+', more, ['max', least, ['*', ['get', 'widthMetres'], 2 ** 8 / METRES_PER_PIXEL_AT_0]]],
  20,
  ['+', more, ['*', ['get', 'widthMetres'], 2 ** 20 / METRES_PER_PIXEL_AT_0]],
];

/** The city's own base map; over a tile server's pictures when one is configured. */
export function mapStyle(baseUrl: string, tilesUrl: string | undefined, attribution: string): StyleSpecification {
  const c = isDark() ? DARK : LIGHT;
  const kind = (name: string): ExpressionSpecification => ['==', ['get', 'kind'], name];
  const line = (id: string, filter: ExpressionSpecification, color: string, width: LineWidth): LayerSpecification => ({
    id,
    type: 'line',
    source: 'base',
    filter,
    layout: { 'line-cap': 'round', 'line-join': 'round' },
    paint: { 'line-color': color, 'line-width': width },
  });
  const roads: ExpressionSpecification = ['in', ['get', 'kind'], ['literal', ['motorway', 'road']]];
  const label = (id: string, name: string, color: string): LayerSpecification => ({
    id,
    type: 'symbol',
    source: 'base',
    filter: ['all', kind(name), ['<=', ['get', 'fromZoom'], ['+', ['zoom'], 1]]],
    layout: { 'text-field': ['get', 'name'], 'text-font': ['Fira Sans'], 'text-size': 13 },
    paint: { 'text-color': color, 'text-halo-color': c.halo, 'text-halo-width': 1.6 },
  });
  const own: LayerSpecification[] = [
    { id: 'land', type: 'fill', source: 'base', filter: kind('district'), paint: { 'fill-color': c.land } },
    { id: 'water', type: 'fill', source: 'base', filter: kind('water'), paint: { 'fill-color': c.water } },
    line('rivers', kind('river'), c.water, trueWidth(1.5)),
    line('casing', roads, c.casing, trueWidth(1.6, 1.6)),
    line('roads', kind('road'), c.road, trueWidth(1.6)),
    line('motorways', kind('motorway'), c.way, trueWidth(2.4)),
  ];
  const tiles: LayerSpecification = { id: 'tiles', type: 'raster', source: 'tiles' };
  return {
    version: 8,
    sources: {
      base: { type: 'geojson', data: new URL(baseUrl, location.href).href, attribution },
      ...(tilesUrl === undefined ? {} : { tiles: { type: 'raster' as const, tiles: [tilesUrl], tileSize: 256 } }),
    },
    layers: [
      { id: 'out', type: 'background', paint: { 'background-color': c.out } },
      ...(tilesUrl === undefined ? own : [tiles]),
      { id: 'edges', type: 'line', source: 'base', filter: kind('district'), paint: { 'line-color': c.edge, 'line-width': 1.2, 'line-dasharray': [5, 3] } },
      ...(tilesUrl === undefined ? [label('places', 'label-place', c.text), label('waters', 'label-water', c.wet)] : []),
    ],
  };
}
