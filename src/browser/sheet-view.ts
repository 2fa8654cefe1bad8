/** What of a page is on the screen: CSS pixels for one point, and the page's place that stands in the middle. */
export interface SheetView {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** The scale at which the whole page fits. */
export const wholeScale = (page: Size, screen: Size): number => Math.min(screen.width / page.width, screen.height / page.height);

/** The whole page in the middle. */
export const wholePage = (page: Size, screen: Size): SheetView => ({ scale: wholeScale(page, screen), x: page.width / 2, y: page.height / 2 });

/** The view with the middle on the page, and not smaller than the whole of it. */
export function bounded(view: SheetView, page: Size, screen: Size, largest: number): SheetView {
  const least = wholeScale(page, screen);
  const within = (value: number, side: number): number => Math.min(side, Math.max(0, value));
  return { scale: Math.min(Math.max(view.scale, least), Math.max(largest, least)), x: within(view.x, page.width), y: within(view.y, page.height) };
}

/** Nearer or further by `factor`, with the place under (`px`, `py`) of the screen staying where it is. */
export function zoomed(view: SheetView, factor: number, px: number, py: number, screen: Size): SheetView {
  const at = placeAt(view, px, py, screen);
  const scale = view.scale * factor;
  return { scale, x: at.x - (px - screen.width / 2) / scale, y: at.y - (py - screen.height / 2) / scale };
}

/** The place of the page, in points, under a pixel of the screen. */
export const placeAt = ({ scale, x, y }: SheetView, px: number, py: number, screen: Size): { x: number; y: number } => ({
  x: x + (px - screen.width / 2) / scale,
  y: y + (py - screen.height / 2) / scale,
});

/** A tile and where it stands on the screen, in CSS pixels. */
export interface PlacedTile {
  readonly key: string;
  readonly left: number;
  readonly top: number;
  readonly side: number;
}

/**
 * Tiles that the screen shows at a zoom step, the middle first.
 * @param drawn pixels of the tiles for one point at this step
 */
export function tilesIn(view: SheetView, page: Size, screen: Size, { zoom, drawn, tile }: { zoom: number; drawn: number; tile: number }): PlacedTile[] {
  const left = screen.width / 2 - view.x * view.scale;
  const top = screen.height / 2 - view.y * view.scale;
  const side = (tile / drawn) * view.scale;
  const last = (points: number): number => Math.max(0, Math.ceil((points * drawn - 0.5) / tile) - 1);
  const range = (start: number, length: number, end: number): number[] => {
    const from = Math.max(0, Math.floor(-start / side));
    const to = Math.min(end, Math.floor((length - start) / side));
    return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);
  };
  const tiles = range(top, screen.height, last(page.height)).flatMap((row) =>
    range(left, screen.width, last(page.width)).map((column) => ({ key: `${zoom}/${column}/${row}`, left: left + column * side, top: top + row * side, side })),
  );
  const far = (one: PlacedTile): number => Math.hypot(one.left + side / 2 - screen.width / 2, one.top + side / 2 - screen.height / 2);
  return tiles.toSorted((a, b) => far(a) - far(b));
}

/** The coarsest step that is fine enough for the screen, else the finest. */
export function stepFor(scales: readonly number[], wanted: number): number {
  const fine = scales.findIndex((scale) => scale >= wanted * 0.75);
  return fine < 0 ? scales.length - 1 : fine;
}
