import { fromUtm32, toUtm32, type Position } from './geo.ts';

/** A place in UTM: zone, metres east and north; `south`: north is counted from 10,000 km below the equator. */
export interface Utm {
  readonly zone: number;
  readonly south: boolean;
  readonly eastingMetres: number;
  readonly northingMetres: number;
}

const BANDS = 'CDEFGHJKLMNPQRSTUVWX';
/** Letters without I and O, which look like numbers. */
const ROWS = 'ABCDEFGHJKLMNPQRSTUV';
const COLUMNS = ['ABCDEFGH', 'JKLMNPQR', 'STUVWXYZ'] as const;
const SOUTH_METRES = 10_000_000;
/** The letters of the rows begin anew. */
const ROW_CYCLE_METRES = 2_000_000;
const SQUARE_METRES = 100_000;
const DIGITS = 5;

/** Zone of a place, with the exceptions of southern Norway (32V) and Svalbard (31X to 37X): DMA TM 8358.1, 2-6.1. */
export function utmZone({ lon, lat }: Position): number {
  const east = ((((lon + 180) % 360) + 360) % 360) - 180;
  if (lat >= 56 && lat < 64 && east >= 3 && east < 12) return 32;
  if (lat >= 72 && east >= 0 && east < 42) return [31, 33, 35, 37][[9, 21, 33, 42].findIndex((edge) => east < edge)]!;
  return Math.floor((east + 180) / 6) + 1;
}

const middle = (zone: number): number => zone * 6 - 183;

/** Closer to the equator than a tenth of a millimetre is on it. */
const isSouth = (lat: number): boolean => lat < -1e-9;

/** @param zone where it must be one that is not the place's own, e.g. for a grid across a zone's edge */
export function toUtm(place: Position, zone: number = utmZone(place)): Utm {
  // all zones are alike: the place is looked at as if it lay in zone 32
  const { eastingMetres, northingMetres } = toUtm32({ lon: place.lon - middle(zone) + 9, lat: place.lat });
  const south = isSouth(place.lat);
  return { zone, south, eastingMetres, northingMetres: south ? northingMetres + SOUTH_METRES : northingMetres };
}

export function fromUtm({ zone, south, eastingMetres, northingMetres }: Utm): Position {
  const { lon, lat } = fromUtm32(eastingMetres, south ? northingMetres - SOUTH_METRES : northingMetres);
  const east = lon - 9 + middle(zone);
  return { lon: ((((east + 180) % 360) + 360) % 360) - 180, lat };
}

/** `32U 566235 5933980` */
export function printUtm(place: Position): string {
  const { zone, eastingMetres, northingMetres } = toUtm(place);
  return `${String(zone)}${bandOf(place.lat)} ${Math.round(eastingMetres)} ${Math.round(northingMetres)}`;
}

const bandOf = (lat: number): string => BANDS[Math.min(19, Math.floor((lat + (isSouth(lat) ? 80 : 80.000_000_001)) / 8))] ?? '';

/**
 * The place as MGRS reference of the WGS 84 lettering (NGA.STND.0037), `32UNE6623533980`; digits are cut off, not
 * rounded, as the standard wants it. @param digits of east and of north each, 0 to 5
 * @returns nothing beyond 84° north and 80° south, where other letters hold
 */
export function toMgrs(place: Position, digits = DIGITS): string | undefined {
  if (!(place.lat >= -80 && place.lat <= 84) || !Number.isFinite(place.lon)) return undefined;
  const { zone, eastingMetres, northingMetres } = toUtm(place);
  // a place on a line must not fall behind it by the last bit
  const east = Math.floor(eastingMetres + 1e-6);
  const north = Math.max(0, Math.min(Math.floor(northingMetres + 1e-6), isSouth(place.lat) ? SOUTH_METRES - 1 : Infinity));
  const column = COLUMNS[(zone - 1) % 3]![Math.floor(east / SQUARE_METRES) - 1] ?? '';
  const row = ROWS[(Math.floor(north / SQUARE_METRES) + (zone % 2 === 0 ? 5 : 0)) % ROWS.length]!;
  const number = (metres: number): string =>
    String(metres % SQUARE_METRES)
      .padStart(DIGITS, '0')
      .slice(0, digits);
  return `${String(zone).padStart(2, '0')}${bandOf(place.lat)}${column}${row}${number(east)}${number(north)}`;
}

/** `32U NE 66235 33980`, as people read it. */
export function printMgrs(place: Position): string | undefined {
  const [, zone, square, numbers = ''] = /^(\d\d[C-X])([A-Z]{2})(\d*)$/.exec(toMgrs(place) ?? '') ?? [];
  return zone === undefined ? undefined : `${zone} ${square} ${numbers.slice(0, DIGITS)} ${numbers.slice(DIGITS)}`;
}

/** The middle of the square that a reference names, with the length of its side. @returns nothing when there is no such square */
export function fromMgrs(text: string): (Position & { readonly sideMetres: number }) | undefined {
  const parts = /^(\d{1,2})([C-HJ-NP-X])([A-HJ-NP-Z])([A-HJ-NP-V])((?:\d\d){0,5})$/.exec(text.toUpperCase().replaceAll(/\s/g, ''));
  if (parts === null) return undefined;
  const [, zoneText, band, columnLetter, rowLetter, numbers] = parts as unknown as [string, string, string, string, string, string];
  const zone = Number(zoneText);
  const column = COLUMNS[(zone + 2) % 3]!.indexOf(columnLetter);
  if (zone < 1 || zone > 60 || column === -1) return undefined;
  const digits = numbers.length / 2;
  const sideMetres = 10 ** (DIGITS - digits);
  const inside = (part: string): number => Number(part === '' ? 0 : part) * sideMetres + sideMetres / 2;
  const eastingMetres = (column + 1) * SQUARE_METRES + inside(numbers.slice(0, digits));
  const row = (ROWS.indexOf(rowLetter) - (zone % 2 === 0 ? 5 : 0) + ROWS.length) % ROWS.length;
  const northInCycle = row * SQUARE_METRES + inside(numbers.slice(digits));
  const south = band < 'N';
  const least = BANDS.indexOf(band) * 8 - 80;
  // rows repeat every 2,000 km, bands are 900 km high: one of the repetitions touches the band
  for (let cycle = 0; cycle < 5; cycle++) {
    const place = fromUtm({ zone, south, eastingMetres, northingMetres: cycle * ROW_CYCLE_METRES + northInCycle });
    const slack = sideMetres / 111_000 + 0.01;
    if (place.lat >= least - slack && place.lat <= least + (band === 'X' ? 12 : 8) + slack) return { ...place, sideMetres };
  }
  return undefined;
}
