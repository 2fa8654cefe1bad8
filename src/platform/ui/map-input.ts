import { fromUtm32, toUtm32, type Position } from '../../kernel/geo.ts';
import { attributes } from './attributes.ts';
import { fieldId, groupFrame, type FieldBase } from './form-field.ts';
import { hiddenField, textField } from './form.ts';
import { formatNumber } from './formats.ts';
import { html, raw, type Html, type Lang } from './html.ts';
import { frameFor, MAX_ZOOM, MIN_ZOOM, pixelToPosition, positionToPixel, type MapFrame } from './map-projection.ts';
import { mapTexts } from './map-texts.ts';
import { pictureQuery, type MapMarker, type MapShape } from './static-map.ts';

/** Where the picture and the browser's base map are served. */
export const PICTURE_PATH = '/karte/bild.svg';
export const BASEMAP_PATH = '/karte/grund.json';

/**
 * Pictures of fixed size, one for phones and one for wider screens: a click is posted in the pixels
 * of the picture as shown, so it must never be scaled. The style sheet shows one of them.
 */
const SIZES = [
  { key: 's', width: 264, height: 300 },
  { key: 'l', width: 640, height: 420 },
] as const;

/** One place needs the streets around it, which the base map has only so near; several are told apart nearer. */
const NEAREST = 14;
const NEAREST_OF_SEVERAL = 16;
const fitted = (positions: readonly Position[], size: { readonly width: number; readonly height: number }): MapFrame =>
  frameFor(positions, size, positions.length > 1 ? NEAREST_OF_SEVERAL : NEAREST);

/** What a map shows before anything is chosen, and after it was moved. */
export interface MapExtent {
  readonly centre: Position;
  readonly zoom: number;
}

export interface MapInput extends Omit<FieldBase, 'autocomplete'> {
  /** As typed or read; strings so that mistakes survive. */
  readonly value?: { readonly lon?: string | number; readonly lat?: string | number };
  /** What was shown last, from `readMapInput`. */
  readonly extent?: MapExtent;
  /** The sign in this place's marker; absent: `1`. */
  readonly marker?: string;
  /** Places shown for comparison, e.g. the other trees. */
  readonly others?: readonly MapMarker[];
  /** Raster tiles (`https://…/{z}/{x}/{y}.png`) under the browser's map, from configuration. */
  readonly tilesUrl?: string;
  /** Where a picture with more on it than the base map is drawn, e.g. with the shapes below. */
  readonly pictureUrl?: string;
  /** Lines and areas on the browser's map. */
  readonly shapes?: readonly MapShape[];
}

/** The address of a picture; `base` may have a query of its own. */
const pictureAt = (base: string | undefined, query: string): string => `${base ?? PICTURE_PATH}${base?.includes('?') === true ? '&' : '?'}${query}`;

/** A place: by click on a map that needs no JavaScript, by two numbers, or by the browser's map. Posted as `<name>.lon` and `<name>.lat`. */
export function mapInput(field: MapInput): Html {
  const t = mapTexts(field.lang);
  const position = positionOf(field.value);
  const extent = field.extent ?? extentOf(position, field.others);
  const own: readonly MapMarker[] = position === undefined ? [] : [{ position, label: field.marker ?? '1', active: true }];
  const markers = [...(field.others ?? []), ...own];
  const pictures = SIZES.map(
    ({ key, width, height }) =>
      html`<input${attributes({
        class: `k-map__picture k-map__picture--${key}`,
        type: 'image',
        name: `${field.name}.map${key}`,
        src: pictureAt(field.pictureUrl, pictureQuery({ ...extent, width, height }, markers)),
        alt: t.pictureAlt,
        width,
        height,
        formnovalidate: true,
      })}>`,
  );
  // Enter in a text field presses a form's first button; without this one it would be the picture.
  const first = html`<button class="k-default-submit" type="submit" tabindex="-1" aria-hidden="true"></button>`;
  return groupFrame(
    field,
    html`<kontor-map${attributes({
      class: 'k-map',
      'data-mode': 'edit',
      'data-name': field.name,
      'data-lang': field.lang,
      'data-base': BASEMAP_PATH,
      'data-tiles': field.tilesUrl,
      'data-marker': field.marker ?? '1',
      'data-centre': `${extent.centre.lon},${extent.centre.lat}`,
      'data-zoom': extent.zoom,
      'data-others': JSON.stringify(field.others ?? []),
      'data-shapes': shapesOf(field.shapes),
    })}>${first}${hiddenField(`${field.name}.view`, writeExtent(extent))}<div class="k-map__stage">${pictures}</div>${moveButtons(field.name, field.lang)}</kontor-map>
    <p class="k-map__chosen" id="${fieldId(field.name)}-chosen" data-some="${t.chosen('{}')}" data-none="${t.noneChosen}">${position === undefined ? t.noneChosen : t.chosen(describePosition(position, field.lang))}</p>
    ${numberInputs(field)}`,
  );
}

