import { announce } from './announce.ts';
import { browserTexts } from './texts.ts';

/** Counts down the characters of a text area; spoken only near the end, and not at every key. */
export class CounterElement extends HTMLElement {
  #timer: ReturnType<typeof setTimeout> | undefined;

  connectedCallback(): void {
    const area = document.getElementById(this.getAttribute('for') ?? '');
    const max = Number(this.getAttribute('max'));
    const text = this.querySelector('span');
    if (!(area instanceof HTMLTextAreaElement) || text === null || !(max > 0)) return;
    const limit = text.textContent ?? '';
    const count = (): void => {
      // The server counts a line break once; the browser's value does too.
      const left = max - area.value.length;
      const t = browserTexts();
      text.textContent = area.value === '' ? limit : left >= 0 ? `${t.charactersNow} ${left}` : `${t.charactersOver} ${-left}`;
      this.toggleAttribute('data-over', left < 0);
      clearTimeout(this.#timer);
      if (left < Math.max(20, max / 20)) this.#timer = setTimeout(() => announce(text.textContent ?? ''), 1000);
    };
    area.addEventListener('input', count);
    count();
  }
}

/** Adds a button that copies the code inside. */
export class CopyElement extends HTMLElement {
  connectedCallback(): void {
    const code = this.querySelector('code');
    if (code === null || navigator.clipboard === undefined || this.querySelector('button') !== null) return;
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'kern-btn kern-btn--tertiary kern-btn--x-small';
    const label = document.createElement('span');
    label.className = 'kern-label';
    label.textContent = this.dataset['label'] ?? 'Kopieren';
    button.append(label);
    button.addEventListener('click', () => {
      void navigator.clipboard.writeText(code.textContent ?? '').then(() => {
        const before = label.textContent;
        label.textContent = browserTexts().copied;
        announce(browserTexts().copied);
        setTimeout(() => (label.textContent = before), 2000);
      });
    });
    this.append(button);
  }
}
