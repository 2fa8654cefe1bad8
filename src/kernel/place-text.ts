import type { Position } from './geo.ts';
import { fromMgrs, fromUtm } from './mgrs.ts';

/** How a place was written. */
export type PlaceNotation = 'mgrs' | 'utm' | 'degrees';

const NUMBER = String.raw`\d{1,3}(?:[.,]\d+)?`;
const DEGREES = new RegExp(String.raw`^([NS])?\s*(-?${NUMBER})\s*°?\s*([NS])?\s*[,;\s]\s*([EOW])?\s*(-?${NUMBER})\s*°?\s*([EOW])?$`, 'i');
const ARC = String.raw`(\d{1,3})\s*°\s*(\d{1,2})\s*['′]\s*(?:(\d{1,2}(?:[.,]\d+)?)\s*["″]\s*)?`;
const MINUTES = new RegExp(String.raw`^${ARC}([NS])\s*[,;\s]?\s*${ARC}([EOW])$`, 'i');
const UTM = /^(\d{1,2})\s*([C-HJ-NP-X])?\s*[,;]?\s*(\d{6}(?:[.,]\d+)?)\s*[,;\s]\s*(\d{6,8}(?:[.,]\d+)?)$/i;

const value = (text: string): number => Number(text.replace(',', '.'));

/**
 * Reads a place that somebody typed: MGRS (`32U NE 66235 33980`), UTM (`32U 566235 5933980`), degrees, latitude
 * first as people say it (`53,55 10,0`, `N 53.55 E 10`), or degrees, minutes and seconds. German O stands for east.
 */
export function readPlace(typed: string): (Position & { readonly notation: PlaceNotation }) | undefined {
  const text = typed.trim().slice(0, 80);
  const square = fromMgrs(text);
  if (square !== undefined) return { lon: square.lon, lat: square.lat, notation: 'mgrs' };
  const found = readUtm(text) ?? readMinutes(text) ?? readDegrees(text);
  return found !== undefined && Math.abs(found.lat) <= 90 && Math.abs(found.lon) <= 180 ? found : undefined;
}

type Found = ReturnType<typeof readPlace>;

function readUtm(text: string): Found {
  const [, zone, band, east, north] = UTM.exec(text) ?? [];
  if (zone === undefined || Number(zone) < 1 || Number(zone) > 60) return undefined;
  const south = band !== undefined && band.toUpperCase() < 'N';
  return { ...fromUtm({ zone: Number(zone), south, eastingMetres: value(east!), northingMetres: value(north!) }), notation: 'utm' };
}

function readMinutes(text: string): Found {
  const [, latDegrees, latMinutes, latSeconds = '0', ns, lonDegrees, lonMinutes, lonSeconds = '0', ew] = MINUTES.exec(text) ?? [];
  if (latDegrees === undefined) return undefined;
  const angle = (degrees: string, minutes: string, seconds: string): number => Number(degrees) + Number(minutes) / 60 + value(seconds) / 3600;
  return {
    lat: angle(latDegrees, latMinutes!, latSeconds) * (/s/i.test(ns!) ? -1 : 1),
    lon: angle(lonDegrees!, lonMinutes!, lonSeconds) * (/w/i.test(ew!) ? -1 : 1),
    notation: 'degrees',
  };
}

function readDegrees(text: string): Found {
  const [, before, lat, after, eastBefore, lon, eastAfter] = DEGREES.exec(text) ?? [];
  if (lat === undefined) return undefined;
  return {
    lat: value(lat) * (/s/i.test(before ?? after ?? '') ? -1 : 1),
    lon: value(lon!) * (/w/i.test(eastBefore ?? eastAfter ?? '') ? -1 : 1),
    notation: 'degrees',
  };
}
