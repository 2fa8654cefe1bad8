import { CITY_ZONE } from '../../../kernel/time.ts';
import { html as answerHtml, getPage, type AnyRoute, type Visit } from '../../../platform/http/route.ts';
import { alert } from '../../../platform/ui/alert.ts';
import { attributes } from '../../../platform/ui/attributes.ts';
import { dataTable } from '../../../platform/ui/components.ts';
import { button, linkButton } from '../../../platform/ui/form-frame.ts';
import { formatInstant, formatNumber, formatQuantity } from '../../../platform/ui/formats.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { BASEMAP_PATH, describePosition, PICTURE_PATH } from '../../../platform/ui/map-input.ts';
import { CITY_CENTRE, MAX_ZOOM, MIN_ZOOM, pixelToPosition, type MapFrame } from '../../../platform/ui/map-projection.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { factList, pagination, section } from '../../../platform/ui/parts.ts';
import { pictureQuery } from '../../../platform/ui/static-map.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import { showTwin, type TwinContext, type TwinPicture } from '../application/show.ts';
import type { TwinView } from '../domain/view.ts';
import { FIRST_ZOOM, printView, readView } from './address.ts';
import { curvePart } from './curve.ts';
import { twinTexts } from './texts.ts';

type Frame = (visit: Visit) => PageView;
const PATH = '/zwilling';
const ROWS = 25;
const SIZE = { width: 960, height: 560 };

/** The twin for people: one address says what is shown; map and table say the same. */
export function twinPages(ctx: TwinContext, frame: Frame): AnyRoute[] {
  return [
    getPage(PATH, 'public', async (visit) => {
      const view = readView(visit.query, visit.now);
      const shown = frameOf(view);
      const picture = await showTwin(ctx, visit.actor, view, { bbox: boxOf(shown), now: visit.now, limit: ROWS });
      return answerHtml(twinPage(frame(visit), view, shown, picture));
    }),
  ];
}

const frameOf = ({ centre, zoom }: TwinView): MapFrame => ({ centre, zoom: Math.round(zoom), ...SIZE });

function boxOf(frame: MapFrame): readonly [number, number, number, number] {
  const [northWest, southEast] = [pixelToPosition(frame, 0, 0), pixelToPosition(frame, frame.width, frame.height)];
  return [northWest.lon, southEast.lat, southEast.lon, northWest.lat];
}

const link = (view: TwinView, change: Parameters<typeof printView>[1] = {}): string => `${PATH}?${printView(view, change)}`;

function twinPage(pageView: PageView, view: TwinView, frame: MapFrame, picture: TwinPicture): Html {
  const { lang } = pageView;
  const t = twinTexts(lang);
  const main = html`${pageTitle(t.title, { lead: t.lead })}
${chooser(view, picture, lang)}
${map(view, frame, picture, lang)}
${moves(view, frame, lang)}
${facts(view, picture, lang)}
${view.stream === undefined || picture.curve === undefined ? '' : section(t.curveOf(picture.curve.name), curvePart(picture.curve, lang), { id: 'verlauf' })}
${view.sensors === undefined ? '' : section(t.stations, stationTable(view, picture, lang), { id: 'stationen' })}
${section(t.data, html`<p class="kern-body">${t.dataText} <a class="kern-link" href="/sta/v1.1">SensorThings</a> · <a class="kern-link" href="/ogc">OGC API</a> · <a class="kern-link" href="/zwilling/szenarien">${t.scenarios}</a></p>`)}`;
  return page(pageView, { title: t.title, main, wide: true, scripts: ['twin'] });
}

function chooser(view: TwinView, { layers: { sensors, collections } }: TwinPicture, lang: Lang): Html {
  const t = twinTexts(lang);
  const options = sensors.map(
    ({ layer, streams }) => html`<option${attributes({ value: layer, selected: layer === view.sensors })}>${layerName(layer)} (${streams})</option>`,
  );
  const boxes = collections.map(
    ({ id, title }) =>
      html`<div class="kern-form-check"><input${attributes({ class: 'kern-form-check__checkbox', type: 'checkbox', id: `ebene-${id}`, name: 'ebene', value: id, checked: view.collections.includes(id) })}><label class="kern-label" for="ebene-${id}">${title}</label></div>`,
  );
  const local = view.at?.toZonedDateTimeISO(CITY_ZONE).toPlainDateTime().toString({ smallestUnit: 'minute' }) ?? '';
  return html`<form class="k-twin-form" method="get" action="${PATH}" aria-label="${t.choose}">
<input type="hidden" name="c" value="${view.centre.lon.toFixed(5)},${view.centre.lat.toFixed(5)}"><input type="hidden" name="z" value="${String(view.zoom)}">
<div class="kern-form-input"><label class="kern-label" for="f-sensoren">${t.sensors}</label><div class="kern-form-input__select-wrapper"><select class="kern-form-input__select" id="f-sensoren" name="sensoren"><option value="">${t.noSensors}</option>${options}</select></div></div>
<div class="kern-form-input"><label class="kern-label" for="f-zeit">${t.time}</label><div class="kern-hint" id="f-zeit-hint">${t.timeHint}</div><input${attributes({ class: 'kern-form-input__input', type: 'datetime-local', id: 'f-zeit', name: 'zeit', value: local, 'aria-describedby': 'f-zeit-hint' })}></div>
${boxes.length === 0 ? '' : html`<fieldset class="kern-fieldset"><legend class="kern-label">${t.layers}</legend>${boxes}</fieldset>`}
${button({ label: t.show })}</form>`;
}

