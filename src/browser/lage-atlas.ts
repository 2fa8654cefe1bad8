import { erzeugeTaktischesZeichen } from 'taktische-zeichen-core';
import { signKey, signSpec, type SignSpec } from '../kernel/sign-spec.ts';

/** Pixels of one sign's cell, and of the whole sheet: 441 different signs at once. */
const CELL = 96;
const SHEET = 2016;
const ROW = SHEET / CELL;
/** The sign stands within, its ring of marks around it. */
const INNER = 70;

type TacticalSign = Parameters<typeof erzeugeTaktischesZeichen>[0];

/** A cell's left upper corner on the sheet, in shares of its side. */
export interface Cell {
  readonly u: number;
  readonly v: number;
}
export const CELL_SHARE = CELL / SHEET;

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

/** Every sign drawn once onto one sheet, kept by its parts. */
export class SignAtlas {
  readonly #cells = new Map<string, Cell>();
  readonly #sheet = document.createElement('canvas');
  readonly #drawing: CanvasRenderingContext2D;
  readonly #changed: () => void;
  #next = 0;
  /** Cells that the graphics card has not seen yet. */
  #fresh: number[] = [];

  constructor(changed: () => void) {
    this.#changed = changed;
    this.#sheet.width = CELL;
    this.#sheet.height = CELL;
    this.#drawing = this.#sheet.getContext('2d', { willReadFrequently: true })!;
  }

  readonly #pixels = new Map<number, Uint8Array>();

  /** The cell of a sign; its plain sign stands there until it has been drawn. */
  cell(spec: SignSpec, plain: PlainSign): Cell {
    const key = signKey(spec);
    const known = this.#cells.get(key);
    if (known !== undefined) return known;
    if (this.#next >= ROW * ROW - 32) return this.#plainCell(plain);
    const cell = this.#claim(key);
    const index = this.#next - 1;
    this.#plain(index, plain);
    void this.#draw(index, spec);
    return cell;
  }

  #plainCell(plain: PlainSign): Cell {
    const key = `plain ${plain.colour} ${plain.letter}`;
    const known = this.#cells.get(key);
    if (known !== undefined || this.#next >= ROW * ROW) return known ?? { u: 0, v: 0 };
    const cell = this.#claim(key);
    this.#plain(this.#next - 1, plain);
    return cell;
  }

  #claim(key: string): Cell {
    const index = this.#next++;
    const cell = { u: ((index % ROW) * CELL) / SHEET, v: (Math.floor(index / ROW) * CELL) / SHEET };
    this.#cells.set(key, cell);
    return cell;
  }

  #plain(index: number, { colour, letter }: PlainSign): void {
    const to = this.#drawing;
    to.clearRect(0, 0, CELL, CELL);
    to.shadowBlur = 0;
    to.beginPath();
    to.arc(CELL / 2, CELL / 2, 24, 0, 2 * Math.PI);
    to.fillStyle = colour;
    to.fill();
    to.lineWidth = 4;
    to.strokeStyle = '#ffffff';
    to.stroke();
    to.fillStyle = '#ffffff';
    to.font = '600 28px "Fira Sans", sans-serif';
    to.textAlign = 'center';
    to.textBaseline = 'middle';
    to.fillText(letter, CELL / 2, CELL / 2 + 2);
    this.#keep(index);
  }

  async #draw(index: number, spec: SignSpec): Promise<void> {
    const made = composeSign(spec);
    if (made === undefined) return;
    const image = new Image();
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(made.svg)}`;
    try {
      await image.decode();
    } catch {
      return;
    }
    const scale = Math.min(INNER / made.width, INNER / made.height);
    const [width, height] = [made.width * scale, made.height * scale];
    const to = this.#drawing;
    to.clearRect(0, 0, CELL, CELL);
    // a light rim keeps black lines readable on dark ground
    to.shadowColor = '#ffffff';
    to.shadowBlur = 5;
    for (let twice = 0; twice < 2; twice++) to.drawImage(image, (CELL - width) / 2, (CELL - height) / 2, width, height);
    this.#keep(index);
  }

  #keep(index: number): void {
    const { data } = this.#drawing.getImageData(0, 0, CELL, CELL);
    const bytes = new Uint8Array(data.length);
    // the map blends colours that are multiplied by their own opacity
    for (let at = 0; at < data.length; at += 4) {
      const alpha = data[at + 3]!;
      for (let channel = 0; channel < 3; channel++) bytes[at + channel] = (data[at + channel]! * alpha) / 255;
      bytes[at + 3] = alpha;
    }
    this.#pixels.set(index, bytes);
    this.#fresh.push(index);
    this.#changed();
  }

  /** Hands what is new to the texture that is bound. */
  upload(gl: WebGL2RenderingContext): void {
    if (this.#fresh.length === 0) return;
    const before = [gl.UNPACK_FLIP_Y_WEBGL, gl.UNPACK_PREMULTIPLY_ALPHA_WEBGL].map((name) => [name, gl.getParameter(name) as boolean] as const);
    for (const [name] of before) gl.pixelStorei(name, false);
    for (const index of this.#fresh) {
      const [x, y] = [(index % ROW) * CELL, Math.floor(index / ROW) * CELL];
      gl.texSubImage2D(gl.TEXTURE_2D, 0, x, y, CELL, CELL, gl.RGBA, gl.UNSIGNED_BYTE, this.#pixels.get(index)!);
    }
    for (const [name, value] of before) gl.pixelStorei(name, value);
    this.#fresh = [];
  }

  /** An empty texture for the sheet; everything known is uploaded into it next. */
  texture(gl: WebGL2RenderingContext): WebGLTexture {
    const texture = gl.createTexture();
    gl.bindTexture(gl.TEXTURE_2D, texture);
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, SHEET, SHEET, 0, gl.RGBA, gl.UNSIGNED_BYTE, null);
    for (const filter of [gl.TEXTURE_MIN_FILTER, gl.TEXTURE_MAG_FILTER]) gl.texParameteri(gl.TEXTURE_2D, filter, gl.LINEAR);
    for (const wrap of [gl.TEXTURE_WRAP_S, gl.TEXTURE_WRAP_T]) gl.texParameteri(gl.TEXTURE_2D, wrap, gl.CLAMP_TO_EDGE);
    this.#fresh = [...this.#pixels.keys()];
    return texture;
  }
}

/** An object's own sign over that of its kind. */
export const signOf = (symbol: Readonly<Record<string, unknown>> | null | undefined, ofKind: SignSpec): SignSpec => {
  const own = signSpec(symbol ?? {});
  return own.grundzeichen === undefined && own.symbol === undefined ? { ...ofKind, ...own } : own;
};
