import { html, nothing, render } from 'lit';
import type { GeoJSONSource, Map as LibreMap } from 'maplibre-gl';
import type { Position } from '../kernel/geo.ts';
import { areaSquareMetres, bearingDegrees, lengthMetres } from '../kernel/measure.ts';
import { announce } from './announce.ts';
import { SIGNS, signOfWords } from './lage-sign-words.ts';
import { fill, word, type LageConfig, type Place, type SeenObject, type Shape } from './lage-types.ts';

const TOOLS = ['punkt', 'linie', 'flaeche', 'messen'] as const;
type Tool = (typeof TOOLS)[number];
const LEAST: Readonly<Record<Tool, number>> = { punkt: 1, linie: 2, flaeche: 3, messen: 2 };
const MOST_PLACES = 500;
const SOURCE = 'lage-entwurf';
const COLOUR = '#b3261e';

const EMPTY = { type: 'FeatureCollection' as const, features: [] };

/** Drawing and measuring on the map. What is drawn is kept by the city; until it is, it stays in the form. */
export class LageDrawing {
  readonly #map: LibreMap;
  readonly #host: HTMLElement;
  readonly #config: LageConfig;
  readonly #taken: (object: SeenObject) => void;
  #tool: Tool | undefined;
  #places: Position[] = [];
  #finished = false;
  #said = '';
  /** The same for each try: sent twice it is one. */
  #id = '';

