import { frameFor, metresPerPixel, positionToPixel, type MapFrame } from '../../../platform/ui/map-projection.ts';
import type { Drawing, DrawnFeature } from '../application/draw.ts';

const SIZE = { width: 640, height: 420 };
/** Symbols that stay readable on a picture this small. */
const NEAREST = 18;

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escape = (text: string): string => text.replace(/[&<>"]/g, (sign) => ESCAPES[sign]!);
const round = (value: number): number => Math.round(value * 10) / 10;

/** Colours live in the picture and follow the scheme that the browser hands on to images. */
const STYLE = `<style>
svg{--land:#f6f6f2;--house:#d3d2c8;--way:#b9b7ac;--edge:#1a4298;--text:#333a52;--halo:#fff;--new:#8a3b12;--green:#2e7d32;--shut:#b00020;--goal:#5b2a86;--shade:#33408a}
@media(prefers-color-scheme:dark){svg{--land:#1f2430;--house:#3c4356;--way:#5a627a;--edge:#a9c3ff;--text:#d5daea;--halo:#1a1e29;--new:#f0a06a;--green:#7fd08a;--shut:#ff8a95;--goal:#d3a8ff;--shade:#8fa0ff}}
text{font-family:"Fira Sans","Noto Sans",Arial,sans-serif;fill:var(--text);paint-order:stroke;stroke:var(--halo);stroke-width:3px;stroke-linejoin:round}
.house{fill:var(--house)}.way{fill:none;stroke:var(--way);stroke-width:1.4}.area{fill:none;stroke:var(--edge);stroke-width:1.6;stroke-dasharray:7 4}
.building{fill:var(--new);fill-opacity:.75;stroke:var(--new)}.tree{fill:var(--green);fill-opacity:.7;stroke:var(--halo)}.closed{fill:none;stroke:var(--shut);stroke-width:4;stroke-dasharray:2 5;stroke-linecap:round}.destination{fill:var(--goal);stroke:var(--halo);stroke-width:2}
.shade{fill:var(--shade);fill-opacity:.4}.canopy{fill:var(--green);fill-opacity:.4}.noise{fill:var(--shut);fill-opacity:.25}.ways{fill:none;stroke:var(--goal);stroke-width:2.4}.people{fill:var(--goal);fill-opacity:.6}
</style>`;

type Spot = readonly [number, number];

function pathOf(frame: MapFrame, line: readonly Spot[], close: boolean): string {
  const points = line.map(([lon, lat]) => positionToPixel(frame, { lon, lat })).map(({ x, y }) => `${round(x)} ${round(y)}`);
  return `M${points.join('L')}${close ? 'Z' : ''}`;
}

/** One element for a feature; points are circles, as wide as a crown where that is known. */
function element(frame: MapFrame, { geometry, style, crownMetres }: DrawnFeature): string {
  const { type, coordinates } = geometry as { readonly type: string; readonly coordinates: never };
  if (type === 'Point') {
    const [lon, lat] = coordinates as Spot;
    const { x, y } = positionToPixel(frame, { lon, lat });
    const radius = Math.max(4, crownMetres === undefined ? 6 : crownMetres / 2 / metresPerPixel(frame));
    return `<circle class="${style}" cx="${round(x)}" cy="${round(y)}" r="${round(radius)}"/>`;
  }
  const lines: readonly (readonly [readonly Spot[], boolean])[] =
    type === 'LineString'
      ? [[coordinates as readonly Spot[], false]]
      : type === 'MultiLineString'
        ? (coordinates as readonly (readonly Spot[])[]).map((line) => [line, false] as const)
        : type === 'Polygon'
          ? (coordinates as readonly (readonly Spot[])[]).map((line) => [line, true] as const)
          : type === 'MultiPolygon'
            ? (coordinates as readonly (readonly (readonly Spot[])[])[]).flat().map((line) => [line, true] as const)
            : [];
  return lines.length === 0 ? '' : `<path class="${style}" fill-rule="evenodd" d="${lines.map(([line, close]) => pathOf(frame, line, close)).join('')}"/>`;
}

function scaleBar(frame: MapFrame): string {
  const perPixel = metresPerPixel(frame);
  const metres = [1000, 500, 200, 100, 50, 20, 10].find((length) => length / perPixel <= 160) ?? 10;
  const length = round(metres / perPixel);
  return `<g transform="translate(10 ${frame.height - 10})"><path d="M0-6V0H${length}V-6" fill="none" stroke="var(--text)" stroke-width="1.6"/><text x="4" y="-9" font-size="12">${metres} m</text></g>`;
}

/** Room around the area, in pixels. */
const MARGIN = 28;

/** The frame that shows a whole area, as near as it goes. */
export function frameOf(area: readonly Spot[]): MapFrame {
  const places = area.map(([lon, lat]) => ({ lon, lat }));
  const fits = (frame: MapFrame): boolean =>
    places.every((place) => {
      const { x, y } = positionToPixel(frame, place);
      return x > MARGIN && x < SIZE.width - MARGIN && y > MARGIN && y < SIZE.height - MARGIN;
    });
  let frame = frameFor(places, SIZE, NEAREST);
  // its steps double: between them there is room for a nearer look
  for (let nearer = frame; nearer.zoom <= NEAREST && fits(nearer); nearer = { ...frame, zoom: Math.round(frame.zoom * 10 + 1) / 10 }) frame = nearer;
  return frame;
}

/** A plan, or what a model says to it, as a picture: an SVG document of its own for `<img>`. */
export function planPicture({ title, corners, layers }: Drawing): string {
  const frame = frameOf(corners);
  const body = layers.map((features) => features.map((one) => element(frame, one)).join('')).join('');
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${frame.width}" height="${frame.height}" viewBox="0 0 ${frame.width} ${frame.height}" role="img"><title>${escape(title)}</title>${STYLE}<rect width="${frame.width}" height="${frame.height}" fill="var(--land)"/>${body}${scaleBar(frame)}</svg>`;
}
