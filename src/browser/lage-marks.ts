import type { CustomLayerInterface, Map as LibreMap } from 'maplibre-gl';
import { SignAtlas } from './lage-atlas.ts';
import { drawCircles } from './lage-circles.ts';
import { chooseNames } from './lage-name-places.ts';
import { NamePictures } from './lage-names.ts';
import { Projection } from './lage-projection.ts';

/** A thing that has a place: its sign and how it looks (`lage-sprite.ts`), its name, and how far it may be from there. */
export interface Mark {
  readonly sign: number;
  readonly look: number;
  readonly name: string;
  readonly circle?: { readonly metres: number; readonly colour: string } | undefined;
}

/** Finds places of all marks at a time: east and south in mercator units, two numbers a mark. @returns whether something still moves */
export type Places = (now: number, into: Float64Array) => boolean;

/** Signs have this share of their size at one zoom, and all of it at the other. */
const SMALL = 0.55;
const SMALL_ZOOM = 9;
const WHOLE_ZOOM = 13;
const NAMES_FROM_ZOOM = 11;
/** Names of moving things are chosen anew so often; with their things they move in each frame. */
const NAMES_MS = 1000;
/** A name begins below its sign, in shares of half a sign's side. */
const NAME_BELOW = 0.85;
/** Screens that show more than some 80 frames a second get no more of moving signs: eyes gain nothing by it, batteries lose. */
const LEAST_MS = 12;
/** The last so many frames are measured. */
const MEASURED = 240;

/**
 * Draws all that has a place on a canvas of its own above the map: while things move, only they are drawn anew, and the
 * map below stays as it is. Signs are ready-made pictures put at whole pixels, which costs a processor without graphics
 * card a tenth of the same between pixels. When the map itself is drawn anew, signs follow in the same frame.
 */
export class MarkPainter {
  readonly #map: LibreMap;
  readonly #places: Places;
  readonly atlas: SignAtlas;
  readonly #canvas = document.createElement('canvas');
  readonly #drawing = this.#canvas.getContext('2d')!;
  readonly #projection = new Projection();
  #names: NamePictures;
  #named: ReadonlySet<number> = new Set();
  #namedAt = -Infinity;
  #nameLater: ReturnType<typeof setTimeout> | undefined;
  #marks: readonly Mark[] = [];
  #numbers = new Float64Array(0);
  #pixels = new Float64Array(0);
  /** Where each was drawn last, in whole pixels. */
  #drawn = new Int32Array(0);
  #dirty = true;
  #beat = 0;
  #drawnAt = -Infinity;
  #ratio = devicePixelRatio;
  /** Half of a mark's side in pixels of the page. */
  halfPixels = 24;
  /** Milliseconds that the page itself took for each of the last frames, before they are painted. */
  readonly spent: number[] = [];
  /** Frames drawn so far in which something had moved or looked different. */
  frames = 0;

