import { formatInstant, formatNumber, formatQuantity } from '../../../platform/ui/formats.ts';
import type { Lang } from '../../../platform/ui/html.ts';
import { BASEMAP_ATTRIBUTION } from '../../../platform/ui/basemap.ts';
import { describePosition } from '../../../platform/ui/map-input.ts';
import { metresPerPixel, type MapFrame } from '../../../platform/ui/map-projection.ts';
import type { TwinDrawing } from '../application/draw.ts';
import type { PrintedView } from '../application/print.ts';
import type { TwinView } from '../domain/view.ts';
import { measured } from './figures-part.ts';
import { colourAt } from './frame.ts';
import { layerName } from './map-part.ts';
import { mapTexts } from './map-texts.ts';
import { twinTexts } from './texts.ts';

/** How wide the map stands on the page. */
const MAP_METRES = 0.17;

export interface Print {
  readonly view: TwinView;
  readonly frame: MapFrame;
  readonly drawing: TwinDrawing;
  readonly url: string;
  readonly now: Temporal.Instant;
  readonly lang: Lang;
}

/** The view on paper, in words: what surrounds the map, its scale, date and sources, and the same tables. */
export function sheetOf(print: Print): PrintedView {
  const { view, frame, drawing, now, lang, url } = print;
  const t = mapTexts(lang);
  const w = twinTexts(lang);
  const { elevationDegrees, azimuthDegrees } = drawing.sun;
  const scale = Math.round((metresPerPixel(frame) * frame.width) / MAP_METRES / 100) * 100;
  return {
    lang: lang === 'en' ? 'en' : 'de',
    title: view.sensors === undefined ? t.printTitle : `${t.printTitle}: ${layerName(view.sensors)}`,
    printed: `${t.printed} ${formatInstant(lang, now)}`,
    facts: [
      [t.scale, t.scaleOf(formatNumber(lang, scale))],
      [w.time, view.at === undefined ? w.latest : formatInstant(lang, view.at)],
      [
        w.sun,
        `${formatInstant(lang, view.sun ?? view.at ?? now)}: ${elevationDegrees > 0 ? w.sunUp(formatNumber(lang, elevationDegrees, 1), formatNumber(lang, azimuthDegrees)) : w.sunDown}`,
      ],
      [t.address, url],
    ],
    mapAlt: t.mapAlt,
    words: { legend: t.legend, layer: t.layer, source: t.source, licence: t.licence },
    legend: drawing.layers.map(({ collection: { title, about } }, index) => ({
      colour: colourAt(index),
      title,
      source: about.attribution ?? about.owner ?? '–',
      licence: about.licence ?? '–',
    })),
    tables: [...stationTable(print), ...figureTable(print)],
    notes: [
      ...drawing.layers.filter(({ some }) => some).map(({ collection }) => t.some(collection.title, formatNumber(lang, collection.features))),
      `${t.sources}: ${BASEMAP_ATTRIBUTION}`,
      ...(drawing.layers.some(({ collection }) => collection.about.demo === true) ? [t.demo] : []),
    ],
  };
}

function stationTable({ drawing: { stations }, lang }: Print): PrintedView['tables'] {
  if (stations.length === 0) return [];
  const w = twinTexts(lang);
  const rows = stations.map(({ thing, value, unit, measuredAt, lon, lat }, index) => [
    String(index + 1),
    thing,
    value === null ? '–' : formatQuantity(lang, value, unit),
    measuredAt === null ? w.neverMeasured : formatInstant(lang, measuredAt),
    describePosition({ lon, lat }, lang),
  ]);
  return [{ title: w.stations, widths: [0.6, 3, 1.6, 3, 3], head: [w.mark, w.station, w.value, w.measured, w.place], rows }];
}

function figureTable({ view: { figures }, lang }: Print): PrintedView['tables'] {
  if (figures.length === 0) return [];
  const t = mapTexts(lang);
  const rows = figures.map((figure, index) => [`${index + 1} ${t[figure.kind]}`, measured(figure, lang)]);
  return [{ title: t.drawn, widths: [1, 3], head: [t.figure, t.value], rows }];
}
