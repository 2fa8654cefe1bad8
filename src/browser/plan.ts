import { LngLatBounds, type ExpressionSpecification, type GeoJSONSource, type LayerSpecification, type Map as LibreMap } from 'maplibre-gl';
import { announce } from './announce.ts';
import { isDark } from './map-style.ts';
import { openMap } from './open-map.ts';
import { browserTexts } from './texts.ts';

type Spot = readonly [number, number];
interface Drawn {
  readonly type: 'FeatureCollection';
  readonly features: readonly {
    readonly type: 'Feature';
    readonly geometry: { readonly type: string; readonly coordinates: unknown };
    readonly properties: object;
  }[];
}

const LIGHT = {
  house: '#b9b7ac',
  way: '#8b8a80',
  edge: '#1a4298',
  building: '#8a3b12',
  tree: '#2e7d32',
  closed: '#b00020',
  destination: '#5b2a86',
  result: '#33408a',
};
const DARK: typeof LIGHT = {
  house: '#4a5268',
  way: '#6b7490',
  edge: '#a9c3ff',
  building: '#f0a06a',
  tree: '#7fd08a',
  closed: '#ff8a95',
  destination: '#d3a8ff',
  result: '#8fa0ff',
};

/** `10.0012, 53.5501` or `10,0012; 53,5501`: what else may stand there is for the server to read. */
const LINE = /^\s*(-?\d{1,3}[.,]\d+|-?\d{1,3})(?:\s*;\s*|,\s+|\s+)(-?\d{1,2}[.,]\d+|-?\d{1,2})\s*$|^\s*(-?\d{1,3}\.\d+),(-?\d{1,2}\.\d+)\s*$/;

function spotsIn(text: string): readonly Spot[] {
  return text.split('\n').flatMap((line): Spot[] => {
    const match = LINE.exec(line);
    if (match === null) return [];
    const [lon, lat] = [match[1] ?? match[3]!, match[2] ?? match[4]!].map((part) => Number(part.replace(',', '.')));
    return [[lon!, lat!]];
  });
}

/**
 * A plan on a map that moves, over the picture of the server. With `data-draws` clicks write places into
 * the text field of that name, and what stands there is drawn: map and field are one input, and the
 * keyboard has the field and a button for the middle of the map.
 */
class PlanElement extends HTMLElement {
  #map: LibreMap | undefined;
  #live: HTMLElement | undefined;
  #observer: IntersectionObserver | undefined;

  connectedCallback(): void {
    this.#observer = new IntersectionObserver(
      (entries) => {
        const seen = entries.at(-1)?.isIntersecting === true;
        if (seen && this.#map === undefined) this.#start();
        if (!seen && this.#map !== undefined && this.dataset['draws'] === undefined) this.#stop();
      },
      { rootMargin: '100px' },
    );
    this.#observer.observe(this);
  }

  disconnectedCallback(): void {
    this.#observer?.disconnect();
    this.#stop();
  }

  #start(): void {
    const stage = this.querySelector<HTMLElement>('.k-map__stage');
    if (stage === null) return;
    this.#live = document.createElement('div');
    this.#live.className = 'k-map__live k-plan__live';
    stage.append(this.#live);
    const map = openMap(this, this.#live, false);
    if (map === undefined) {
      // No WebGL here: picture, table and field do the same.
      this.#live.remove();
      return;
    }
    this.#map = map;
    this.#picture(true);
    map.on('load', () => this.#fill(map));
    this.#drawing(map);
  }

  /** Browsers give few drawing contexts to a page: a map lives only while it is on the screen. */
  #stop(): void {
    this.#map?.remove();
    this.#map = undefined;
    delete this.dataset['ready'];
    this.#live?.remove();
    this.querySelector('.k-map__tools')?.remove();
    this.#picture(false);
  }

  #picture(hidden: boolean): void {
    const picture = this.querySelector<HTMLElement>('.k-twin__picture');
    if (picture !== null) picture.hidden = hidden;
  }

  #fill(map: LibreMap): void {
    const c = isDark() ? DARK : LIGHT;
    for (const id of (this.dataset['ground'] ?? '').split(' ').filter((one) => one !== '')) this.#ground(map, id, c);
    const result = this.dataset['result'];
    if (result !== undefined) {
      map.addSource('result', { type: 'geojson', data: new URL(result, location.href).href });
      for (const layer of layersOf('result', () => c.result, 0.35)) map.addLayer(layer);
    }
    const area = JSON.parse(this.dataset['area'] ?? 'null') as Drawn['features'][number]['geometry'];
    map.addSource('area', { type: 'geojson', data: { type: 'Feature', geometry: area as never, properties: {} } });
    map.addLayer({ id: 'area', type: 'line', source: 'area', paint: { 'line-color': c.edge, 'line-width': 1.6, 'line-dasharray': [4, 2] } });
    map.addSource('plan', { type: 'geojson', data: JSON.parse(this.dataset['plan'] ?? '') as never });
    const byKind = (): ExpressionSpecification => ['match', ['get', 'kind'], 'building', c.building, 'tree', c.tree, 'closed', c.closed, c.destination];
    for (const layer of layersOf('plan', byKind, 0.7)) map.addLayer(layer);
    const corners = (area.type === 'MultiPolygon' ? (area.coordinates as Spot[][][]).flat(2) : (area.coordinates as Spot[][]).flat()) as [number, number][];
    map.fitBounds(
      corners.reduce((box, one) => box.extend(one), new LngLatBounds()),
      { padding: 24, animate: false },
    );
  }

