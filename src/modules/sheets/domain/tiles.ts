/** Side of a tile in pixels. */
export const TILE = 512;
/** At zoom 5 an A0 sheet has about 350 dpi. */
export const MAX_ZOOM = 5;
/** 600 dpi: no plan is drawn finer. */
const MAX_SCALE = 600 / 72;

/** A page in points of 1/72 inch, as it is shown. */
export interface PageBox {
  readonly width: number;
  readonly height: number;
}

/** Pixels per point at a zoom step: 0 shows the whole page in one tile, each step doubles. */
export const scaleAt = (page: PageBox, zoom: number): number => Math.min(MAX_SCALE, (TILE * 2 ** zoom) / Math.max(page.width, page.height));

/** The whole page as one picture: its longer side in pixels doubles from level to level. */
export const PICTURE_LEVELS: readonly number[] = [0, 1, 2, 3];
const FIRST_PICTURE = 1000;
/** Pixels that one picture has at most. */
const MAX_PICTURE = 30_000_000;

/** Pixels per point of a page's picture at a level. */
export const pictureScale = (page: PageBox, level: number): number =>
  Math.min(MAX_SCALE, (FIRST_PICTURE * 2 ** level) / Math.max(page.width, page.height), Math.sqrt(MAX_PICTURE / (page.width * page.height)));

/** Pixels per point of a stamped copy: 200 dpi, less where the page is very large. */
export const copyScale = (page: PageBox): number => Math.min(200 / 72, Math.sqrt(MAX_PICTURE / (page.width * page.height)));

/** Columns and rows of tiles at a zoom step. */
export function gridAt(page: PageBox, zoom: number): { readonly columns: number; readonly rows: number } {
  const scale = scaleAt(page, zoom);
  const count = (points: number): number => Math.max(1, Math.ceil((points * scale - 0.5) / TILE));
  return { columns: count(page.width), rows: count(page.height) };
}
