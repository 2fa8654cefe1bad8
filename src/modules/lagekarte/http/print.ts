import { LOOKS } from '../../../kernel/lage-signs.ts';
import { utmZone } from '../../../kernel/mgrs.ts';
import type { KeptObject } from '../../../kernel/picture.ts';
import { signKey } from '../../../kernel/sign-spec.ts';
import { gridStep } from '../../../kernel/utm-grid.ts';
import { BASEMAP_ATTRIBUTION } from '../../../platform/ui/basemap.ts';
import { formatInstant, formatNumber } from '../../../platform/ui/formats.ts';
import type { Lang } from '../../../platform/ui/html.ts';
import { metresPerPixel, type MapFrame } from '../../../platform/ui/map-projection.ts';
import { kindName, layerName } from '../application/names.ts';
import type { PrintedMap } from '../application/print.ts';
import type { MapPicture } from '../application/show-map.ts';
import type { SignComposer } from '../application/signs.ts';
import { gradeOf, lookOf } from '../../../kernel/lage-look.ts';
import type { MapView } from '../domain/view.ts';
import { specOf } from './picture.ts';
import { agoText, placeText } from './tables.ts';
import { karteTexts } from './texts.ts';

/** Width and height of paper in millimetres, upright. */
export const PAPERS = { a4: [210, 297], a3: [297, 420], a2: [420, 594], a1: [594, 841], a0: [841, 1189] } as const;
export type Paper = keyof typeof PAPERS;
export const SCALES = [2500, 5000, 10_000, 25_000, 50_000, 100_000] as const;

/** One pixel of the picture is so many millimetres on paper. */
const MILLIMETRES_PER_PIXEL = 0.25;
const MARGINS = 24;
/** Head, foot and the first lines of the legend stand beside the map. */
const BESIDE = 62;
const MOST_LEGEND = 40;
const MOST_ROWS = 400;

export interface Sheet {
  readonly paper: Paper;
  readonly landscape: boolean;
  /** Absent: what the view shows. */
  readonly scale?: number;
}

export function readSheet(query: URLSearchParams): Sheet {
  const paper = (Object.keys(PAPERS) as Paper[]).find((one) => one === query.get('papier')) ?? 'a4';
  const scale = SCALES.find((one) => String(one) === query.get('massstab'));
  return { paper, landscape: query.get('quer') !== '0', ...(scale === undefined ? {} : { scale }) };
}

/** The part of the world on paper: at a chosen scale exactly, at the middle of the map. */
export function paperFrame({ paper, landscape, scale }: Sheet, seen: MapFrame): MapFrame {
  const [short, long] = PAPERS[paper];
  const [width, height] = landscape ? [long, short] : [short, long];
  const size = { width: Math.round((width - MARGINS) / MILLIMETRES_PER_PIXEL), height: Math.round((height - MARGINS - BESIDE) / MILLIMETRES_PER_PIXEL) };
  if (scale === undefined) return { ...seen, ...size, zoom: seen.zoom + Math.log2(Math.min(size.width / seen.width, size.height / seen.height)) };
  const metres = (scale * MILLIMETRES_PER_PIXEL) / 1000;
  return { ...seen, ...size, zoom: Math.log2(metresPerPixel({ centre: seen.centre, zoom: 0 }) / metres) };
}

export const mapMillimetres = (frame: MapFrame): number => frame.width * MILLIMETRES_PER_PIXEL;

