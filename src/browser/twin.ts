import type { GeoJSONSource, Map as LibreMap, MapMouseEvent } from 'maplibre-gl';
import { sunAt, type SunPosition } from '../kernel/sun.ts';
import { isDark } from './map-style.ts';
import { openMap } from './open-map.ts';
import { browserTexts } from './texts.ts';
import { addCollection, clickable, type TwinCollection } from './twin-collections.ts';
import { TwinDrawing } from './twin-drawing.ts';
import { TwinHouses } from './twin-houses.ts';
import { tellFeature, tellStation, type Station } from './twin-popup.ts';

/** A layer of one page of stations; more than a screen can tell apart is not loaded. */
const MOST_STATIONS = 1000;
const STEPS = 96;
const MINUTES_A_DAY = 24 * 60;
/** The latest state is asked for again so often while somebody looks. */
const LIVE_MS = 60_000;
const TILT = 55;

/** Replaces the picture of the twin by a map that moves; the address in the browser follows it. */
class TwinElement extends HTMLElement {
  #map: LibreMap | undefined;
  #at: string | undefined;
  #asked = 0;
  #collections: readonly TwinCollection[] = [];
  #houses: readonly TwinHouses[] = [];
  #drawing: TwinDrawing | undefined;
  #sunMs = 0;
  #beat: ReturnType<typeof setInterval> | undefined;

