/** Well-known text (OGC 06-103r4, 7) with two coordinates, lon lat. How deep the brackets of each shape go. */
const DEPTHS: Readonly<Record<string, number>> = { POINT: 1, LINESTRING: 1, MULTIPOINT: 1, POLYGON: 2, MULTILINESTRING: 2, MULTIPOLYGON: 3 };
const FEWEST: Readonly<Record<string, number>> = { POINT: 1, MULTIPOINT: 1, LINESTRING: 2, MULTILINESTRING: 2, POLYGON: 4, MULTIPOLYGON: 4 };

const NUMBER = String.raw`-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?`;
const PAIR = new RegExp(`^${NUMBER} +${NUMBER}$`);

/** What is wrong with a geometry in a filter, as a sentence; nothing, if it can be used. */
export function wktMistake(text: string): string | undefined {
  const [, name = '', body = ''] = /^\s*([A-Za-z]+)\s*(\(.*\))\s*$/s.exec(text) ?? [];
  const shape = name.toUpperCase();
  const depth = Object.hasOwn(DEPTHS, shape) ? DEPTHS[shape]! : 0;
  if (depth === 0) return `Eine Geometrie beginnt mit ${Object.keys(DEPTHS).join(', ')} und hat Klammern.`;
  const lines = linesOf(body, depth);
  if (lines === undefined) return `Die Klammern von ${shape} stimmen nicht.`;
  for (const line of lines) {
    const complaint = lineMistake(shape, line);
    if (complaint !== undefined) return complaint;
  }
  return undefined;
}

/** The lists of coordinates at depth `depth`; undefined if the brackets are wrong. */
function linesOf(body: string, depth: number): readonly string[] | undefined {
  let level = 0;
  let begin = 0;
  const lines: string[] = [];
  for (let index = 0; index < body.length; index += 1) {
    const sign = body[index]!;
    if (sign === '(') {
      level += 1;
      if (level > depth) return undefined;
      begin = index + 1;
    } else if (sign === ')') {
      if (level === depth) lines.push(body.slice(begin, index));
      level -= 1;
      if (level < 0 || (level === 0 && index < body.length - 1)) return undefined;
    } else if (level < depth && !/[\s,]/.test(sign)) return undefined;
  }
  return level === 0 && lines.length > 0 ? lines : undefined;
}

function lineMistake(shape: string, line: string): string | undefined {
  const pairs = line.split(',').map((pair) => pair.trim());
  const wrong = pairs.find((pair) => !PAIR.test(pair) || pair.split(/ +/).some((part) => !Number.isFinite(Number(part))));
  if (wrong !== undefined) return `„${wrong.slice(0, 40)}“ ist kein Paar aus Länge und Breite.`;
  if (pairs.length < FEWEST[shape]! || (shape === 'POINT' && pairs.length > 1)) return `${shape} hat nicht die richtige Zahl von Punkten.`;
  if (shape.endsWith('POLYGON') && pairs[0] !== pairs.at(-1)) return 'Der Ring einer Fläche endet dort, wo er beginnt.';
  return undefined;
}
