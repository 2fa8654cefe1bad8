/** A place on earth, WGS 84 (CRS84): longitude first. */
export interface Position {
  readonly lon: number;
  readonly lat: number;
}

/** A ring of [lon, lat] pairs, first equal to last. */
export type Ring = readonly (readonly [number, number])[];

/** Whether the point lies inside the ring (even-odd rule; points on the edge may fall either way). */
export function pointInRing({ lon, lat }: Position, ring: Ring): boolean {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [xi, yi] = ring[i]!;
    const [xj, yj] = ring[j]!;
    if (yi > lat !== yj > lat && lon < ((xj - xi) * (lat - yi)) / (yj - yi) + xi) inside = !inside;
  }
  return inside;
}

const METRES_PER_DEGREE = 111_320;

/** Distance in metres from the point to the ring's nearest edge (local plane; good below 100 km). */
export function distanceToRingMetres(point: Position, ring: Ring): number {
  const scale = Math.cos((point.lat * Math.PI) / 180);
  const plane = ring.map(([lon, lat]) => [(lon - point.lon) * METRES_PER_DEGREE * scale, (lat - point.lat) * METRES_PER_DEGREE] as const);
  let nearest = Infinity;
  for (let i = 1; i < plane.length; i++) {
    const [ax, ay] = plane[i - 1]!;
    const [bx, by] = plane[i]!;
    const length = (bx - ax) ** 2 + (by - ay) ** 2;
    const t = length === 0 ? 0 : Math.max(0, Math.min(1, -(ax * (bx - ax) + ay * (by - ay)) / length));
    nearest = Math.min(nearest, Math.hypot(ax + t * (bx - ax), ay + t * (by - ay)));
  }
  return nearest;
}

/**
 * WGS 84 to ETRS89 / UTM zone 32N (EPSG:25832), Krüger series to the fourth order; below 1 mm within
 * the zone (Karney 2011, equations 35). WGS 84 and ETRS89 are taken as equal, off by less than 1 m.
 */
export function toUtm32({ lon, lat }: Position): { eastingMetres: number; northingMetres: number } {
  const a = 6_378_137;
  const f = 1 / 298.257222101; // GRS 80
  const n = f / (2 - f);
  const radius = (a / (1 + n)) * (1 + n ** 2 / 4 + n ** 4 / 64);
  const alpha = [n / 2 - (2 * n ** 2) / 3 + (5 * n ** 3) / 16, (13 * n ** 2) / 48 - (3 * n ** 3) / 5, (61 * n ** 3) / 240];
  const phi = (lat * Math.PI) / 180;
  const lambda = ((lon - 9) * Math.PI) / 180;
  const e = Math.sqrt(f * (2 - f));
  const t = Math.sinh(Math.atanh(Math.sin(phi)) - e * Math.atanh(e * Math.sin(phi)));
  const xi = Math.atan2(t, Math.cos(lambda));
  const eta = Math.atanh(Math.sin(lambda) / Math.hypot(1, t));
  let x = eta;
  let y = xi;
  for (const [index, factor] of alpha.entries()) {
    const k = 2 * (index + 1);
    x += factor * Math.cos(k * xi) * Math.sinh(k * eta);
    y += factor * Math.sin(k * xi) * Math.cosh(k * eta);
  }
  return { eastingMetres: 500_000 + 0.9996 * radius * x, northingMetres: 0.9996 * radius * y };
}

/**
 * ETRS89 / UTM zone 32N (EPSG:25832) to WGS 84, Krüger series (Karney 2011, equations 36 and 7 to 11);
 * the way back of `toUtm32`.
 */
export function fromUtm32(eastingMetres: number, northingMetres: number): Position {
  const f = 1 / 298.257222101; // GRS 80
  const n = f / (2 - f);
  const radius = (6_378_137 / (1 + n)) * (1 + n ** 2 / 4 + n ** 4 / 64);
  const beta = [n / 2 - (2 * n ** 2) / 3 + (37 * n ** 3) / 96, n ** 2 / 48 + n ** 3 / 15, (17 * n ** 3) / 480];
  const delta = [2 * n - (2 * n ** 2) / 3 - 2 * n ** 3, (7 * n ** 2) / 3 - (8 * n ** 3) / 5, (56 * n ** 3) / 15];
  const xi = northingMetres / (0.9996 * radius);
  const eta = (eastingMetres - 500_000) / (0.9996 * radius);
  let xi1 = xi;
  let eta1 = eta;
  for (const [index, factor] of beta.entries()) {
    const k = 2 * (index + 1);
    xi1 -= factor * Math.sin(k * xi) * Math.cosh(k * eta);
    eta1 -= factor * Math.cos(k * xi) * Math.sinh(k * eta);
  }
  const chi = Math.asin(Math.sin(xi1) / Math.cosh(eta1));
  const phi = delta.reduce((sum, factor, index) => sum + factor * Math.sin(2 * (index + 1) * chi), chi);
  return { lon: 9 + (Math.atan2(Math.sinh(eta1), Math.cos(xi1)) * 180) / Math.PI, lat: (phi * 180) / Math.PI };
}
