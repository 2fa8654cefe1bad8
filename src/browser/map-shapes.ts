import type { Map as LibreMap } from 'maplibre-gl';
import { isDark } from './map-style.ts';

/** As the server writes it; an `edge` is the outline of what the map is about. */
export interface DrawnShape {
  readonly kind: 'line' | 'area' | 'edge';
  readonly path: readonly (readonly [number, number])[];
}

/** Lines and areas under the pins, looking as on the server's picture. */
export function drawShapes(map: LibreMap, shapes: readonly DrawnShape[]): void {
  const colour = isDark() ? '#a9c3ff' : '#1a4298';
  map.addSource('shapes', {
    type: 'geojson',
    data: {
      type: 'FeatureCollection',
      features: shapes.map(({ kind, path }) => {
        const corners = path.map(([lon, lat]) => [lon, lat]);
        const geometry = kind === 'line' ? ({ type: 'LineString', coordinates: corners } as const) : ({ type: 'Polygon', coordinates: [corners] } as const);
        return { type: 'Feature', properties: { kind }, geometry };
      }),
    },
  });
  const of = (kind: DrawnShape['kind']): ['==', ['get', string], string] => ['==', ['get', 'kind'], kind];
  const joined = { 'line-join': 'round', 'line-cap': 'round' } as const;
  map.addLayer({ id: 'shape-areas', type: 'fill', source: 'shapes', filter: of('area'), paint: { 'fill-color': colour, 'fill-opacity': 0.18 } });
  map.addLayer({ id: 'shape-rims', type: 'line', source: 'shapes', filter: of('area'), layout: joined, paint: { 'line-color': colour, 'line-width': 2 } });
  map.addLayer({ id: 'shape-lines', type: 'line', source: 'shapes', filter: of('line'), layout: joined, paint: { 'line-color': colour, 'line-width': 4 } });
  map.addLayer({
    id: 'shape-edges',
    type: 'line',
    source: 'shapes',
    filter: of('edge'),
    paint: { 'line-color': colour, 'line-width': 2.5, 'line-dasharray': [4, 2] },
  });
}
