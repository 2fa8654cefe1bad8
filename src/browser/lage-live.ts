import type { SeenObject } from './lage-types.ts';

/** What the city sends: what has changed, up to which number the reader knows all now, and its own clock. */
export interface LiveNews {
  readonly objects?: readonly SeenObject[];
  /** Ids of what this reader may see no longer, or no longer here. */
  readonly gone?: readonly string[];
  readonly upTo?: number;
  /** The numbers known here are of another picture: begin anew. */
  readonly reset?: boolean;
  readonly at?: string;
}

/** After so long without a word, contact counts as lost, whatever the connection says. */
const SILENCE_MS = 20_000;
const FIRST_RETRY_MS = 1000;
const LONGEST_RETRY_MS = 30_000;

/**
 * Follows the picture. A browser reconnects by itself and says with `Last-Event-ID` where it stopped; a stream that
 * has been closed for good (a proxy, a restart) is opened anew from the newest change that is known here.
 */
export class LiveLine {
  readonly #address: () => string;
  readonly #take: (news: LiveNews) => void;
  readonly #say: (contact: boolean, since: number) => void;
  #source: EventSource | undefined;
  #heard = Date.now();
  #contact = false;
  #retryMs = FIRST_RETRY_MS;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #watch: ReturnType<typeof setInterval> | undefined;
  /** How much the city's clock is ahead of this one. */
  aheadMs = 0;

  constructor(address: () => string, take: (news: LiveNews) => void, say: (contact: boolean, since: number) => void) {
    this.#address = address;
    this.#take = take;
    this.#say = say;
  }

  /** When something was heard last. */
  get heard(): number {
    return this.#heard;
  }

  open(): void {
    this.close();
    const source = new EventSource(this.#address());
    this.#source = source;
    source.addEventListener('message', ({ data }: MessageEvent) => this.#hear(String(data)));
    source.addEventListener('open', () => this.#touch());
    source.addEventListener('error', () => {
      this.#lost();
      if (source.readyState === EventSource.CLOSED) this.#again();
    });
    this.#watch = setInterval(() => {
      if (Date.now() - this.#heard > SILENCE_MS) {
        this.#lost();
        this.#again();
      } else this.#say(this.#contact, this.#heard);
    }, 1000);
  }

  close(): void {
    this.#source?.close();
    this.#source = undefined;
    clearTimeout(this.#retry);
    this.#retry = undefined;
    clearInterval(this.#watch);
  }

  #hear(data: string): void {
    this.#touch();
    let news: LiveNews;
    try {
      news = JSON.parse(data) as LiveNews;
    } catch {
      return;
    }
    const at = Date.parse(news.at ?? '');
    if (Number.isFinite(at)) this.aheadMs = at - Date.now();
    this.#take(news);
  }

  #touch(): void {
    this.#heard = Date.now();
    this.#retryMs = FIRST_RETRY_MS;
    this.#contact = true;
    this.#say(true, this.#heard);
  }

  #lost(): void {
    this.#contact = false;
    this.#say(false, this.#heard);
  }

  #again(): void {
    if (this.#retry !== undefined) return;
    this.#retry = setTimeout(() => {
      this.#retry = undefined;
      this.open();
    }, this.#retryMs);
    this.#retryMs = Math.min(LONGEST_RETRY_MS, this.#retryMs * 2);
  }
}
