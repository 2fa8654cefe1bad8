import { html, render } from 'lit';
import { announce } from './announce.ts';
import { browserTexts } from './texts.ts';

/**
 * Follows a stream of events (`data-src`). On news the fragment `#<data-fragment>` is fetched anew from
 * this page; while somebody works inside it, a notice asks first. The browser reconnects by itself and
 * says with `Last-Event-ID` where it stopped.
 */
export class LiveElement extends HTMLElement {
  #source: EventSource | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #notice: HTMLElement | undefined;

  connectedCallback(): void {
    const src = this.dataset['src'];
    if (src === undefined || src === '') return;
    this.#source = new EventSource(src);
    // Several events in one moment need one look only.
    this.#source.addEventListener('message', () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#news(), 400);
    });
  }

  disconnectedCallback(): void {
    this.#source?.close();
    clearTimeout(this.#timer);
  }

  get #fragment(): HTMLElement | null {
    return document.getElementById(this.dataset['fragment'] ?? '');
  }

  #news(): void {
    const fragment = this.#fragment;
    const busy = fragment !== null && (fragment.contains(document.activeElement) || fragment.querySelector('form [data-held], details[open] form') !== null);
    if (fragment === null || busy) this.#ask();
    else void this.#reload();
  }

  #ask(): void {
    const t = browserTexts();
    if (this.#notice === undefined) {
      this.#notice = document.createElement('div');
      this.prepend(this.#notice);
    }
    const reload = (): void => void (this.#fragment === null ? location.reload() : this.#reload());
    render(
      html`<div class="k-live-notice"><span>${t.liveNews}</span><button class="kern-btn kern-btn--secondary kern-btn--x-small" type="button" @click=${reload}><span class="kern-label">${t.liveReload}</span></button></div>`,
      this.#notice,
    );
    announce(`${t.liveNews} ${t.liveReload}.`);
  }

  async #reload(): Promise<void> {
    const fragment = this.#fragment;
    try {
      const answer = await fetch(location.href, { headers: { accept: 'text/html' } });
      const fresh = answer.ok ? new DOMParser().parseFromString(await answer.text(), 'text/html').getElementById(this.dataset['fragment'] ?? '') : null;
      if (fragment === null || fresh === null) return this.#ask();
      fragment.replaceChildren(...document.adoptNode(fresh).childNodes);
      if (this.#notice !== undefined) render('', this.#notice);
      announce(browserTexts().liveNews);
    } catch {
      this.#ask();
    }
  }
}
