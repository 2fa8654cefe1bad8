import { CITY_ZONE } from '../../../kernel/time.ts';
import { DEMO_PROPERTIES, dice, type DemoProperty, type DemoStream } from './demo-streams.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Principal lunar semidiurnal tide, M2, in hours; solar, S2: 12 (Doodson 1921). Their beat is spring and neap. */
const M2_HOURS = 12.4206012;

/** The start of the period that `at` lies in, in milliseconds since 1970. */
export function demoSlot(property: DemoProperty, atMs: number): number {
  const length = DEMO_PROPERTIES[property].minutes * 60_000;
  return Math.floor(atMs / length) * length;
}

/** What the stream measured in the period that begins at `slotMs`, in the unit of its property. */
export function demoValue(stream: DemoStream, slotMs: number): number {
  switch (stream.property) {
    case 'bikes':
      return bikes(stream, slotMs);
    case 'level':
      return level(stream, slotMs);
    case 'parking':
      return parking(stream, slotMs);
    case 'charging':
      return charging(stream, slotMs);
    case 'no2':
    case 'pm10':
    case 'pm25':
    case 'o3':
      return air(stream, slotMs);
  }
}

/** Hour of the day and day of the week in the city, and how fine the weather is: 0 rain to 1 sun. */
function cityHour(ms: number): { readonly hour: number; readonly weekend: boolean; readonly fine: number; readonly season: number } {
  const local = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(CITY_ZONE);
  const day = Math.floor(ms / DAY);
  const mix = (ms % DAY) / DAY;
  const fine = dice(day, 77) * (1 - mix) + dice(day + 1, 77) * mix;
  const season = 0.5 - 0.5 * Math.cos((2 * Math.PI * (local.dayOfYear - 20)) / 365);
  return { hour: local.hour + local.minute / 60, weekend: local.dayOfWeek >= 6, fine, season };
}

const bump = (hour: number, at: number, width: number): number => Math.exp(-(((hour - at) / width) ** 2));

function bikes(stream: DemoStream, ms: number): number {
  const { hour, weekend, fine, season } = cityHour(ms);
  const shape = weekend ? 0.7 * bump(hour, 14.5, 4) : 1.0 * bump(hour, 7.9, 1.3) + 1.1 * bump(hour, 17.3, 1.9) + 0.35 * bump(hour, 13, 3);
  const size = 20 + 180 * dice(stream.number, 1) ** 2;
  return Math.round(size * (shape + 0.02) * (0.45 + 0.55 * season) * (0.5 + 0.5 * fine) * (0.85 + 0.3 * dice(stream.number, ms / 60_000)));
}

/** A tide at three of four gauges, quiet water at the rest; metres above NHN. */
function level(stream: DemoStream, ms: number): number {
  const hours = ms / HOUR;
  const calm = 0.04 * Math.sin((2 * Math.PI * hours) / 31);
  if (stream.number % 4 === 3) return round(1.2 + 2 * dice(stream.number, 1) + calm + 0.01 * dice(stream.number, ms / 60_000), 2);
  const delay = 3 * dice(stream.number, 2);
  const tide = 1.62 * Math.cos((2 * Math.PI * (hours - delay)) / M2_HOURS) + 0.3 * Math.cos((2 * Math.PI * (hours - delay)) / 12);
  const wind = 0.9 * (dice(Math.floor(ms / DAY), 78) - 0.5) * Math.sin((Math.PI * (ms % DAY)) / DAY);
  return round(0.35 + tide + wind + calm + 0.02 * dice(stream.number, ms / 60_000), 2);
}

/** Strength of traffic, and what the season does, by pollutant; micrograms a cubic metre. */
const POLLUTANTS: Readonly<Record<'no2' | 'pm10' | 'pm25' | 'o3', (traffic: number, sun: number, season: number) => number>> = {
  no2: (traffic) => 9 + 26 * traffic,
  pm10: (traffic, sun, season) => 11 + 9 * traffic + 5 * (1 - season) + 2 * sun,
  pm25: (traffic, _sun, season) => 6 + 5 * traffic + 4 * (1 - season),
  o3: (traffic, sun, season) => Math.max(4, 28 + 55 * sun * season - 14 * traffic),
};

function air({ property, station }: DemoStream, ms: number): number {
  const { hour, weekend, fine, season } = cityHour(ms);
  const traffic = (weekend ? 0.5 : 1) * (bump(hour, 8, 2) + bump(hour, 17.5, 2.5)) * (0.5 + dice(station, 4));
  const sun = bump(hour, 14, 4) * fine;
  const base = POLLUTANTS[property as keyof typeof POLLUTANTS](traffic, sun, season);
  return round(base * (0.9 + 0.2 * dice(station, ms / 60_000, property.length)), 1);
}

function parking(stream: DemoStream, ms: number): number {
  const { hour, weekend } = cityHour(ms);
  const spaces = 40 + Math.round(560 * dice(stream.number, 1));
  const busy = weekend ? 0.6 * bump(hour, 15, 4) : 0.8 * bump(hour, 12.5, 4.5);
  return Math.max(0, Math.min(spaces, Math.round(spaces * (1 - busy - 0.15 * dice(stream.number, ms / 60_000)))));
}

function charging(stream: DemoStream, ms: number): number {
  const { hour } = cityHour(ms);
  const points = 2 + 2 * Math.floor(3 * dice(stream.number, 1));
  const busy = 0.25 + 0.45 * bump(hour, 19.5, 4);
  let free = 0;
  for (let point = 0; point < points; point++) if (dice(stream.number, point, Math.floor(ms / (2 * HOUR)) + point) > busy) free += 1;
  return free;
}

const round = (value: number, digits: number): number => Math.round(value * 10 ** digits) / 10 ** digits;
