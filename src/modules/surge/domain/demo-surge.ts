import { demoPolders, demoZones, type DemoPolder } from './demo-polders.ts';
import type { NewForecast, Peak } from './forecast.ts';
import type { GateState, ZoneFacts } from './gates.ts';
import { seeded } from './seeded.ts';

const MINUTES = 1800;

export interface DemoEvent<T> {
  /** Since the beginning. */
  readonly minute: number;
  readonly what: T;
}

/** A storm surge of 30 hours, minute by minute; nothing of it was measured. */
export interface DemoSurge {
  readonly synthetic: true;
  readonly seed: number;
  readonly minutes: number;
  /** Metres NHN at St. Pauli, one a minute, from minute 0 to 1800. */
  readonly levels: readonly number[];
  readonly peaks: readonly (Omit<Peak, 'at'> & { readonly minute: number })[];
  /** Hourly; `at(start)` makes the forecast of that hour. */
  readonly forecasts: readonly DemoEvent<{ readonly at: (start: Temporal.Instant) => NewForecast }>[];
  readonly polders: readonly DemoPolder[];
  readonly zones: readonly ZoneFacts[];
  /** Changes of what gate sensors say; between them they repeat themselves every ten minutes, but for the one that falls silent. */
  readonly gateSensors: readonly DemoEvent<{ readonly gate: string; readonly state: GateState }>[];
  /** What Polderpiloten report. */
  readonly gatePeople: readonly DemoEvent<{ readonly gate: string; readonly state: GateState; readonly remark: string }>[];
  /** Gates at which sensor and person contradict each other, and the one whose sensor fails. */
  readonly planted: {
    readonly contradictions: readonly [string, string];
    readonly faulty: string;
    readonly silent: { readonly gate: string; readonly fromMinute: number };
  };
  /** Positions of moving units, every two minutes each. */
  readonly unitTracks: readonly DemoEvent<{ readonly callSign: string; readonly lon: number; readonly lat: number }>[];
  readonly publicReports: readonly DemoEvent<{
    readonly id: string;
    readonly text: string;
    readonly category: string;
    readonly lon: number;
    readonly lat: number;
  }>[];
}

/** The main peak lies between those of 2013 (6.09 m) and 1976 (6.45 m), the highest that were measured at St. Pauli. */
export function demoSurge(seed = 1): DemoSurge {
  const random = seeded(seed);
  const main = round(6.09 + random() * 0.36, 2);
  const peaks = [
    { kind: 'NW', minute: -180, metres: -0.4, plusMinus: 0 },
    { kind: 'HW', minute: 195, metres: 3.9, plusMinus: 0.05 },
    { kind: 'NW', minute: 600, metres: 1.7, plusMinus: 0.1 },
    { kind: 'HW', minute: 960, metres: main, plusMinus: 0.1 },
    { kind: 'NW', minute: 1380, metres: 1.1, plusMinus: 0.1 },
    { kind: 'HW', minute: 1700, metres: 4.2, plusMinus: 0.1 },
    { kind: 'NW', minute: 2100, metres: 0.6, plusMinus: 0.1 },
    { kind: 'HW', minute: 2440, metres: 3.1, plusMinus: 0.1 },
  ] as const;
  const polders = demoPolders(seed);
  const gates = polders.flatMap((polder) => polder.gates);
  const levels = Array.from({ length: MINUTES + 1 }, (_, minute) => round(levelAt(peaks, minute) + Math.sin(minute / 7) * 0.015 + (random() - 0.5) * 0.02, 3));
  const planted = { contradictions: [gates[4]!.code, gates[31]!.code] as const, faulty: gates[17]!.code, silent: { gate: gates[50]!.code, fromMinute: 520 } };
  return {
    synthetic: true,
    seed,
    minutes: MINUTES,
    levels,
    peaks,
    forecasts: Array.from({ length: MINUTES / 60 + 1 }, (_, hour) => ({ minute: hour * 60, what: { at: (start) => forecastAt(peaks, main, hour, start) } })),
    polders,
    zones: demoZones(),
    ...gateEvents(gates, levels, planted, random),
    planted,
    unitTracks: tracks(random),
    publicReports: reports(random),
  };
}

type DemoPeak = DemoSurge['peaks'][number];

function levelAt(peaks: readonly DemoPeak[], minute: number): number {
  const next = peaks.findIndex((peak) => peak.minute >= minute);
  const [a, b] = [peaks[next - 1]!, peaks[next]!];
  return a.metres + ((b.metres - a.metres) * (1 - Math.cos((Math.PI * (minute - a.minute)) / (b.minute - a.minute)))) / 2;
}

/** Early forecasts are too low and less sure: with each hour they come nearer, and rise twice by more than 20 cm. */
function forecastAt(peaks: readonly DemoPeak[], main: number, hour: number, start: Temporal.Instant): NewForecast {
  const error = hour < 3 ? -1.0 : hour < 6 ? -0.6 : hour < 9 ? -0.25 : hour < 12 ? -0.05 : 0;
  const shown = peaks.filter(({ minute }) => minute >= hour * 60 - 60);
  return {
    issuer: 'Demo-Vorhersagedienst (synthetisch)',
    issuedAt: start.add({ minutes: hour * 60 }),
    peaks: shown.map(({ kind, minute, metres }) => ({
      kind,
      at: start.add({ minutes: minute + (minute === 960 && hour < 6 ? 10 : 0) }),
      metres: round(kind === 'HW' && metres === main ? metres + error : metres, 2),
      plusMinus: round(Math.min(0.5, 0.1 + Math.max(0, minute / 60 - hour) * 0.03), 2),
    })),
    curve: [],
    synthetic: true,
  };
}

