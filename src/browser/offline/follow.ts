import type { OfflineDatabase } from './database.ts';
import type { Kit, PictureItem } from './kept.ts';

/** Silence after which contact counts as lost: the city speaks every five seconds. */
const SILENCE_MS = 12_000;
/** Objects asked for at once: small enough for a thin line to show progress. */
const PAGE = 500;
/** Degrees around a person that are loaded first: about two kilometres. */
const NEAR = 0.02;

interface Told {
  readonly objects: readonly PictureItem[];
  readonly gone: readonly string[];
  readonly upTo: number;
  readonly at: string;
  readonly reset?: boolean;
}

export interface Contact {
  readonly connected: boolean;
  /** When contact was lost, in milliseconds. */
  readonly lostAt: number | undefined;
  /** When the city last said how things are, in milliseconds. */
  readonly heardAt: number | undefined;
}

/** Keeps the picture of a Lage on this device in step with the city, and says how old it is. */
export class Follower {
  readonly #database: OfflineDatabase;
  readonly #changed: (contact: Contact) => void;
  #kit: Kit;
  #source: EventSource | undefined;
  #silence: ReturnType<typeof setTimeout> | undefined;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #lostAt: number | undefined;
  #connected = false;
  #writing: Promise<void> = Promise.resolve();

  constructor(database: OfflineDatabase, kit: Kit, changed: (contact: Contact) => void) {
    this.#database = database;
    this.#kit = kit;
    this.#changed = changed;
  }

  get contact(): Contact {
    return { connected: this.#connected, lostAt: this.#lostAt, heardAt: this.#kit.heardAt };
  }

  /** @param here where the person is, to load what is near first */
  async start(here?: { readonly lon: number; readonly lat: number }): Promise<void> {
    clearTimeout(this.#retry);
    try {
      if (this.#kit.upTo === undefined) await this.#load(here);
      this.#listen();
    } catch {
      this.#lose();
      this.#retry = setTimeout(() => void this.start(here), 5000);
    }
  }

  stop(): void {
    clearTimeout(this.#retry);
    clearTimeout(this.#silence);
    this.#source?.close();
  }

  async #load(here: { readonly lon: number; readonly lat: number } | undefined): Promise<void> {
    if (here !== undefined) {
      const near = await this.#page(`bbox=${[here.lon - NEAR, here.lat - NEAR, here.lon + NEAR, here.lat + NEAR].map((n) => n.toFixed(4)).join(',')}`);
      await this.#database.keepPicture(this.#kit, { objects: near.items, gone: [] });
    }
    let head: number | undefined;
    for (let cursor: string | null = ''; cursor !== null;) {
      const page = await this.#page(cursor === '' ? '' : `cursor=${cursor}`);
      // what changes while the pages come is told by the stream after this number
      head ??= page.head;
      this.#heard(Date.now());
      await this.#database.keepPicture(this.#kit, { objects: page.items, gone: [] });
      cursor = page.next;
    }
    this.#kit = { ...this.#kit, upTo: head ?? 0 };
    await this.#database.keepPicture(this.#kit, { objects: [], gone: [] });
  }

  async #page(query: string): Promise<{ items: PictureItem[]; next: string | null; head: number }> {
    const answer = await fetch(`/api/lagen/${this.#kit.lage}/objects?limit=${PAGE}&${query}`, { redirect: 'manual' });
    if (!answer.ok) throw new Error(String(answer.status));
    return (await answer.json()) as { items: PictureItem[]; next: string | null; head: number };
  }

  #listen(): void {
    this.#source?.close();
    const source = new EventSource(`/lagen/${this.#kit.lage}/live?sparsam&after=${this.#kit.upTo ?? 0}`);
    this.#source = source;
    source.addEventListener('message', ({ data }) => {
      const told = JSON.parse(data as string) as Told;
      this.#writing = this.#writing.then(() => this.#keep(told)).catch(() => this.#lose());
    });
    source.addEventListener('error', () => {
      this.#lose();
      // a refusal closes it for good; a lost line it opens again by itself
      if (source.readyState === EventSource.CLOSED) this.#retry = setTimeout(() => this.#listen(), 5000);
    });
  }

  async #keep(told: Told): Promise<void> {
    if (told.reset === true) {
      await this.#database.forgetPicture();
      const { upTo: _upTo, ...kit } = this.#kit;
      this.#kit = kit;
      this.#source?.close();
      return this.start();
    }
    this.#kit = { ...this.#kit, upTo: told.upTo };
    this.#heard(Date.parse(told.at));
    await this.#database.keepPicture(this.#kit, told);
    this.#changed(this.contact);
  }

  #heard(at: number): void {
    this.#kit = { ...this.#kit, heardAt: at };
    this.#connected = true;
    this.#lostAt = undefined;
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.#lose(), SILENCE_MS);
  }

  #lose(): void {
    if (this.#connected || this.#lostAt === undefined) this.#lostAt = Date.now();
    this.#connected = false;
    this.#changed(this.contact);
  }
}
