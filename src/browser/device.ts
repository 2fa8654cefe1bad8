import { announce } from './announce.ts';

/** The same as on the server: five minutes without input end a visit. */
const IDLE_MS = 5 * 60_000;
const WARN_MS = 4 * 60_000;
/** The server hears of input, and is asked for the visit, at most so often. */
const ASK_MS = 15_000;
const LOOK_MS = 5000;
/** Tabs hear of each other's input at most so often. */
const SHARE_MS = 1000;

/**
 * On a shared device. Open: input in any tab keeps the visit alive also where no page is loaded, a minute before the end
 * a sentence says so, and the end is the server's, too. A page of another visit (`data-visit`) leaves.
 * Closed (`data-closed`): the page goes on when the device is opened, or at once to where `data-then` says.
 */
export class DeviceElement extends HTMLElement {
  #timer: ReturnType<typeof setInterval> | undefined;
  #last = Date.now();
  #shared = 0;
  #asked = Date.now();
  /** Tabs of the same device tell each other of input (when), and that the visit is over. */
  readonly #others = new BroadcastChannel('kontor-device');
  readonly #active = (): void => {
    this.#last = Date.now();
    if (this.#last - this.#shared < SHARE_MS) return;
    this.#shared = this.#last;
    this.#others.postMessage(this.#last);
  };
  readonly #heard = ({ data }: MessageEvent<unknown>): void => {
    if (typeof data === 'number') this.#last = Math.max(this.#last, data);
    else location.assign('/geraet');
  };
  /** A page that the browser kept for the back button belongs to a visit that may be over. */
  readonly #shown = (event: PageTransitionEvent): void => {
    if (event.persisted) location.reload();
  };

  connectedCallback(): void {
    addEventListener('pageshow', this.#shown);
    const closed = this.dataset['closed'] !== undefined;
    if (closed) {
      this.#others.postMessage('closed');
      if (this.dataset['then'] !== undefined) location.assign(this.dataset['then']);
    } else {
      this.#others.addEventListener('message', this.#heard);
      for (const kind of ['keydown', 'pointerdown', 'input'] as const) document.addEventListener(kind, this.#active);
      // the device's own page comes by itself, any other because somebody wanted it
      if (location.pathname !== '/geraet') this.#active();
    }
    this.#timer = setInterval(() => void (closed ? this.#wait() : this.#look()), LOOK_MS);
  }

  disconnectedCallback(): void {
    removeEventListener('pageshow', this.#shown);
    for (const kind of ['keydown', 'pointerdown', 'input'] as const) document.removeEventListener(kind, this.#active);
    clearInterval(this.#timer);
    this.#others.close();
  }

  async #look(): Promise<void> {
    const idle = Date.now() - this.#last;
    if (idle >= IDLE_MS) return this.#leave();
    const warning = this.querySelector<HTMLElement>('[data-warning]');
    const soon = idle >= WARN_MS;
    if (warning !== null && warning.hidden === soon) {
      warning.hidden = !soon;
      if (soon) announce(warning.textContent ?? '');
    }
    if (Date.now() - this.#asked < ASK_MS) return;
    const used = this.#last > this.#asked;
    this.#asked = Date.now();
    const visit = await (used ? ask('/api/device/visit', 'POST') : ask('/api/device'));
    if (visit !== undefined && visit !== this.dataset['visit']) location.assign('/geraet');
  }

  /** Ends the visit of this page, never one that was opened since. */
  async #leave(): Promise<void> {
    clearInterval(this.#timer);
    if ((await ask('/api/device')) === this.dataset['visit']) await ask('/api/device/visit', 'DELETE');
    location.assign('/geraet');
  }

  async #wait(): Promise<void> {
    if (typeof (await ask('/api/device')) === 'string') location.assign('/geraet');
  }
}

/** @returns the visit for which the device is open, `null` where it is closed; nothing where the line is broken */
async function ask(path: string, method = 'GET'): Promise<string | null | undefined> {
  const answer = await fetch(path, { method, cache: 'no-store' }).catch(() => undefined);
  if (answer?.ok !== true) return undefined;
  return ((await answer.json()) as { readonly visit?: string | null }).visit ?? null;
}
