import { Popup, type ExpressionSpecification, type GeoJSONSource, type LayerSpecification, type Map as LibreMap, type MapGeoJSONFeature } from 'maplibre-gl';
import { announce } from './announce.ts';
import { isDark } from './map-style.ts';
import { openMap } from './open-map.ts';
import { browserTexts } from './texts.ts';

interface Station {
  readonly streamId: number;
  readonly thing: string;
  readonly unit: string;
  readonly lon: number;
  readonly lat: number;
  readonly value: number | null;
  readonly measuredAt: string | null;
}

interface Collection {
  readonly id: string;
  readonly title: string;
  readonly geometryTypes: readonly string[];
}

/** A layer of one page of stations; more than a screen can tell apart is not loaded. */
const MOST_STATIONS = 1000;
const STEPS = 96;
const COLOURS = ['#1d6fa5', '#3f8f4f', '#b5761a', '#8a4fa0', '#a8324a', '#4a6b7c', '#6b7a1a', '#00787a'];

/** Replaces the picture of the twin by a map that moves; the address in the browser follows it. */
class TwinElement extends HTMLElement {
  #map: LibreMap | undefined;
  #at: string | undefined;
  #asked = 0;

  connectedCallback(): void {
    const stage = this.querySelector<HTMLElement>('.k-map__stage');
    if (stage === null) return;
    this.#at = this.dataset['at'];
    const live = document.createElement('div');
    live.className = 'k-map__live k-twin__live';
    stage.append(live);
    this.#map = openMap(this, live, true);
    if (this.#map === undefined) {
      // No WebGL here: picture and links do the same.
      live.remove();
      return;
    }
    const picture = this.querySelector<HTMLElement>('.k-twin__picture');
    if (picture !== null) picture.hidden = true;
    this.#map.on('load', () => this.#fill());
    this.#map.on('moveend', () => this.#moved());
    if (this.dataset['sensors'] !== undefined) this.#slider(stage);
  }

  disconnectedCallback(): void {
    this.#map?.remove();
    this.#map = undefined;
  }

  #fill(): void {
    const map = this.#map;
    if (map === undefined) return;
    const collections = JSON.parse(this.dataset['collections'] ?? '[]') as Collection[];
    for (const [index, collection] of collections.entries()) this.#collection(map, collection, COLOURS[index % COLOURS.length]!);
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
    map.on('click', 'stations', (event) => this.#tell(event.features?.[0]));
    map.on('mouseenter', 'stations', () => (map.getCanvas().style.cursor = 'pointer'));
    map.on('mouseleave', 'stations', () => (map.getCanvas().style.cursor = ''));
    void this.#load();
  }

  /** Points, lines and areas of a collection, whichever it has, from its vector tiles. */
  #collection(map: LibreMap, { id, geometryTypes }: Collection, colour: string): void {
    const source = `sammlung-${id}`;
    map.addSource(source, {
      type: 'vector',
      tiles: [new URL(`/ogc/collections/${id}/tiles/WebMercatorQuad/{z}/{y}/{x}`, location.href).href.replaceAll('%7B', '{').replaceAll('%7D', '}')],
      maxzoom: 16,
    });
    const of = (kind: string): ExpressionSpecification => ['==', ['geometry-type'], kind];
    const common = { source, 'source-layer': id } as const;
    const height: ExpressionSpecification = ['coalesce', ['get', 'heightMetres'], 0];
    const layers: LayerSpecification[] = [
      {
        id: `${source}-flaeche`,
        type: 'fill',
        ...common,
        filter: of('Polygon'),
        paint: { 'fill-color': colour, 'fill-opacity': 0.25, 'fill-outline-color': colour },
      },
      {
        id: `${source}-haus`,
        type: 'fill-extrusion',
        ...common,
        filter: ['all', of('Polygon'), ['>', height, 0]],
        paint: { 'fill-extrusion-color': colour, 'fill-extrusion-height': height, 'fill-extrusion-opacity': 0.85 },
      },
      { id: `${source}-linie`, type: 'line', ...common, filter: of('LineString'), paint: { 'line-color': colour, 'line-width': 2 } },
      {
        id: `${source}-punkt`,
        type: 'circle',
        ...common,
        filter: of('Point'),
        paint: { 'circle-color': colour, 'circle-radius': ['interpolate', ['linear'], ['zoom'], 9, 1.2, 16, 5], 'circle-opacity': 0.8 },
      },
    ];
    const points = geometryTypes.length > 0 && geometryTypes.every((type) => type.endsWith('Point'));
    for (const layer of points ? layers.slice(3) : layers) map.addLayer(layer);
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