function numberInputs(field: MapInput): Html {
  const t = mapTexts(field.lang);
  const part = (key: 'lon' | 'lat', label: string): Html =>
    textField({
      name: `${field.name}.${key}`,
      label,
      lang: field.lang,
      inputmode: 'decimal',
      width: 'm',
      spellcheck: false,
      value: shown(field.value?.[key], field.lang),
    });
  // The frame carries the field's own id, so that error summaries lead to the numbers.
  return html`<div class="k-map__numbers" id="${fieldId(field.name)}" tabindex="-1">${part('lon', t.lon)}${part('lat', t.lat)}<p class="kern-hint">${t.numbersHint}</p></div>`;
}

const shown = (value: string | number | undefined, lang: Lang): string =>
  typeof value === 'number' ? String(value).replace('.', lang === 'en' ? '.' : ',') : (value ?? '');

function moveButtons(name: string, lang: Lang): Html {
  const t = mapTexts(lang);
  const moves = [
    ['in', t.zoomIn, 'M440-440H200v-80h240v-240h80v240h240v80H520v240h-80z'],
    ['out', t.zoomOut, 'M200-440v-80h560v80z'],
    ['west', t.west, 'M560-240 320-480l240-240 56 56-184 184 184 184z'],
    ['north', t.north, 'M480-528 296-344l-56-56 240-240 240 240-56 56z'],
    ['south', t.south, 'M480-344 240-584l56-56 184 184 184-184 56 56z'],
    ['east', t.east, 'm400-240-56-56 184-184-184-184 56-56 240 240z'],
  ] as const;
  return html`<div class="k-map__controls" role="group" aria-label="${t.controls}">${moves.map(([move, label, path]) => html`<button${attributes({ class: 'kern-btn kern-btn--secondary kern-btn--x-small', type: 'submit', name: `${name}.move`, value: move, title: label })}><svg class="kern-icon" viewBox="0 -960 960 960" aria-hidden="true" focusable="false">${raw(`<path d="${path}"/>`)}</svg><span class="kern-sr-only">${label}</span></button>`)}</div>`;
}

function positionOf(value: MapInput['value']): Position | undefined {
  const read = readNumbers(String(value?.lon ?? ''), String(value?.lat ?? ''));
  return read === 'none' || read === 'unreadable' ? undefined : read;
}

const extentOf = (position: Position | undefined, others: readonly MapMarker[] = []): MapExtent => {
  const { centre, zoom } = fitted([...others.map((marker) => marker.position), ...(position === undefined ? [] : [position])], SIZES[1]);
  return { centre, zoom };
};

