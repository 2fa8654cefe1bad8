import { toUtm32, type Position } from '../../../kernel/geo.ts';
import { alert } from '../../../platform/ui/alert.ts';
import { dataTable } from '../../../platform/ui/components.ts';
import { html, type Html } from '../../../platform/ui/html.ts';
import { answerSections, districtAt, itemsOf, visiblePages, type District } from '../../catalogue/public.ts';
import type { OfficerCase } from './officer-view.ts';

interface Place {
  readonly label: string;
  readonly position: Position;
  readonly district: string;
  readonly nearBorder: boolean;
  /** The item's other answers in one line. */
  readonly about: string;
}

/** Every place the application names, in the order of the form. */
export function placesOf({ found: { pkg, state }, districts }: OfficerCase): Place[] {
  const sections = answerSections(pkg, state.answers, 'de');
  return visiblePages(pkg, state.answers).flatMap((page) => {
    const items = page.repeat === undefined ? [state.answers] : itemsOf(page, state.answers);
    return page.fields.filter((field) => field.type === 'position').flatMap((field) =>
      items.flatMap((item, index): Place[] => {
        const position = item[field.id];
        if (!isPosition(position)) return [];
        const at = districtAt(districts, position);
        const section = sections.find((one) => one.pageId === page.id && (one.itemIndex ?? 0) === index);
        const about = section?.rows.filter((row) => row.label !== field.label.de && row.value !== '–').slice(0, 3).map((row) => row.value).join(', ') ?? '';
        return [{ label: section?.heading ?? field.label.de, position, district: at?.district.name ?? 'außerhalb Hamburgs', nearBorder: at?.nearBorder ?? true, about }];
      }),
    );
  });
}

const isPosition = (value: unknown): value is Position =>
  typeof value === 'object' && value !== null && Number.isFinite((value as Position).lon) && Number.isFinite((value as Position).lat);

/** The places as two sketches and, equal to them, as a table. */
export function placesPart(places: readonly Place[], districts: readonly District[]): Html {
  const border = places.filter((place) => place.nearBorder).map((place) => place.label);
  return html`${border.length === 0 ? '' : alert('warning', 'Nahe der Bezirksgrenze', `${border.join(', ')}: Der Standort liegt weniger als 200 m von der vereinfachten Bezirksgrenze. Prüfen Sie die örtliche Zuständigkeit (§ 3 VwVfG).`)}
<div class="k-map">${sitePlan(places)}${districtPlan(places, districts)}<p class="k-map__attribution">Skizzen aus den Angaben der antragstellenden Person, nicht amtlich. Bezirksgrenzen vereinfacht.</p></div>
${dataTable(
    [
      { label: 'Nr.', numeric: true, cell: (place) => places.indexOf(place) + 1 },
      { label: 'Gegenstand', rowHeader: true, cell: (place) => place.label },
      { label: 'Angaben', cell: (place) => place.about },
      { label: 'Breite, Länge (WGS 84)', cell: ({ position }) => `${degrees(position.lat)} N, ${degrees(position.lon)} O` },
      { label: 'Ost, Nord (ETRS89/UTM 32N)', cell: ({ position }) => utmText(position) },
      { label: 'Bezirk', cell: (place) => place.district },
    ],
    places,
    { caption: 'Standorte mit Koordinaten', lang: 'de', dense: true },
  )}`;
}

const degrees = (value: number): string => `${value.toFixed(5).replace('.', ',')}°`;

function utmText(position: Position): string {
  const { eastingMetres, northingMetres } = toUtm32(position);
  return `32 ${Math.round(eastingMetres)} m, ${Math.round(northingMetres)} m`;
}

interface Dot {
  readonly x: number;
  readonly y: number;
}

/** UTM metres, north up: y grows downwards in a picture. */
const dotOf = (position: Position): Dot => {
  const { eastingMetres, northingMetres } = toUtm32(position);
  return { x: eastingMetres, y: -northingMetres };
};

const WIDTH = 640;
const HEIGHT = 360;

/** Maps metres to the picture, everything in view, at least `smallest` metres wide. */
function viewport(dots: readonly Dot[], smallest: number): { readonly scale: number; readonly to: (dot: Dot) => Dot } {
  const xs = dots.map((dot) => dot.x);
  const ys = dots.map((dot) => dot.y);
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const scale = Math.min(WIDTH / (Math.max(right - left, smallest) * 1.3), HEIGHT / (Math.max(bottom - top, smallest / 2) * 1.3));
  const [middleX, middleY] = [(left + right) / 2, (top + bottom) / 2];
  const round = (value: number): number => Math.round(value * 10) / 10;
  return { scale, to: (dot) => ({ x: round(WIDTH / 2 + (dot.x - middleX) * scale), y: round(HEIGHT / 2 + (dot.y - middleY) * scale) }) };
}

/** The places among each other, with a scale in metres. */
function sitePlan(places: readonly Place[]): Html {
  const dots = places.map((place) => dotOf(place.position));
  const { scale, to } = viewport(dots, 40);
  const bar = [1000, 500, 200, 100, 50, 20, 10, 5].find((metres) => metres * scale <= WIDTH / 3) ?? 5;
  const marks = dots.map((dot, index) => {
    const { x, y } = to(dot);
    return html`<g><circle cx="${x}" cy="${y}" r="15" fill="none" stroke="currentColor" stroke-width="3"></circle><text x="${x}" y="${y + 6}" text-anchor="middle" font-size="17" font-weight="bold" fill="currentColor">${index + 1}</text></g>`;
  });
  return html`<figure><svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="Lageskizze mit ${places.length} Standorten, Norden oben. Die Koordinaten stehen in der Tabelle.">${marks}
<path d="M30 ${HEIGHT - 24}h${Math.round(bar * scale)}" stroke="currentColor" stroke-width="4"></path><text x="30" y="${HEIGHT - 34}" font-size="16" fill="currentColor">${bar} m</text>
<path d="M${WIDTH - 30} 52v-30l-8 12m8-12l8 12" fill="none" stroke="currentColor" stroke-width="3"></path><text x="${WIDTH - 30}" y="72" text-anchor="middle" font-size="16" fill="currentColor">N</text></svg><figcaption class="kern-body">Lage der Standorte zueinander</figcaption></figure>`;
}

/** Where in the district the places are. */
function districtPlan(places: readonly Place[], districts: readonly District[]): Html {
  const first = places[0];
  const district = first && districtAt(districts, first.position)?.district;
  if (district === undefined) return html``;
  const rings = district.rings.map((ring) => ring.map(([lon, lat]) => dotOf({ lon, lat })));
  const dots = places.map((place) => dotOf(place.position));
  const { to } = viewport([...rings.flat(), ...dots], 1000);
  const line = (ring: readonly Dot[]): string => `M${ring.map((dot) => to(dot)).map(({ x, y }) => `${x} ${y}`).join('L')}Z`;
  const marks = dots.map((dot) => to(dot)).map(({ x, y }) => html`<circle cx="${x}" cy="${y}" r="7" fill="currentColor"></circle>`);
  return html`<figure><svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="Umriss des Bezirks ${district.name} mit den Standorten.">${rings.map((ring) => html`<path d="${line(ring)}" fill="none" stroke="currentColor" stroke-width="2"></path>`)}${marks}</svg><figcaption class="kern-body">Lage im Bezirk ${district.name}</figcaption></figure>`;
}
