/** A value in a text: what it means, and where it stands (UTF-16 offsets). */
export interface FoundValue {
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

const MONTHS = ['januar', 'februar', 'märz', 'april', 'mai', 'juni', 'juli', 'august', 'september', 'oktober', 'november', 'dezember'];
const DATE =
  /\b(\d{1,2})\.\s?(?:(\d{1,2})\.|(Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember))\s?(\d{4})\b|\b(\d{4})-(\d{2})-(\d{2})\b/giu;

/** Days in any German or ISO form, as ISO days; what is no day of the calendar is left out. */
export function daysIn(text: string): FoundValue[] {
  return [...text.matchAll(DATE)].flatMap((match) => {
    const [, day, month, name, year, isoYear, isoMonth, isoDay] = match;
    const monthNumber = name === undefined ? Number(month ?? isoMonth) : MONTHS.indexOf(name.toLowerCase()) + 1;
    const value = dayOf(Number(year ?? isoYear), monthNumber, Number(day ?? isoDay));
    return value === undefined ? [] : [{ value, start: match.index, end: match.index + match[0].length }];
  });
}

function dayOf(year: number, month: number, day: number): string | undefined {
  try {
    return Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' }).toString();
  } catch {
    return undefined;
  }
}

const NUMBER = /(?<![\p{L}\d.,-])(\d{1,3}(?:\.\d{3})+|\d+)(,\d+)?(?![\d.]*\d)/gu;

/** Numbers as Germans write them, as plain decimals; with a unit, only those that it follows. */
export function numbersIn(text: string, unit: string | undefined): FoundValue[] {
  return [...text.matchAll(NUMBER)].flatMap((match) => {
    const end = match.index + match[0].length;
    if (unit !== undefined && !text.slice(end).trimStart().toLowerCase().startsWith(unit.toLowerCase())) return [];
    const value = String(Number(`${match[1]!.replaceAll('.', '')}${(match[2] ?? '').replace(',', '.')}`));
    return [{ value, start: match.index, end }];
  });
}

const MARK = /^[\p{Lu}\d][\p{Lu}\d./-]*$/u;
const SHORTEST_MARK = 4;

/**
 * Marks such as numbers of a chip, an insurance or a plate: capitals and digits in a row, parted by single spaces; every
 * part but the first has a digit. Given without what parts them.
 */
export function marksIn(text: string): FoundValue[] {
  const parts = [...text.matchAll(/\S+/g)].map(({ 0: whole, index }) => ({
    start: index,
    text: whole.replace(/[^\p{L}\p{N}]+$/u, ''),
    open: !/[^\p{L}\p{N}]$/u.test(whole),
  }));
  const runs: { start: number; end: number; goesOn: boolean }[] = [];
  for (const part of parts) {
    if (part.text === '' || !MARK.test(part.text)) continue;
    const last = runs.at(-1);
    const end = part.start + part.text.length;
    if (last !== undefined && last.goesOn && part.start === last.end + 1 && /\d/.test(part.text)) Object.assign(last, { end, goesOn: part.open });
    else runs.push({ start: part.start, end, goesOn: part.open });
  }
  return runs.flatMap(({ start, end }) => {
    const value = bareMark(text.slice(start, end));
    return value.length < SHORTEST_MARK || !/\d{3}/.test(value) ? [] : [{ value, start, end }];
  });
}

/** A mark without spaces, hyphens, dots and strokes, in capitals. */
export const bareMark = (text: string): string => text.toUpperCase().replace(/[^\p{L}\p{N}]/gu, '');
