import { announce } from './announce.ts';
import { browserTexts } from './texts.ts';

/** A second press of a button sends nothing, while the first is under way. */
export function guardForms(root: Document): void {
  root.addEventListener('submit', (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !form.hasAttribute('data-guard') || event.defaultPrevented) return;
    if (form.dataset['sending'] !== undefined) {
      event.preventDefault();
      return;
    }
    form.dataset['sending'] = '';
    announce(browserTexts().sending);
    // Later, because a button disabled now would be missing from what is sent.
    setTimeout(() => setButtons(form, true));
  });
  // A page brought back by the back button must be usable again.
  window.addEventListener('pageshow', () => {
    for (const form of root.querySelectorAll<HTMLFormElement>('form[data-sending]')) release(form);
  });
}

function release(form: HTMLFormElement): void {
  delete form.dataset['sending'];
  setButtons(form, false);
}

function setButtons(form: HTMLFormElement, sending: boolean): void {
  for (const control of form.elements) {
    if (!(control instanceof HTMLButtonElement) || control.type !== 'submit') continue;
    if (sending && !control.disabled) {
      control.disabled = true;
      control.dataset['held'] = '';
    } else if (!sending && control.dataset['held'] !== undefined) {
      control.disabled = false;
      delete control.dataset['held'];
    }
  }
}

/** Brings a page with mistakes to its summary, and from there to the field. */
export function focusProblems(root: Document): void {
  const summary = root.querySelector<HTMLElement>('[data-focus]');
  if (summary === null || location.hash !== '') return;
  summary.focus({ preventScroll: false });
  summary.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a[href^="#"]') : null;
    const field = link === null ? null : root.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (field === null) return;
    event.preventDefault();
    const frame = field.closest('fieldset, .kern-form-input') ?? field;
    frame.scrollIntoView({ block: 'start' });
    field.focus({ preventScroll: true });
  });
}