  connectedCallback(): void {
    const stage = this.querySelector<HTMLElement>('.k-map__stage');
    if (stage === null) return;
    this.#at = this.dataset['at'];
    this.#collections = JSON.parse(this.dataset['collections'] ?? '[]') as TwinCollection[];
    const live = document.createElement('div');
    live.className = 'k-map__live k-twin__live';
    stage.append(live);
    const map = openMap(this, live, true);
    if (map === undefined) {
      // No WebGL here: picture and links do the same.
      live.remove();
      return;
    }
    this.#map = map;
    const picture = this.querySelector<HTMLElement>('.k-twin__picture');
    if (picture !== null) picture.hidden = true;
    const bar = document.createElement('div');
    bar.className = 'k-map__tools';
    stage.after(bar);
    this.#sunMs = Date.parse(this.dataset['sun'] ?? '');
    map.on('load', () => this.#fill(map, bar));
    map.on('moveend', () => this.#moved());
    if (this.#collections.some(({ tall }) => tall)) this.#sunSlider(bar);
    if (this.dataset['sensors'] !== undefined) this.#timeSlider(stage);
    if (this.#at === undefined) this.#beat = setInterval(() => document.visibilityState === 'visible' && void this.#load(), LIVE_MS);
  }

  disconnectedCallback(): void {
    clearInterval(this.#beat);
    this.#map?.remove();
    this.#map = undefined;
  }

  #fill(map: LibreMap, bar: HTMLElement): void {
    for (const collection of this.#collections) addCollection(map, collection);
    const tall = this.#collections.filter((one) => one.tall);
    this.#houses = tall.map(({ id }) => new TwinHouses(map, id));
    this.#addStations(map);
    if (tall.length > 0) this.#tilt(map, bar);
    this.#drawing = new TwinDrawing(map, bar, this.dataset['figures']);
    map.on('click', (event) => this.#tell(map, event));
    for (const name of ['mouseenter', 'mouseleave'] as const)
      map.on(name, 'stations', () => {
        if (this.#drawing?.busy !== true) map.getCanvas().style.cursor = name === 'mouseenter' ? 'pointer' : '';
      });
    this.#shine();
    void this.#load();
    for (const houses of this.#houses) void houses.look();
  }

  #addStations(map: LibreMap): void {
    map.addSource('stations', { type: 'geojson', data: { type: 'FeatureCollection', features: [] } });
    map.addLayer({
      id: 'stations',
      type: 'circle',
      source: 'stations',
      paint: {
        'circle-radius': ['interpolate', ['linear'], ['zoom'], 9, 4, 15, 9],
        'circle-color': [
          'case',
          ['==', ['get', 'share'], -1],
          '#8b90a6',
          ['interpolate', ['linear'], ['get', 'share'], 0, '#2f7fb8', 0.5, '#e0b83a', 1, '#c0392b'],
        ],
        'circle-stroke-color': isDark() ? '#1a1e29' : '#ffffff',
        'circle-stroke-width': 1.5,
      },
    });
  }

  async #load(): Promise<void> {
    const map = this.#map;
    const layer = this.dataset['sensors'];
    const source = map?.getSource<GeoJSONSource>('stations');
    if (map === undefined || layer === undefined || source === undefined) return;
    const bounds = map.getBounds();
    const query = new URLSearchParams({
      layer,
      bbox: [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()].map((degrees) => degrees.toFixed(5)).join(','),
      limit: String(MOST_STATIONS),
    });
    if (this.#at !== undefined) query.set('at', this.#at);
    const asked = ++this.#asked;
    const answer = await fetch(`/api/twin/stations?${query.toString()}`, { headers: { accept: 'application/json' } }).catch(() => undefined);
    // a later question has been asked meanwhile
    if (answer?.ok !== true || asked !== this.#asked) return;
    const { items } = (await answer.json()) as { items: Station[] };
    const values = items.flatMap(({ value }) => (value === null ? [] : [value]));
    const [low, high] = [Math.min(...values), Math.max(...values)];
    void source.setData({
      type: 'FeatureCollection',
      features: items.map((station) => ({
        type: 'Feature',
        geometry: { type: 'Point', coordinates: [station.lon, station.lat] },
        properties: { ...station, share: station.value === null ? -1 : high === low ? 0.5 : (station.value - low) / (high - low) },
      })),
    });
  }

  /** A station before what lies under it; nothing while somebody draws. */
  #tell(map: LibreMap, { point, lngLat }: MapMouseEvent): void {
    if (this.#drawing?.busy === true) return;
    const station = map.queryRenderedFeatures(point, { layers: ['stations'] })[0];
    if (station !== undefined) {
      tellStation(map, station.properties as Station, this.#at);
      return;
    }
    for (const collection of this.#collections.toReversed()) {
      const feature = map.queryRenderedFeatures(point, { layers: clickable(map, collection) })[0];
      if (feature === undefined) continue;
      tellFeature(map, collection, feature, [lngLat.lng, lngLat.lat]);
      return;
    }
  }

  #moved(): void {
    const map = this.#map;
    if (map === undefined) return;
    const { lng, lat } = map.getCenter();
    const angle = (degrees: number): string | undefined => (Math.round(degrees) === 0 ? undefined : String(Math.round(degrees)));
    this.#address({
      c: `${lng.toFixed(5)},${lat.toFixed(5)}`,
      z: String(Math.round((map.getZoom() + 1) * 100) / 100),
      neigung: angle(map.getPitch()),
      drehung: angle(map.getBearing()),
      nach: undefined,
    });
    void this.#load();
    for (const houses of this.#houses) void houses.look();
  }

  /** Writes into the address and into every form that hands the view on. */
  #address(parts: Readonly<Record<string, string | undefined>>): void {
    const to = new URL(location.href);
    for (const [name, value] of Object.entries(parts)) {
      if (value === undefined) to.searchParams.delete(name);
      else to.searchParams.set(name, value);
      for (const form of document.querySelectorAll<HTMLFormElement>('.k-twin-form')) {
        const known = form.querySelector<HTMLInputElement>(`input[type="hidden"][name="${name}"]`);
        if (value === undefined) known?.remove();
        else if (known !== null) known.value = value;
        else if (form.elements.namedItem(name) === null) form.prepend(Object.assign(document.createElement('input'), { type: 'hidden', name, value }));
      }
    }
    history.replaceState(null, '', to);
    const print = document.querySelector<HTMLAnchorElement>('a[href^="/zwilling/druck.pdf"]');
    if (print !== null) print.search = to.search;
  }

  #sun(): SunPosition {
    const map = this.#map!;
    const { lng, lat } = map.getCenter();
    // few browsers know Temporal yet; of the instant only its milliseconds are asked
    return sunAt({ lon: lng, lat }, { epochMilliseconds: this.#sunMs } as Temporal.Instant);
  }

  #shine(): void {
    const sun = this.#sun();
    for (const houses of this.#houses) houses.shine(sun);
    this.#map?.setLight({ anchor: 'map', position: [1.5, sun.azimuthDegrees, Math.min(85, 90 - sun.elevationDegrees)], intensity: 0.35 });
  }

  #tilt(map: LibreMap, bar: HTMLElement): void {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'kern-btn kern-btn--secondary kern-btn--x-small';
    button.append(Object.assign(document.createElement('span'), { className: 'kern-label', textContent: browserTexts().twinTilt }));
    const say = (): void => button.setAttribute('aria-pressed', String(map.getPitch() > 0));
    button.addEventListener('click', () =>
      map.easeTo({ pitch: map.getPitch() > 0 ? 0 : TILT, duration: matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 600 }),
    );
    map.on('pitchend', say);
    say();
    bar.append(button);
  }

  /** The hours of the sun's day. */
  #sunSlider(after: HTMLElement): void {
    const t = browserTexts();
    const day = Date.parse(this.dataset['sunDay'] ?? '');
    const start = Math.round((this.#sunMs - day) / 60_000);
    this.#slider(after, { least: 0, most: MINUTES_A_DAY - 10, step: 10, value: start }, (minutes, moved) => {
      this.#sunMs = day + minutes * 60_000;
      const { elevationDegrees } = this.#sun();
      if (moved) {
        this.#shine();
        this.#address({ sonne: `${new Date(this.#sunMs).toISOString().slice(0, 16)}Z` });
        const field = document.querySelector<HTMLInputElement>('#f-sonne');
        // Swedish dates are written as the field wants them
        if (field !== null) field.value = new Date(this.#sunMs).toLocaleString('sv-SE', { timeZone: 'Europe/Berlin' }).replace(' ', 'T').slice(0, 16);
      }
      return [t.twinSun, `${this.#shown(this.#sunMs)}${elevationDegrees > 0 ? `, ${elevationDegrees.toFixed(0)}°` : ` (${t.twinDown})`}`];
    });
  }

  #shown(ms: number): string {
    return new Date(ms).toLocaleString(document.documentElement.lang, { dateStyle: 'short', timeStyle: 'short', timeZone: 'Europe/Berlin' });
  }

  /** The last 24 hours before the view's own time, in quarters of an hour. */
  #timeSlider(after: HTMLElement): void {
    const end = this.#at === undefined ? Date.now() : Date.parse(this.#at);
    let waiting: ReturnType<typeof setTimeout> | undefined;
    this.#slider(after, { least: -STEPS, most: 0, step: 1, value: 0 }, (quarters, moved) => {
      const ms = end + quarters * 15 * 60_000;
      if (moved) {
        this.#at = quarters === 0 ? this.dataset['at'] : new Date(ms).toISOString();
        clearTimeout(waiting);
        waiting = setTimeout(() => void this.#load(), 120);
      }
      return [browserTexts().twinTime, this.#shown(ms)];
    });
  }

  /** @param take hears where the slider stands and says what that means */
  #slider(
    after: HTMLElement,
    { least, most, step, value }: { readonly least: number; readonly most: number; readonly step: number; readonly value: number },
    take: (value: number, moved: boolean) => readonly [label: string, shown: string],
  ): void {
    const label = document.createElement('label');
    label.className = 'k-twin__time';
    const text = document.createElement('span');
    const range = document.createElement('input');
    Object.assign(range, { type: 'range', min: String(least), max: String(most), step: String(step), value: String(value) });
    const say = (moved: boolean): void => {
      const [name, shown] = take(Number(range.value), moved);
      text.textContent = `${name}: ${shown}`;
      range.setAttribute('aria-valuetext', shown);
    };
    say(false);
    range.addEventListener('input', () => say(true));
    label.append(text, range);
    after.after(label);
  }
}

customElements.define('kontor-twin', TwinElement);
