import { LOOKS, signFor } from '../../../kernel/lage-signs.ts';
import type { Geometry, KeptObject } from '../../../kernel/picture.ts';
import { signKey, signSpec, type SignSpec } from '../../../kernel/sign-spec.ts';
import { gridStep, utmGrid } from '../../../kernel/utm-grid.ts';
import { metresPerPixel, positionToPixel, type MapFrame } from '../../../platform/ui/map-projection.ts';
import { escapeXml } from '../../../platform/ui/static-map.ts';
import type { SignComposer } from '../application/signs.ts';
import { lookOf, type Look } from '../../../kernel/lage-look.ts';
import { edgesOf } from './frame.ts';

type Pair = readonly [number, number];

/** Signs stand in a box of so many pixels. */
const SIGN = 34;
/** More names than this hide the map. */
const MOST_NAMES = 60;
const OLD_COLOUR = '#6b7080';

const round = (value: number): number => Math.round(value * 10) / 10;

/** The sign of an object: its own, else that of its kind. */
export function specOf({ kind, facts, symbol }: Pick<KeptObject, 'kind' | 'facts' | 'symbol'>): SignSpec {
  const own = signSpec(symbol ?? {});
  return own.grundzeichen === undefined && own.symbol === undefined ? { ...signFor(kind, facts), ...own } : own;
}

/** What lies over the base map: areas and lines, then circles of uncertainty, then signs, then the grid. */
export function pictureOverlay(
  frame: MapFrame,
  {
    objects,
    now,
    grid,
    compose,
  }: { readonly objects: readonly KeptObject[]; readonly now: Temporal.Instant; readonly grid: boolean; readonly compose: SignComposer },
): string {
  const looks = objects.map((object) => ({ object, look: lookOf(object, now) }));
  const signs = new SignSheet(compose);
  const shapes = looks.map(({ object, look }) => shapeOf(frame, object, look)).join('');
  const inSight = looks.flatMap((one) => {
    const at = middleOf(frame, one.object.geometry);
    return at !== undefined && at[0] > -SIGN && at[1] > -SIGN && at[0] < frame.width + SIGN && at[1] < frame.height + SIGN ? [{ ...one, at }] : [];
  });
  const marks = inSight.map(({ object, look, at }) => markOf(signs, object, look, at)).join('');
  const names =
    inSight.length > MOST_NAMES
      ? ''
      : inSight
          .map(
            ({ object, at: [x, y] }) => `<text x="${x}" y="${round(y + SIGN / 2 + 11)}" font-size="11" text-anchor="middle">${escapeXml(object.title)}</text>`,
          )
          .join('');
  return `${grid ? gridOf(frame) : ''}${shapes}<defs>${signs.symbols()}</defs>${marks}${names}`;
}

/** Each different sign stands once in a picture and is used where it is needed. */
export class SignSheet {
  readonly #compose: SignComposer;
  readonly #known = new Map<string, { readonly id: string; readonly symbol: string } | undefined>();

  constructor(compose: SignComposer) {
    this.#compose = compose;
  }

