import type { ImageSource, Map as LibreMap } from 'maplibre-gl';
import type { Overlay } from './lage-types.ts';

const layerOf = (id: string): string => `lage-bild-${id}`;

/** Lays a picture over the map, under all that is known. */
export function layOverlay(map: LibreMap, { id, url, corners, on = false }: Overlay): void {
  const coordinates = corners.map(([lon, lat]) => [lon, lat]) as Parameters<ImageSource['setCoordinates']>[0];
  map.addSource(layerOf(id), { type: 'image', url: new URL(url, location.href).href, coordinates });
  map.addLayer({
    ...{ id: layerOf(id), type: 'raster', source: layerOf(id) },
    layout: { visibility: on ? 'visible' : 'none' },
    paint: { 'raster-opacity': 0.7, 'raster-fade-duration': 0 },
  });
}

export const switchOverlay = (map: LibreMap, id: string, on: boolean): void => void map.setLayoutProperty(layerOf(id), 'visibility', on ? 'visible' : 'none');
