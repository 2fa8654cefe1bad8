import type { Answer, LiveRequest } from '../http/route.ts';
import type { Entry } from '../journal/port.ts';
import type { LiveHub } from './hub.ts';

const HEARTBEAT_MS = 15_000;
/** A reader with more than this not yet taken waits: the journal is the buffer, not the memory. */
const HIGH_WATER_BYTES = 128 * 1024;

export interface LiveOptions {
  readonly hub: LiveHub;
  /** Whether this reader may see the entry: asked for each one. */
  readonly allowed: (entry: Entry) => boolean;
  /** What of an entry is sent; by default all but the actor and the hash. */
  readonly shown?: (entry: Entry) => object;
  readonly heartbeatMs?: number;
}

/** The answer of a live page: journal entries as server-sent events, numbered as in the journal. */
export function liveAnswer(options: LiveOptions): Answer {
  return { kind: 'live', open: (request) => liveStream(options, request) };
}

/**
 * Entries after `Last-Event-ID` (without one: from now on), then each new one, in the journal's
 * order and without a gap. Events carry no name of their own, so that
 * a browser hears them all as `message`; data is the entry's JSON. The reader is told its
 * place (`id`) at once and with every heartbeat, so that it misses nothing even if it saw no event.
 */
export function liveStream(options: LiveOptions, request: LiveRequest): ReadableStream<Uint8Array> {
  const reader = new LiveReader(options, request);
  return new ReadableStream<Uint8Array>(
    { start: (controller) => reader.begin(controller), pull: (controller) => reader.next(controller), cancel: () => reader.end() },
    new ByteLengthQueuingStrategy({ highWaterMark: HIGH_WATER_BYTES }),
  );
}

const bytes = new TextEncoder();

class LiveReader {
  readonly #options: LiveOptions;
  readonly #request: LiveRequest;
  #seq = 0;
  #ended = false;
  #wake = (): void => {};

  constructor(options: LiveOptions, request: LiveRequest) {
    this.#options = options;
    this.#request = request;
  }

  async begin(controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> {
    const head = await this.#options.hub.open();
    // A number above the head is of another database: begin with what happens now.
    this.#seq = Math.min(this.#request.lastEventId ?? head, head);
    this.#request.signal.addEventListener('abort', () => this.end(), { once: true });
    if (this.#request.signal.aborted) this.end();
    else controller.enqueue(bytes.encode(`retry: 2000\nid: ${this.#seq}\n\n`));
  }

  /** Called when the reader has taken enough: gives the next entries or a heartbeat. */
  async next(controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> {
    const { hub, allowed, shown = withoutActor, heartbeatMs = HEARTBEAT_MS } = this.#options;
    const quietUntil = performance.now() + heartbeatMs;
    while (!this.#ended) {
      const entries = await hub.after(this.#seq);
      this.#seq = entries.at(-1)?.seq ?? this.#seq;
      const frames = entries.filter(allowed).map((entry) => frame(entry, shown(entry)));
      if (frames.length > 0) return controller.enqueue(bytes.encode(frames.join('')));
      const quiet = quietUntil - performance.now();
      if (quiet <= 0) return controller.enqueue(bytes.encode(`: still here\nid: ${this.#seq}\n\n`));
      if (entries.length > 0) continue;
      const { done, wake } = hub.wait(this.#seq, quiet);
      this.#wake = wake;
      await done;
    }
    // The reader may have gone first: then the stream is closed already.
    try {
      controller.close();
    } catch {
      return;
    }
  }

  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#options.hub.close();
    this.#wake();
  }
}

const withoutActor = ({ seq, at, stream, kind, payload }: Entry): object => ({ seq, at, stream, kind, payload });

function frame(entry: Entry, data: object): string {
  return `id: ${entry.seq}\ndata: ${JSON.stringify(data)}\n\n`;
}
