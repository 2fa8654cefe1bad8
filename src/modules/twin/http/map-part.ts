import { CITY_ZONE } from '../../../kernel/time.ts';
import { attributes } from '../../../platform/ui/attributes.ts';
import { button, linkButton } from '../../../platform/ui/form-frame.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { BASEMAP_PATH } from '../../../platform/ui/map-input.ts';
import { CITY_CENTRE, MAX_ZOOM, MIN_ZOOM, pixelToPosition, type MapFrame } from '../../../platform/ui/map-projection.ts';
import type { TwinPicture } from '../application/show.ts';
import { figuresFile } from '../application/figures.ts';
import type { TwinView } from '../domain/view.ts';
import { FIRST_ZOOM, printView } from './address.ts';
import { colourAt, link, PATH, PICTURE } from './frame.ts';
import { mapTexts } from './map-texts.ts';
import { twinTexts } from './texts.ts';

/** `Anzahl_Fahrraeder_15-Min` for people. */
export const layerName = (layer: string): string => layer.replaceAll('_', ' ');

/** The rest of a view as fields nobody sees, for forms that change a part of it. */
export function hiddenView(view: TwinView, changed: readonly string[]): Html[] {
  return [...new URLSearchParams(printView(view))]
    .filter(([name]) => !changed.includes(name))
    .map(([name, value]) => html`<input${attributes({ type: 'hidden', name, value })}>`);
}

const localTime = (at: Temporal.Instant | undefined): string => at?.toZonedDateTimeISO(CITY_ZONE).toPlainDateTime().toString({ smallestUnit: 'minute' }) ?? '';

/** What the map shows, chosen in a form. */
export function chooser(view: TwinView, { layers: { sensors, collections } }: TwinPicture, lang: Lang): Html {
  const t = twinTexts(lang);
  const m = mapTexts(lang);
  const options = sensors.map(
    ({ layer, streams }) => html`<option${attributes({ value: layer, selected: layer === view.sensors })}>${layerName(layer)} (${streams})</option>`,
  );
  const boxes = collections.map(({ id, title }) => {
    const at = view.collections.indexOf(id);
    return html`<div class="kern-form-check"><input${attributes({ class: 'kern-form-check__checkbox', type: 'checkbox', id: `ebene-${id}`, name: 'ebene', value: id, checked: at !== -1 })}><label class="kern-label" for="ebene-${id}">${at === -1 ? '' : swatch(at)}${title}</label></div>`;
  });
  const time = (id: string, label: string, hint: string, value: string): Html =>
    html`<div class="kern-form-input"><label class="kern-label" for="f-${id}">${label}</label><div class="kern-hint" id="f-${id}-hint">${hint}</div><input${attributes({ class: 'kern-form-input__input', type: 'datetime-local', id: `f-${id}`, name: id, value, 'aria-describedby': `f-${id}-hint` })}></div>`;
  return html`<form class="k-twin-form" method="get" action="${PATH}" aria-label="${t.choose}">
${hiddenView(view, ['sensoren', 'zeit', 'sonne', 'ebene', 'nach', 'objekt'])}
<div class="kern-form-input"><label class="kern-label" for="f-sensoren">${t.sensors}</label><div class="kern-form-input__select-wrapper"><select class="kern-form-input__select" id="f-sensoren" name="sensoren"><option value="">${t.noSensors}</option>${options}</select></div></div>
${time('zeit', t.time, t.timeHint, localTime(view.at))}
${time('sonne', m.sunTime, m.sunHint, localTime(view.sun))}
${boxes.length === 0 ? '' : html`<fieldset class="kern-fieldset"><legend class="kern-label">${t.layers}</legend>${boxes}</fieldset>`}
${button({ label: t.show })}</form>`;
}

/** The colour of a layer, as on the map. */
export const swatch = (index: number): Html =>
  html`<svg class="k-swatch" viewBox="0 0 12 12" width="12" height="12" aria-hidden="true"><rect width="12" height="12" rx="2" fill="${colourAt(index)}"/></svg>`;

export function mapPart(view: TwinView, frame: MapFrame, { layers: { collections }, sun }: TwinPicture, now: Temporal.Instant, lang: Lang): Html {
  const t = twinTexts(lang);
  const title = view.sensors === undefined ? t.map : t.mapOf(layerName(view.sensors));
  const shown = view.collections.flatMap((id, index) => {
    const known = collections.find((one) => one.id === id);
    if (known === undefined) return [];
    const { title: name, geometryTypes, properties } = known;
    const tall = 'heightMetres' in properties || 'height' in properties;
    return [{ id, title: name, geometryTypes, colour: colourAt(index), tall }];
  });
  const sunDay = (view.sun ?? view.at ?? now).toZonedDateTimeISO(CITY_ZONE);
  return html`<kontor-twin${attributes({
    class: 'k-map k-twin',
    'data-lang': lang,
    'data-base': BASEMAP_PATH,
    'data-centre': `${view.centre.lon},${view.centre.lat}`,
    'data-zoom': view.zoom,
    'data-pitch': view.pitch,
    'data-bearing': view.bearing,
    'data-title': title,
    'data-sensors': view.sensors,
    'data-at': view.at?.toString(),
    'data-sun': (view.sun ?? view.at ?? now).toString({ smallestUnit: 'second' }),
    'data-sun-day': sunDay.startOfDay().toInstant().toString({ smallestUnit: 'second' }),
    'data-sun-up': sun.elevationDegrees > 0,
    'data-collections': JSON.stringify(shown),
    'data-figures': view.figures.length === 0 ? undefined : JSON.stringify(figuresFile(view.figures)),
  })}><div class="k-map__stage"><img class="k-twin__picture" src="${link(view, {}, PICTURE)}" alt="${title}" width="${frame.width}" height="${frame.height}"></div></kontor-twin>`;
}

/** The part shown, moved by links: the same for keyboard and without JavaScript. */
export function moves(view: TwinView, frame: MapFrame, lang: Lang): Html {
  const t = twinTexts(lang);
  const zoom = (by: number): number => Math.min(MAX_ZOOM, Math.max(MIN_ZOOM, frame.zoom + by));
  const to = (x: number, y: number): string =>
    link(view, { centre: pixelToPosition(frame, frame.width * (0.5 + x), frame.height * (0.5 + y)), after: undefined });
  const go = (label: string, href: string): Html => linkButton({ label, href, kind: 'tertiary', small: true });
  return html`<nav class="k-twin-moves" aria-label="${t.moves}">${go(t.zoomIn, link(view, { zoom: zoom(1), after: undefined }))}${go(t.zoomOut, link(view, { zoom: zoom(-1), after: undefined }))}${go(t.north, to(0, -0.5))}${go(t.south, to(0, 0.5))}${go(t.west, to(-0.5, 0))}${go(t.east, to(0.5, 0))}${go(t.whole, link(view, { centre: CITY_CENTRE, zoom: FIRST_ZOOM, after: undefined }))}</nav>`;
}
