import { uuidFrom } from './kernel/id.ts';
import type { DemoResident } from './modules/identity/public.ts';

/** A number from 0 up to 1 that is the same in every demo (FNV-1a, then mixed as in MurmurHash3). */
export function dice(...of: readonly (string | number)[]): number {
  let hash = 0x811c9dc5;
  for (const sign of of.join(' ')) hash = Math.imul(hash ^ sign.codePointAt(0)!, 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}

/** One of them, the same in every demo. */
export const pick = <T>(from: readonly T[], ...of: readonly (string | number)[]): T => from[Math.floor(dice(...of) * from.length)]!;

const GIVEN =
  'Ada Ayşe Bente Carlos Dilan Elias Emine Fenja Gesa Hannes Ida Ivana Jannis Jonte Kalle Leyla Lotta Malik Mara Milan Nele Olga Oskar Pia Rasmus Samira Silke Tarek Tomke Wanja Yara Zoe'.split(
    ' ',
  );
/** Put together, so that the names are nobody's. */
const [FIRST, LAST] = [
  'Alster Brook Deich Elb Fleet Geest Heide Koog Marsch Moor Priel Sand Siel Wiek'.split(' '),
  'berg brink feld garten graf hoff horst kamp mann sen steg wald werder winkel'.split(' '),
];
const STREETS = ['Beispielstraße', 'Musterallee', 'Musterberg', 'Am Musterdeich', 'Probeweg', 'Erfundener Stieg', 'Demogasse'];

/** Where somebody lives: parking zones of the demo with a place in them. */
const QUARTERS = [
  { zone: 'A101', postcode: '22767', lon: 9.935, lat: 53.557 },
  { zone: 'A102', postcode: '22763', lon: 9.93, lat: 53.556 },
  { zone: 'E201', postcode: '20144', lon: 9.95, lat: 53.58 },
  { zone: 'N401', postcode: '22303', lon: 10.01, lat: 53.59 },
  { zone: 'M301', postcode: '20099', lon: 10.005, lat: 53.55 },
] as const;

export interface Resident extends DemoResident {
  readonly zone: string;
  readonly position: { readonly lon: number; readonly lat: number };
}

/** Somebody invented, the same in every demo. @param card whether they use their Online-Ausweis */
export function residentOf(index: number, card = true): Resident {
  const name = `resident ${card ? '' : 'without card '}${index}`;
  const { zone, postcode, lon, lat } = pick(QUARTERS, name, 'quarter');
  const within = (what: string): number => Math.round(dice(name, what) * 60) * 0.0001;
  return {
    id: uuidFrom(`demo ${name}`),
    givenName: pick(GIVEN, name, 'given'),
    familyName: pick(FIRST, name, 'first') + pick(LAST, name, 'last'),
    birthDate: Temporal.PlainDate.from('1948-01-01').add({ days: Math.floor(dice(name, 'birth') * 20_000) }),
    address: { street: pick(STREETS, name, 'street'), houseNumber: String(1 + Math.floor(dice(name, 'house') * 180)), postcode, place: 'Hamburg' },
    card,
    zone,
    position: { lon: Math.round((lon + within('lon')) * 1e6) / 1e6, lat: Math.round((lat + within('lat')) * 1e6) / 1e6 },
  };
}
