import { demoPeople } from '../modules/identity/public.ts';
import type { DemoSurge } from '../modules/surge/public.ts';
import type { CityAtTime } from './city-with-clock.ts';
import { WalkClient } from './walk-client.ts';

/** The moment at which every walk begins; with the same seed everything happens at the same minute. */
const BEGINS = Temporal.Instant.from('2026-11-24T11:00:00Z');
/** Whoever works signs in again so often. */
const SIGN_IN_MINUTES = 240;

const STAFF = { jens: 'jens.stabsleiter', silke: 'silke.lage', ole: 'ole.einsatz', petra: 'hafen.petra', tom: 'tom.trupp', arne: 'arne.admin' } as const;
export type Who = keyof typeof STAFF;

export interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}

/** Something that does not hold. */
export class Broken extends Error {}

/** The city, the people and the hour of a walk through a storm surge. */
export class Stage {
  readonly city: CityAtTime;
  readonly surge: DemoSurge;
  readonly say: (line: string) => void;
  /** Key of the Lage, once it is open. */
  key = '';
  /** Minutes since the beginning. */
  minute = 0;
  readonly #people = new Map<Who, WalkClient>();
  #signedInAt = -Infinity;
  #stepAt = performance.now();

  constructor(city: CityAtTime, surge: DemoSurge, say: (line: string) => void) {
    this.city = city;
    this.surge = surge;
    this.say = say;
  }

  static readonly begins = BEGINS;

  at(minute: number): Temporal.Instant {
    return BEGINS.add({ minutes: minute });
  }

  /** The city's clock goes on to this minute. */
  async passTo(minute: number): Promise<void> {
    this.minute = minute;
    this.city.putTo(this.at(minute));
    if (minute - this.#signedInAt < SIGN_IN_MINUTES) return;
    this.#signedInAt = minute;
    for (const who of Object.keys(STAFF) as Who[]) this.#people.set(who, await this.#signIn(STAFF[who]));
  }

  async #signIn(name: string): Promise<WalkClient> {
    const person = demoPeople.find(({ subject }) => subject.endsWith(name));
    if (person === undefined) throw new Error(`keine Demo-Person ${name}`);
    const client = new WalkClient(this.city.url);
    await client.signIn('beschaeftigte', person.subject);
    return client;
  }

  client(who: Who): WalkClient {
    const client = this.#people.get(who);
    if (client === undefined) throw new Error(`${who} is not signed in`);
    return client;
  }

  /** One call inside the Lage. */
  call<T>(who: Who, method: string, path: string, body?: object): Promise<T> {
    return this.client(who).call<T>(method, `/api/lagen/${this.key}${path}`, body);
  }

  /** A whole list, page by page. */
  async list<T>(who: Who, path: string): Promise<T[]> {
    const found: T[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const query: string = cursor === '' ? path : `${path}${path.includes('?') ? '&' : '?'}cursor=${encodeURIComponent(cursor)}`;
      const { items, next } = await this.call<Page<T>>(who, 'GET', query);
      found.push(...items);
      cursor = next;
    }
    return found;
  }

  step(text: string): void {
    const ms = performance.now() - this.#stepAt;
    const hour = `${String(Math.floor(this.minute / 60)).padStart(2, '0')}:${String(this.minute % 60).padStart(2, '0')}`;
    this.say(`${`${ms.toFixed(0)} ms`.padStart(9)}  [+${hour}] ${text}`);
    this.#stepAt = performance.now();
  }

  /** @throws when it is not so */
  hold(so: boolean, what: string): void {
    if (!so) throw new Broken(what);
  }

  /** @throws when it is not so after ten seconds */
  async until(done: () => Promise<boolean>, what: string): Promise<void> {
    for (const ends = performance.now() + 10_000; !(await done());) {
      if (performance.now() > ends) throw new Broken(what);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
