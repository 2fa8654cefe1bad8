import { MercatorCoordinate, type Map as LibreMap, type MapMouseEvent } from 'maplibre-gl';
import { isContradicted, OTHER_SPEED_LIMIT, signFor, SPEED_LIMITS } from '../kernel/lage-signs.ts';
import { printMgrs, printUtm } from '../kernel/mgrs.ts';
import type { ObjectKind } from '../kernel/picture.ts';
import { announce } from './announce.ts';
import { signOf } from './lage-atlas.ts';
import { LageClock } from './lage-clock.ts';
import { clockTime, details } from './lage-details.ts';
import { LageDrawing } from './lage-draw.ts';
import { bindBoxes, bindLayers, writeAddress } from './lage-forms.ts';
import { UtmGrid } from './lage-grid.ts';
import { LageList } from './lage-list.ts';
import { MarkPainter, type Mark } from './lage-marks.ts';
import { Motion } from './lage-motion.ts';
import { layOverlay, switchOverlay } from './lage-overlay.ts';
import type { Part } from './lage-part.ts';
import { isOld, staleMs } from './lage-picture.ts';
import { LagePopup } from './lage-popup.ts';
import { colourOf, ShapePainter, signPlace } from './lage-shapes.ts';
import { PictureSource } from './lage-source.ts';
import { CHOSEN, CONTRADICTED, JUMPED, OLD } from './lage-sprite.ts';
import { fill, word, type LageConfig, type Place, type SeenObject } from './lage-types.ts';
import { openMap } from './open-map.ts';

/** Ages go on while nothing is said: so often the picture is looked at anew. */
const AGE_MS = 5000;
/** While the map is moved, it is asked so often whether it shows what is not here yet. */
const LOOK_MS = 250;
/** Smaller circles say nothing at any size of signs. */
const LEAST_CIRCLE_METRES = 15;
const CLOSE = 15;
/** Half of a sign's side in pixels; on a phone a finger must meet it. */
const SIGN = { mouse: 22, finger: 28 } as const;

/** Replaces the picture of a Lage by a map that moves, with its list beside it; both show the same and choose together. */
class LagekarteElement extends HTMLElement {
  #config!: LageConfig;
  #map: LibreMap | undefined;
  readonly #motion = new Motion();
  #marks!: MarkPainter;
  #shapes: ShapePainter | undefined;
  #list!: LageList;
  #clock!: LageClock;
  #source!: PictureSource;
  #drawing!: LageDrawing;
  #status!: HTMLElement;
  readonly #centre = element('p', 'k-muted k-karte__centre');
  #on: ReadonlySet<string> = new Set();
  #order: readonly SeenObject[] = [];
  #chosen: string | undefined;
  #popup!: LagePopup;
  #looked = -Infinity;
  #marksDue = false;
  readonly #beats: ReturnType<typeof setInterval>[] = [];
  readonly #gone = new AbortController();

