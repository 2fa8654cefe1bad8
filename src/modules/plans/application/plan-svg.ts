import { drawingOf, isSheet, useOf } from '../domain/classes.ts';
import { boundsOf, valueOf, type Feature, type Plan, type Point, type Polygon } from '../domain/plan.ts';

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escape = (text: string): string => text.replace(/[&<>"]/g, (sign) => ESCAPES[sign]!);
const WIDTH = 960;
const MARGIN = 28;
const TALLEST = 1200;

const HATCHES = `<defs>
<pattern id="diagonal" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M0 0V8" stroke="#333" stroke-width="1.4"/></pattern>
<pattern id="cross" width="10" height="10" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M0 0V10M0 0H10" stroke="#333" stroke-width=".8"/></pattern>
<pattern id="dots" width="9" height="9" patternUnits="userSpaceOnUse"><circle cx="3" cy="3" r="1.3" fill="#333"/></pattern>
<pattern id="lines" width="7" height="7" patternUnits="userSpaceOnUse"><path d="M0 3H7" stroke="#333" stroke-width=".8"/></pattern>
</defs>`;

interface Sheet {
  readonly width: number;
  readonly height: number;
  readonly metresPerPixel: number;
  readonly at: (point: Point) => string;
  readonly xy: (point: Point) => readonly [number, number];
}

/** North is up; the plane of EPSG:25832 is the sheet. */
function sheetOf(plan: Plan): Sheet | undefined {
  const bounds = boundsOf(plan);
  if (bounds === undefined) return undefined;
  const [west, south, east, north] = bounds;
  const perPixel = Math.max((east - west) / (WIDTH - 2 * MARGIN), (north - south) / (TALLEST - 2 * MARGIN), 0.001);
  const height = Math.ceil((north - south) / perPixel + 2 * MARGIN + 24);
  const xy = ([x, y]: Point): readonly [number, number] => [MARGIN + (x - west) / perPixel, MARGIN + (north - y) / perPixel];
  const at = (point: Point): string => {
    const [x, y] = xy(point);
    return `${Math.round(x * 10) / 10} ${Math.round(y * 10) / 10}`;
  };
  return { width: WIDTH, height, metresPerPixel: perPixel, at, xy };
}

/** The plan as a picture of its own for `<img>`: colour, hatch and sign say the same thing. */
export function planSvg(plan: Plan, title: string): string {
  const sheet = sheetOf(plan);
  if (sheet === undefined) return `<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10" role="img"><title>${escape(title)}</title></svg>`;
  const drawn = plan.features
    .filter(({ className, geometry }) => geometry !== undefined && !isSheet(className))
    .toSorted((a, b) => (drawingOf(a.className)?.order ?? 2) - (drawingOf(b.className)?.order ?? 2));
  const parts = [
    `<rect width="${sheet.width}" height="${sheet.height}" fill="#fff"/>`,
    ...drawn.map((feature) => featureSvg(feature, sheet)),
    `<path d="${areaPath(plan.extent, sheet)}" fill="none" stroke="#000" stroke-width="3.5" stroke-dasharray="14 5"/>`,
    signsSvg(
      drawn.filter(({ className }) => className === 'BP_BaugebietsTeilFlaeche'),
      sheet,
    ),
    scaleBar(sheet),
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${sheet.width}" height="${sheet.height}" viewBox="0 0 ${sheet.width} ${sheet.height}" role="img"><title>${escape(title)}</title>${HATCHES}${parts.join('')}</svg>`;
}

const areaPath = (polygons: readonly Polygon[], { at }: Sheet): string =>
  polygons
    .flat()
    .map((ring) => `M${ring.map(at).join('L')}Z`)
    .join('');

function featureSvg(feature: Feature, sheet: Sheet): string {
  const drawing = drawingOf(feature.className);
  const { colour } = useOf(feature);
  const geometry = feature.geometry!;
  switch (geometry.kind) {
    case 'area': {
      const d = areaPath(geometry.polygons, sheet);
      // what lies over an area only hatches it
      const over = (drawing?.order ?? 2) > 1 || drawing?.order === 0;
      const fill = over ? 'none' : colour;
      const hatch = drawing?.hatch === undefined ? '' : `<path d="${d}" fill="url(#${drawing.hatch})" fill-opacity=".45" fill-rule="evenodd"/>`;
      return `<path d="${d}" fill="${fill}" fill-rule="evenodd" stroke="${over ? colour : '#555'}" stroke-width="${over ? 1.6 : 0.8}"/>${hatch}`;
    }
    case 'line': {
      const d = geometry.lines.map((line) => `M${line.map(sheet.at).join('L')}`).join('');
      return `<path d="${d}" fill="none" stroke="${colour === '#dddddd' ? '#666' : colour}" stroke-width="2.2"${drawing?.dash === undefined ? '' : ` stroke-dasharray="${drawing.dash}"`}/>`;
    }
    case 'point':
      return geometry.points
        .map((point) => {
          const [x, y] = sheet.xy(point);
          return `<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="4" fill="none" stroke="#222" stroke-width="1.6"/>`;
        })
        .join('');
  }
}

const ROMAN = ['', 'I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX', 'X'];

interface Sign {
  readonly words: string;
  readonly x: number;
  readonly y: number;
  readonly room: number;
}

/** The sign of a Baugebiet: use, storeys in Roman figures, GRZ. Nothing where the area is too small for it. */
function signOf(feature: Feature, sheet: Sheet): Sign[] {
  if (feature.geometry?.kind !== 'area') return [];
  const pixels = (feature.geometry.polygons[0]?.[0] ?? []).map(sheet.xy);
  const [xs, ys] = [pixels.map(([x]) => x), pixels.map(([, y]) => y)];
  const [wide, high] = [Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys)];
  const storeys = Number(valueOf(feature, 'Z') ?? 0);
  const grz = valueOf(feature, 'GRZ');
  const words = [useOf(feature).short, ROMAN[storeys] ?? String(storeys), grz === undefined ? '' : `GRZ ${grz.replace('.', ',')}`].filter((one) => one !== '');
  if (words.length === 0 || wide < 50 || high < 22) return [];
  return [{ words: words.join(' · '), x: (Math.max(...xs) + Math.min(...xs)) / 2, y: (Math.max(...ys) + Math.min(...ys)) / 2, room: wide * high }];
}

/** Signs of large areas first; one that would lie on another is left out, the table has it. */
function signsSvg(features: readonly Feature[], sheet: Sheet): string {
  const placed: Sign[] = [];
  for (const sign of features.flatMap((feature) => signOf(feature, sheet)).toSorted((a, b) => b.room - a.room)) {
    const half = (other: Sign): number => other.words.length * 3.7;
    if (!placed.some((other) => Math.abs(other.y - sign.y) < 17 && Math.abs(other.x - sign.x) < half(other) + half(sign))) placed.push(sign);
  }
  return placed
    .map(
      ({ words, x, y }) =>
        `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" font-family="Fira Sans,Noto Sans,Arial,sans-serif" font-size="13" font-weight="600" text-anchor="middle" fill="#111" stroke="#fff" stroke-width="3" paint-order="stroke">${escape(words)}</text>`,
    )
    .join('');
}

function scaleBar({ metresPerPixel, height }: Sheet): string {
  const metres = [1000, 500, 200, 100, 50, 20, 10, 5].find((one) => one / metresPerPixel <= 160) ?? 1;
  const length = Math.round(metres / metresPerPixel);
  return `<g transform="translate(${MARGIN} ${height - 10})"><path d="M0-6V0H${length}V-6" fill="none" stroke="#000" stroke-width="1.6"/><text x="4" y="-6" font-family="Fira Sans,Noto Sans,Arial,sans-serif" font-size="12">${metres} m</text></g>`;
}