  /** Houses and ways of the city, from vector tiles. */
  #ground(map: LibreMap, id: string, c: typeof LIGHT): void {
    map.addSource(`ground-${id}`, {
      type: 'vector',
      tiles: [`${location.origin}/ogc/collections/${id}/tiles/WebMercatorQuad/{z}/{y}/{x}`],
      minzoom: 13,
      maxzoom: 16,
    });
    const common = { source: `ground-${id}`, 'source-layer': id } as const;
    map.addLayer({ id: `ground-${id}-fill`, type: 'fill', ...common, filter: ['==', ['geometry-type'], 'Polygon'], paint: { 'fill-color': c.house } });
    map.addLayer({ id: `ground-${id}-line`, type: 'line', ...common, filter: ['==', ['geometry-type'], 'LineString'], paint: { 'line-color': c.way } });
  }

  #drawing(map: LibreMap): void {
    const name = this.dataset['draws'];
    const field = name === undefined ? null : document.querySelector<HTMLTextAreaElement>(`textarea[name="${CSS.escape(name)}"]`);
    if (field === null) return;
    const c = isDark() ? DARK : LIGHT;
    const add = (lon: number, lat: number): void => {
      const line = `${lon.toFixed(6)}, ${lat.toFixed(6)}`;
      field.value = field.value.trim() === '' ? line : `${field.value.trimEnd()}\n${line}`;
      field.dispatchEvent(new Event('input', { bubbles: true }));
      announce(`${browserTexts().mapMarker}: ${line}`);
    };
    const show = (): void => {
      const spots = spotsIn(field.value).map(([lon, lat]): [number, number] => [lon, lat]);
      const features: Drawn['features'] = [
        ...spots.map((spot) => ({ type: 'Feature' as const, geometry: { type: 'Point', coordinates: spot }, properties: {} })),
        ...(spots.length > 1 ? [{ type: 'Feature' as const, geometry: { type: 'LineString', coordinates: spots }, properties: {} }] : []),
      ];
      void map.getSource<GeoJSONSource>('draft')?.setData({ type: 'FeatureCollection', features });
    };
    map.on('load', () => {
      map.addSource('draft', { type: 'geojson', data: { type: 'FeatureCollection', features: [] } });
      for (const layer of layersOf('draft', () => c.edge, 0.9)) map.addLayer(layer);
      show();
    });
    map.getCanvas().style.cursor = 'crosshair';
    map.on('click', ({ lngLat: { lng, lat } }) => add(lng, lat));
    field.addEventListener('input', show);
    this.#tools(map, add);
  }

  #tools(map: LibreMap, add: (lon: number, lat: number) => void): void {
    const tools = document.createElement('div');
    tools.className = 'k-map__tools';
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'kern-btn kern-btn--secondary kern-btn--x-small';
    const label = document.createElement('span');
    label.className = 'kern-label';
    label.textContent = browserTexts().planHere;
    button.append(label);
    button.addEventListener('click', () => {
      const { lng, lat } = map.getCenter();
      add(lng, lat);
    });
    tools.append(button);
    this.querySelector('.k-map__stage')?.after(tools);
  }
}

/** Areas, lines and points of a source, whichever it has. */
function layersOf(source: string, colour: () => ExpressionSpecification | string, opacity: number): readonly LayerSpecification[] {
  const of = (kind: string): ExpressionSpecification => ['==', ['geometry-type'], kind];
  return [
    { id: `${source}-fill`, type: 'fill', source, filter: of('Polygon'), paint: { 'fill-color': colour(), 'fill-opacity': opacity } },
    { id: `${source}-line`, type: 'line', source, filter: of('LineString'), paint: { 'line-color': colour(), 'line-width': 3 } },
    {
      id: `${source}-point`,
      type: 'circle',
      source,
      filter: of('Point'),
      paint: { 'circle-color': colour(), 'circle-radius': 6, 'circle-stroke-width': 1.5, 'circle-stroke-color': isDark() ? '#1a1e29' : '#ffffff' },
    },
  ];
}

customElements.define('kontor-plan', PlanElement);