  connectedCallback(): void {
    const stage = this.querySelector<HTMLElement>('.k-map__stage');
    if (stage === null) return;
    this.#config = JSON.parse(this.dataset['config'] ?? '{}') as LageConfig;
    const live = element('div', 'k-map__live k-twin__live k-karte__live');
    stage.append(live);
    const map = openMap(this, live, true);
    if (map === undefined) {
      live.remove();
      this.append(Object.assign(element('p', 'kern-body'), { textContent: word(this.#config, 'noMap') }));
      return;
    }
    this.#map = map;
    const picture = this.querySelector<HTMLElement>('.k-twin__picture');
    if (picture !== null) picture.hidden = true;
    this.#on = new Set(this.#config.layers.filter(({ on }) => on).map(({ id }) => id));
    this.#status = Object.assign(element('p', 'k-karte__status'), { textContent: word(this.#config, 'loading') });
    this.#status.setAttribute('role', 'status');
    const [clock, drawing, list] = [element('div', 'k-karte__clock'), element('div', 'k-karte__drawing'), element('div', 'k-karte__list')];
    stage.before(this.#status);
    stage.after(this.#centre, drawing, clock);
    this.append(list);
    this.#list = new LageList(list, this.#config, {
      objects: () => this.#order,
      now: () => this.#now(),
      isPart: () => this.#clock.at === undefined,
      choose: (id) => this.#choose(id, true),
    });
    this.#clock = new LageClock(
      clock,
      this.#config,
      () => Date.now() + (this.#source?.live.aheadMs ?? 0),
      (at) => this.#turn(at),
    );
    this.#source = new PictureSource(this.#config, {
      seen: () => this.#seen(),
      take: (fresh) => this.#take(fresh),
      leave: (gone) => this.#leave(gone),
      contact: (contact, since) => this.#sayContact(contact, since),
    });
    this.#popup = new LagePopup(map, () => this.#choose(undefined, false));
    map.on('load', () => void this.#fill(map, drawing));
    this.#switches(map);
  }

  disconnectedCallback(): void {
    this.#gone.abort();
    this.#source?.close();
    this.#marks?.close();
    this.#clock?.close();
    this.#list?.close();
    for (const beat of this.#beats) clearInterval(beat);
    this.#map?.remove();
    this.#map = undefined;
  }

  /** The city's time; in a look back, the time looked at. */
  #now(): number {
    return this.#clock?.at ?? Date.now() + (this.#source?.live.aheadMs ?? 0);
  }

  async #fill(map: LibreMap, drawing: HTMLElement): Promise<void> {
    for (const overlay of this.#config.overlays) layOverlay(map, overlay);
    const grid = new UtmGrid(map);
    grid.show(this.#config.grid);
    this.#shapes = new ShapePainter(map, this.#config);
    this.#marks = new MarkPainter(map, (now, into) => this.#place(now, into));
    this.#marks.halfPixels = matchMedia('(pointer: coarse)').matches ? SIGN.finger : SIGN.mouse;
    map.addLayer(this.#marks.layer());
    this.#drawing = new LageDrawing(map, drawing, this.#config, (object) => this.#source.take([object]));
    map.on('click', (event) => this.#click(event));
    map.on('move', () => this.#look(LOOK_MS));
    map.on('moveend', () => this.#moved());
    map.on('mousemove', (event) => this.#point(event));
    bindBoxes('#gitter-1', this.#gone.signal, (_, on) => grid.show(on));
    this.#beats.push(setInterval(() => this.#age(), AGE_MS));
    this.#sayCentre();
    await this.#turn(this.#clock.at);
    // handed to whoever measures: the page's own time for each frame, how many there were, and how many marks are in view
    Object.assign(this, { frames: this.#marks.spent, drawn: () => this.#marks.frames, inView: () => this.#marks.inView });
    this.dataset['filled'] = '';
  }

  /** Shows the picture as known at a time, or the live one. */
  async #turn(at: number | undefined): Promise<void> {
    const shown = await this.#source.turn(at);
    if (shown && at !== undefined) this.#sayLookingBack(at);
    if (shown) this.classList.toggle('k-karte--back', at !== undefined);
  }

  /** What the map shows, tilted or turned. */
  #seen(): Part {
    const bounds = this.#map!.getBounds();
    return [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
  }

  #look(notWithinMs: number): void {
    const now = performance.now();
    if (now - this.#looked < notWithinMs) return;
    this.#looked = now;
    this.#source.look();
  }

  #take(fresh: readonly SeenObject[]): void {
    const now = performance.now();
    for (const object of fresh) {
      if (object.ended) this.#motion.forget(object.id);
      else this.#fix(object, now);
      if (object.ended && object.id === this.#chosen) this.#choose(undefined, false);
    }
    this.#shapes?.update(fresh, (object) => this.#on.has(object.layer), this.#now());
    this.#renew();
    if (this.#chosen !== undefined && fresh.some(({ id }) => id === this.#chosen)) this.#tell();
  }

  /** They lie elsewhere now, or another picture begins. */
  #leave(gone: readonly SeenObject[]): void {
    for (const { id } of gone) this.#motion.forget(id);
    this.#shapes?.update(gone, () => false, this.#now());
    if (gone.some(({ id }) => id === this.#chosen)) this.#choose(undefined, false);
    this.#renew();
  }

  #fix(object: SeenObject, now: number): void {
    const place = signPlace(object);
    if (place === undefined) {
      this.#motion.forget(object.id);
      return;
    }
    const { x, y } = MercatorCoordinate.fromLngLat([place[0], place[1]]);
    const limit = SPEED_LIMITS[object.kind as ObjectKind] ?? OTHER_SPEED_LIMIT;
    // only what moves by itself can jump: a drawing that is moved has been corrected
    const moves = object.geometry?.type === 'Point' && SPEED_LIMITS[object.kind as ObjectKind] !== undefined;
    if (!moves) this.#motion.forget(object.id);
    this.#motion.take(object.id, { x, y, at: Date.parse(object.eventAt) }, now, { limit, freshMs: staleMs(object, this.#config.kinds) });
  }

  /** Marks and list follow, once for however many changes of this moment. */
  #renew(): void {
    if (this.#marksDue || this.#shapes === undefined) return;
    this.#marksDue = true;
    requestAnimationFrame(() => {
      this.#marksDue = false;
      this.#mark();
      this.#list.renew();
    });
  }

  #mark(): void {
    const shown = [...this.#source.picture.objects.values()].filter(({ layer }) => this.#on.has(layer));
    // what is chosen lies above
    this.#order = this.#chosen === undefined ? shown : [...shown.filter(({ id }) => id !== this.#chosen), ...shown.filter(({ id }) => id === this.#chosen)];
    this.#placed = this.#order.filter(({ id }) => this.#motion.at(id, 0) !== undefined);
    this.#placedIds = this.#placed.map(({ id }) => id);
    const now = this.#now();
    this.#marks.set(this.#placed.map((object) => this.#markOf(object, now)));
  }

  #markOf(object: SeenObject, now: number): Mark {
    const { kinds } = this.#config;
    const old = isOld(object, kinds, now);
    const jumped = this.#motion.jumped(object.id) || object.facts['jump'] === true;
    const look = (old ? OLD : 0) | (isContradicted(object.facts) ? CONTRADICTED : 0) | (jumped ? JUMPED : 0) | (object.id === this.#chosen ? CHOSEN : 0);
    const metres = object.geometry?.type === 'Point' ? (object.uncertaintyMetres ?? 0) : 0;
    const circle = metres >= LEAST_CIRCLE_METRES ? { metres, colour: colourOf(object.kind, old, kinds) } : undefined;
    return { sign: this.#signOf(object), look, name: object.title, circle };
  }

  /** The number of an object's sign; each word on an object is an object of its own, so it is asked once. */
  #signOf(object: SeenObject): number {
    const known = this.#signs.get(object);
    if (known !== undefined) return known;
    const spec = signOf(object.symbol, signFor(object.kind as ObjectKind, object.facts));
    const plain = { colour: this.#config.kinds[object.kind]?.colour ?? '#1a4298', letter: object.title.slice(0, 1) };
    const sign = this.#marks.atlas.sign(spec, plain);
    this.#signs.set(object, sign);
    return sign;
  }

  readonly #signs = new WeakMap<SeenObject, number>();
  #placed: readonly SeenObject[] = [];
  #placedIds: readonly string[] = [];

  #place(now: number, into: Float64Array): boolean {
    this.#motion.write(this.#placedIds, now, into);
    return this.#motion.moving(now);
  }

  /** What has grown old meanwhile looks old. */
  #age(): void {
    if (document.visibilityState !== 'visible') return;
    const now = this.#now();
    const turned = this.#order.filter((object) => {
      const limit = Date.parse(object.eventAt) + staleMs(object, this.#config.kinds);
      return limit <= now && limit > now - 2 * AGE_MS;
    });
    this.#shapes?.update(turned, ({ layer }) => this.#on.has(layer), now);
    this.#renew();
  }

  #seenAt({ id }: SeenObject): Place | undefined {
    const at = this.#motion.at(id, performance.now());
    if (at === undefined) return undefined;
    const { lng, lat } = new MercatorCoordinate(at[0], at[1]).toLngLat();
    return [lng, lat];
  }

  #under({ point }: MapMouseEvent): SeenObject | undefined {
    const index = this.#marks.under(point);
    return index === undefined ? undefined : this.#placed[index];
  }

  #point(event: MapMouseEvent): void {
    if (this.#drawing.busy) return;
    this.#map!.getCanvas().style.cursor = this.#under(event) === undefined ? '' : 'pointer';
  }

  #click(event: MapMouseEvent): void {
    if (this.#drawing.busy) return;
    const mark = this.#under(event);
    const shape = mark === undefined ? this.#map!.queryRenderedFeatures(event.point, { layers: [...(this.#shapes?.clickable ?? [])] })[0] : undefined;
    const id = mark?.id ?? (shape?.properties['object'] as string | undefined);
    this.#choose(id, false);
  }

  /** @param go whether the map goes there */
  #choose(id: string | undefined, go: boolean): void {
    this.#chosen = id;
    const object = id === undefined ? undefined : this.#source.picture.objects.get(id);
    this.#popup.close();
    this.#renew();
    this.#list.choose(id);
    if (object === undefined) return;
    announce(fill(word(this.#config, 'chosen'), object.title));
    const place = this.#seenAt(object);
    if (go && place !== undefined) {
      const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
      this.#map!.easeTo({ center: [place[0], place[1]], zoom: Math.max(CLOSE - 1, this.#map!.getZoom()), duration: still ? 0 : 500 });
    }
    this.#tell(place);
  }

  #tell(at?: Place): void {
    const object = this.#chosen === undefined ? undefined : this.#source.picture.objects.get(this.#chosen);
    const place = at ?? (object === undefined ? undefined : this.#seenAt(object));
    if (object === undefined || place === undefined) return;
    this.#popup.tell(place, details(object, this.#config, { now: this.#now(), jumped: this.#motion.jumped(object.id) }));
  }

  /** The page's own form works at once. */
  #switches(map: LibreMap): void {
    const { signal } = this.#gone;
    bindLayers(this.#config, signal, (on) => {
      this.#on = on;
      this.#shapes?.update([...this.#source.picture.objects.values()], ({ layer }) => on.has(layer), this.#now());
      this.#renew();
      this.#address({ ebene: [...on], sicht: [] });
    });
    bindBoxes('input[name="bild"]', signal, (id, on) => switchOverlay(map, id, on));
  }

  #moved(): void {
    const { lng, lat } = this.#map!.getCenter();
    this.#look(0);
    this.#address({ c: [`${lng.toFixed(5)},${lat.toFixed(5)}`], z: [String(Math.round((this.#map!.getZoom() + 1) * 100) / 100)] });
    this.#sayCentre();
  }

  /** Where one looks, as it is said over the radio. */
  #sayCentre(): void {
    const { lng, lat } = this.#map!.getCenter();
    this.#centre.textContent = fill(word(this.#config, 'centre'), `${printMgrs({ lon: lng, lat }) ?? '–'} · ${printUtm({ lon: lng, lat })}`);
  }

  #address(parts: Readonly<Record<string, readonly string[]>>): void {
    writeAddress(this.dataset['path'] ?? '', parts);
  }

  #sayContact(contact: boolean, since: number): void {
    if (this.#clock.at !== undefined) return;
    const seconds = Math.round((Date.now() - since) / 1000);
    const age = seconds < 120 ? `${seconds} s` : `${Math.floor(seconds / 60)} min`;
    const said = contact
      ? fill(word(this.#config, 'connected'), clockTime(this.#now()))
      : fill(word(this.#config, 'lost'), clockTime(since + this.#source.live.aheadMs), age);
    this.classList.toggle('k-karte--lost', !contact);
    // spoken only when it changes its kind: seconds that go by are not news
    this.#status.setAttribute('aria-live', this.dataset['contact'] === String(contact) ? 'off' : 'polite');
    this.dataset['contact'] = String(contact);
    this.#status.textContent = said;
  }

  #sayLookingBack(at: number): void {
    this.classList.remove('k-karte--lost');
    delete this.dataset['contact'];
    this.#status.setAttribute('aria-live', 'polite');
    this.#status.textContent = fill(word(this.#config, 'lookingBack'), clockTime(at));
  }
}

function element(name: string, className: string): HTMLElement {
  const made = document.createElement(name);
  made.className = className;
  return made;
}

customElements.define('kontor-lagekarte', LagekarteElement);
