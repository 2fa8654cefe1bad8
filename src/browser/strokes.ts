import { announce } from './announce.ts';
import { browserTexts } from './texts.ts';

interface Stroke {
  readonly button: HTMLButtonElement;
  /** What is counted, in words. */
  readonly said: string;
  readonly body: string;
  /** A press that arrives twice counts once. */
  readonly key: string;
}

interface Counted {
  readonly today: number;
  readonly all: number;
}

/** How long to wait before what was not taken is sent again. */
const AGAIN_MS = 3000;

/**
 * Counts where one is: each press goes to the API, one after the other, so that fingers may be faster than the line.
 * What is not counted yet is named, and sent again until it is.
 */
export class StrokesElement extends HTMLElement {
  readonly #waiting: Stroke[] = [];
  #sending = false;
  /** A form of the page that waits until everything is counted. */
  #next: (() => void) | undefined;
  #broken = false;
  readonly #refused = new Set<string>();
  #line: HTMLElement | undefined;
  readonly #leave = (event: BeforeUnloadEvent): void => {
    if (this.#waiting.length > 0 && this.#next === undefined) event.preventDefault();
  };

  connectedCallback(): void {
    this.addEventListener('submit', (event) => this.#pressed(event));
    addEventListener('beforeunload', this.#leave);
    // a field that was set by a pointer gives the keys back
    this.addEventListener(
      'pointerup',
      ({ target }) => target instanceof HTMLSelectElement && target.addEventListener('change', () => target.blur(), { once: true }),
    );
  }

  disconnectedCallback(): void {
    removeEventListener('beforeunload', this.#leave);
  }

  #pressed(event: SubmitEvent): void {
    const { target, submitter } = event;
    if (!(target instanceof HTMLFormElement) || !(submitter instanceof HTMLButtonElement)) return;
    if (submitter.dataset['stroke'] === undefined) {
      if (this.#waiting.length === 0) return;
      event.preventDefault();
      this.#next = () => target.requestSubmit(submitter);
      return;
    }
    event.preventDefault();
    this.#waiting.push({ button: submitter, said: submitter.dataset['said'] ?? '', body: this.#bodyOf(target, submitter), key: crypto.randomUUID() });
    this.#tell();
    void this.#send();
  }

  #bodyOf(form: HTMLFormElement, button: HTMLButtonElement): string {
    const names = JSON.parse(this.dataset['fields'] ?? '{}') as Record<string, string>;
    const typed = new FormData(form);
    const fields = Object.entries(names).map(([name, called]) => [called, typed.get(name)]);
    return JSON.stringify({ ...Object.fromEntries(fields), ...(JSON.parse(button.dataset['stroke']!) as object) });
  }

  async #send(): Promise<void> {
    if (this.#sending) return;
    this.#sending = true;
    for (let stroke = this.#waiting[0]; stroke !== undefined; stroke = this.#waiting[0]) {
      this.#broken = !(await this.#sendOne(stroke));
      if (!this.#broken) this.#waiting.shift();
      this.#tell();
      if (this.#broken) await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    }
    this.#sending = false;
    const next = this.#next;
    this.#next = undefined;
    next?.();
  }

  /** @returns whether it is settled: counted, or refused for good */
  async #sendOne({ button, said, body, key }: Stroke): Promise<boolean> {
    const headers = { 'content-type': 'application/json', accept: 'application/json', 'idempotency-key': key };
    const answer = await fetch(this.dataset['api']!, { method: 'POST', headers, body }).catch(() => undefined);
    const later = answer === undefined || answer.status >= 500 || [401, 429].includes(answer.status) || answer.headers.has('retry-after');
    if (later) return false;
    const value = (await answer.json().catch(() => ({}))) as Partial<Counted> & { readonly detail?: string };
    // the key was used already: counted, and only the answer was lost
    const repeated = answer.status === 409;
    if (!answer.ok && !repeated) {
      this.#refused.add(`${said}: ${value.detail ?? browserTexts().strokeRefused}`);
      return true;
    }
    const [own, all] = [button.querySelector('[data-count]'), this.querySelector('[data-total]')];
    const more = (place: Element | null, now: number | undefined): void => {
      if (place !== null) place.textContent = String(now ?? Number(place.textContent) + 1);
    };
    more(own, value.today);
    more(all, value.all);
    this.querySelector('[data-undo]')?.removeAttribute('hidden');
    announce(`${browserTexts().strokeCounted}: ${said}, ${own?.textContent ?? ''}`);
    return true;
  }

  /** Names what is not counted yet, and what never will be. */
  #tell(): void {
    const counts = new Map<string, number>();
    for (const { said } of this.#waiting) counts.set(said, (counts.get(said) ?? 0) + 1);
    const left = [...counts].map(([said, times]) => `${times} × ${said}`).join('; ');
    const text = [...this.#refused, ...(this.#broken && left !== '' ? [`${browserTexts().strokesLeft} ${left}. ${browserTexts().strokesHow}`] : [])].join(' ');
    const line = this.#line ?? document.createElement('p');
    if (line.textContent === text) return;
    line.className = 'k-strokes-left';
    line.hidden = text === '';
    line.textContent = text;
    if (this.#line === undefined) this.prepend(line);
    this.#line = line;
    announce(text);
  }
}
