import { erzeugeTaktischesZeichen } from 'taktische-zeichen-core';
import { signKey, signSpec, type SignSpec } from '../kernel/sign-spec.ts';
import { composeSprite } from './lage-sprite.ts';

/** Different signs kept at once; what is beyond them is plain. */
const MOST_SIGNS = 400;
const MOST_PLAIN = 40;
/** Sprites kept: each sign in some looks and in the sizes of the last zooms. */
const MOST_SPRITES = 2500;
/** A sign's picture, in shares of its side: the sign stands within, its ring of marks around it. */
const INNER = 70 / 96;
const PLAIN_RADIUS = 24 / 96;

type TacticalSign = Parameters<typeof erzeugeTaktischesZeichen>[0];

/** What a sign looks like when the library knows no such sign, or there is no room for one more: never nothing. */
export interface PlainSign {
  readonly colour: string;
  readonly letter: string;
}

/** The sign as SVG with a size, or nothing when its parts make no sign. */
export function composeSign(spec: SignSpec): { readonly svg: string; readonly width: number; readonly height: number } | undefined {
  try {
    const image = erzeugeTaktischesZeichen(spec as TacticalSign);
    const [, , width = 1, height = 1] = (image.svg.attributes['viewBox'] ?? '').split(' ').map(Number);
    const svg = image.svg.attr('width', width * 2).attr('height', height * 2);
    return { svg: svg.render(), width, height };
  } catch {
    return undefined;
  }
}

/** Every sign drawn once, kept by its parts, and from it sprites in each size and look in which it is shown. */
export class SignAtlas {
  readonly #ids = new Map<string, number>();
  readonly #faces: OffscreenCanvas[] = [];
  readonly #sprites = new Map<number, ImageBitmap>();
  readonly #changed: () => void;
  #signs = 0;
  /** Pixels of a face's side: fine screens show more of it. */
  readonly #side = devicePixelRatio > 1.5 ? 168 : 96;

  /** @param changed a sign looks different now, because it has been drawn */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** The number of a sign; its plain sign stands there until it has been drawn. */
  sign(spec: SignSpec, plain: PlainSign): number {
    const key = signKey(spec);
    const known = this.#ids.get(key);
    if (known !== undefined) return known;
    if (this.#signs >= MOST_SIGNS) return this.#plainSign(plain);
    this.#signs += 1;
    const id = this.#claim(key, plain);
    void this.#draw(id, spec);
    return id;
  }

  #plainSign({ colour, letter }: PlainSign): number {
    const key = `plain ${colour} ${letter}`;
    const known = this.#ids.get(key);
    if (known !== undefined) return known;
    return this.#faces.length < MOST_SIGNS + MOST_PLAIN ? this.#claim(key, { colour, letter }) : 0;
  }

  #claim(key: string, plain: PlainSign): number {
    const id = this.#faces.push(this.#plainFace(plain)) - 1;
    this.#ids.set(key, id);
    return id;
  }

  /** @param look see `lage-sprite.ts` @param side in pixels of the screen */
  sprite(id: number, look: number, side: number): ImageBitmap {
    const key = (id * 16 + look) * 1024 + side;
    const known = this.#sprites.get(key);
    if (known !== undefined) return known;
    if (this.#sprites.size >= MOST_SPRITES) this.#forget(() => true);
    const made = composeSprite(this.#faces[id]!, look, side);
    this.#sprites.set(key, made);
    return made;
  }

  #forget(which: (id: number) => boolean): void {
    for (const [key, sprite] of this.#sprites) {
      if (!which(Math.floor(key / 1024 / 16))) continue;
      sprite.close();
      this.#sprites.delete(key);
    }
  }

  #plainFace({ colour, letter }: PlainSign): OffscreenCanvas {
    const side = this.#side;
    const [face, to] = blank(side);
    to.beginPath();
    to.arc(side / 2, side / 2, side * PLAIN_RADIUS, 0, 2 * Math.PI);
    to.fillStyle = colour;
    to.fill();
    to.lineWidth = side / 24;
    to.strokeStyle = '#ffffff';
    to.stroke();
    to.fillStyle = '#ffffff';
    to.font = `600 ${side * 0.29}px "Fira Sans", sans-serif`;
    to.textAlign = 'center';
    to.textBaseline = 'middle';
    to.fillText(letter, side / 2, side * 0.52);
    return face;
  }

  async #draw(id: number, spec: SignSpec): Promise<void> {
    const made = composeSign(spec);
    if (made === undefined) return;
    const image = new Image();
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(made.svg)}`;
    try {
      await image.decode();
    } catch {
      return;
    }
    const side = this.#side;
    const scale = Math.min((side * INNER) / made.width, (side * INNER) / made.height);
    const [width, height] = [made.width * scale, made.height * scale];
    const [face, to] = blank(side);
    // a light rim keeps black lines readable on dark ground
    to.shadowColor = '#ffffff';
    to.shadowBlur = side / 19;
    for (let twice = 0; twice < 2; twice++) to.drawImage(image, (side - width) / 2, (side - height) / 2, width, height);
    this.#faces[id] = face;
    this.#forget((one) => one === id);
    this.#changed();
  }
}

function blank(side: number): readonly [OffscreenCanvas, OffscreenCanvasRenderingContext2D] {
  const face = new OffscreenCanvas(side, side);
  return [face, face.getContext('2d')!];
}

/** An object's own sign over that of its kind. */
export const signOf = (symbol: Readonly<Record<string, unknown>> | null | undefined, ofKind: SignSpec): SignSpec => {
  const own = signSpec(symbol ?? {});
  return own.grundzeichen === undefined && own.symbol === undefined ? { ...ofKind, ...own } : own;
};