type Gates = DemoPolder['gates'];

/** Gates begin to close two hours before the water stands at them, pilots report when they are shut. */
function gateEvents(
  gates: Gates,
  levels: readonly number[],
  planted: DemoSurge['planted'],
  random: () => number,
): Pick<DemoSurge, 'gateSensors' | 'gatePeople'> {
  const gateSensors: DemoSurge['gateSensors'][number][] = [];
  const gatePeople: DemoSurge['gatePeople'][number][] = [];
  for (const { code: gate, closingMetres, closingMinutes } of gates) {
    const water = levels.findIndex((level, minute) => minute > 300 && level >= closingMetres);
    const begin = Math.max(330, (water < 0 ? 900 : water) - 120 - closingMinutes - Math.floor(random() * 40));
    const shut = begin + closingMinutes;
    const sensor = (minute: number, state: GateState): void => void gateSensors.push({ minute, what: { gate, state } });
    const person = (minute: number, state: GateState, remark: string): void => void gatePeople.push({ minute, what: { gate, state, remark } });
    sensor(0, 'open');
    if (gate === planted.faulty) {
      sensor(begin, 'closing');
      sensor(begin + 9, 'faulty');
      person(begin + 25, 'faulty', 'Antrieb blockiert, Notverschluss mit Dammbalken angefordert');
      continue;
    }
    if (gate === planted.contradictions[1]) {
      // the pilot says shut, the sensor goes on to say open
      person(shut, 'closed', 'Geschlossen und verriegelt');
      continue;
    }
    if (gate === planted.silent.gate && begin >= planted.silent.fromMinute) {
      person(shut, 'closed', 'Sensor ohne Anzeige, Tor von Hand geschlossen');
      continue;
    }
    sensor(begin, 'closing');
    sensor(shut, 'closed');
    if (gate === planted.contradictions[0]) person(shut + 12, 'open', 'Spalt von 20 cm, Treibgut in der Schwelle');
    else person(shut + 4, 'closed', 'Geschlossen und verriegelt');
  }
  const order = (a: DemoEvent<{ gate: string }>, b: DemoEvent<{ gate: string }>): number => a.minute - b.minute || a.what.gate.localeCompare(b.what.gate);
  return { gateSensors: gateSensors.toSorted(order), gatePeople: gatePeople.toSorted(order) };
}

function tracks(random: () => number): DemoSurge['unitTracks'] {
  const found: DemoSurge['unitTracks'][number][] = [];
  for (let unit = 1; unit <= 12; unit += 1) {
    const [centreLon, centreLat, phase, speed] = [9.9 + random() * 0.12, 53.5 + random() * 0.04, random() * 6, 0.004 + random() * 0.006];
    for (let minute = 300; minute <= 1500; minute += 2) {
      const turn = phase + minute * speed;
      found.push({
        minute,
        what: { callSign: `Demo ${unit}`, lon: round(centreLon + Math.cos(turn) * 0.012, 6), lat: round(centreLat + Math.sin(turn) * 0.007, 6) },
      });
    }
  }
  return found.toSorted((a, b) => a.minute - b.minute);
}

const TEXTS = [
  ['Wasser auf der Straße, etwa knöcheltief', 'ueberflutung'],
  ['Keller läuft voll, Strom noch an', 'ueberflutung'],
  ['Auto steht im Wasser, Person darin', 'person-in-not'],
  ['Baum liegt auf der Fahrbahn', 'hindernis'],
  ['Tor zum Kai steht noch offen', 'tor'],
  ['Wer hilft meiner Nachbarin aus dem Erdgeschoss?', 'person-in-not'],
] as const;

/** Forty reports around the main peak; every fifth is sent again in nearly the same words. */
function reports(random: () => number): DemoSurge['publicReports'] {
  const found: DemoSurge['publicReports'][number][] = [];
  for (let index = 0; index < 40; index += 1) {
    const [text, category] = TEXTS[Math.floor(random() * TEXTS.length)]!;
    const minute = 700 + Math.floor(random() * 450);
    const [lon, lat] = [round(9.9 + random() * 0.12, 5), round(53.5 + random() * 0.04, 5)];
    found.push({ minute, what: { id: `demo-${index}`, text: `${text} (Demo)`, category, lon, lat } });
    if (index % 5 === 0) found.push({ minute: minute + 6, what: { id: `demo-${index}-again`, text: `${text}!! (Demo)`, category, lon: lon + 0.0002, lat } });
  }
  return found.toSorted((a, b) => a.minute - b.minute || a.what.id.localeCompare(b.what.id));
}

const round = (value: number, digits: number): number => Math.round(value * 10 ** digits) / 10 ** digits;
