import type { LageConfig } from './lage-types.ts';

/** The boxes of the page's own form, and its links to views of a section, work at once. @param apply hears which layers are on */
export function bindLayers({ layers, presets }: LageConfig, signal: AbortSignal, apply: (on: ReadonlySet<string>) => void): void {
  const boxes = [...document.querySelectorAll<HTMLInputElement>('input[name="ebene"]')];
  const say = (): void => apply(new Set(boxes.filter(({ checked }) => checked).map(({ value }) => value)));
  for (const box of boxes) box.addEventListener('change', say, { signal });
  for (const link of document.querySelectorAll<HTMLAnchorElement>('.k-karte__presets a')) {
    const choose = (event: MouseEvent): void => {
      const id = new URL(link.href).searchParams.get('sicht');
      const wanted = id === null ? layers.map((layer) => layer.id) : presets.find((preset) => preset.id === id)?.layers;
      if (wanted === undefined) return;
      event.preventDefault();
      for (const box of boxes) box.checked = wanted.includes(box.value);
      say();
    };
    link.addEventListener('click', choose, { signal });
  }
}

/** A box that switches something by itself. */
export function bindBoxes(selector: string, signal: AbortSignal, apply: (value: string, on: boolean) => void): void {
  for (const box of document.querySelectorAll<HTMLInputElement>(selector)) box.addEventListener('change', () => apply(box.value, box.checked), { signal });
}

/** Writes into the address and into every form below `path` that hands the view on. */
export function writeAddress(path: string, parts: Readonly<Record<string, readonly string[]>>): void {
  const to = new URL(location.href);
  for (const [name, values] of Object.entries(parts)) {
    to.searchParams.delete(name);
    for (const value of values) to.searchParams.append(name, value);
    for (const form of document.querySelectorAll<HTMLFormElement>(`form[action^="${path}"][method="get"]`)) {
      for (const old of form.querySelectorAll(`input[type="hidden"][name="${name}"]`)) old.remove();
      if (form.elements.namedItem(name) === null)
        form.prepend(...values.map((value) => Object.assign(document.createElement('input'), { type: 'hidden', name, value })));
    }
  }
  history.replaceState(null, '', to);
}
