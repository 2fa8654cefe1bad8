import type { Heading } from './chunk.ts';
import { joinedLines } from './joined-lines.ts';

/** A run of signs as it stands on a page: points, from the upper left corner; `y` is the base line. */
export interface PlacedText {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly size: number;
}

interface Line {
  readonly cells: readonly string[];
  readonly left: number;
  readonly right: number;
  readonly y: number;
  readonly size: number;
}

export interface LaidOut {
  readonly text: string;
  readonly headings: readonly Heading[];
  /** Runs of rows with two and more cells. */
  readonly tables: readonly (readonly (readonly string[])[])[];
}

/** Gaps in the size of the type: between words, between cells. */
const WORD_GAP = 0.15;
const CELL_GAP = 1.8;
/** White between two columns, in points, and how full the lines beside it are: rows of a table are not. */
const GUTTER = 10;
const FILLED = 0.7;
const FEWEST_COLUMN_LINES = 6;
const HEADING_SIZE = 1.15;
const LONGEST_HEADING = 160;
const LISTED = /^\s*(?:[-–—•*·▪●○]|\(?\d{1,3}[.)]|\(?[a-z]\))\s/;
const NUMBERED_HEADING = /^(?:§\s*\d+[a-z]?|\d{1,2}(?:\.\d{1,2}){0,3}\.?|[IVX]{1,5}\.)\s+\p{Lu}[^.!?]{2,80}$/u;

/** The text of a page in reading order: columns one after the other, lines joined to paragraphs, cells of rows apart by tabs. */
export function laidOut(items: readonly PlacedText[]): LaidOut {
  const placed = items.filter(({ text }) => text.trim() !== '');
  if (placed.length === 0) return { text: '', headings: [], tables: [] };
  const body = bodySize(placed);
  const lines = columnsOf(placed).flatMap((column) => linesOf(column));
  return written(lines, body);
}

/** The size most letters have. */
function bodySize(items: readonly PlacedText[]): number {
  const letters = new Map<number, number>();
  for (const { size, text } of items) letters.set(Math.round(size * 2) / 2, (letters.get(Math.round(size * 2) / 2) ?? 0) + text.length);
  return [...letters].toSorted((a, b) => b[1] - a[1])[0]![0];
}

/** Parts of the page that are read one after the other. */
function columnsOf(items: readonly PlacedText[]): PlacedText[][] {
  const rows = rowsOf(items);
  const left = Math.min(...items.map(({ x }) => x));
  const right = Math.max(...items.map(({ x, width }) => x + width));
  const gutter = gutterIn(rows, left, right);
  if (gutter === undefined) return [[...items]];
  const parts: PlacedText[][] = [];
  let run: PlacedText[][] = [];
  const close = (): void => {
    parts.push(
      run.flat().filter(({ x }) => x < gutter),
      run.flat().filter(({ x }) => x >= gutter),
    );
    run = [];
  };
  for (const row of rows) {
    if (row.every((item) => item.x >= gutter || item.x + item.width <= gutter)) run.push(row);
    else {
      close();
      parts.push(row);
    }
  }
  close();
  return parts.filter((part) => part.length > 0);
}

/** A strip of white that many full lines stand left and right of, in the middle of the page. */
function gutterIn(rows: readonly (readonly PlacedText[])[], left: number, right: number): number | undefined {
  const width = right - left;
  let found: { readonly at: number; readonly lines: number } | undefined;
  for (let at = left + width * 0.3; at < left + width * 0.7; at += 3) {
    const beside = rows.filter((row) => row.every(({ x, width: own }) => x >= at + GUTTER / 2 || x + own <= at - GUTTER / 2));
    const onLeft = beside.map((row) => row.filter(({ x }) => x < at)).filter((row) => row.length > 0);
    const onRight = beside.map((row) => row.filter(({ x }) => x >= at)).filter((row) => row.length > 0);
    const lines = Math.min(onLeft.length, onRight.length);
    if (lines >= FEWEST_COLUMN_LINES && lines > (found?.lines ?? 0) && full(onLeft, at - left) && full(onRight, right - at)) found = { at, lines };
  }
  return found?.at;
}