  #tell(feature: MapGeoJSONFeature | undefined): void {
    const map = this.#map;
    if (map === undefined || feature === undefined) return;
    const { streamId, thing, unit, lon, lat, value, measuredAt } = feature.properties as Station;
    const lang = document.documentElement.lang;
    const box = document.createElement('div');
    const name = document.createElement('strong');
    name.textContent = thing;
    const figure = document.createElement('p');
    const when = measuredAt === null ? '' : new Date(measuredAt).toLocaleString(lang, { dateStyle: 'short', timeStyle: 'short' });
    figure.textContent = value === null ? '–' : `${value.toLocaleString(lang)} ${unit === '1' ? '' : unit} · ${when}`;
    const more = document.createElement('a');
    more.className = 'kern-link';
    const to = new URL(location.href);
    to.searchParams.set('strom', String(streamId));
    to.hash = 'verlauf';
    more.href = to.href;
    more.textContent = browserTexts().twinCurve;
    box.append(name, figure, more);
    new Popup({ maxWidth: '18rem', className: 'k-twin__popup' }).setLngLat([lon, lat]).setDOMContent(box).addTo(map);
    announce(`${thing}: ${figure.textContent}`);
  }

  #moved(): void {
    const map = this.#map;
    if (map === undefined) return;
    const { lng, lat } = map.getCenter();
    const to = new URL(location.href);
    to.searchParams.set('c', `${lng.toFixed(5)},${lat.toFixed(5)}`);
    to.searchParams.set('z', String(Math.round((map.getZoom() + 1) * 100) / 100));
    to.searchParams.delete('nach');
    history.replaceState(null, '', to);
    for (const name of ['c', 'z']) {
      const input = document.querySelector<HTMLInputElement>(`.k-twin-form input[name="${name}"]`);
      if (input !== null) input.value = to.searchParams.get(name) ?? '';
    }
    void this.#load();
  }

  /** The last 24 hours before the view's own time, in quarters of an hour. */
  #slider(stage: HTMLElement): void {
    const t = browserTexts();
    const end = this.#at === undefined ? Date.now() : Date.parse(this.#at);
    const label = document.createElement('label');
    label.className = 'k-twin__time';
    const text = document.createElement('span');
    const range = document.createElement('input');
    Object.assign(range, { type: 'range', min: String(-STEPS), max: '0', step: '1', value: '0' });
    const timeOf = (): Date => new Date(end + Number(range.value) * 15 * 60_000);
    const say = (): void => {
      const shown = timeOf().toLocaleString(document.documentElement.lang, { dateStyle: 'short', timeStyle: 'short' });
      text.textContent = `${t.twinTime}: ${shown}`;
      range.setAttribute('aria-valuetext', shown);
    };
    say();
    let waiting: ReturnType<typeof setTimeout> | undefined;
    range.addEventListener('input', () => {
      say();
      this.#at = range.value === '0' ? this.dataset['at'] : timeOf().toISOString();
      clearTimeout(waiting);
      waiting = setTimeout(() => void this.#load(), 120);
    });
    label.append(text, range);
    stage.after(label);
  }
}

customElements.define('kontor-twin', TwinElement);
