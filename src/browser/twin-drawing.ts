import type { GeoJSONSource, Map as LibreMap } from 'maplibre-gl';
import type { Position } from '../kernel/geo.ts';
import { areaSquareMetres, lengthMetres } from '../kernel/measure.ts';
import { browserTexts } from './texts.ts';

const KINDS = ['punkt', 'linie', 'flaeche'] as const;
type Kind = (typeof KINDS)[number];
type Drawn = Exclude<Parameters<GeoJSONSource['setData']>[0], string>;
type Geometry = { type: 'Point'; coordinates: number[] } | { type: 'LineString'; coordinates: number[][] } | { type: 'Polygon'; coordinates: number[][][] };
const LEAST: Readonly<Record<Kind, number>> = { punkt: 1, linie: 2, flaeche: 3 };
const MOST_PLACES = 200;
const COLOUR = '#b3261e';

/** Drawing on the map: what is finished goes into the address, and the page measures it. */
export class TwinDrawing {
  readonly #map: LibreMap;
  readonly #said = document.createElement('output');
  readonly #buttons = new Map<Kind, HTMLButtonElement>();
  readonly #finish: HTMLButtonElement;
  #kind: Kind | undefined;
  #places: Position[] = [];

  constructor(map: LibreMap, bar: HTMLElement, figures: string | undefined) {
    this.#map = map;
    const t = browserTexts();
    for (const kind of KINDS)
      this.#buttons.set(
        kind,
        this.#button(t[`twinDraw_${kind}`], () => this.#start(this.#kind === kind ? undefined : kind)),
      );
    this.#finish = this.#button(t.twinDrawDone, () => this.#done());
    this.#finish.hidden = true;
    bar.append(...this.#buttons.values(), this.#finish, this.#said);
    this.#said.className = 'k-muted';
    map.addSource('zeichnung', { type: 'geojson', data: figures === undefined ? EMPTY : (JSON.parse(figures) as Drawn) });
    map.addSource('entwurf', { type: 'geojson', data: EMPTY });
    for (const source of ['zeichnung', 'entwurf']) this.#layers(source);
    map.on('click', ({ lngLat: { lng, lat } }) => this.#click({ lon: lng, lat }));
  }

  /** Whether a click on the map draws. */
  get busy(): boolean {
    return this.#kind !== undefined;
  }

  #button(label: string, press: () => void): HTMLButtonElement {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'kern-btn kern-btn--secondary kern-btn--x-small';
    const text = document.createElement('span');
    text.className = 'kern-label';
    text.textContent = label;
    button.append(text);
    button.addEventListener('click', press);
    return button;
  }

  #layers(source: string): void {
    this.#map.addLayer({
      id: `${source}-flaeche`,
      type: 'fill',
      source,
      filter: ['==', ['geometry-type'], 'Polygon'],
      paint: { 'fill-color': COLOUR, 'fill-opacity': 0.15 },
    });
    this.#map.addLayer({
      id: `${source}-linie`,
      type: 'line',
      source,
      filter: ['!=', ['geometry-type'], 'Point'],
      paint: { 'line-color': COLOUR, 'line-width': 3 },
    });
    this.#map.addLayer({
      id: `${source}-punkt`,
      type: 'circle',
      source,
      filter: ['==', ['geometry-type'], 'Point'],
      paint: { 'circle-color': COLOUR, 'circle-radius': 6, 'circle-stroke-color': '#ffffff', 'circle-stroke-width': 2 },
    });
  }

  #start(kind: Kind | undefined): void {
    this.#kind = kind;
    this.#places = [];
    for (const [one, button] of this.#buttons) button.setAttribute('aria-pressed', String(one === kind));
    this.#map.getCanvas().style.cursor = kind === undefined ? '' : 'crosshair';
    this.#show();
  }

  #click(place: Position): void {
    if (this.#kind === undefined || this.#places.length >= MOST_PLACES) return;
    this.#places.push(place);
    if (this.#kind === 'punkt') this.#done();
    else this.#show();
  }

  #show(): void {
    const kind = this.#kind;
    const pairs = this.#places.map(({ lon, lat }) => [lon, lat]);
    const geometries: Geometry[] = pairs.map((coordinates) => ({ type: 'Point', coordinates }));
    if (kind === 'linie' && pairs.length > 1) geometries.push({ type: 'LineString', coordinates: pairs });
    if (kind === 'flaeche' && pairs.length > 2) geometries.push({ type: 'Polygon', coordinates: [[...pairs, pairs[0]!]] });
    void this.#map.getSource<GeoJSONSource>('entwurf')?.setData({
      type: 'FeatureCollection',
      features: geometries.map((geometry) => ({ type: 'Feature', geometry, properties: {} })),
    });
    this.#finish.hidden = kind === undefined || this.#places.length < LEAST[kind];
    this.#said.textContent = kind === undefined ? '' : this.#measure(kind);
  }

  #measure(kind: Kind): string {
    const number = (value: number, digits: number): string => value.toLocaleString(document.documentElement.lang, { maximumFractionDigits: digits });
    if (this.#places.length < 2) return browserTexts().twinDrawHow;
    if (kind === 'linie') return `${number(lengthMetres(this.#places), 1)} m`;
    return `${number(areaSquareMetres(this.#places), 0)} m²`;
  }

  #done(): void {
    if (this.#kind === undefined) return;
    const to = new URL(location.href);
    to.searchParams.append('figur', [this.#kind, ...this.#places.map(({ lon, lat }) => `${lon.toFixed(5)}_${lat.toFixed(5)}`)].join('*'));
    to.hash = 'zeichnung';
    location.assign(to);
  }
}

const EMPTY: Drawn = { type: 'FeatureCollection', features: [] };
