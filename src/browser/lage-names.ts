import { isDark } from './map-style.ts';

const FONT_PIXELS = 12.5;
const HALO_PIXELS = 1.8;
const LONGEST = 40;
const MOST_KEPT = 1000;
const MOST_MEASURED = 5000;

/** Names of things as pictures, each written once. */
export class NamePictures {
  readonly #kept = new Map<string, ImageBitmap>();
  readonly #widths = new Map<string, number>();
  readonly #measuring = new OffscreenCanvas(1, 1).getContext('2d')!;
  readonly #halo: number;
  readonly #height: number;
  readonly #colours = isDark() ? (['#eef1f8', '#12151d'] as const) : (['#1d2433', '#ffffff'] as const);

  /** @param ratio pixels of the screen for one of the page */
  constructor(ratio: number) {
    this.#halo = 2 * HALO_PIXELS * ratio;
    this.#height = Math.ceil(FONT_PIXELS * ratio * 1.3 + this.#halo);
    this.#measuring.font = `${FONT_PIXELS * ratio}px "Fira Sans", sans-serif`;
  }

  of(name: string): ImageBitmap {
    const known = this.#kept.get(name);
    if (known !== undefined) return known;
    if (this.#kept.size >= MOST_KEPT) this.close();
    const made = this.#write(shortened(name));
    this.#kept.set(name, made);
    return made;
  }

  /** Known before the name is written: most names of a full map are not. */
  size(name: string): { readonly width: number; readonly height: number } {
    const known = this.#widths.get(name);
    if (known !== undefined) return { width: known, height: this.#height };
    if (this.#widths.size >= MOST_MEASURED) this.#widths.clear();
    const width = Math.ceil(this.#measuring.measureText(shortened(name)).width + this.#halo);
    this.#widths.set(name, width);
    return { width, height: this.#height };
  }

  close(): void {
    for (const one of this.#kept.values()) one.close();
    this.#kept.clear();
  }

  #write(name: string): ImageBitmap {
    const { width, height } = this.size(name);
    const canvas = new OffscreenCanvas(width, height);
    const to = canvas.getContext('2d')!;
    to.font = this.#measuring.font;
    to.textAlign = 'center';
    to.textBaseline = 'middle';
    to.lineJoin = 'round';
    to.lineWidth = this.#halo;
    [to.fillStyle, to.strokeStyle] = this.#colours;
    to.strokeText(name, width / 2, height / 2);
    to.fillText(name, width / 2, height / 2);
    return canvas.transferToImageBitmap();
  }
}

const shortened = (name: string): string => (name.length > LONGEST ? `${name.slice(0, LONGEST)}…` : name);
