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

/** Columns and rows of tiles at a zoom step. */
export function gridAt(page: PageBox, zoom: number): { readonly columns: number; readonly rows: number } {
  const scale = scaleAt(page, zoom);
  const count = (points: number): number => Math.max(1, Math.ceil((points * scale - 0.5) / TILE));
  return { columns: count(page.width), rows: count(page.height) };
}
