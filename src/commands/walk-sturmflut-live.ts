import type { Stage, Who } from './walk-sturmflut-stage.ts';

interface Frame {
  readonly objects: readonly { readonly id: string; readonly seq: number; readonly ended: boolean }[];
  readonly gone: readonly string[];
  readonly upTo: number;
  readonly reset?: boolean;
}

/** Somebody who looks at the picture as it changes, loses the line, and comes back with the last they know. */
export class Viewer {
  readonly #stage: Stage;
  readonly #who: Who;
  readonly #held = new Map<string, number>();
  #last = 0;
  #line: AbortController | undefined;
  #reading: Promise<void> | undefined;
  resets = 0;

  constructor(stage: Stage, who: Who) {
    this.#stage = stage;
    this.#who = who;
  }

  /** Objects that are there, with the number of their last change. */
  get held(): ReadonlyMap<string, number> {
    return this.#held;
  }

  /** Follows from what is known. */
  async follow(): Promise<void> {
    const line = new AbortController();
    this.#line = line;
    const answer = await this.#stage.client(this.#who).raw(`/lagen/${this.#stage.key}/live?after=0`, {
      headers: { accept: 'text/event-stream', ...(this.#last === 0 ? {} : { 'last-event-id': String(this.#last) }) },
      signal: line.signal,
    });
    this.#stage.hold(answer.status === 200 && answer.body !== null, `der Strom des Bildes antwortet mit ${answer.status}`);
    this.#reading = this.#read(answer.body!).catch(() => {});
  }

  /** The line is cut. @returns the number up to which all is known */
  async cut(): Promise<number> {
    this.#line?.abort();
    await this.#reading;
    return this.#last;
  }

  async #read(body: ReadableStream<Uint8Array>): Promise<void> {
    let rest = '';
    for await (const chunk of body.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>)) {
      const parts = (rest + chunk).split('\n\n');
      rest = parts.pop()!;
      for (const part of parts) this.#take(part);
    }
  }

  #take(event: string): void {
    const line = event.split('\n').find((one) => one.startsWith('data:'));
    if (line === undefined) return;
    const frame = JSON.parse(line.slice(5)) as Frame;
    if (frame.reset === true) {
      this.resets += 1;
      this.#held.clear();
    }
    for (const { id, seq, ended } of frame.objects) {
      if (ended) this.#held.delete(id);
      else this.#held.set(id, seq);
    }
    for (const id of frame.gone) this.#held.delete(id);
    this.#last = frame.upTo;
  }
}
