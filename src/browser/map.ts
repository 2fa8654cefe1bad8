import type { Map as LibreMap } from 'maplibre-gl';
import { announce } from './announce.ts';
import { MapPoint, showPlace } from './map-point.ts';
import { drawShapes, type DrawnShape } from './map-shapes.ts';
import { openMap } from './open-map.ts';
import { browserTexts } from './texts.ts';

interface Place {
  readonly position: { readonly lon: number; readonly lat: number };
  readonly label: string;
  readonly active?: boolean;
  /** Name of its form field, when it can be moved on this map too. */
  readonly field?: string;
}

/**
 * Replaces the picture inside by a map that moves. `data-mode="edit"` writes the chosen place into the
 * inputs `<data-name>.lon` and `.lat`; `view` only shows. Browsers give few drawing contexts to a page,
 * so a map lives only while it is on the screen; without any the picture stays.
 */
class MapElement extends HTMLElement {
  #observer: IntersectionObserver | undefined;
  #map: LibreMap | undefined;
  #live: HTMLElement | undefined;
  #points: MapPoint[] = [];
  #active: MapPoint | undefined;

  connectedCallback(): void {
    this.#observer = new IntersectionObserver(
      (entries) => {
        const seen = entries.at(-1)?.isIntersecting === true;
        if (seen && this.#map === undefined) this.#start();
        if (!seen && this.#map !== undefined && !this.contains(document.activeElement)) this.#stop();
      },
      { rootMargin: '200px' },
    );
    this.#observer.observe(this);
  }

  disconnectedCallback(): void {
    this.#observer?.disconnect();
    this.#stop();
  }

  get #fallback(): HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>('.k-map__stage > .k-map__picture, .k-map__controls')];
  }

  #start(): void {
    const stage = this.querySelector<HTMLElement>('.k-map__stage');
    if (stage === null) return;
    const live = document.createElement('div');
    live.className = 'k-map__live';
    stage.append(live);
    this.#live = live;
    this.#map = openMap(this, live, false);
    if (this.#map === undefined) {
      // No WebGL here: the picture does the same.
      this.#stop();
      return;
    }
    for (const part of this.#fallback) part.hidden = true;
    this.#shapes(this.#map);
    this.#places(this.#map);
  }

  #stop(): void {
    const map = this.#map;
    if (map !== undefined) {
      const { lng, lat } = map.getCenter();
      this.dataset['centre'] = `${lng},${lat}`;
      this.dataset['zoom'] = String(map.getZoom() + 1);
    }
    this.#map = undefined;
    delete this.dataset['ready'];
    this.#points = [];
    this.#active = undefined;
    map?.remove();
    this.#live?.remove();
    this.querySelector('.k-map__tools')?.remove();
    for (const part of this.#fallback) part.hidden = false;
  }

  #shapes(map: LibreMap): void {
    const shapes = JSON.parse(this.dataset['shapes'] ?? '[]') as DrawnShape[];
    if (shapes.length > 0) map.once('load', () => drawShapes(map, shapes));
  }

  #places(map: LibreMap): void {
    const others = JSON.parse(this.dataset['others'] ?? '[]') as Place[];
    const editable = this.dataset['mode'] === 'edit' ? [{ field: this.dataset['name'] ?? '', label: this.dataset['marker'] ?? '1' }, ...others] : [];
    for (const { field, label } of editable) {
      const point = field === undefined ? undefined : this.#pointOf(map, field, label);
      if (point !== undefined) this.#points.push(point);
    }
    for (const place of others)
      if (place.field === undefined || this.dataset['mode'] !== 'edit') showPlace(map, place.label, place.position, place.active === true);
    this.#active = this.#points[0];
    if (this.#points.length === 0) return;
    map.getCanvas().style.cursor = 'crosshair';
    map.on('click', (event) => this.#put(event.lngLat.lng, event.lngLat.lat));
    this.#tools(map);
  }

  /** The sentence under the map says what the inputs hold. */
  #say(point: MapPoint): void {
    const line = this.closest('fieldset')?.querySelector<HTMLElement>('.k-map__chosen');
    if (line === null || line === undefined || point !== this.#points[0]) return;
    const digits = (value: number): string => value.toLocaleString(document.documentElement.lang, { maximumFractionDigits: 6 });
    line.textContent =
      point.at === undefined
        ? (line.dataset['none'] ?? '')
        : (line.dataset['some'] ?? '{}').replace('{}', `${digits(point.at.lat)}° N, ${digits(point.at.lng)}° ${this.dataset['lang'] === 'en' ? 'E' : 'O'}`);
  }

  #pointOf(map: LibreMap, field: string, label: string): MapPoint | undefined {
    const input = (part: string): HTMLInputElement | null =>
      (this.closest('form') ?? document).querySelector<HTMLInputElement>(`input[name="${CSS.escape(`${field}.${part}`)}"]`);
    const [lon, lat] = [input('lon'), input('lat')];
    return lon === null || lat === null ? undefined : new MapPoint(map, label, lon, lat, this.dataset['lang'] !== 'en', (point) => this.#say(point));
  }

  /** A click sets the chosen point, or the first that has no place yet. */
  #put(lon: number, lat: number): void {
    const point = this.#active?.placed === true ? (this.#points.find((one) => !one.placed) ?? this.#active) : this.#active;
    if (point === undefined) return;
    point.place(lon, lat);
    this.#active = point;
    announce(`${browserTexts().mapMarker} ${point.label}: ${lat.toFixed(5)}, ${lon.toFixed(5)}`);
  }

  #tools(map: LibreMap): void {
    const t = browserTexts();
    const tools = document.createElement('div');
    tools.className = 'k-map__tools';
    const button = (text: string, act: () => void): HTMLButtonElement => {
      const made = document.createElement('button');
      made.type = 'button';
      made.className = 'kern-btn kern-btn--secondary kern-btn--x-small';
      const label = document.createElement('span');
      label.className = 'kern-label';
      label.textContent = text;
      made.append(label);
      made.addEventListener('click', act);
      tools.append(made);
      return made;
    };
    const help = document.createElement('p');
    help.className = 'kern-hint';
    help.textContent = t.mapDrag;
    if (this.#points.length > 1) {
      const choices = this.#points.map((point) =>
        button(`${t.mapMarker} ${point.label}`, () => {
          this.#active = point;
          for (const [index, choice] of choices.entries()) choice.setAttribute('aria-pressed', String(this.#points[index] === point));
          if (point.at !== undefined) map.easeTo({ center: point.at });
        }),
      );
      choices[0]?.setAttribute('aria-pressed', 'true');
    }
    button(t.mapHere, () => {
      const { lng, lat } = map.getCenter();
      this.#active?.place(lng, lat);
      this.#active?.focus();
    });
    button(t.mapRemove, () => this.#active?.remove());
    tools.append(help);
    this.querySelector('.k-map__stage')?.after(tools);
  }
}

customElements.define('kontor-map', MapElement);
