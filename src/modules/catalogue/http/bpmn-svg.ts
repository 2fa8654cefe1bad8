import { raw, type Html, type Lang } from '../../../platform/ui/html.ts';
import type { ProcessState } from '../application/bpmn-effects.ts';
import type { Drawing, DrawnShape, DrawnWay, Mark } from '../application/bpmn-drawing.ts';
import type { Point, Rect } from '../application/bpmn-route.ts';
import { textWidth, wrapText } from '../application/bpmn-text.ts';
import { bpmnTexts } from './bpmn-texts.ts';

const SIZE = 13;
const LINE = 16;

/** Where a case stands; without it the process is shown as such. */
export interface Standing {
  readonly current?: ProcessState;
  readonly done: readonly ProcessState[];
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escape = (text: string): string => text.replaceAll(/[&<>"]/g, (sign) => ESCAPES[sign]!);
const round = (value: number): number => Math.round(value * 10) / 10;
const box = ({ x, y, width, height }: Rect): string => `x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}"`;

/** The picture as inline SVG: classes and presentation attributes only, so that the page's colours and its policy hold. */
export function processSvg(drawing: Drawing, standing: Standing, lang: Lang, id: string): Html {
  const t = bpmnTexts(lang);
  const now = currentShape(drawing, standing);
  const { x, y, width, height } = drawing.frame;
  const parts = [
    ...drawing.shapes.filter(({ look }) => look === 'pool' || look === 'lane' || look === 'group').map((shape) => band(shape, lang)),
    ...drawing.shapes.filter(({ look }) => look === 'subprocess').map((shape) => figure(shape, lang, 'plain', id)),
    ...drawing.ways.map((way) => wayOf(way, lang)),
    ...drawing.shapes
      .filter(({ look }) => !['pool', 'lane', 'group', 'subprocess'].includes(look))
      .map((shape) => figure(shape, lang, shape === now ? 'now' : isDone(shape, standing, now) ? 'done' : 'plain', id)),
  ];
  const described = now === undefined ? t.described : `${t.nowHere}: ${now.name[lang]}. ${t.described}`;
  return raw(
    `<svg class="k-bpmn__picture" xmlns="http://www.w3.org/2000/svg" width="${round(width)}" height="${round(height)}" viewBox="${round(x)} ${round(y)} ${round(width)} ${round(height)}" role="img" aria-labelledby="${id}-titel ${id}-worte"><title id="${id}-titel">${escape(t.picture(drawing.name[lang]))}</title><desc id="${id}-worte">${escape(described)}</desc>${parts.join('')}</svg>`,
  );
}

/** Of several elements of one state the one that fits what was: after a Widerspruch the hearing is another. */
function currentShape({ shapes }: Drawing, { current, done }: Standing): DrawnShape | undefined {
  const found = current === undefined ? [] : shapes.filter(({ state }) => state === current);
  return done.includes('widerspruch') ? found.at(-1) : found[0];
}

function isDone({ state, look, mark }: DrawnShape, { current, done }: Standing, now: DrawnShape | undefined): boolean {
  if (state !== undefined) return state !== current && done.includes(state) && state !== now?.state;
  // what begins with a message is an exception that may never come
  return look === 'start' && mark !== 'message' && (current !== undefined || done.length > 0) && now !== undefined;
}

function band(shape: DrawnShape, lang: Lang): string {
  const { rect, look } = shape;
  const wide = 40;
  const name = shape.name[lang];
  const group = look === 'group';
  if (shape.vertical === true) {
    const top = wrapText(name, rect.width - 8, SIZE, 1);
    return `<g><rect class="k-bpmn__band k-bpmn__band--${look}" ${box(rect)}/>${textLines(top, rect.x + rect.width / 2, rect.y + SIZE + 4, 'middle')}</g>`;
  }
  // names of pools and lanes stand upright at the left
  const lines = name === '' || group ? [] : wrapText(name, rect.height - 12, SIZE, 2);
  const middle = { x: rect.x + wide / 2 - 2, y: rect.y + rect.height / 2 };
  const words = lines
    .map(
      (line, index) =>
        `<text class="k-bpmn__word k-bpmn__word--band" transform="translate(${round(middle.x + (index - (lines.length - 1) / 2) * LINE + 5)} ${round(middle.y)}) rotate(-90)" font-size="${SIZE}" text-anchor="middle">${escape(line)}</text>`,
    )
    .join('');
  return `<g><rect class="k-bpmn__band k-bpmn__band--${look}" ${box(rect)}${group ? ' rx="8" stroke-dasharray="8 4 2 4"' : ''}/>${words}</g>`;
}

function wayOf({ look, points, name, label }: DrawnWay, lang: Lang): string {
  const [last, before] = [points.at(-1)!, points.at(-2)!];
  const line = `<polyline class="k-bpmn__way" points="${points.map(({ x, y }) => `${round(x)},${round(y)}`).join(' ')}"${look === 'sequence' ? '' : ' stroke-dasharray="6 4"'}/>`;
  const tip = look === 'association' ? '' : `<polygon class="k-bpmn__tip${look === 'message' ? ' k-bpmn__tip--open' : ''}" points="${arrow(before, last)}"/>`;
  const [, start] = points;
  const words =
    name === undefined || name[lang] === ''
      ? ''
      : wordsIn(label ?? { x: (points[0]!.x + start!.x) / 2 + 4, y: (points[0]!.y + start!.y) / 2 - 18, width: 110, height: LINE }, name[lang], 'start');
  return `<g>${line}${tip}${words}</g>`;
}

function arrow(from: Point, to: Point): string {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  const [dx, dy] = [(to.x - from.x) / length, (to.y - from.y) / length];
  const back = { x: to.x - dx * 10, y: to.y - dy * 10 };
  return [to, { x: back.x - dy * 4.5, y: back.y + dx * 4.5 }, { x: back.x + dy * 4.5, y: back.y - dx * 4.5 }]
    .map(({ x, y }) => `${round(x)},${round(y)}`)
    .join(' ');
}

/** Words in a box, from its top, or from its bottom up when `last` is to stand at the shape. */
function wordsIn(rect: Rect, text: string, anchor: 'start' | 'middle' | 'end', upward = false): string {
  const lines = wrapText(text, Math.max(rect.width, 40), SIZE, Math.max(1, Math.floor(rect.height / LINE)));
  const x = rect.x + (anchor === 'start' ? 0 : anchor === 'middle' ? rect.width / 2 : rect.width);
  const top = upward ? rect.y + rect.height - lines.length * LINE : rect.y;
  return textLines(lines, x, top + SIZE - 1, anchor);
}

const textLines = (lines: readonly string[], x: number, y: number, anchor: 'start' | 'middle' | 'end'): string =>
  `<text class="k-bpmn__word" font-size="${SIZE}" text-anchor="${anchor}">${lines.map((line, index) => `<tspan x="${round(x)}" y="${round(y + index * LINE)}">${escape(line)}</tspan>`).join('')}</text>`;

type Progress = 'now' | 'done' | 'plain';

function figure(shape: DrawnShape, lang: Lang, progress: Progress, id: string): string {
  const classes = `k-bpmn__figure k-bpmn__figure--${shape.look}${progress === 'plain' ? '' : ` k-bpmn__figure--${progress}`}`;
  const here = progress === 'now' ? ` id="${id}-jetzt"` : '';
  const outline = `${outlineOf(shape)}${shape.mark === undefined ? '' : markOf(shape.mark, shape.rect, shape.look === 'task')}`;
  return `<g class="${classes}"${here}>${outline}${figureWords(shape, lang)}${progress === 'plain' ? '' : badge(shape.rect, progress, lang)}</g>`;
}

function outlineOf({ look, rect, dashed }: DrawnShape): string {
  const { x, y, width, height } = rect;
  const [cx, cy] = [round(x + width / 2), round(y + height / 2)];
  const dash = dashed === true ? ' stroke-dasharray="4 3"' : '';
  switch (look) {
    case 'task':
    case 'subprocess':
      return `<rect class="k-bpmn__shape" ${box(rect)} rx="10"${dash}/>`;
    case 'gateway':
      return `<polygon class="k-bpmn__shape" points="${cx},${round(y)} ${round(x + width)},${cy} ${cx},${round(y + height)} ${round(x)},${cy}"/>`;
    case 'start':
    case 'end':
      return `<circle class="k-bpmn__shape" cx="${cx}" cy="${cy}" r="${round(width / 2 - (look === 'end' ? 1 : 0))}"${dash}/>`;
    case 'intermediate':
      return `<circle class="k-bpmn__shape" cx="${cx}" cy="${cy}" r="${round(width / 2)}"${dash}/><circle class="k-bpmn__shape" cx="${cx}" cy="${cy}" r="${round(width / 2 - 3.5)}"${dash}/>`;
    case 'note':
      return `<path class="k-bpmn__line" d="M${round(x + 12)} ${round(y)}H${round(x)}V${round(y + height)}H${round(x + 12)}"/>`;
    default:
      return `<path class="k-bpmn__shape" d="M${round(x)} ${round(y)}H${round(x + width - 10)}l10 10V${round(y + height)}H${round(x)}Z"/>`;
  }
}

/** Signs as BPMN draws them: a person, a wheel, a clock, a letter. */
function markOf(mark: Mark, rect: Rect, inCorner: boolean): string {
  const at = inCorner ? `${round(rect.x + 6)} ${round(rect.y + 5)}` : `${round(rect.x + rect.width / 2 - 9)} ${round(rect.y + rect.height / 2 - 9)}`;
  return `<path class="k-bpmn__mark${mark === 'terminate' ? ' k-bpmn__mark--full' : ''}" transform="translate(${at})" d="${MARKS[mark]}"/>`;
}

const MARKS: Readonly<Record<Mark, string>> = {
  user: 'M8 8a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM1.500 16c0-4 3-6 6.500-6s6.500 2 6.500 6Z',
  service:
    'M8 5.500a3 3 0 1 0 0 6 3 3 0 0 0 0-6ZM8 1v3M8 13v3M.500 8.500h3M12.500 8.500h3M2.700 3.200l2.100 2.100M11.200 11.700l2.100 2.100M2.700 13.800l2.100-2.100M11.200 5.300l2.100-2.100',
  timer: 'M9 1.500a7.500 7.500 0 1 0 0 15 7.500 7.500 0 0 0 0-15ZM9 4.500V9l3.500 2',
  message: 'M1.500 4h15v10h-15ZM1.500 4l7.500 6 7.500-6',
  terminate: 'M9 1a8 8 0 1 0 0 16A8 8 0 0 0 9 1Z',
  exclusive: 'M4.500 4.500l9 9M13.500 4.500l-9 9',
  parallel: 'M9 2.500v13M2.500 9h13',
  inclusive: 'M9 3a6 6 0 1 0 0 12A6 6 0 0 0 9 3Z',
  event: 'M9 3l6 4.500-2.300 7H5.300L3 7.500Z',
};

function figureWords({ look, rect, label, name, mark }: DrawnShape, lang: Lang): string {
  const text = name[lang];
  if (text === '') return '';
  const { x, y, width, height } = rect;
  if (look === 'subprocess') return textLines(wrapText(text, width - 20, SIZE, 1), x + width / 2, y + 18, 'middle');
  if (look === 'task' || look === 'note') {
    const most = Math.max(1, Math.floor((height - 8) / LINE));
    const wide = wrapText(text, width - 14, SIZE, most);
    // from the third line on words would meet the sign in the corner
    const lines = wide.length > 2 && mark !== undefined ? wrapText(text, width - 48, SIZE, most) : wide;
    return textLines(lines, x + width / 2, y + (height - lines.length * LINE) / 2 + SIZE - 1, 'middle');
  }
  if (label === undefined) return wordsIn({ x: x + width / 2 - 60, y: y + height + 3, width: 120, height: 3 * LINE }, text, 'middle');
  if (look === 'intermediate') return wordsIn(label, text, 'start');
  return look === 'gateway' ? wordsIn(label, text, 'end', true) : wordsIn(label, text, 'middle', label.y < y);
}

/** Not colour alone: a flag with a word where the case is, a tick where it was. */
function badge({ x, y, width }: Rect, progress: Exclude<Progress, 'plain'>, lang: Lang): string {
  if (progress === 'done') {
    const [cx, cy] = [round(x + width - 2), round(y + 2)];
    return `<circle class="k-bpmn__tick" cx="${cx}" cy="${cy}" r="10"/><path class="k-bpmn__tick-sign" d="M${round(cx - 4.5)} ${cy}l3 3.500 6-7"/>`;
  }
  const text = bpmnTexts(lang).now;
  const wide = Math.ceil(textWidth(text, SIZE)) + 20;
  const left = x + width - wide - 4;
  return `<rect class="k-bpmn__flag" x="${round(left)}" y="${round(y - 13)}" width="${wide}" height="24" rx="12"/><text class="k-bpmn__flag-word" x="${round(left + wide / 2)}" y="${round(y + 4)}" font-size="${SIZE}" text-anchor="middle">${escape(text)}</text>`;
}
