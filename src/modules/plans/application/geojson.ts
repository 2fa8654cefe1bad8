import { fromUtm32 } from '../../../kernel/geo.ts';
import { isSheet, useOf } from '../domain/classes.ts';
import type { Geometry, Plan, Point } from '../domain/plan.ts';

const place = ([east, north]: Point): readonly [number, number] => {
  const { lon, lat } = fromUtm32(east, north);
  return [Number(lon.toFixed(7)), Number(lat.toFixed(7))];
};

/** RFC 7946: WGS 84, longitude first, about a centimetre. */
function geometryJson(geometry: Geometry): object {
  switch (geometry.kind) {
    case 'area':
      return { type: 'MultiPolygon', coordinates: geometry.polygons.map((polygon) => polygon.map((ring) => ring.map(place))) };
    case 'line':
      return { type: 'MultiLineString', coordinates: geometry.lines.map((line) => line.map(place)) };
    case 'point':
      return { type: 'MultiPoint', coordinates: geometry.points.map(place) };
  }
}

/** What the plan lays down, as a GeoJSON collection in WGS 84. */
export function planGeoJson(plan: Plan): { readonly type: 'FeatureCollection'; readonly features: readonly object[] } {
  return {
    type: 'FeatureCollection',
    features: plan.features
      .filter(({ className, geometry }) => geometry !== undefined && !isSheet(className))
      .map((feature) => ({
        type: 'Feature',
        id: feature.id,
        geometry: geometryJson(feature.geometry!),
        properties: { class: feature.className, use: useOf(feature).label, ...Object.fromEntries(feature.values.map(({ name, text }) => [name, text])) },
      })),
  };
}
