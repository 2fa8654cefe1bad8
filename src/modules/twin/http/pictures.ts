import type { Context } from '../../../platform/context.ts';
import { getPage, type AnyRoute, type Visit } from '../../../platform/http/route.ts';
import { forPaper, mapSvg, type MapDistrict } from '../../../platform/ui/static-map.ts';
import { drawTwin, type TwinDrawing } from '../application/draw.ts';
import { printView } from '../application/print.ts';
import { figuresFile } from '../application/figures.ts';
import type { TwinView } from '../domain/view.ts';
import { readView } from './address.ts';
import { FIGURES_FILE } from './figures-part.ts';
import { boxOf, frameOf, PATH, PICTURE, ROWS } from './frame.ts';
import { pictureOverlay } from './picture.ts';
import { sheetOf } from './print.ts';
import { mapTexts } from './map-texts.ts';

export const PRINTED = `${PATH}/druck.pdf`;
type Drawing = Pick<Context, 'database' | 'clock' | 'typesetter'>;

/** A view as a picture, as a PDF, and what was drawn on it as a file: each for the view's own address. */
export function pictureRoutes(ctx: Drawing, districts: readonly MapDistrict[]): AnyRoute[] {
  return [
    getPage(
      PICTURE,
      'public',
      async (visit) => {
        const { svg } = await draw(ctx, districts, visit);
        return { kind: 'file', bytes: Buffer.from(svg), mediaType: 'image/svg+xml', fileName: 'karte.svg', inline: true };
      },
      { limit: 'drawing' },
    ),
    getPage(
      PRINTED,
      'public',
      async (visit) => {
        const { view, drawing, svg } = await draw(ctx, districts, visit);
        const url = `${visit.origin}${PATH}?${visit.query.toString()}`;
        const sheet = sheetOf({ view, frame: frameOf(view), drawing, url, now: visit.now, lang: visit.lang });
        const bytes = await printView(ctx, sheet, forPaper(svg));
        return { kind: 'file', bytes, mediaType: 'application/pdf', fileName: 'zwilling.pdf' };
      },
      { limit: 'costly' },
    ),
    getPage(FIGURES_FILE, 'public', async ({ query, now }) => ({
      kind: 'file',
      bytes: Buffer.from(JSON.stringify(figuresFile(readView(query, now).figures))),
      mediaType: 'application/geo+json',
      fileName: 'zeichnung.geojson',
    })),
  ];
}

async function draw(
  ctx: Pick<Context, 'database' | 'clock'>,
  districts: readonly MapDistrict[],
  { actor, query, now, lang }: Visit,
): Promise<{ readonly view: TwinView; readonly drawing: TwinDrawing; readonly svg: string }> {
  const view = readView(query, now);
  const frame = frameOf(view);
  const sidePixels = Math.max(frame.width, frame.height);
  const drawing = await drawTwin(ctx, actor, view, { bbox: boxOf(frame), zoom: frame.zoom, sidePixels, now, stations: ROWS });
  const markers = drawing.stations.map(({ lon, lat }, index) => ({ position: { lon, lat }, label: String(index + 1) }));
  const svg = mapSvg({ frame, districts, markers, overlay: pictureOverlay(frame, drawing, view.figures), title: mapTexts(lang).printTitle });
  return { view, drawing, svg };
}
