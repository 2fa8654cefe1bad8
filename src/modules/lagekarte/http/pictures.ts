import { getPage, LAGE_ACCESS, problemPage, type AnyRoute, type Answer, type Visit } from '../../../platform/http/route.ts';
import { positionToPixel, type MapFrame } from '../../../platform/ui/map-projection.ts';
import { escapeXml, forPaper, mapSvg, type MapDistrict } from '../../../platform/ui/static-map.ts';
import type { LagekarteContext } from '../application/context.ts';
import { printMap } from '../application/print.ts';
import { showMap, type MapPicture } from '../application/show-map.ts';
import { signNames } from '../application/sign-choices.ts';
import { signComposer } from '../application/signs.ts';
import type { MapView } from '../domain/view.ts';
import { readView } from './address.ts';
import { edgesOf, frameOf } from './frame.ts';
import { pictureOverlay } from './picture.ts';
import { legendOf, paperFrame, readSheet, sheetOf } from './print.ts';
import { karteTexts } from './texts.ts';

export const PICTURE = '/bild.svg';
export const PRINTED = '/druck.pdf';

/** A view of the map as a picture and as a PDF, each for the view's own address. */
export function pictureRoutes(ctx: LagekarteContext, districts: readonly MapDistrict[]): AnyRoute[] {
  const path = '/lagen/:key/karte';
  return [
    getPage(`${path}${PICTURE}`, LAGE_ACCESS, async (visit) => drawn(ctx, districts, visit), { limit: 'drawing' }),
    getPage(`${path}${PRINTED}`, LAGE_ACCESS, async (visit) => printed(ctx, districts, visit), { limit: 'costly' }),
  ];
}

async function drawn(ctx: LagekarteContext, districts: readonly MapDistrict[], visit: Visit): Promise<Answer> {
  const view = readView(visit.query, visit.now);
  const found = await showMap(ctx, visit.actor, visit.params['key']!, view);
  if (!found.ok) return problemPage(found.problem);
  const svg = await drawMap(found.value, view, frameOf(view, found.value), districts, karteTexts(visit.lang).mapOf(found.value.entered.lage.title));
  return { kind: 'file', bytes: Buffer.from(svg), mediaType: 'image/svg+xml', fileName: 'lagekarte.svg', inline: true };
}

async function printed(ctx: LagekarteContext, districts: readonly MapDistrict[], visit: Visit): Promise<Answer> {
  const { lang, now, query, origin, url } = visit;
  const view = readView(query, now);
  const found = await showMap(ctx, visit.actor, visit.params['key']!, view);
  if (!found.ok) return problemPage(found.problem);
  const picture = found.value;
  const sheet = readSheet(query);
  const frame = paperFrame(sheet, frameOf(view, picture));
  const { legend, signs } = legendOf(inSight(picture, frame), { compose: await signComposer(), names: await signNames() }, lang);
  // on paper places are given by the grid
  const svg = await drawMap(picture, { ...view, grid: true }, frame, districts, karteTexts(lang).mapOf(picture.entered.lage.title));
  const printedMap = sheetOf(view, picture, { sheet, frame, legend, url: `${origin}${url}`, now, lang });
  const bytes = await printMap(ctx, printedMap, forPaper(svg), signs);
  return { kind: 'file', bytes, mediaType: 'application/pdf', fileName: `lagekarte-${picture.entered.lage.key}.pdf` };
}

function inSight({ objects }: MapPicture, frame: MapFrame): MapPicture['objects'] {
  const [west, south, east, north] = edgesOf(frame);
  return objects.filter(({ geometry }) => {
    const flat = (geometry?.coordinates as readonly unknown[] | undefined)?.flat(3) as number[] | undefined;
    return flat?.some((lon, at) => at % 2 === 0 && lon >= west && lon <= east && flat[at + 1]! >= south && flat[at + 1]! <= north) ?? false;
  });
}

async function drawMap(picture: MapPicture, view: MapView, frame: MapFrame, districts: readonly MapDistrict[], title: string): Promise<string> {
  const compose = await signComposer();
  const laid = await Promise.all(picture.overlays.filter(({ id }) => view.overlays.includes(id)).map(async (one) => laidOver(frame, one)));
  const { objects, asOf } = picture;
  const overlay = `${laid.join('')}${pictureOverlay(frame, { objects, now: asOf, grid: view.grid, compose })}${exerciseMark(picture, frame)}`;
  return mapSvg({ frame, districts, overlay, title });
}

/** A picture of a model between its corners; its bytes stand in the map, as pictures in pictures cannot fetch. */
async function laidOver(frame: MapFrame, { corners, bytes, title }: MapPicture['overlays'][number]): Promise<string> {
  const file = await bytes?.();
  if (file === undefined) return '';
  const [start, right, , below] = corners.map(([lon, lat]) => positionToPixel(frame, { lon, lat }));
  if (start === undefined || right === undefined || below === undefined) return '';
  // a square of one, pulled to the corners: pictures on a grid stand a little turned on the map
  const matrix = [right.x - start.x, right.y - start.y, below.x - start.x, below.y - start.y, start.x, start.y].join(' ');
  const data = `data:${file.mediaType};base64,${Buffer.from(file.bytes).toString('base64')}`;
  return `<image width="1" height="1" transform="matrix(${matrix})" preserveAspectRatio="none" opacity="0.7" href="${data}"><title>${escapeXml(title.de)}</title></image>`;
}

/** Every picture of an exercise says so itself: it may be passed on alone. */
function exerciseMark({ entered: { lage } }: MapPicture, { width }: MapFrame): string {
  if (!lage.exercise) return '';
  return `<g><rect x="${width - 108}" y="8" width="100" height="26" rx="4" fill="#fff3cd" stroke="#8a6d00"/><text x="${width - 58}" y="26" font-size="15" font-weight="700" text-anchor="middle">ÜBUNG</text></g>`;
}