/** Every sign on the map once, with how often it stands there. */
export function legendOf(
  objects: readonly KeptObject[],
  { compose, names }: { readonly compose: SignComposer; readonly names: ReadonlyMap<string, string> },
  lang: Lang,
): { readonly legend: PrintedMap['legend']; readonly signs: readonly { readonly svg: string; readonly title: string }[] } {
  const groups = new Map<string, { readonly object: KeptObject; count: number }>();
  for (const object of objects) {
    if (object.geometry === null) continue;
    const { text: _text, name: _name, ...spec } = specOf(object);
    const key = `${object.kind} ${signKey(spec)}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { object, count: 1 });
    else group.count++;
  }
  const signs: { svg: string; title: string }[] = [];
  const legend = [...groups.values()]
    .toSorted((a, b) => b.count - a.count)
    .slice(0, MOST_LEGEND)
    .map(({ object, count }) => {
      const { text: _text, name: _name, ...spec } = specOf(object);
      const parts = Object.entries(spec).flatMap(([part, value]) => (part === 'farbe' ? [] : (names.get(`${part}=${value}`) ?? [])));
      const title = [...new Set([kindName(lang, object.kind), ...parts])].join(', ');
      const sign = compose(spec);
      if (sign !== undefined)
        signs.push({
          svg: `<svg xmlns="http://www.w3.org/2000/svg" width="${sign.width}" height="${sign.height}" ${sign.attributes}>${sign.inside}</svg>`,
          title,
        });
      // the map itself is the first attachment
      return { sign: sign === undefined ? -1 : signs.length, colour: LOOKS[object.kind].colour, title, count: formatNumber(lang, count) };
    });
  return { legend, signs };
}

/** What surrounds the map on paper, in words. */
export function sheetOf(
  view: MapView,
  picture: MapPicture,
  {
    sheet,
    frame,
    legend,
    url,
    now,
    lang,
  }: {
    readonly sheet: Sheet;
    readonly frame: MapFrame;
    readonly legend: PrintedMap['legend'];
    readonly url: string;
    readonly now: Temporal.Instant;
    readonly lang: Lang;
  },
): PrintedMap {
  const t = karteTexts(lang);
  const { lage } = picture.entered;
  const scale = Math.round((metresPerPixel(frame) * 1000) / MILLIMETRES_PER_PIXEL / 10) * 10;
  const step = gridStep(metresPerPixel(frame) * frame.width);
  return {
    lang: lang === 'en' ? 'en' : 'de',
    paper: sheet.paper,
    landscape: sheet.landscape,
    title: `${t.title}: ${lage.title}`,
    exercise: lage.exercise ? t.exercise : '',
    printed: `${t.printed} ${formatInstant(lang, now)}`,
    facts: [
      [t.state, view.at === undefined ? formatInstant(lang, picture.asOf) : t.lookingBack(formatInstant(lang, view.at))],
      [t.scale, t.scaleOf(formatNumber(lang, scale))],
      ...(view.preset === undefined ? [] : [[t.preset, view.preset] as const]),
    ],
    mapAlt: t.mapOf(lage.title),
    mapMillimetres: mapMillimetres(frame),
    words: { legend: t.legend },
    legendColumns: sheet.paper === 'a4' && !sheet.landscape ? 3 : 4,
    legend,
    tables: tablesOf(picture, lang),
    notes: [
      t.gridNote(String(utmZone(frame.centre)), formatNumber(lang, step)),
      t.gradeHint,
      `${t.address}: ${url}`,
      BASEMAP_ATTRIBUTION,
      ...picture.overlays
        .filter(({ id }) => view.overlays.includes(id))
        .map(({ title, source, at }) => `${title[lang]}: ${source}, ${t.overlayAt(formatInstant(lang, at))}`),
    ],
  };
}

function tablesOf({ layers, objects, asOf }: MapPicture, lang: Lang): PrintedMap['tables'] {
  const t = karteTexts(lang);
  let left = MOST_ROWS;
  return layers.flatMap((layer) => {
    const rows = objects
      .filter((object) => object.layer === layer)
      .slice(0, left)
      .map((object) => [
        object.title,
        kindName(lang, object.kind),
        agoText(lookOf(object, asOf).ageSeconds, lang),
        object.source.name,
        gradeOf(object),
        placeText(object.geometry, lang),
      ]);
    left -= rows.length;
    return rows.length === 0
      ? []
      : [{ title: layerName(lang, layer), widths: [3, 2, 1.5, 2, 0.8, 2.4], head: [t.object, t.kind, t.state, t.source, t.grade, t.place], rows }];
  });
}