  /** The sign in a box around a place; a plain one with the first letter where the parts make no sign. */
  use(spec: SignSpec, [x, y]: Pair, size: number, plain: { readonly colour: string; readonly letter: string }): string {
    const key = signKey(spec);
    if (!this.#known.has(key)) this.#known.set(key, this.#make(spec));
    const known = this.#known.get(key);
    if (known === undefined)
      return `<circle cx="${x}" cy="${y}" r="${size / 3}" fill="${plain.colour}" stroke="#fff" stroke-width="2"/><text x="${x}" y="${round(y + 4)}" font-size="12" text-anchor="middle" class="number">${escapeXml(plain.letter)}</text>`;
    return `<use href="#${known.id}" x="${round(x - size / 2)}" y="${round(y - size / 2)}" width="${size}" height="${size}"/>`;
  }

  symbols(): string {
    return [...this.#known.values()].map((one) => one?.symbol ?? '').join('');
  }

  #make(spec: SignSpec): { readonly id: string; readonly symbol: string } | undefined {
    const sign = this.#compose(spec);
    if (sign === undefined) return undefined;
    const id = `tz${this.#known.size}`;
    return { id, symbol: `<symbol id="${id}" ${sign.attributes}>${sign.inside}</symbol>` };
  }
}

function markOf(signs: SignSheet, object: KeptObject, look: Look, at: Pair): string {
  const [x, y] = at;
  const { colour } = LOOKS[object.kind];
  const sign = signs.use(specOf(object), at, SIGN, { colour, letter: object.title.slice(0, 1) });
  const ring = (r: number, paint: string): string => `<circle cx="${x}" cy="${y}" r="${r}" fill="none" ${paint}/>`;
  const rings = [
    look.old ? ring(21, `stroke="${OLD_COLOUR}" stroke-width="2" stroke-dasharray="5 4"`) : '',
    look.contradicted ? ring(23, 'stroke="#c81919" stroke-width="2"') + ring(19.5, 'stroke="#c81919" stroke-width="1.5"') : '',
    look.jumped ? ring(22, 'stroke="#e57300" stroke-width="3" stroke-dasharray="2 6"') : '',
  ].join('');
  return `<g${look.old ? ' opacity="0.6"' : ''}><title>${escapeXml(object.title)}</title>${sign}${rings}</g>`;
}

function shapeOf(frame: MapFrame, object: KeptObject, { old, contradicted }: Look): string {
  const { geometry, kind, uncertaintyMetres = 0 } = object;
  if (geometry === null) return '';
  const colour = old ? OLD_COLOUR : LOOKS[kind].colour;
  if (geometry.type === 'Point') {
    const radius = uncertaintyMetres / metresPerPixel(frame);
    const [x, y] = pixel(frame, geometry.coordinates);
    return radius < 6
      ? ''
      : `<circle cx="${x}" cy="${y}" r="${round(radius)}" fill="${colour}" fill-opacity="0.12" stroke="${colour}" stroke-dasharray="4 4"/>`;
  }
  if (geometry.type === 'MultiPoint') return '';
  const area = geometry.type.endsWith('Polygon');
  const d = linesOf(geometry)
    .map((line) => `M${line.map((place) => pixel(frame, place).join(' ')).join('L')}${area ? 'Z' : ''}`)
    .join('');
  const fill = area ? `fill="${colour}" fill-opacity="${old ? 0.07 : 0.2}" fill-rule="evenodd"` : 'fill="none"';
  const edge = contradicted ? `<path d="${d}" fill="none" stroke="#c81919" stroke-width="8" stroke-opacity="0.4"/>` : '';
  return `${edge}<path d="${d}" ${fill} stroke="${colour}" stroke-width="${area ? 2.5 : 4}" stroke-linejoin="round"${old ? ' stroke-dasharray="8 6"' : ''}/>`;
}

const pixel = (frame: MapFrame, [lon, lat]: Pair): Pair => {
  const { x, y } = positionToPixel(frame, { lon, lat });
  return [round(x), round(y)];
};

function linesOf(geometry: Geometry): readonly (readonly Pair[])[] {
  switch (geometry.type) {
    case 'Point':
      return [[geometry.coordinates]];
    case 'MultiPoint':
    case 'LineString':
      return [geometry.coordinates];
    case 'MultiLineString':
    case 'Polygon':
      return geometry.coordinates;
    case 'MultiPolygon':
      return geometry.coordinates.flat();
  }
}

function middleOf(frame: MapFrame, geometry: Geometry | null): Pair | undefined {
  if (geometry === null) return undefined;
  const places = linesOf(geometry).flat();
  if (places.length === 0) return undefined;
  const half = (axis: 0 | 1): number =>
    (places.reduce((a, p) => Math.min(a, p[axis]), Infinity) + places.reduce((a, p) => Math.max(a, p[axis]), -Infinity)) / 2;
  return pixel(frame, [half(0), half(1)]);
}

/** Lines of the UTM grid with their kilometres at the edge. */
function gridOf(frame: MapFrame): string {
  const step = gridStep(metresPerPixel(frame) * frame.width);
  return utmGrid(edgesOf(frame), step)
    .map(({ axis, label, path }) => {
      const points = path.map((place) => pixel(frame, place));
      // the label stands where the line enters the picture
      const [x, y] = points.find(([px, py]) => px >= 0 && px <= frame.width && py >= 0 && py <= frame.height) ?? points[0]!;
      const at = axis === 'east' ? `x="${round(x + 3)}" y="12"` : `x="3" y="${round(y - 3)}"`;
      return `<path d="M${points.map((pair) => pair.join(' ')).join('L')}" fill="none" stroke="#3d4a6b" stroke-opacity="0.45" stroke-width="1"/><text ${at} font-size="10">${label}</text>`;
    })
    .join('');
}
