import { CHATTER, PLACES, SCENES, type Scene } from './made-words.ts';
import type { Category } from '../../../kernel/report.ts';
import type { IncomingReport } from './report.ts';

/** A made report with what is true of it. */
export interface MadeReport extends Omit<IncomingReport, 'lageId'> {
  readonly event: string;
}

/** Numbers that depend on the seed alone (mulberry32, Ettinger, public domain). */
export function numbersFrom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const START = Temporal.Instant.from('2026-11-12T18:00:00Z');
const MINUTES = 10 * 60;

interface Making {
  readonly random: () => number;
  readonly reports: MadeReport[];
  serial: number;
}

const pick = <T>(random: () => number, list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
/** Standard normal by Box and Muller. */
const normal = (random: () => number): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

/**
 * A storm surge as people tell it: events with paraphrases by several sources, reposts, wrong places, distinct
 * events near by, contradictions, and chatter. The same seed makes the same set.
 */
export function madeSet(seed: number, events = 60): MadeReport[] {
  const making: Making = { random: numbersFrom(seed), reports: [], serial: 0 };
  const { random } = making;
  const taken = new Set<string>();
  for (let n = 0; n < events; n++) {
    const scene = pick(random, SCENES);
    const place = pick(random, PLACES);
    // nobody could tell two events of one kind at one place in one night apart
    if (taken.has(`${scene.category} ${place.name}`)) continue;
    taken.add(`${scene.category} ${place.name}`);
    const at = random() * MINUTES;
    makeEvent(making, `e${n}`, scene, place, at);
    // another of the same kind near by at about the same time: other street, other event
    if (random() < 0.3) makeEvent(making, `e${n}-nah`, scene, neighbourOf(random, place, n), at + random() * 60);
  }
  for (let n = 0; n < events; n++) {
    const text = pick(random, CHATTER);
    // the same words from several mouths are one thing said
    add(making, {
      event: `rauschen-${CHATTER.indexOf(text)}`,
      text: `${text} ${n % 3 === 0 ? '#hamburg' : ''}`.trim(),
      origin: 'social',
      sourceName: `konto${n}`,
      minutes: random() * MINUTES,
    });
  }
  return making.reports.toSorted((a, b) => Temporal.Instant.compare(a.receivedAt, b.receivedAt) || (a.sourceRef! < b.sourceRef! ? -1 : 1));
}

type MadePlace = (typeof PLACES)[number];

/** 250 to 600 metres away, with a street name of its own. */
function neighbourOf(random: () => number, { lon, lat }: MadePlace, n: number): MadePlace {
  const [far, turn] = [250 + random() * 350, random() * 2 * Math.PI];
  const first = ['Neben', 'Speicher', 'Quer', 'Schleusen', 'Fähr', 'Linden', 'Kapitän', 'Werft', 'Kran', 'Lotsen', 'Segel', 'Anker'];
  const last = ['weg', 'straße', 'damm', 'stieg', 'platz'];
  const name = `am ${first[n % first.length]!}${last[Math.floor(n / first.length) % last.length]!}`;
  return { name, lon: lon + (far * Math.cos(turn)) / 66_100, lat: lat + (far * Math.sin(turn)) / 111_320 };
}

function makeEvent(making: Making, event: string, scene: Scene, place: MadePlace, at: number): void {
  const { random } = making;
  const number = 1 + Math.floor(random() * 40);
  const voices = 1 + Math.floor(random() * 5);
  const told: string[] = [];
  for (let voice = 0; voice < voices; voice++) {
    const minutes = at + Math.abs(normal(random)) * scene.spreadMinutes;
    const says = scene.denials.length > 0 && voice > 0 && random() < 0.15 ? scene.denials : scene.phrases;
    const text = pick(random, says).replace('{ort}', place.name).replace('{nr}', String(number));
    const [origin, sourceName] = pick(random, SPEAKERS);
    const ref = add(making, {
      event,
      text,
      origin,
      sourceName: `${sourceName} ${event} ${voice}`,
      minutes,
      place: placeTold(random, place, origin),
      category: origin === 'social' ? undefined : scene.category,
    });
    if (origin === 'social') told.push(ref, text);
  }
  if (told.length > 0 && random() < 0.6) makeReposts(making, event, told[0]!, told[1]!, at);
}

const SPEAKERS: readonly (readonly [IncomingReport['origin'], string])[] = [
  ['social', 'konto'],
  ['social', 'konto'],
  ['public', 'Formular'],
  ['person', 'Florian'],
  ['form', 'Fernmelder'],
  ['mail', 'Post'],
];

const SIGMA: Partial<Record<IncomingReport['origin'], number>> = { social: 150, mail: 150, public: 40, person: 30, form: 40 };

/** Where somebody says it is: mostly about right, now and then not at all or quite wrong. */
function placeTold(random: () => number, { lon, lat }: MadePlace, origin: IncomingReport['origin']): IncomingReport['place'] | undefined {
  const sigma = SIGMA[origin] ?? 50;
  const chance = random();
  if (origin === 'social' && chance < 0.4) return undefined;
  const wrong = origin !== 'person' && chance > 0.95;
  const metres = wrong ? 3000 : sigma;
  return {
    lon: lon + (normal(random) * metres) / 66_100 / Math.SQRT2,
    lat: lat + (normal(random) * metres) / 111_320 / Math.SQRT2,
    uncertaintyMetres: sigma,
  };
}

/** Copies by others: some say of what, some only dress the words differently; the place is the copier's own. */
function makeReposts(making: Making, event: string, ref: string, text: string, at: number): void {
  const { random } = making;
  const copies = 1 + Math.floor(random() * 4);
  for (let n = 0; n < copies; n++) {
    const says = random();
    const dressed = says < 0.4 ? `RT @konto: ${text}` : says < 0.7 ? `${text} 😱 https://example.org/${n}` : text.toUpperCase();
    add(making, {
      event,
      text: dressed,
      origin: 'social',
      sourceName: `weiter ${event} ${n}`,
      minutes: at + 5 + random() * 90,
      place: random() < 0.2 ? { lon: 9.8 + random() * 0.4, lat: 53.45 + random() * 0.2, uncertaintyMetres: 150 } : undefined,
      originRef: says < 0.4 ? ref : undefined,
    });
  }
}

interface Told {
  readonly event: string;
  readonly text: string;
  readonly origin: IncomingReport['origin'];
  readonly sourceName: string;
  readonly minutes: number;
  readonly place?: IncomingReport['place'] | undefined;
  readonly category?: Category | undefined;
  readonly originRef?: string | undefined;
}

function add(making: Making, { event, text, origin, sourceName, minutes, place, category, originRef }: Told): string {
  const eventAt = START.add({ seconds: Math.round(minutes * 60) });
  const sourceRef = `r${making.serial++}`;
  making.reports.push({
    event,
    text,
    origin,
    sourceName,
    sourceRef,
    eventAt,
    receivedAt: eventAt.add({ seconds: Math.round(making.random() * 240) }),
    ...(place === undefined ? {} : { place }),
    ...(category === undefined ? {} : { category }),
    ...(originRef === undefined ? {} : { originRef }),
  });
  return sourceRef;
}
