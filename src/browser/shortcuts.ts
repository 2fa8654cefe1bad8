const KEY = 'kontor.shortcuts';

/**
 * J and K walk the rows of the table inside, Enter follows the link as always; a button with `data-key` is pressed by
 * its key. Single keys must be switchable off (WCAG 2.1.4), so a box stands above; the choice is kept in the browser.
 */
export class ShortcutsElement extends HTMLElement {
  #box: HTMLInputElement | undefined;
  readonly #onKey = (event: KeyboardEvent): void => this.#walk(event);

  connectedCallback(): void {
    if (this.querySelector('.k-row-link, [data-key]') === null || this.#box !== undefined) return;
    const line = document.createElement('div');
    line.className = 'k-shortcuts';
    const label = document.createElement('label');
    const box = document.createElement('input');
    box.type = 'checkbox';
    box.checked = localStorage.getItem(KEY) !== 'off';
    box.addEventListener('change', () => localStorage.setItem(KEY, box.checked ? 'on' : 'off'));
    label.append(box, this.dataset['label'] ?? '');
    const hint = document.createElement('span');
    hint.textContent = this.dataset['hint'] ?? '';
    line.append(label, hint);
    this.prepend(line);
    this.#box = box;
    document.addEventListener('keydown', this.#onKey);
  }

  disconnectedCallback(): void {
    document.removeEventListener('keydown', this.#onKey);
  }

  #walk(event: KeyboardEvent): void {
    if (this.#box?.checked !== true || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (event.target instanceof Element && event.target.closest('input:not([type=checkbox]), textarea, select, [contenteditable]') !== null) return;
    const pressed = [...this.querySelectorAll<HTMLButtonElement>('button[data-key]')].find((one) => one.dataset['key'] === event.key.toLowerCase());
    if (pressed !== undefined && !event.repeat) {
      event.preventDefault();
      return pressed.click();
    }
    const step = { j: 1, k: -1 }[event.key.toLowerCase()];
    if (step === undefined) return;
    const links = [...this.querySelectorAll<HTMLAnchorElement>('.k-row-link')];
    const row = document.activeElement?.closest('tr');
    const here = row === null || row === undefined ? -1 : links.findIndex((link) => row.contains(link));
    links[Math.min(links.length - 1, Math.max(0, here + step))]?.focus();
    event.preventDefault();
  }
}