/** `53,551086° N, 9,993682° O (UTM 32N 565833, 5934036)`. */
export function describePosition(position: Position, lang: Lang): string {
  const { eastingMetres, northingMetres } = toUtm32(position);
  const degrees = (value: number): string => formatNumber(lang, value, 6);
  return `${degrees(position.lat)}° N, ${degrees(position.lon)}° ${lang === 'en' ? 'E' : 'O'} (UTM 32N ${Math.round(eastingMetres)}, ${Math.round(northingMetres)})`;
}

/** What the form said about the place. */
export type MapReading =
  /** A click on the picture: keep the place and show the page again. */
  | { readonly kind: 'picked'; readonly position: Position; readonly extent: MapExtent }
  /** A button moved the map: show the page again; what was typed stays. */
  | { readonly kind: 'moved'; readonly extent: MapExtent }
  /** Numbers, in degrees or UTM: go on. */
  | { readonly kind: 'typed'; readonly position: Position; readonly extent: MapExtent | undefined }
  | { readonly kind: 'none'; readonly extent: MapExtent | undefined }
  | { readonly kind: 'problem'; readonly message: string; readonly extent: MapExtent | undefined };

/** Rough box around the map's world; the districts decide exactly. */
const WORLD = { west: 9.3, east: 10.7, south: 53.2, north: 54.0 };

/** Reads what a `mapInput` posted. Degrees with comma or point, or UTM 32N, in either field order of size. */
export function readMapInput(fields: URLSearchParams, name: string, lang: Lang): MapReading {
  const extent = readExtent(fields.get(`${name}.view`));
  if (extent !== undefined) {
    const click = SIZES.map((size) => ({
      size,
      x: Number(fields.get(`${name}.map${size.key}.x`) ?? Number.NaN),
      y: Number(fields.get(`${name}.map${size.key}.y`) ?? Number.NaN),
    }))
      // The picture pressed by keyboard posts 0,0: nobody has chosen a place then.
      .find(({ size, x, y }) => x + y > 0 && x <= size.width && y <= size.height);
    if (click !== undefined) {
      const position = pixelToPosition({ ...extent, width: click.size.width, height: click.size.height }, click.x, click.y);
      return {
        kind: 'picked',
        position,
        extent: { centre: position, zoom: Math.min(MAX_ZOOM, Math.max(extent.zoom, Math.min(extent.zoom + 2, NEAREST + 1))) },
      };
    }
    const move = fields.get(`${name}.move`);
    if (move !== null) return { kind: 'moved', extent: moved(extent, move) };
  }
  const read = readNumbers(fields.get(`${name}.lon`) ?? '', fields.get(`${name}.lat`) ?? '');
  if (read === 'none') return { kind: 'none', extent };
  if (read === 'unreadable') return { kind: 'problem', message: mapTexts(lang).unreadable, extent };
  const inside = read.lon >= WORLD.west && read.lon <= WORLD.east && read.lat >= WORLD.south && read.lat <= WORLD.north;
  return inside ? { kind: 'typed', position: read, extent } : { kind: 'problem', message: mapTexts(lang).outside, extent };
}

function readNumbers(lonText: string, latText: string): Position | 'none' | 'unreadable' {
  if (lonText.trim() === '' && latText.trim() === '') return 'none';
  const [lon, lat] = [lonText, latText].map((text) => {
    const plain = text
      .trim()
      .replace(/[°\s]|[NOEm]$/g, '')
      .replace(',', '.');
    return /^-?\d{1,7}(\.\d+)?$/.test(plain) ? Number(plain) : Number.NaN;
  }) as [number, number];
  if (Number.isNaN(lon) || Number.isNaN(lat)) return 'unreadable';
  const rounded = ({ lon: x, lat: y }: Position): Position => ({ lon: Math.round(x * 1e6) / 1e6, lat: Math.round(y * 1e6) / 1e6 });
  // An easting is 100,000 m at least, a northing of this latitude millions: no degree is.
  if (lon > 100_000 && lat > 1_000_000) return rounded(fromUtm32(lon, lat));
  return rounded({ lon, lat });
}

