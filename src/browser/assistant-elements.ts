import { announce } from './announce.ts';
import { browserTexts } from './texts.ts';

/**
 * An answer that is being made: follows its stream (`data-src`) and lets the text grow; at the end the fragment
 * `#<data-fragment>` is fetched anew from this page. The browser reconnects by itself and says how much it has.
 */
export class AnswerElement extends HTMLElement {
  #source: EventSource | undefined;

  connectedCallback(): void {
    const target = this.querySelector<HTMLElement>('[data-text]');
    const src = this.dataset['src'];
    if (target === null || src === undefined) return;
    this.querySelector('[data-waiting]')?.remove();
    const source = new EventSource(`${src}?nach=${target.dataset['length'] ?? '0'}`);
    this.#source = source;
    source.addEventListener('message', ({ data }: MessageEvent<string>) => {
      // text is text, never markup
      target.append((JSON.parse(data) as { text: string }).text);
    });
    source.addEventListener('ende', () => {
      source.close();
      void this.#finish();
    });
  }

  disconnectedCallback(): void {
    this.#source?.close();
  }

  async #finish(): Promise<void> {
    const id = this.dataset['fragment'] ?? '';
    const answer = await fetch(location.href, { headers: { accept: 'text/html' } }).catch(() => undefined);
    const fresh = answer?.ok === true ? new DOMParser().parseFromString(await answer.text(), 'text/html').getElementById(id) : null;
    const done = this.dataset['done'] ?? '';
    if (fresh === null) return location.reload();
    document.getElementById(id)?.replaceChildren(...document.adoptNode(fresh).childNodes);
    announce(done);
  }
}

/** Its button copies the text of another element. */
export class CopyTextElement extends HTMLElement {
  connectedCallback(): void {
    const button = this.querySelector('button');
    const label = this.querySelector('.kern-label');
    if (button === null || label === null || navigator.clipboard === undefined) return;
    this.hidden = false;
    button.addEventListener('click', () => {
      const text = document.getElementById(this.dataset['for'] ?? '')?.textContent ?? '';
      void navigator.clipboard.writeText(text).then(() => {
        const before = label.textContent;
        label.textContent = browserTexts().copied;
        announce(browserTexts().copied);
        setTimeout(() => (label.textContent = before), 2000);
      });
    });
  }
}

/** Ctrl or Command with Enter sends the form inside; the hint says so where the keys work. */
export class SendElement extends HTMLElement {
  connectedCallback(): void {
    const form = this.querySelector('form');
    const buttons = form === null ? undefined : [...form.querySelectorAll('.k-buttons')].at(-1);
    if (form === null || buttons === undefined || this.querySelector('[data-keys]') !== null) return;
    const hint = document.createElement('span');
    hint.className = 'k-muted';
    hint.dataset['keys'] = '';
    hint.textContent = this.dataset['hint'] ?? '';
    buttons.append(hint);
    form.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
      event.preventDefault();
      form.requestSubmit();
    });
  }
}
