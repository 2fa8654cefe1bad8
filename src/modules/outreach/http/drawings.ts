import { html, raw, type Html } from '../../../platform/ui/html.ts';
import type { Drawing } from '../domain/blocks.ts';

/** Own line drawings in a square of 96; they take the colour of the text, so they are seen in every theme. */
const PATHS: Readonly<Record<Drawing, string>> = {
  phone: 'M30 8h36a6 6 0 0 1 6 6v68a6 6 0 0 1-6 6H30a6 6 0 0 1-6-6V14a6 6 0 0 1 6-6ZM24 20h48M24 74h48M44 81h8M36 46l8 8 16-16',
  card: 'M14 24h68a6 6 0 0 1 6 6v36a6 6 0 0 1-6 6H14a6 6 0 0 1-6-6V30a6 6 0 0 1 6-6ZM30 38a7 7 0 1 1 0 14 7 7 0 0 1 0-14ZM18 64c2-7 6-9 12-9s10 2 12 9M52 40h26M52 50h26M52 60h16',
  people: 'M34 20a10 10 0 1 1 0 20 10 10 0 0 1 0-20ZM14 76c0-18 7-28 20-28s20 10 20 28ZM64 28a8 8 0 1 1 0 16 8 8 0 0 1 0-16ZM60 52c14-2 22 7 22 24H62',
  house: 'M12 84h72M18 84V44h60v40M12 44 48 18l36 26M40 84V64h16v20M28 54h8v8h-8ZM60 54h8v8h-8ZM48 18V6l12 4-12 4',
};

/** A drawing with what it shows, for whoever does not see it. */
export function drawing(name: Drawing, alt: string): Html {
  return html`<svg class="k-drawing" viewBox="0 0 96 96" role="img" aria-label="${alt}">${raw(`<path d="${PATHS[name]}"/>`)}</svg>`;
}
