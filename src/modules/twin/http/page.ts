import { html as answerHtml, getPage, redirect, type AnyRoute, type Visit } from '../../../platform/http/route.ts';
import { alert } from '../../../platform/ui/alert.ts';
import { dataTable } from '../../../platform/ui/components.ts';
import { linkButton } from '../../../platform/ui/form-frame.ts';
import { formatInstant, formatNumber, formatQuantity } from '../../../platform/ui/formats.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { describePosition } from '../../../platform/ui/map-input.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { factList, pagination, section } from '../../../platform/ui/parts.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import { showTwin, type TwinContext, type TwinPicture } from '../application/show.ts';
import { addTyped } from '../application/figures.ts';
import type { TwinView } from '../domain/view.ts';
import { readView } from './address.ts';
import { curvePart } from './curve.ts';
import { figuresPart, type Typed } from './figures-part.ts';
import { boxOf, frameOf, link, PATH, ROWS } from './frame.ts';
import { chooser, mapPart, moves } from './map-part.ts';
import { mapTexts } from './map-texts.ts';
import { objectPart, objectTables } from './object-part.ts';
import { PRINTED } from './pictures.ts';
import { sparkline } from './spark.ts';
import { twinTexts } from './texts.ts';

type Frame = (visit: Visit) => PageView;

/** The twin for people: one address says what is shown; map and table say the same. */
export function twinPages(ctx: TwinContext, frame: Frame): AnyRoute[] {
  return [
    getPage(PATH, 'public', async (visit) => {
      const view = readView(visit.query, visit.now);
      const typed = drawTyped(view, visit);
      if (typed !== undefined && 'to' in typed) return redirect(typed.to);
      const bbox = boxOf(frameOf(view));
      const picture = await showTwin(ctx, visit.actor, view, { bbox, now: visit.now, limit: ROWS });
      return answerHtml(twinPage(frame(visit), view, picture, { now: visit.now, typed: typed?.wrong }));
    }),
  ];
}

/** Takes typed places into the address, or says what is wrong with them; nothing typed, nothing done. */
function drawTyped(view: TwinView, { query }: Visit): { readonly to: string } | { readonly wrong: Typed } | undefined {
  const [kind, places] = [query.get('art') ?? '', (query.get('orte') ?? '').slice(0, 8000)];
  if (places.trim() === '') return undefined;
  const drawn = addTyped(view.figures, kind, places);
  return drawn.ok ? { to: `${link(view, { figures: drawn.value })}#zeichnung` } : { wrong: { kind, places, problem: drawn.problem } };
}

function twinPage(
  pageView: PageView,
  view: TwinView,
  picture: TwinPicture,
  { now, typed }: { readonly now: Temporal.Instant; readonly typed?: Typed | undefined },
): Html {
  const { lang } = pageView;
  const t = twinTexts(lang);
  const frame = frameOf(view);
  const printing = linkButton({ label: mapTexts(lang).print, href: link(view, {}, PRINTED), kind: 'secondary', small: true, icon: 'download' });
  const main = html`${pageTitle(t.title, { lead: t.lead })}
${chooser(view, picture, lang)}
${mapPart(view, frame, picture, now, lang)}
${moves(view, frame, lang)}
${nearby(view, picture, lang)}
${facts(view, picture, lang)}
<p>${printing}</p>
${view.stream === undefined || picture.curve === undefined ? '' : section(t.curveOf(picture.curve.name), curvePart(picture.curve, lang), { id: 'verlauf' })}
${objectPart(view, picture, lang)}
${view.sensors === undefined ? '' : section(t.stations, stationTable(view, picture, lang), { id: 'stationen' })}
${objectTables(view, picture, boxOf(frame), lang)}
${figuresPart(view, typed, lang)}
${section(t.data, html`<p class="kern-body">${t.dataText} <a class="kern-link" href="/sta/v1.1">SensorThings</a> · <a class="kern-link" href="/ogc">OGC API</a> · <a class="kern-link" href="/zwilling/szenarien">${t.scenarios}</a></p>`)}`;
  return page(pageView, { title: t.title, main, wide: true, scripts: ['twin'] });
}

/** Roofs and shadows are seen close up only: the way there, while a layer of buildings is shown from afar. */
function nearby(view: TwinView, { layers: { collections } }: TwinPicture, lang: Lang): Html {
  const tall = collections.find(({ id, properties }) => view.collections.includes(id) && 'heightMetres' in properties);
  const { extent } = tall ?? {};
  if (extent === undefined || view.zoom >= 15) return html``;
  const centre = { lon: (extent[0] + extent[2]) / 2, lat: (extent[1] + extent[3]) / 2 };
  const t = mapTexts(lang);
  return html`<p class="kern-body">${t.roofs} <a class="kern-link" href="${link(view, { centre, zoom: 16, pitch: 55, bearing: -20, after: undefined })}">${t.closer}</a></p>`;
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

function stationTable(view: TwinView, { stations, next, sparks }: TwinPicture, lang: Lang): Html {
  const t = twinTexts(lang);
  const rows = stations.map((station, index) => ({ ...station, mark: index + 1 }));
  const table = dataTable<(typeof rows)[number]>(
    [
      { label: t.mark, cell: ({ mark }) => mark },
      { label: t.station, rowHeader: true, cell: ({ thing }) => thing },
      { label: t.value, numeric: true, cell: ({ value, unit }) => (value === null ? '–' : formatQuantity(lang, value, unit)) },
      { label: mapTexts(lang).spark, minor: true, cell: ({ streamId, unit }) => sparkline(sparks.get(streamId), unit, lang) },
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