  constructor(map: LibreMap, host: HTMLElement, config: LageConfig, taken: (object: SeenObject) => void) {
    this.#map = map;
    this.#host = host;
    this.#config = config;
    this.#taken = taken;
    map.addSource(SOURCE, { type: 'geojson', data: EMPTY });
    map.addLayer({
      id: `${SOURCE}-f`,
      type: 'fill',
      source: SOURCE,
      filter: ['==', ['geometry-type'], 'Polygon'],
      paint: { 'fill-color': COLOUR, 'fill-opacity': 0.15 },
    });
    map.addLayer({
      id: `${SOURCE}-l`,
      type: 'line',
      source: SOURCE,
      filter: ['!=', ['geometry-type'], 'Point'],
      paint: { 'line-color': COLOUR, 'line-width': 3, 'line-dasharray': [2, 1] },
    });
    map.addLayer({
      id: `${SOURCE}-p`,
      type: 'circle',
      source: SOURCE,
      filter: ['==', ['geometry-type'], 'Point'],
      paint: { 'circle-color': COLOUR, 'circle-radius': 6, 'circle-stroke-color': '#ffffff', 'circle-stroke-width': 2 },
    });
    map.on('click', ({ lngLat: { lng, lat } }) => this.#add({ lon: lng, lat }));
    map.getCanvas().addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || !this.busy) return;
      event.preventDefault();
      this.#here();
    });
    this.#draw();
  }

  /** Whether a click on the map draws. */
  get busy(): boolean {
    return this.#tool !== undefined && !this.#finished;
  }

  #start(tool: Tool | undefined): void {
    this.#tool = tool;
    this.#places = [];
    this.#finished = false;
    this.#said = '';
    this.#id = crypto.randomUUID();
    this.#map.getCanvas().style.cursor = tool === undefined ? '' : 'crosshair';
    this.#draw();
  }

  #here(): void {
    const { lng, lat } = this.#map.getCenter();
    this.#add({ lon: lng, lat });
  }

  #add(place: Position): void {
    if (!this.busy || this.#places.length >= MOST_PLACES) return;
    this.#places.push(place);
    if (this.#tool === 'punkt') this.#finished = true;
    this.#draw();
    announce(this.#measured());
  }

  #undo(): void {
    this.#places.pop();
    this.#finished = false;
    this.#draw();
  }

  #shape(): Shape | undefined {
    const pairs = this.#places.map(({ lon, lat }): Place => [lon, lat]);
    if (this.#tool === undefined || pairs.length === 0) return undefined;
    if (this.#tool === 'punkt' || pairs.length === 1) return { type: 'Point', coordinates: pairs[0]! };
    if ((this.#tool === 'flaeche' || (this.#tool === 'messen' && this.#finished)) && pairs.length > 2)
      return { type: 'Polygon', coordinates: [[...pairs, pairs[0]!]] };
    return { type: 'LineString', coordinates: pairs };
  }

  #measured(): string {
    if (this.#places.length < 2) return '';
    const lang = document.documentElement.lang;
    const number = (value: number, digits: number): string => value.toLocaleString(lang, { maximumFractionDigits: digits });
    const metres = lengthMetres(this.#places);
    const length = metres < 10_000 ? `${number(metres, 0)} m` : `${number(metres / 1000, 2)} km`;
    const bearing = number(bearingDegrees(this.#places.at(-2)!, this.#places.at(-1)!), 0);
    if (this.#places.length < 3) return fill(word(this.#config, 'measuredLine'), length, bearing);
    const area = areaSquareMetres(this.#places);
    return fill(word(this.#config, 'measured'), length, area < 100_000 ? `${number(area, 0)} m²` : `${number(area / 1e6, 2)} km²`, bearing);
  }

  #draw(): void {
    const shape = this.#shape();
    const features = [...(shape === undefined ? [] : [shape]), ...this.#places.map(({ lon, lat }): Shape => ({ type: 'Point', coordinates: [lon, lat] }))];
    void this.#map.getSource<GeoJSONSource>(SOURCE)?.setData({
      type: 'FeatureCollection',
      features: features.map((geometry) => ({
        type: 'Feature' as const,
        geometry: geometry as unknown as { type: 'Point'; coordinates: number[] },
        properties: {},
      })),
    });
    const w = (name: string): string => word(this.#config, name);
    const button = (label: string, click: () => void, pressed?: boolean) =>
      html`<button type="button" class="kern-btn kern-btn--secondary kern-btn--x-small" aria-pressed=${pressed === undefined ? nothing : String(pressed)} @click=${click}><span class="kern-label">${label}</span></button>`;
    const tools = TOOLS.filter((tool) => tool === 'messen' || this.#config.mayDraw);
    const enough = this.#tool !== undefined && this.#places.length >= LEAST[this.#tool];
    render(
      html`<div class="k-map__tools">${tools.map((tool) => button(w(`draw_${tool}`), () => this.#start(this.#tool === tool ? undefined : tool), this.#tool === tool))}
${this.busy ? html`${button(w('drawHere'), () => this.#here())}${this.#places.length > 0 ? button(w('drawUndo'), () => this.#undo()) : nothing}${enough && this.#tool !== 'punkt' ? button(w('drawDone'), () => this.#finish()) : nothing}` : nothing}
${this.#tool === undefined ? nothing : button(w('drawCancel'), () => this.#start(undefined))}</div>
<output class="k-muted">${this.busy && this.#places.length === 0 ? w('drawHow') : this.#measured()} ${this.#said}</output>
${this.#finished && this.#tool !== 'messen' ? this.#form() : nothing}`,
      this.#host,
    );
  }

  #finish(): void {
    this.#finished = true;
    this.#draw();
  }

  #form() {
    const w = (name: string): string => word(this.#config, name);
    const kinds = Object.entries(this.#config.kinds).filter(([, { drawn }]) => drawn === true);
    const send = (event: SubmitEvent): void => {
      event.preventDefault();
      void this.#send(new FormData(event.target as HTMLFormElement));
    };
    return html`<form class="k-karte__draw" @submit=${send}>
<div class="kern-form-input"><label class="kern-label" for="lage-art">${w('drawKind')}</label><div class="kern-form-input__select-wrapper"><select class="kern-form-input__select" id="lage-art" name="kind">${kinds.map(([id, { title }]) => html`<option value=${id}>${title}</option>`)}</select></div></div>
<div class="kern-form-input"><label class="kern-label" for="lage-titel">${w('drawTitle')}</label><input class="kern-form-input__input" id="lage-titel" name="title" required maxlength="80"></div>
<div class="kern-form-input"><label class="kern-label" for="lage-zeichen">${w('drawSign')}</label><input class="kern-form-input__input" id="lage-zeichen" name="sign" list="lage-zeichen-liste" autocomplete="off"><datalist id="lage-zeichen-liste">${SIGNS.map(({ name }) => html`<option value=${name}></option>`)}</datalist></div>
<button class="kern-btn kern-btn--primary" type="submit"><span class="kern-label">${w('drawSave')}</span></button></form>`;
  }

  async #send(fields: FormData): Promise<void> {
    const sign = fields.get('sign');
    const symbol = signOfWords(typeof sign === 'string' ? sign : '');
    const body = { id: this.#id, kind: fields.get('kind'), title: fields.get('title'), geometry: this.#shape(), ...(symbol === undefined ? {} : { symbol }) };
    const answer = await fetch(this.#config.objects, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify(body),
    }).catch(() => undefined);
    if (answer?.ok === true) {
      this.#taken((await answer.json()) as SeenObject);
      this.#start(undefined);
      this.#said = word(this.#config, 'drawn');
      announce(this.#said);
    } else {
      const problem = answer === undefined ? undefined : ((await answer.json().catch(() => ({}))) as { detail?: string; errors?: { message: string }[] });
      const why = [problem?.detail ?? '', ...(problem?.errors ?? []).map(({ message }) => message)].join(' ');
      this.#said = answer === undefined ? word(this.#config, 'drawOffline') : fill(word(this.#config, 'drawFailed'), why);
      announce(this.#said);
    }
    this.#draw();
  }
}
