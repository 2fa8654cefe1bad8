import { announce } from './announce.ts';
import { browserTexts } from './texts.ts';

const WAIT_MS = 1500;

/**
 * Saves the form inside a little after each change: POST to the form's action with `X-Autosave: 1`,
 * without files. Any 2xx means kept; nothing else about the page changes.
 */
export class AutosaveElement extends HTMLElement {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: AbortController | undefined;
  #note: HTMLElement | undefined;

  connectedCallback(): void {
    const form = this.querySelector('form');
    if (form === null) return;
    this.#note = document.createElement('p');
    this.#note.className = 'k-saved';
    this.append(this.#note);
    form.addEventListener('input', (event) => {
      if (event.target instanceof HTMLInputElement && event.target.type === 'file') return;
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => void this.#save(form), WAIT_MS);
    });
    form.addEventListener('submit', () => this.#stop());
  }

  disconnectedCallback(): void {
    this.#stop();
  }

  #stop(): void {
    clearTimeout(this.#timer);
    this.#running?.abort();
  }

  async #save(form: HTMLFormElement): Promise<void> {
    this.#running?.abort();
    const running = (this.#running = new AbortController());
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (typeof value === 'string') body.append(name, value);
    const t = browserTexts();
    try {
      const answer = await fetch(form.action, { method: 'POST', body, headers: { 'x-autosave': '1' }, signal: running.signal, redirect: 'manual' });
      // A redirect here leads to the sign-in: nothing was kept.
      this.#show(
        answer.ok ? `${t.saved} ${new Date().toLocaleTimeString(document.documentElement.lang, { hour: '2-digit', minute: '2-digit' })}` : t.notSaved,
        !answer.ok,
      );
    } catch {
      if (!running.signal.aborted) this.#show(t.notSaved, true);
    }
  }

  #show(text: string, speak: boolean): void {
    if (this.#note !== undefined) this.#note.textContent = text;
    if (speak) announce(text);
  }
}