function moved(extent: MapExtent, move: string): MapExtent {
  if (move === 'in') return { ...extent, zoom: Math.min(MAX_ZOOM, extent.zoom + 1) };
  if (move === 'out') return { ...extent, zoom: Math.max(MIN_ZOOM, extent.zoom - 1) };
  const frame: MapFrame = { ...extent, width: 640, height: 420 };
  const { x, y } = positionToPixel(frame, extent.centre);
  const [right, down] = { west: [-1, 0], east: [1, 0], north: [0, -1], south: [0, 1] }[move] ?? [0, 0];
  return { ...extent, centre: pixelToPosition(frame, x + right! * 210, y + down! * 160) };
}

const writeExtent = ({ centre, zoom }: MapExtent): string => `${centre.lon.toFixed(6)},${centre.lat.toFixed(6)},${zoom}`;

function readExtent(text: string | null): MapExtent | undefined {
  const match = /^(-?\d{1,3}(?:\.\d{1,8})?),(-?\d{1,2}(?:\.\d{1,8})?),(\d{1,2})$/.exec(text ?? '');
  if (match === null) return undefined;
  return { centre: { lon: Number(match[1]), lat: Number(match[2]) }, zoom: Math.min(MAX_ZOOM, Math.max(MIN_ZOOM, Number(match[3]))) };
}

const shapesOf = (shapes: readonly MapShape[] | undefined): string | undefined => (shapes === undefined ? undefined : JSON.stringify(shapes));

/** What a map shows that is only looked at. */
export interface MapFigure extends Pick<MapInput, 'tilesUrl' | 'pictureUrl' | 'shapes'> {
  readonly lang: Lang;
  readonly title: string;
  readonly markers: readonly MapMarker[];
  /** What must be seen; absent: the markers. */
  readonly fit?: readonly Position[];
}

/** The map alone: the page says the same beside it in words. */
export function mapFigure({ lang, title, markers, fit = markers.map(({ position }) => position), ...more }: MapFigure): Html {
  const pictures = SIZES.map(
    ({ key, width, height }) =>
      html`<img class="k-map__picture k-map__picture--${key}" src="${pictureAt(more.pictureUrl, pictureQuery(fitted(fit, { width, height }), markers))}" alt="${title}" width="${width}" height="${height}">`,
  );
  const { centre, zoom } = fitted(fit, SIZES[1]);
  return html`<kontor-map${attributes({ class: 'k-map', 'data-mode': 'view', 'data-lang': lang, 'data-base': BASEMAP_PATH, 'data-tiles': more.tilesUrl, 'data-centre': `${centre.lon},${centre.lat}`, 'data-zoom': zoom, 'data-others': JSON.stringify(markers), 'data-shapes': shapesOf(more.shapes), 'data-title': title })}><div class="k-map__stage">${pictures}</div></kontor-map>`;
}

/** Places to look at, e.g. for officers: a map with its list beside it; both say the same. */
export function mapView(view: {
  readonly lang: Lang;
  readonly title: string;
  readonly places: readonly { readonly position: Position; readonly label: string; readonly text: string | Html; readonly href?: string }[];
  readonly tilesUrl?: string;
}): Html {
  const t = mapTexts(view.lang);
  const markers = view.places.map(({ position, label }): MapMarker => ({ position, label, active: true }));
  const { lang, title, tilesUrl } = view;
  return html`<div class="k-map-view">${mapFigure({ lang, title, markers, ...(tilesUrl === undefined ? {} : { tilesUrl }) })}
    <div><h2 class="kern-title">${t.places}</h2><ol class="k-places">${view.places.map(({ label, text, href, position }) => html`<li><span class="k-places__mark">${label}</span><div>${href === undefined ? text : html`<a class="kern-link" href="${href}">${text}</a>`}<span class="k-places__where">${describePosition(position, view.lang)}</span></div></li>`)}</ol></div><p class="k-map__attribution">${t.attribution}</p></div>`;
}
