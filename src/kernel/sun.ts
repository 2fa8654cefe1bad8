import type { Position } from './geo.ts';

/** Where the sun stands: degrees above the horizon, and degrees clockwise from north. */
export interface SunPosition {
  readonly elevationDegrees: number;
  readonly azimuthDegrees: number;
}

const sin = (degrees: number): number => Math.sin((degrees * Math.PI) / 180);
const cos = (degrees: number): number => Math.cos((degrees * Math.PI) / 180);
const turn = (degrees: number): number => ((degrees % 360) + 360) % 360;

/**
 * The sun seen from a place, without refraction; good to about 0.01° between 1950 and 2050
 * (Astronomical Almanac, low precision formulas for the Sun's coordinates, page C5).
 */
export function sunAt({ lon, lat }: Position, at: Temporal.Instant): SunPosition {
  // days since 1 January 2000, 12:00 UTC
  const days = (at.epochMilliseconds - 946_728_000_000) / 86_400_000;
  const meanLongitude = turn(280.46 + 0.9856474 * days);
  const anomaly = turn(357.528 + 0.9856003 * days);
  const longitude = meanLongitude + 1.915 * sin(anomaly) + 0.02 * sin(2 * anomaly);
  const obliquity = 23.439 - 0.0000004 * days;
  const rightAscension = (Math.atan2(cos(obliquity) * sin(longitude), cos(longitude)) * 180) / Math.PI;
  const sinDeclination = sin(obliquity) * sin(longitude);
  const cosDeclination = Math.sqrt(1 - sinDeclination ** 2);
  // Greenwich mean sidereal time in degrees (same source, page B8)
  const hourAngle = turn(280.46062 + 360.98564737 * days + lon - rightAscension);
  const sinElevation = sin(lat) * sinDeclination + cos(lat) * cosDeclination * cos(hourAngle);
  const azimuth = Math.atan2(-sin(hourAngle) * cosDeclination, cos(lat) * sinDeclination - sin(lat) * cosDeclination * cos(hourAngle));
  return { elevationDegrees: (Math.asin(sinElevation) * 180) / Math.PI, azimuthDegrees: turn((azimuth * 180) / Math.PI) };
}

/** How long a shadow falls, as a multiple of the height that casts it; `undefined` while the sun is down. */
export function shadowRatio({ elevationDegrees }: SunPosition): number | undefined {
  return elevationDegrees <= 0 ? undefined : 1 / Math.tan((elevationDegrees * Math.PI) / 180);
}
