import type { Position } from '../../../kernel/geo.ts';

/**
 * The sensors of a demo city, made up: 1,500 datastreams of bikes, water levels, air, parking and
 * charging. Every value follows from the stream's number and the time alone, so history and what
 * runs live are one curve, and two cities show the same.
 */
export type DemoKind = 'bikes' | 'water' | 'air' | 'parking' | 'charging';

export interface DemoStream {
  /** From 0; names the stream's own dice. */
  readonly number: number;
  readonly kind: DemoKind;
  /** What is measured, a key of `DEMO_PROPERTIES`. */
  readonly property: DemoProperty;
  /** Streams of one station share it. */
  readonly station: number;
}

interface PropertyFacts {
  readonly name: string;
  readonly definition: string;
  readonly description: string;
  readonly unit: { readonly name: string; readonly symbol: string; readonly definition: string };
  /** Name and layer of the service, as clients of Hamburg's own interfaces filter by them. */
  readonly serviceName: string;
  readonly layerName: string;
  readonly minutes: number;
}

const UCUM = 'http://unitsofmeasure.org/ucum.html#para-';
const COUNT = { name: 'Anzahl', symbol: '1', definition: `${UCUM}12` };
const GRAMS = { name: 'Mikrogramm je Kubikmeter', symbol: 'µg/m³', definition: `${UCUM}28` };

const air = (name: string, layerName: string): PropertyFacts => ({
  name,
  definition: `https://dd.eionet.europa.eu/vocabulary/aq/pollutant/${layerName}`,
  description: `${name} in der Außenluft, Mittel einer Stunde`,
  unit: GRAMS,
  serviceName: 'Demo_Luftmessnetz',
  layerName,
  minutes: 60,
});

export const DEMO_PROPERTIES = {
  bikes: {
    name: 'Radverkehrsstärke',
    definition: 'https://kontor.example/begriffe/radverkehrsstaerke',
    description: 'Fahrräder an der Zählstelle in 15 Minuten',
    unit: COUNT,
    serviceName: 'Demo_Radzaehlnetz',
    layerName: 'Anzahl_Fahrraeder_15-Min',
    minutes: 15,
  },
  level: {
    name: 'Wasserstand',
    definition: 'https://kontor.example/begriffe/wasserstand',
    description: 'Wasserstand über Normalhöhennull',
    unit: { name: 'Meter über NHN', symbol: 'm', definition: `${UCUM}28` },
    serviceName: 'Demo_Pegel',
    layerName: 'Wasserstand_NHN',
    minutes: 15,
  },
  no2: air('Stickstoffdioxid', 'NO2'),
  pm10: air('Feinstaub PM10', 'PM10'),
  pm25: air('Feinstaub PM2,5', 'PM2.5'),
  o3: air('Ozon', 'O3'),
  parking: {
    name: 'Freie Stellplätze',
    definition: 'https://kontor.example/begriffe/freie-stellplaetze',
    description: 'Freie Stellplätze im Parkhaus',
    unit: COUNT,
    serviceName: 'Demo_Parken',
    layerName: 'Freie_Stellplaetze',
    minutes: 15,
  },
  charging: {
    name: 'Freie Ladepunkte',
    definition: 'https://kontor.example/begriffe/freie-ladepunkte',
    description: 'Freie Ladepunkte der Station',
    unit: COUNT,
    serviceName: 'Demo_Ladepunkte',
    layerName: 'Freie_Ladepunkte',
    minutes: 15,
  },
} as const satisfies Readonly<Record<string, PropertyFacts>>;
export type DemoProperty = keyof typeof DEMO_PROPERTIES;

const AIR: readonly DemoProperty[] = ['no2', 'pm10', 'pm25', 'o3'];
const STATIONS: readonly (readonly [kind: DemoKind, stations: number, properties: readonly DemoProperty[]])[] = [
  ['bikes', 200, ['bikes']],
  ['water', 40, ['level']],
  ['air', 60, AIR],
  ['parking', 320, ['parking']],
  ['charging', 700, ['charging']],
];

/** All 1,500 streams, in order of their numbers. */
export function demoStreams(): readonly DemoStream[] {
  const streams: DemoStream[] = [];
  let station = 0;
  for (const [kind, stations, properties] of STATIONS) {
    for (let index = 0; index < stations; index++, station++) {
      for (const property of properties) streams.push({ number: streams.length, kind, property, station });
    }
  }
  return streams;
}

/** A fraction in [0, 1) that follows from whole numbers alone (mixing steps of MurmurHash3, Appleby 2008). */
export function dice(...numbers: readonly number[]): number {
  let hash = 0x9e3779b9;
  for (const number of numbers) {
    hash = Math.imul(hash ^ (number | 0) ^ ((number / 4_294_967_296) | 0), 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    hash ^= hash >>> 16;
  }
  return (hash >>> 0) / 4_294_967_296;
}

/** Where a station stands: near one of the given places, inside `inside`. @param around e.g. points of main roads */
export function demoPlace(station: number, around: readonly Position[], inside: (position: Position) => boolean): Position {
  for (let attempt = 0; attempt < 50; attempt++) {
    const near = around[Math.floor(dice(station, attempt, 1) * around.length)]!;
    const lon = near.lon + (dice(station, attempt, 2) - 0.5) * 0.02;
    const lat = near.lat + (dice(station, attempt, 3) - 0.5) * 0.012;
    const position = { lon: Math.round(lon * 1e6) / 1e6, lat: Math.round(lat * 1e6) / 1e6 };
    if (inside(position)) return position;
  }
  return around[station % around.length]!;
}