function full(rows: readonly (readonly PlacedText[])[], width: number): boolean {
  const filled = rows.map((row) => row.reduce((sum, one) => sum + one.width, 0) / width).toSorted((a, b) => a - b);
  return filled[Math.floor(filled.length / 2)]! >= FILLED;
}

/** What stands on one base line, from left to right; rows from top to bottom. */
function rowsOf(items: readonly PlacedText[]): PlacedText[][] {
  const rows: PlacedText[][] = [];
  for (const item of items.toSorted((a, b) => a.y - b.y || a.x - b.x)) {
    const row = rows.at(-1);
    if (row !== undefined && Math.abs(row[0]!.y - item.y) < Math.min(row[0]!.size, item.size) * 0.5) row.push(item);
    else rows.push([item]);
  }
  return rows.map((row) => row.toSorted((a, b) => a.x - b.x));
}

function linesOf(items: readonly PlacedText[]): Line[] {
  return rowsOf(items).map((row) => {
    const cells = [''];
    let end: number | undefined;
    for (const { text, x, width, size } of row) {
      const gap = end === undefined ? 0 : (x - end) / size;
      if (gap > CELL_GAP) cells.push(text);
      else cells[cells.length - 1] += (gap > WORD_GAP && !/\s$/.test(cells.at(-1)!) && !/^\s/.test(text) ? ' ' : '') + text;
      end = x + width;
    }
    const last = row.at(-1)!;
    return { cells: cells.map(tidied), left: row[0]!.x, right: last.x + last.width, y: row[0]!.y, size: Math.max(...row.map((one) => one.size)) };
  });
}

const tidied = (cell: string): string => cell.replaceAll(/\s+/g, ' ').trim();

function written(lines: readonly Line[], body: number): LaidOut {
  const right = Math.max(...lines.map((line) => line.right));
  const headings: Heading[] = [];
  const tables: (readonly string[])[][] = [];
  let text = '';
  let before: Line | undefined;
  let underHeading = false;
  for (const line of lines) {
    const own = line.cells.join('\t');
    const heading = isHeading(line, body);
    if (before !== undefined && goesOn(before, line, right) && heading === underHeading) {
      text = `${text.slice(0, text.lastIndexOf('\n') + 1)}${joinedLines(text.slice(text.lastIndexOf('\n') + 1), own)}`;
      if (heading) headings.push({ ...headings.pop()!, end: text.length });
    } else {
      const row = line.cells.length > 1;
      text += text === '' ? '' : row && (before?.cells.length ?? 0) > 1 ? '\n' : '\n\n';
      if (row) {
        if ((before?.cells.length ?? 0) > 1) tables.at(-1)!.push(line.cells);
        else tables.push([line.cells]);
      }
      if (heading) headings.push({ start: text.length, end: text.length + own.length, level: line.size > body * 1.4 ? 1 : 2 });
      text += own;
    }
    [before, underHeading] = [line, heading];
  }
  return { text, headings, tables: tables.filter((rows) => rows.length > 1) };
}

function isHeading({ cells, size }: Line, body: number): boolean {
  const [text] = cells;
  if (cells.length > 1 || text!.length > LONGEST_HEADING || !/\p{L}{2}/u.test(text!)) return false;
  return size >= body * HEADING_SIZE || NUMBERED_HEADING.test(text!);
}

/** Whether a line belongs to the paragraph of the one before. */
function goesOn(before: Line, line: Line, right: number): boolean {
  if (before.cells.length > 1 || line.cells.length > 1) return false;
  const [one, next] = [before.cells[0]!, line.cells[0]!];
  const apart = (line.y - before.y) / before.size;
  if (apart > 1.75 || apart < 0 || Math.abs(before.size - line.size) > 0.6 || LISTED.test(next)) return false;
  const short = before.right < right * 0.8;
  // a short line that does not end a sentence is a line of an address; one that does ends the paragraph
  if (short) return /[-,\u{AD}]$/u.test(one) && /^\p{Ll}/u.test(next);
  return true;
}