  constructor(map: LibreMap, places: Places) {
    this.#map = map;
    this.#places = places;
    this.#names = new NamePictures(this.#ratio);
    this.atlas = new SignAtlas(() => this.#wake());
    this.#canvas.className = 'k-karte__signs';
    this.#canvas.setAttribute('aria-hidden', 'true');
    map.getCanvasContainer().append(this.#canvas);
    map.on('render', () => this.#draw(true));
    map.on('moveend', () => this.#nameAnew());
  }

  /** Marks whose middle lies on the screen. */
  get inView(): number {
    const { width, height } = this.#canvas;
    const within = (index: number): boolean => {
      const [x, y] = [this.#drawn[2 * index]!, this.#drawn[2 * index + 1]!];
      return x >= 0 && y >= 0 && x < width && y < height;
    };
    return this.#marks.filter((_, index) => within(index)).length;
  }

  close(): void {
    cancelAnimationFrame(this.#beat);
    clearTimeout(this.#nameLater);
  }

  /** As drawn at this zoom: seen from afar signs are smaller, so that they hide each other less. */
  get #reachPixels(): number {
    const near = Math.min(1, Math.max(0, (this.#map.getZoom() - SMALL_ZOOM) / (WHOLE_ZOOM - SMALL_ZOOM)));
    return this.halfPixels * (SMALL + (1 - SMALL) * near);
  }

  /** Draws nothing itself: it is how the map tells where it is. */
  layer(): CustomLayerInterface {
    return {
      id: 'lage-zeichen',
      type: 'custom',
      render: (_, { defaultProjectionData: { mainMatrix } }) => {
        const { width, height } = this.#map.getCanvas();
        this.#projection.set(mainMatrix, width, height);
      },
    };
  }

  /** The marks in the order in which they are drawn: later ones lie above. */
  set(marks: readonly Mark[]): void {
    this.#marks = marks;
    if (this.#drawn.length < marks.length * 2) {
      this.#numbers = new Float64Array(marks.length * 3);
      this.#pixels = new Float64Array(marks.length * 3);
      this.#drawn = new Int32Array(marks.length * 3);
    }
    this.#wake();
  }

  /** The uppermost mark under a point of the map, in pixels of the page, as it was drawn last. */
  under({ x, y }: { readonly x: number; readonly y: number }): number | undefined {
    const reach = this.#reachPixels * this.#ratio;
    for (let index = this.#marks.length - 1; index >= 0; index--) {
      const [east, south] = [this.#drawn[2 * index]! - x * this.#ratio, this.#drawn[2 * index + 1]! - y * this.#ratio];
      if (Math.abs(east) <= reach && Math.abs(south) <= reach) return index;
    }
    return undefined;
  }

  #wake(): void {
    this.#dirty = true;
    this.#next();
  }

  #next(): void {
    if (this.#beat !== 0) return;
    this.#beat = requestAnimationFrame(() => {
      this.#beat = 0;
      // the map may have been drawn in this very frame, and the marks with it
      if (performance.now() - this.#drawnAt < LEAST_MS || this.#draw(false)) this.#next();
    });
  }

  /** @param all even if nothing has moved by a pixel @returns whether something still moves */
  #draw(all: boolean): boolean {
    const began = performance.now();
    this.#drawnAt = began;
    const moves = this.#places(began, this.#numbers);
    this.#projection.write(this.#numbers, this.#marks.length, this.#pixels);
    const moved = this.#snap();
    if (moves) this.#next();
    if (!all && !moved && !this.#dirty) return moves;
    this.#dirty = false;
    this.#clear();
    const half = Math.round(this.#reachPixels * this.#ratio);
    drawCircles(this.#drawing, this.#projection, { marks: this.#marks, places: this.#numbers, half, ratio: this.#ratio });
    this.#signs(half);
    this.#write(half, began);
    this.frames += 1;
    if (this.spent.push(performance.now() - began) > MEASURED) this.spent.shift();
    return moves;
  }

  #snap(): boolean {
    let moved = false;
    for (let at = 0; at < 2 * this.#marks.length; at++) {
      const pixel = Math.round(this.#pixels[at]!);
      if (pixel === this.#drawn[at]) continue;
      this.#drawn[at] = pixel;
      moved = true;
    }
    return moved;
  }

  #clear(): void {
    const { width, height } = this.#map.getCanvas();
    const ratio = this.#map.getPixelRatio();
    if (this.#ratio !== ratio) {
      this.#ratio = ratio;
      this.#names.close();
      this.#names = new NamePictures(ratio);
    }
    if (this.#canvas.width !== width || this.#canvas.height !== height) {
      this.#canvas.width = width;
      this.#canvas.height = height;
    } else this.#drawing.clearRect(0, 0, width, height);
  }

  #signs(half: number): void {
    const { width, height } = this.#canvas;
    for (const [index, { sign, look }] of this.#marks.entries()) {
      const [x, y] = [this.#drawn[2 * index]! - half, this.#drawn[2 * index + 1]! - half];
      if (x > width || y > height || x < -2 * half || y < -2 * half) continue;
      this.#drawing.drawImage(this.atlas.sprite(sign, look, 2 * half), x, y);
    }
  }

  #write(half: number, now: number): void {
    if (this.#map.getZoom() < NAMES_FROM_ZOOM) return;
    const below = Math.round(half * NAME_BELOW);
    if (now - this.#namedAt < NAMES_MS) {
      // where all comes to rest, the names of the last frame must be right, too
      this.#nameLater ??= setTimeout(() => this.#nameAnew(), NAMES_MS);
    } else {
      this.#namedAt = now;
      this.#named = chooseNames(this.#marks.length, (index) => this.#nameBox(index, below), this.#named);
    }
    for (const index of this.#named) {
      const mark = this.#marks[index];
      if (mark === undefined) continue;
      const picture = this.#names.of(mark.name);
      this.#drawing.drawImage(picture, this.#drawn[2 * index]! - (picture.width >> 1), this.#drawn[2 * index + 1]! + below);
    }
  }

  #nameAnew(): void {
    clearTimeout(this.#nameLater);
    this.#nameLater = undefined;
    this.#namedAt = -Infinity;
    this.#wake();
  }

  #nameBox(index: number, below: number) {
    const [x, y] = [this.#drawn[2 * index]!, this.#drawn[2 * index + 1]!];
    if (x < 0 || y < 0 || x > this.#canvas.width || y > this.#canvas.height) return undefined;
    return { x, y: y + below, ...this.#names.size(this.#marks[index]!.name) };
  }
}
