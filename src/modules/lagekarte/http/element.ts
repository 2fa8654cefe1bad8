import { LAYERS } from '../../../kernel/lage.ts';
import { LOOKS } from '../../../kernel/lage-signs.ts';
import { OBJECT_KINDS, STALE_AFTER } from '../../../kernel/picture.ts';
import { attributes } from '../../../platform/ui/attributes.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { BASEMAP_PATH } from '../../../platform/ui/map-input.ts';
import type { MapFrame } from '../../../platform/ui/map-projection.ts';
import { drawnKinds, functionName, kindName, layerName } from '../application/names.ts';
import type { MapPicture } from '../application/show-map.ts';
import { PRESETS, presetLayers } from '../../../kernel/lage-presets.ts';
import type { MapView } from '../domain/view.ts';
import { link, pathOf } from './address.ts';
import { mapWords } from './map-words.ts';
import { PICTURE } from './pictures.ts';
import { karteTexts } from './texts.ts';

/** What the browser's map needs to know (`src/browser/lage-types.ts` reads it). */
export function mapConfig(view: MapView, { entered, layers, overlays }: MapPicture, lang: Lang): object {
  const { lage, layers: seen, rights } = entered;
  const api = `/api/lagen/${encodeURIComponent(lage.key)}`;
  return {
    key: lage.key,
    objects: `${api}/objects`,
    places: `${api}/orte`,
    live: `/lagen/${encodeURIComponent(lage.key)}/live`,
    openedAt: lage.openedAt.toString(),
    closedAt: lage.closedAt?.toString() ?? null,
    at: view.at?.toString() ?? null,
    mayDraw: rights.has('map'),
    grid: view.grid,
    layers: LAYERS.filter((layer) => seen.has(layer)).map((id) => ({ id, title: layerName(lang, id), on: layers.includes(id) })),
    presets: PRESETS.map((id) => ({ id, title: functionName(lang, id), layers: presetLayers(id, seen) })),
    kinds: Object.fromEntries(
      OBJECT_KINDS.map((kind) => [
        kind,
        { title: kindName(lang, kind), colour: LOOKS[kind].colour, staleSeconds: STALE_AFTER[kind], drawn: drawnKinds.some((one) => one === kind) },
      ]),
    ),
    overlays: overlays.map(({ id, title, url, corners }) => ({ id, title: title[lang], url, corners, on: view.overlays.includes(id) })),
    words: mapWords(lang),
  };
}

/** The map: a picture of the server, which the browser replaces by one that moves. */
export function mapPart(view: MapView, frame: MapFrame, picture: MapPicture, lang: Lang): Html {
  const { lage } = picture.entered;
  const title = karteTexts(lang).mapOf(lage.title);
  const { centre, zoom } = frame;
  return html`<kontor-lagekarte${attributes({
    class: 'k-map k-twin k-karte',
    'data-lang': lang,
    'data-base': BASEMAP_PATH,
    'data-centre': `${centre.lon},${centre.lat}`,
    'data-zoom': zoom,
    'data-title': title,
    'data-path': pathOf(lage.key),
    'data-config': JSON.stringify(mapConfig(view, picture, lang)),
  })}><div class="k-map__stage"><img class="k-twin__picture" src="${link(lage.key, { ...view, centre, zoom }, {}, PICTURE)}" alt="${title}" width="${frame.width}" height="${frame.height}"></div></kontor-lagekarte>`;
}
