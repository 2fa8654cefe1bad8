import type { ExpressionSpecification, LayerSpecification, Map as LibreMap } from 'maplibre-gl';

/** A collection as the page hands it over. */
export interface TwinCollection {
  readonly id: string;
  readonly title: string;
  readonly geometryTypes: readonly string[];
  readonly colour: string;
  /** Has heights: its areas can be built. */
  readonly tall: boolean;
}

export const sourceOf = (id: string): string => `sammlung-${id}`;

/** Points, lines and areas of a collection, whichever it has, from its vector tiles. */
export function addCollection(map: LibreMap, { id, geometryTypes, colour, tall }: TwinCollection): void {
  const source = sourceOf(id);
  const tiles = new URL(`/ogc/collections/${id}/tiles/WebMercatorQuad/{z}/{y}/{x}`, location.href).href.replaceAll('%7B', '{').replaceAll('%7D', '}');
  map.addSource(source, { type: 'vector', tiles: [tiles], maxzoom: 16 });
  const of = (kind: string): ExpressionSpecification => ['==', ['geometry-type'], kind];
  const common = { source, 'source-layer': id } as const;
  const areas: LayerSpecification[] = [
    {
      id: `${source}-flaeche`,
      type: 'fill',
      ...common,
      filter: of('Polygon'),
      paint: { 'fill-color': colour, 'fill-opacity': 0.25, 'fill-outline-color': colour },
    },
    ...(tall ? [housesOf(source, common, colour)] : []),
    { id: `${source}-linie`, type: 'line', ...common, filter: of('LineString'), paint: { 'line-color': colour, 'line-width': 2 } },
  ];
  const points: LayerSpecification = {
    id: `${source}-punkt`,
    type: 'circle',
    ...common,
    filter: of('Point'),
    paint: { 'circle-color': colour, 'circle-radius': ['interpolate', ['linear'], ['zoom'], 9, 1.2, 16, 5], 'circle-opacity': 0.8 },
  };
  const onlyPoints = geometryTypes.length > 0 && geometryTypes.every((type) => type.endsWith('Point'));
  for (const layer of onlyPoints ? [points] : [...areas, points]) map.addLayer(layer);
}

function housesOf(source: string, common: { readonly source: string; readonly 'source-layer': string }, colour: string): LayerSpecification {
  return {
    id: `${source}-haus`,
    type: 'fill-extrusion',
    ...common,
    filter: housesWithout([]),
    paint: { 'fill-extrusion-color': colour, 'fill-extrusion-height': HEIGHT, 'fill-extrusion-opacity': 0.85 },
  };
}

const HEIGHT: ExpressionSpecification = ['coalesce', ['get', 'heightMetres'], ['get', 'height'], 0];

/** Houses to be extruded: not those that are drawn with their roofs. */
export const housesWithout = (ids: readonly string[]): ExpressionSpecification => [
  'all',
  ['==', ['geometry-type'], 'Polygon'],
  ['>', HEIGHT, 0],
  ['!', ['in', ['get', 'id'], ['literal', [...ids]]]],
];

/** Layers of a collection that can be clicked. */
export const clickable = (map: LibreMap, { id }: TwinCollection): string[] =>
  ['haus', 'flaeche', 'linie', 'punkt'].map((kind) => `${sourceOf(id)}-${kind}`).filter((layer) => map.getLayer(layer) !== undefined);
