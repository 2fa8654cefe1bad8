import { LiveLine, type LiveNews } from './lage-live.ts';
import { loadPicture } from './lage-load.ts';
import { lies, partFor, partText, serves, type Part } from './lage-part.ts';
import { SeenPicture } from './lage-picture.ts';
import type { LageConfig, SeenObject } from './lage-types.ts';

/** A part that could not be loaded is asked for again after so long. */
const AGAIN_MS = 2000;

/** What the source needs of the page, and tells it. */
export interface Listener {
  /** What the map shows. */
  readonly seen: () => Part;
  /** The newest word on things; those that ended included. */
  readonly take: (fresh: readonly SeenObject[]) => void;
  /** Things that are known no longer: they lie elsewhere now, or another picture begins. */
  readonly leave: (gone: readonly SeenObject[]) => void;
  readonly contact: (contact: boolean, since: number) => void;
}

/**
 * Where the picture comes from: the part of it that the map shows and a margin around, loaded page by page and then
 * followed live. When the map turns elsewhere, that part is loaded while the old one is still followed; then the feed
 * is followed from the number at which loading began, so that nothing between is lost.
 */
export class PictureSource {
  readonly #config: LageConfig;
  readonly #to: Listener;
  readonly picture = new SeenPicture();
  readonly live: LiveLine;
  /** The part that is here. */
  #part: Part | undefined;
  /** Whether nothing is here that should not be. */
  #whole = false;
  /** The part that is being loaded. */
  #asked: Part | undefined;
  #loading = new AbortController();
  #again: ReturnType<typeof setTimeout> | undefined;
  #at: number | undefined;
  /** Number of the change up to which everything of the part is here. */
  #knownUpTo = 0;

  constructor(config: LageConfig, to: Listener) {
    this.#config = config;
    this.#to = to;
    this.live = new LiveLine(
      () => this.#address(),
      (news) => this.#hear(news),
      to.contact,
    );
  }

  close(): void {
    this.#stop();
    this.live.close();
  }

  /** Shows the picture as known at a time, or the live one; what was here goes. @returns whether the city answered */
  async turn(at: number | undefined): Promise<boolean> {
    this.close();
    this.#at = at;
    const part = partFor(this.#to.seen());
    const loaded = await this.#load(at === undefined ? { part } : { at });
    if (loaded === 'superseded') return false;
    if (loaded === undefined) {
      if (at === undefined) this.#makeDo(part);
      return false;
    }
    const keep = new Set(loaded.objects.map(({ id }) => id));
    const gone = [...this.picture.objects.values()].filter(({ id }) => !keep.has(id));
    this.picture.clear();
    this.#to.leave(gone);
    this.#to.take(this.picture.take(loaded.objects));
    if (at === undefined) this.#follow(part, loaded.head);
    return true;
  }

  /** The map has moved. */
  look(): void {
    if (this.#at !== undefined) return;
    const seen = this.#to.seen();
    const newest = this.#asked ?? this.#part;
    if (newest === undefined || !this.#whole || !serves(newest, seen)) void this.#goTo(partFor(seen));
  }

  /** Takes what somebody here has made, before the feed tells it. */
  take(objects: readonly SeenObject[]): void {
    const fresh = this.picture.take(objects);
    if (fresh.length > 0) this.#to.take(fresh);
  }

  async #goTo(part: Part): Promise<void> {
    this.#stop();
    this.#asked = part;
    const loaded = await this.#load({ part });
    if (loaded === 'superseded') return;
    this.#asked = undefined;
    if (loaded === undefined) {
      this.#again = setTimeout(() => this.look(), AGAIN_MS);
      return;
    }
    this.live.close();
    this.#drop(loaded, part);
    this.#to.take(this.picture.take(loaded.objects));
    this.#follow(part, loaded.head);
  }

  /** What was known before loading began and is not in the part was elsewhere or had ended; what came meanwhile by the old feed says itself where it is. */
  #drop({ head, objects }: { readonly head: number; readonly objects: readonly SeenObject[] }, part: Part): void {
    const here = new Set(objects.map(({ id }) => id));
    const gone = [...this.picture.objects.values()].filter(({ id, seq, geometry }) => (seq > head ? !lies(geometry, part) : !here.has(id)));
    this.picture.leave(gone.map(({ id }) => id));
    if (gone.length > 0) this.#to.leave(gone);
  }

  /** The feed says whether there is contact, and tells all it has; what is here from before is put right once the part can be loaded. */
  #makeDo(part: Part): void {
    this.#follow(part, 0);
    this.#whole = false;
    this.#again = setTimeout(() => this.look(), AGAIN_MS);
  }

  #follow(part: Part, from: number): void {
    this.#part = part;
    this.#whole = true;
    this.#knownUpTo = from;
    if (this.#config.closedAt === null) this.live.open();
  }

  async #load(wanted: Parameters<typeof loadPicture>[1]) {
    const { signal } = this.#loading;
    const loaded = await loadPicture(this.#config, wanted, signal);
    return signal.aborted ? 'superseded' : loaded;
  }

  #stop(): void {
    clearTimeout(this.#again);
    this.#asked = undefined;
    this.#loading.abort();
    this.#loading = new AbortController();
  }

  #address(): string {
    const query = new URLSearchParams({ after: String(this.#knownUpTo) });
    if (this.#part !== undefined) query.set('bbox', partText(this.#part));
    return `${this.#config.live}?${query.toString()}`;
  }

  #hear({ objects = [], gone = [], upTo, reset }: LiveNews): void {
    if (this.#at !== undefined) return;
    if (reset === true) {
      void this.turn(undefined);
      return;
    }
    const left = gone.flatMap((id) => this.picture.objects.get(id) ?? []);
    this.picture.leave(gone);
    if (left.length > 0) this.#to.leave(left);
    this.take(objects);
    if (upTo !== undefined) this.#knownUpTo = upTo;
  }
}
