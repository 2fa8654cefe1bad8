import type { GeoJSONSource, Map as LibreMap } from 'maplibre-gl';
import { gridStep, utmGrid } from '../kernel/utm-grid.ts';
import { isDark } from './map-style.ts';

const SOURCE = 'lage-gitter';

/** The UTM grid over the map: its step follows the zoom, its kilometres stand at the lines. */
export class UtmGrid {
  readonly #map: LibreMap;
  #on = false;

  constructor(map: LibreMap) {
    this.#map = map;
    const colour = isDark() ? '#aab6d8' : '#3d4a6b';
    map.addSource(SOURCE, { type: 'geojson', data: { type: 'FeatureCollection', features: [] } });
    map.addLayer({ id: SOURCE, type: 'line', source: SOURCE, paint: { 'line-color': colour, 'line-width': 1, 'line-opacity': 0.5 } });
    map.addLayer({
      ...{ id: `${SOURCE}-zahlen`, type: 'symbol', source: SOURCE },
      layout: { 'symbol-placement': 'line', 'text-field': ['get', 'label'], 'text-font': ['Fira Sans'], 'text-size': 11, 'symbol-spacing': 350 },
      paint: { 'text-color': colour, 'text-halo-color': isDark() ? '#12151d' : '#ffffff', 'text-halo-width': 1.5 },
    });
    map.on('moveend', () => this.#draw());
  }

  show(on: boolean): void {
    this.#on = on;
    this.#draw();
  }

  #draw(): void {
    const bounds = this.#map.getBounds();
    const [west, south, east, north] = [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
    const across = (east - west) * 111_320 * Math.cos((this.#map.getCenter().lat * Math.PI) / 180);
    const lines = this.#on ? utmGrid([west, south, east, north], gridStep(across)) : [];
    void this.#map.getSource<GeoJSONSource>(SOURCE)?.setData({
      type: 'FeatureCollection',
      features: lines.map(({ label, path }) => ({
        type: 'Feature',
        geometry: { type: 'LineString', coordinates: path.map((place) => [...place]) },
        properties: { label },
      })),
    });
  }
}
