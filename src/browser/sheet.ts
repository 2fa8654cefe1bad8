import { html, nothing, render } from 'lit';
import { announce } from './announce.ts';
import { TILE, Tiles } from './sheet-tiles.ts';
import { bounded, placeAt, stepFor, tilesIn, wholePage, zoomed, type PlacedTile, type SheetView, type Size } from './sheet-view.ts';
import { sheetBrowserTexts } from './sheet-texts.ts';

interface ShownMark {
  readonly number: number;
  readonly kind: 'vermerk' | 'auflage' | 'gruen' | 'ungueltig';
  /** Points from the upper left corner. */
  readonly x: number;
  readonly y: number;
}

const COLOURS: Readonly<Record<ShownMark['kind'], string>> = { vermerk: '#0b4f9e', auflage: '#0b4f9e', gruen: '#00642d', ungueltig: '#b3001b' };
const STEP = 80;
const POINTS_PER_MM = 72 / 25.4;

/**
 * Replaces the picture of a page by a drawing that moves: by pointer, by buttons and by keyboard. Where
 * something may be entered, a click or Enter writes the place into the fields `xMm` and `yMm`. When the
 * drawing does not come, the picture stays.
 */
class SheetElement extends HTMLElement {
  #canvas: HTMLCanvasElement | undefined;
  #paint: CanvasRenderingContext2D | undefined;
  #view: SheetView = { scale: 1, x: 0, y: 0 };
  #screen: Size = { width: 1, height: 1 };
  #tiles: Tiles | undefined;
  #resized: ResizeObserver | undefined;
  #frame = 0;
  readonly #pointers = new Map<number, { x: number; y: number }>();
  #moved = 0;