/** `Anzahl_Fahrraeder_15-Min` for people. */
const layerName = (layer: string): string => layer.replaceAll('_', ' ');

function map(view: TwinView, frame: MapFrame, { stations, layers: { collections } }: TwinPicture, lang: Lang): Html {
  const t = twinTexts(lang);
  const title = view.sensors === undefined ? t.map : t.mapOf(layerName(view.sensors));
  const markers = stations.map(({ lon, lat }, index) => ({ position: { lon, lat }, label: String(index + 1) }));
  const shown = collections.filter(({ id }) => view.collections.includes(id)).map(({ id, title: name, geometryTypes }) => ({ id, title: name, geometryTypes }));
  return html`<kontor-twin${attributes({
    class: 'k-map k-twin',
    'data-lang': lang,
    'data-base': BASEMAP_PATH,
    'data-centre': `${view.centre.lon},${view.centre.lat}`,
    'data-zoom': view.zoom,
    'data-title': title,
    'data-sensors': view.sensors,
    'data-at': view.at?.toString(),
    'data-collections': JSON.stringify(shown),
  })}><div class="k-map__stage"><img class="k-twin__picture" src="${PICTURE_PATH}?${pictureQuery(frame, markers)}" alt="${title}" width="${frame.width}" height="${frame.height}"></div></kontor-twin>`;
}

/** The part shown, moved by links: the same for keyboard and without JavaScript. */
function moves(view: TwinView, frame: MapFrame, lang: Lang): Html {
  const t = twinTexts(lang);
  const zoom = (by: number): number => Math.min(MAX_ZOOM, Math.max(MIN_ZOOM, frame.zoom + by));
  const to = (x: number, y: number): string =>
    link(view, { centre: pixelToPosition(frame, frame.width * (0.5 + x), frame.height * (0.5 + y)), after: undefined });
  const go = (label: string, href: string): Html => linkButton({ label, href, kind: 'tertiary', small: true });
  return html`<nav class="k-twin-moves" aria-label="${t.moves}">${go(t.zoomIn, link(view, { zoom: zoom(1), after: undefined }))}${go(t.zoomOut, link(view, { zoom: zoom(-1), after: undefined }))}${go(t.north, to(0, -0.5))}${go(t.south, to(0, 0.5))}${go(t.west, to(-0.5, 0))}${go(t.east, to(0.5, 0))}${go(t.whole, link(view, { centre: CITY_CENTRE, zoom: FIRST_ZOOM, after: undefined }))}</nav>`;
}

function facts(view: TwinView, { layers, sun }: TwinPicture, lang: Lang): Html {
  const t = twinTexts(lang);
  const layer = layers.sensors.find(({ layer: name }) => name === view.sensors);
  const ratio = sun.shadowPerHeight;
  const when = view.at ?? layer?.latest ?? undefined;
  return html`${layer?.service.startsWith('Demo_') === true ? alert('info', t.demo) : ''}${factList([
    { label: t.time, value: when === undefined ? t.latest : formatInstant(lang, when) },
    {
      label: t.sun,
      value: sun.elevationDegrees > 0 ? t.sunUp(formatNumber(lang, sun.elevationDegrees, 1), formatNumber(lang, sun.azimuthDegrees)) : t.sunDown,
      ...(ratio === null || ratio > 50 ? {} : { note: t.shadowOf(formatNumber(lang, 10 * ratio, 1)) }),
    },
  ])}`;
}

function stationTable(view: TwinView, { stations, next }: TwinPicture, lang: Lang): Html {
  const t = twinTexts(lang);
  const rows = stations.map((station, index) => ({ ...station, mark: index + 1 }));
  const table = dataTable<(typeof rows)[number]>(
    [
      { label: t.mark, cell: ({ mark }) => mark },
      { label: t.station, rowHeader: true, cell: ({ thing }) => thing },
      { label: t.value, numeric: true, cell: ({ value, unit }) => (value === null ? '–' : formatQuantity(lang, value, unit)) },
      { label: t.measured, cell: ({ measuredAt }) => (measuredAt === null ? t.neverMeasured : formatInstant(lang, measuredAt)) },
      { label: t.place, minor: true, cell: ({ lon, lat }) => describePosition({ lon, lat }, lang) },
    ],
    rows,
    { caption: t.stations, captionHidden: true, lang, dense: true, empty: t.none, href: ({ streamId }) => `${link(view, { stream: streamId })}#verlauf` },
  );
  const pages = pagination(
    {
      ...(view.after === undefined ? {} : { previous: `${link(view, { after: undefined })}#stationen` }),
      ...(next === undefined ? {} : { next: `${link(view, { after: next })}#stationen` }),
    },
    lang,
  );
  return html`${table}${pages ?? ''}`;
}
