import { Popup, type Map as LibreMap, type MapGeoJSONFeature } from 'maplibre-gl';
import { announce } from './announce.ts';
import { browserTexts } from './texts.ts';
import type { TwinCollection } from './twin-collections.ts';

export interface Station {
  readonly streamId: number;
  readonly thing: string;
  readonly unit: string;
  readonly lon: number;
  readonly lat: number;
  readonly value: number | null;
  readonly measuredAt: string | null;
}

const ROWS = 8;
const SPARK = { width: 200, height: 44 } as const;
const language = (): string => document.documentElement.lang;

function box(map: LibreMap, [lon, lat]: readonly [number, number], title: string, href: string, more: string): HTMLElement {
  const inner = document.createElement('div');
  const name = document.createElement('strong');
  name.textContent = title;
  const body = document.createElement('div');
  const link = document.createElement('a');
  link.className = 'kern-link';
  link.href = href;
  link.textContent = more;
  inner.append(name, body, link);
  new Popup({ maxWidth: '18rem', className: 'k-twin__popup' }).setLngLat([lon, lat]).setDOMContent(inner).addTo(map);
  return body;
}

function here(name: string, value: string, hash: string): string {
  const to = new URL(location.href);
  to.searchParams.set(name, value);
  to.hash = hash;
  return to.href;
}

/** A station's number with the outline of its last day. */
export function tellStation(map: LibreMap, { streamId, thing, unit, lon, lat, value, measuredAt }: Station, at: string | undefined): void {
  const body = box(map, [lon, lat], thing, here('strom', String(streamId), 'verlauf'), browserTexts().twinCurve);
  const figure = document.createElement('p');
  const when = measuredAt === null ? '' : new Date(measuredAt).toLocaleString(language(), { dateStyle: 'short', timeStyle: 'short' });
  figure.textContent = value === null ? '–' : `${value.toLocaleString(language())} ${unit === '1' ? '' : unit} · ${when}`;
  body.append(figure);
  announce(`${thing}: ${figure.textContent}`);
  void spark(streamId, at).then((drawn) => drawn !== undefined && body.append(drawn));
}

async function spark(streamId: number, at: string | undefined): Promise<SVGSVGElement | undefined> {
  const answer = await fetch(`/api/twin/streams/${String(streamId)}/curve${at === undefined ? '' : `?to=${encodeURIComponent(at)}`}`).catch(() => undefined);
  if (answer?.ok !== true) return undefined;
  const { points } = (await answer.json()) as { points: { at: string; value: number }[] };
  if (points.length < 2) return undefined;
  const times = points.map((point) => Date.parse(point.at));
  const values = points.map(({ value }) => value);
  const [low, high, from, to] = [Math.min(...values), Math.max(...values), times[0]!, times.at(-1)!];
  const place = (time: number, value: number): string =>
    `${(2 + ((time - from) / (to - from || 1)) * (SPARK.width - 4)).toFixed(1)} ${(SPARK.height - 4 - ((value - low) / (high - low || 1)) * (SPARK.height - 8)).toFixed(1)}`;
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute('class', 'k-curve__line');
  path.setAttribute('d', `M${points.map(({ value }, index) => place(times[index]!, value)).join('L')}`);
  svg.setAttribute('viewBox', `0 0 ${SPARK.width} ${SPARK.height}`);
  svg.setAttribute('class', 'k-spark');
  // the link below leads to the same curve with its figures
  svg.setAttribute('aria-hidden', 'true');
  svg.append(path);
  return svg;
}

/** What a feature's tile says of it; the page says all. */
export function tellFeature(map: LibreMap, { title, id }: TwinCollection, feature: MapGeoJSONFeature, place: readonly [number, number]): void {
  const { id: own, ...properties } = feature.properties as Record<string, unknown>;
  const body = box(map, place, title, here('objekt', `${id}/${String(own)}`, 'objekt'), browserTexts().twinObject);
  const list = document.createElement('dl');
  list.className = 'k-twin__facts';
  for (const [name, value] of Object.entries(properties).slice(0, ROWS)) {
    const [term, said] = [document.createElement('dt'), document.createElement('dd')];
    term.textContent = name;
    said.textContent = typeof value === 'number' && !Number.isInteger(value) ? value.toLocaleString(language(), { maximumFractionDigits: 2 }) : String(value);
    list.append(term, said);
  }
  body.append(list);
  announce(`${title}: ${String(own)}`);
}
