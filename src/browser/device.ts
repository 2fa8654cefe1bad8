import { announce } from './announce.ts';

/** The same as on the server: five minutes without input end a visit. */
const IDLE_MS = 5 * 60_000;
const WARN_MS = 4 * 60_000;
/** While somebody types the server hears of it at most so often. */
const TELL_MS = 30_000;
const LOOK_MS = 5000;

/**
 * On a shared device. Open: input keeps the visit alive also where no page is loaded, and a minute before the end a
 * sentence says so. Closed (`data-closed`): the page goes on when the device is opened.
 */
export class DeviceElement extends HTMLElement {
  #timer: ReturnType<typeof setInterval> | undefined;
  #last = Date.now();
  #told = Date.now();
  /** Tabs of the same device tell each other that the visit is over. */
  readonly #others = new BroadcastChannel('kontor-device');
  readonly #active = (): void => void (this.#last = Date.now());
  /** A page that the browser kept for the back button belongs to a visit that may be over. */
  readonly #shown = (event: PageTransitionEvent): void => {
    if (event.persisted) location.reload();
  };

  connectedCallback(): void {
    addEventListener('pageshow', this.#shown);
    if (this.dataset['closed'] === undefined) this.#others.addEventListener('message', () => location.assign('/geraet'));
    else this.#others.postMessage('closed');
    for (const kind of ['keydown', 'pointerdown', 'input'] as const) document.addEventListener(kind, this.#active);
    this.#timer = setInterval(() => void (this.dataset['closed'] === undefined ? this.#look() : this.#wait()), LOOK_MS);
  }

  disconnectedCallback(): void {
    removeEventListener('pageshow', this.#shown);
    for (const kind of ['keydown', 'pointerdown', 'input'] as const) document.removeEventListener(kind, this.#active);
    clearInterval(this.#timer);
    this.#others.close();
  }

  async #look(): Promise<void> {
    const idle = Date.now() - this.#last;
    if (idle >= IDLE_MS) return location.assign('/geraet');
    const warning = this.querySelector<HTMLElement>('[data-warning]');
    const soon = idle >= WARN_MS;
    if (warning !== null && warning.hidden === soon) {
      warning.hidden = !soon;
      if (soon) announce(warning.textContent ?? '');
    }
    if (this.#last <= this.#told || Date.now() - this.#told < TELL_MS) return;
    this.#told = Date.now();
    if ((await isOpen()) === false) location.assign('/geraet');
  }

  async #wait(): Promise<void> {
    if ((await isOpen()) === true) location.assign('/geraet');
  }
}

/** @returns nothing where the line is broken */
async function isOpen(): Promise<boolean | undefined> {
  const answer = await fetch('/api/device').catch(() => undefined);
  if (answer?.ok !== true) return undefined;
  return ((await answer.json()) as { readonly open: boolean }).open;
}
