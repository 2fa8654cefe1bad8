import type { CountUse, UseStep } from '../../src/kernel/usage.ts';

/** A seeded week of traffic: many ordinary readers, and some who are alone with what they are. */

export interface WeekRequest {
  readonly at: Temporal.Instant;
  /** Who sends it; only the test knows. */
  readonly person: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Marks that must be found nowhere afterwards. */
export const MARKS = { address: '203.0.113.77', agent: 'Kolibri-Unikat', word: 'Quittenbaum' };

const SERVICES = ['baumfaellung', 'bewohnerparkausweis', 'selten'] as const;
const AGENTS = {
  phone: 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Mobile',
  tablet: 'Mozilla/5.0 (iPad; CPU OS 18_0 like Mac OS X)',
  computer: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64)',
};

interface Person {
  readonly name: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly service: (typeof SERVICES)[number];
}

/** Requests in order of their time. @param seed the same seed is the same week */
export function weekOfTraffic(seed: number, start: Temporal.Instant): WeekRequest[] {
  const random = generator(seed);
  const requests: WeekRequest[] = [];
  for (let day = 0; day < 7; day++) {
    const morning = start.add({ hours: 24 * day });
    const crowd = Array.from({ length: 90 + Math.floor(random() * 60) }, (_, index) => ordinary(`o${day}-${index}`, random));
    for (const person of crowd) {
      const at = morning.add({ minutes: Math.floor(random() * 14 * 60) });
      walk(requests, person, at, 2 + Math.floor(random() * 5), random);
    }
    for (const person of alone(day)) walk(requests, person, morning.add({ minutes: 200 + 7 * day }), person.name.startsWith('reload') ? 60 : 6, random);
    for (let index = 0; index < 40; index++) {
      const robot = { name: `robot${index}`, service: SERVICES[0], headers: { 'user-agent': `FictionBot/${index}`, 'x-forwarded-for': `198.51.100.${index}` } };
      walk(requests, robot, morning.add({ minutes: index }), 3, random);
    }
  }
  return requests.toSorted((a, b) => Temporal.Instant.compare(a.at, b.at));
}

function ordinary(name: string, random: () => number): Person {
  const [device, lang] = [random(), random()];
  const agent = device < 0.62 ? AGENTS.phone : device < 0.97 ? AGENTS.computer : AGENTS.tablet;
  return {
    name,
    service: random() < 0.6 ? SERVICES[0] : SERVICES[1],
    headers: {
      'user-agent': `${agent} build/${Math.floor(random() * 1e9)}`,
      'x-forwarded-for': `10.${Math.floor(random() * 250)}.${Math.floor(random() * 250)}.${Math.floor(random() * 250)}`,
      'accept-language': lang < 0.9 ? 'de-DE' : 'en-GB',
      ...(lang > 0.86 && lang < 0.9 ? { cookie: 'kontor_lang=leicht' } : {}),
      ...(lang > 0.99 ? { cookie: 'kontor_theme=dark' } : {}),
    },
  };
}

/** The only Ukrainian tablet at night, the only person at a service, one who reloads, one who declines. */
function alone(day: number): Person[] {
  const agent = `Mozilla/5.0 (iPad; ${MARKS.agent}) day/${day}`;
  return [
    {
      name: `unique-${day}`,
      service: SERVICES[1],
      headers: { 'user-agent': agent, 'x-forwarded-for': MARKS.address, 'accept-language': 'uk-UA', cookie: 'kontor_theme=night' },
    },
    { name: `rare-${day}`, service: 'selten', headers: { 'user-agent': AGENTS.computer, 'x-forwarded-for': '203.0.113.5', 'accept-language': 'de' } },
    { name: `reload-${day}`, service: 'selten', headers: { 'user-agent': AGENTS.tablet, 'x-forwarded-for': '203.0.113.6', 'accept-language': 'en' } },
    { name: `declines-${day}`, service: SERVICES[0], headers: { 'user-agent': AGENTS.phone, 'x-forwarded-for': '203.0.113.7', 'sec-gpc': '1' } },
  ];
}

const STEPS = ['service-shown', 'form-begun', 'form-page', 'form-page', 'form-refused', 'form-submitted'];

function walk(into: WeekRequest[], { name, service, headers }: Person, start: Temporal.Instant, steps: number, random: () => number): void {
  const origin = random() < 0.3 ? (random() < 0.5 ? 'b7kfm.a' : 'b7kfm.b') : '';
  for (let step = 0; step < steps; step++) {
    const kind = STEPS[step % STEPS.length]!;
    const query = new URLSearchParams({
      ...(kind === 'form-page' || kind === 'form-refused' ? { page: step % 2 === 0 ? 'angaben' : 'ort' } : {}),
      ...(kind === 'form-refused' ? { field: random() < 0.9 ? 'strasse' : 'hausnummer' } : {}),
      ...(origin === '' ? {} : { k: origin }),
    });
    into.push({ at: start.add({ seconds: 20 * step }), person: name, path: `/probe/${kind}/${service}?${query.toString()}`, headers });
  }
}

/** A request as the edge and a module would count it. */
export function usedBy({ path, person, headers }: WeekRequest): Parameters<CountUse> {
  const url = new URL(path, 'http://localhost');
  const [, , step, subject] = url.pathname.split('/');
  const [page, field, origin] = ['page', 'field', 'k'].map((name) => url.searchParams.get(name));
  const agent = headers['user-agent']!;
  return [
    {
      device: /iPad/.test(agent) ? 'tablet' : /iPhone/.test(agent) ? 'phone' : 'computer',
      lang: headers['accept-language']?.startsWith('de') === true ? 'de' : 'en',
      modes: [],
      robot: agent.startsWith('FictionBot'),
      ofToday: person,
    },
    { step: step as UseStep, subject: subject!, ...(page ? { page } : {}), ...(field ? { field } : {}), ...(origin ? { origin } : {}) },
  ];
}

/** Mulberry32. */
export function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