  connectedCallback(): void {
    if (this.#canvas !== undefined) return;
    const canvas = document.createElement('canvas');
    const paint = canvas.getContext('2d');
    if (paint === null) return;
    [this.#canvas, this.#paint] = [canvas, paint];
    this.#tiles = new Tiles(
      this.dataset['tiles'] ?? '',
      () => this.#draw(),
      () => this.#giveUp(),
    );
    this.#build(canvas);
    this.#listen(canvas);
    this.#resized = new ResizeObserver(() => this.#fit());
    this.#resized.observe(canvas);
    for (const input of this.#fields) input.addEventListener('input', () => this.#draw());
  }

  disconnectedCallback(): void {
    this.#resized?.disconnect();
  }

  get #page(): Size {
    return { width: Number(this.dataset['width']), height: Number(this.dataset['height']) };
  }
  get #scales(): readonly number[] {
    return JSON.parse(this.dataset['scales'] ?? '[1]') as number[];
  }
  get #picks(): boolean {
    return this.dataset['pick'] !== undefined;
  }
  get #fields(): HTMLInputElement[] {
    return this.#picks ? [...document.querySelectorAll<HTMLInputElement>('#eintrag-form [name="xMm"], #eintrag-form [name="yMm"]')] : [];
  }

  #build(canvas: HTMLCanvasElement): void {
    const t = sheetBrowserTexts();
    canvas.className = 'k-sheet__canvas';
    canvas.tabIndex = 0;
    canvas.setAttribute('role', 'application');
    canvas.setAttribute('aria-label', this.dataset['label'] ?? '');
    const live = document.createElement('div');
    live.className = 'k-sheet__live';
    const button = (label: string, act: () => void, sign?: string) =>
      html`<button type="button" class="kern-btn kern-btn--secondary kern-btn--x-small" aria-label=${sign === undefined ? nothing : label} title=${sign === undefined ? nothing : label} @click=${act}><span class="kern-label">${sign ?? label}</span></button>`;
    const tools = html`<div class="k-sheet__tools" role="group" aria-label=${t.tools}>${button(t.nearer, () => this.#zoom(1.5), '+')}${button(t.further, () => this.#zoom(1 / 1.5), '−')}${button(t.whole, () => this.#whole())}${button(t.left, () => this.#pan(-STEP, 0), '←')}${button(t.up, () => this.#pan(0, -STEP), '↑')}${button(t.down, () => this.#pan(0, STEP), '↓')}${button(t.right, () => this.#pan(STEP, 0), '→')}${this.#picks ? button(t.pickMiddle, () => this.#pickMiddle()) : nothing}</div>
      ${canvas}
      <p class="kern-hint">${t.help}${this.#picks ? ` ${t.helpPick}` : ''}</p>`;
    render(tools, live);
    for (const part of this.#fallback) part.hidden = true;
    this.append(live);
  }

  get #fallback(): HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>(':scope > .k-sheet__scroll')];
  }

  /** The drawing does not come: the picture does the same. */
  #giveUp(): void {
    this.querySelector('.k-sheet__live')?.remove();
    this.#resized?.disconnect();
    for (const part of this.#fallback) part.hidden = false;
  }

  #listen(canvas: HTMLCanvasElement): void {
    canvas.addEventListener('keydown', (event) => this.#key(event));
    for (const event of ['focus', 'blur']) canvas.addEventListener(event, () => this.#draw());
    canvas.addEventListener(
      'wheel',
      (event) => {
        // without Ctrl the page scrolls on
        if (!event.ctrlKey && !event.metaKey) return;
        event.preventDefault();
        this.#zoom(Math.exp(-event.deltaY / 300), event.offsetX, event.offsetY);
      },
      { passive: false },
    );
    canvas.addEventListener('pointerdown', (event) => {
      canvas.setPointerCapture(event.pointerId);
      this.#pointers.set(event.pointerId, { x: event.offsetX, y: event.offsetY });
      if (this.#pointers.size === 1) this.#moved = 0;
    });
    canvas.addEventListener('pointermove', (event) => this.#move(event));
    canvas.addEventListener('pointerup', (event) => {
      const click = this.#pointers.size === 1 && this.#moved < 6;
      this.#pointers.delete(event.pointerId);
      if (click) this.#pick(event.offsetX, event.offsetY);
    });
    canvas.addEventListener('pointercancel', (event) => this.#pointers.delete(event.pointerId));
  }

  /** One finger or the mouse moves the page, two come nearer. */
  #move(event: PointerEvent): void {
    const before = this.#pointers.get(event.pointerId);
    if (before === undefined) return;
    const now = { x: event.offsetX, y: event.offsetY };
    const other = [...this.#pointers].find(([id]) => id !== event.pointerId)?.[1];
    this.#pointers.set(event.pointerId, now);
    this.#moved += Math.abs(now.x - before.x) + Math.abs(now.y - before.y);
    if (other === undefined) return this.#pan(before.x - now.x, before.y - now.y);
    const far = (one: { x: number; y: number }): number => Math.max(1, Math.hypot(one.x - other.x, one.y - other.y));
    this.#moved = Infinity;
    this.#zoom(far(now) / far(before), (now.x + other.x) / 2, (now.y + other.y) / 2);
  }

  #key(event: KeyboardEvent): void {
    const moves: Readonly<Record<string, () => void>> = {
      ArrowLeft: () => this.#pan(-STEP, 0),
      ArrowRight: () => this.#pan(STEP, 0),
      ArrowUp: () => this.#pan(0, -STEP),
      ArrowDown: () => this.#pan(0, STEP),
      '+': () => this.#zoom(1.5),
      '-': () => this.#zoom(1 / 1.5),
      '0': () => this.#whole(),
      ...(this.#picks ? { Enter: () => this.#pickMiddle() } : {}),
    };
    const act = event.ctrlKey || event.metaKey || event.altKey ? undefined : moves[event.key];
    if (act === undefined) return;
    event.preventDefault();
    act();
  }

  #pan(dx: number, dy: number): void {
    this.#show({ ...this.#view, x: this.#view.x + dx / this.#view.scale, y: this.#view.y + dy / this.#view.scale });
  }
  #zoom(factor: number, px = this.#screen.width / 2, py = this.#screen.height / 2): void {
    this.#show(zoomed(this.#view, factor, px, py, this.#screen));
  }
  #whole(): void {
    this.#show(wholePage(this.#page, this.#screen));
  }
  #show(view: SheetView): void {
    this.#view = bounded(view, this.#page, this.#screen, this.#scales.at(-1)! * 1.5);
    this.#draw();
  }

  #pickMiddle(): void {
    this.#pick(this.#screen.width / 2, this.#screen.height / 2);
  }

  /** Writes the place into the form; beside the page there is none. */
  #pick(px: number, py: number): void {
    const { width, height } = this.#page;
    const place = placeAt(this.#view, px, py, this.#screen);
    const [x, y] = this.#fields;
    if (x === undefined || y === undefined || place.x < 0 || place.y < 0 || place.x > width || place.y > height) return;
    const comma = document.documentElement.lang === 'en' ? '.' : ',';
    const mm = (points: number): string => (Math.floor((points / POINTS_PER_MM) * 10) / 10).toString().replace('.', comma);
    [x.value, y.value] = [mm(place.x), mm(place.y)];
    for (const input of [x, y]) input.dispatchEvent(new Event('input', { bubbles: true }));
    announce(sheetBrowserTexts().picked(x.value, y.value));
  }

  /** The canvas has a new size on the screen. */
  #fit(): void {
    const canvas = this.#canvas!;
    const first = this.#screen.width === 1;
    this.#screen = { width: Math.max(1, canvas.clientWidth), height: Math.max(1, canvas.clientHeight) };
    canvas.width = Math.round(this.#screen.width * devicePixelRatio);
    canvas.height = Math.round(this.#screen.height * devicePixelRatio);
    this.#show(first ? wholePage(this.#page, this.#screen) : this.#view);
  }

  #draw(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => this.#drawNow());
  }

  #drawNow(): void {
    const [paint, tiles] = [this.#paint, this.#tiles];
    if (paint === undefined || tiles === undefined) return;
    const scales = this.#scales;
    const zoom = stepFor(scales, this.#view.scale * devicePixelRatio);
    const layer = (step: number): PlacedTile[] => tilesIn(this.#view, this.#page, this.#screen, { zoom: step, drawn: scales[step]!, tile: TILE });
    paint.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
    paint.clearRect(0, 0, this.#screen.width, this.#screen.height);
    const corner = this.#onScreen({ x: 0, y: 0 });
    const page = this.#page;
    paint.save();
    paint.beginPath();
    paint.rect(corner.x, corner.y, page.width * this.#view.scale, page.height * this.#view.scale);
    paint.fillStyle = '#ffffff';
    paint.fill();
    paint.clip();
    const coarse = zoom === 0 ? [] : layer(0);
    const fine = layer(zoom);
    for (const { key, left, top, side } of [...coarse, ...fine]) {
      const image = tiles.get(key);
      if (image !== undefined) paint.drawImage(image, left, top, side + 0.5, side + 0.5);
    }
    paint.restore();
    this.#drawMarks(paint);
    tiles.want([...layer(0), ...fine].map(({ key }) => key));
    if (fine.every(({ key }) => tiles.get(key) !== undefined)) this.dataset['ready'] = '';
    else delete this.dataset['ready'];
  }

  #onScreen({ x, y }: { x: number; y: number }): { x: number; y: number } {
    return { x: (x - this.#view.x) * this.#view.scale + this.#screen.width / 2, y: (y - this.#view.y) * this.#view.scale + this.#screen.height / 2 };
  }

  #drawMarks(paint: CanvasRenderingContext2D): void {
    paint.font = '600 14px "Fira Sans", sans-serif';
    paint.textAlign = 'center';
    paint.textBaseline = 'middle';
    for (const { number, kind, ...at } of JSON.parse(this.dataset['marks'] ?? '[]') as ShownMark[]) {
      const { x, y } = this.#onScreen(at);
      paint.beginPath();
      paint.arc(x, y, 13, 0, 7);
      paint.fillStyle = COLOURS[kind];
      paint.fill();
      paint.lineWidth = 2;
      paint.strokeStyle = '#ffffff';
      paint.stroke();
      paint.fillStyle = '#ffffff';
      paint.fillText(String(number), x, y + 1);
    }
    const [x, y] = this.#fields.map((input) => Number(input.value.trim().replace(',', '.')) * POINTS_PER_MM);
    if (x !== undefined && y !== undefined && this.#fields.every((input) => input.value.trim() !== '')) this.#cross(paint, this.#onScreen({ x, y }), '#b3001b');
    if (this.#picks && document.activeElement === this.#canvas) this.#cross(paint, { x: this.#screen.width / 2, y: this.#screen.height / 2 }, '#454f5b');
  }

  #cross(paint: CanvasRenderingContext2D, { x, y }: { x: number; y: number }, colour: string): void {
    paint.beginPath();
    paint.moveTo(x - 14, y);
    paint.lineTo(x + 14, y);
    paint.moveTo(x, y - 14);
    paint.lineTo(x, y + 14);
    paint.lineWidth = 2;
    paint.strokeStyle = colour;
    paint.stroke();
  }
}

customElements.define('kontor-sheet', SheetElement);
