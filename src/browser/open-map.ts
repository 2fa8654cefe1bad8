import 'maplibre-gl/dist/maplibre-gl.css';
import { Map as LibreMap, NavigationControl, ScaleControl, setWorkerUrl, type MapOptions } from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url';
import { mapStyle } from './map-style.ts';
import { browserTexts } from './texts.ts';

// After bundling MapLibre looks for its worker beside itself; a file of ours keeps the policy at 'self'.
setWorkerUrl(workerUrl);

/**
 * A map inside of `live`, as `host` says it: `data-centre`, `data-zoom`, `data-pitch`, `data-bearing`, `data-base`, `data-tiles`, `data-title`;
 * `data-ready` once all of it is drawn. @param turns whether it can be turned and tilted @returns nothing where there is no WebGL
 */
export function openMap(host: HTMLElement, live: HTMLElement, turns: boolean): LibreMap | undefined {
  const t = browserTexts();
  const { centre = '', zoom = '10', pitch = '0', bearing = '0', base = '/karte/grund.json', tiles, title = t.mapLabel } = host.dataset;
  const [lon = 10, lat = 53.55] = centre.split(',').map(Number);
  const still: Partial<MapOptions> = turns ? {} : { dragRotate: false, pitchWithRotate: false };
  try {
    const map = new LibreMap({
      container: live,
      style: mapStyle(base, tiles, ''),
      center: [lon, lat],
      // Our zoom counts tiles of 256 pixels, MapLibre's of 512.
      zoom: Number(zoom) - 1,
      pitch: turns ? Number(pitch) : 0,
      bearing: turns ? Number(bearing) : 0,
      maxPitch: 75,
      minZoom: 8,
      maxZoom: 18,
      cooperativeGestures: true,
      attributionControl: false,
      locale: { ...t.mapLocale, 'Map.Title': title },
      ...still,
    });
    if (!turns) map.touchZoomRotate.disableRotation();
    map.addControl(new NavigationControl({ showCompass: turns }), 'top-right').addControl(new ScaleControl({ unit: 'metric' }), 'bottom-left');
    map.once('idle', () => (host.dataset['ready'] = ''));
    return map;
  } catch {
    return undefined;
  }
}
