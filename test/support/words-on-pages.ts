import { run } from '../../src/platform/documents/testing.ts';

/** A word as it is printed, in points from the upper left of its page. */
export interface PrintedWord {
  readonly page: number;
  readonly text: string;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Every word of a PDF with its place (`pdftotext -bbox` of poppler-utils). */
export function printedWords(path: string): readonly PrintedWord[] {
  const words: PrintedWord[] = [];
  let page = 0;
  for (const line of run('pdftotext', '-bbox', path, '-').split('\n')) {
    if (line.includes('<page ')) page += 1;
    const found = /<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*)<\/word>/.exec(line);
    if (found === null) continue;
    const [left, top, right, bottom] = found.slice(1, 5).map(Number) as [number, number, number, number];
    words.push({ page, text: found[5]!, left, top, right, bottom });
  }
  return words;
}

/** Pairs of words of which one is printed over the other: a fifth of a point is rounding, and line boxes touch. */
export function printedOver(words: readonly PrintedWord[]): readonly string[] {
  const found: string[] = [];
  for (const [index, a] of words.entries())
    for (const b of words.slice(index + 1)) {
      if (b.page !== a.page) break;
      const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (wide > 0.2 && high > 0.4 * Math.min(a.bottom - a.top, b.bottom - b.top)) found.push(`page ${a.page}: ${a.text} / ${b.text}`);
    }
  return found;
}

/** The first line that begins with these words, from left to right; `''`: none does. */
export function lineOf(words: readonly PrintedWord[], begin: string): string {
  const [start] = begin.split(' ');
  for (const first of words.filter(({ text }) => text === start)) {
    const line = words
      .filter((one) => one.page === first.page && Math.abs(one.bottom - first.bottom) < 2)
      .toSorted((a, b) => a.left - b.left)
      .map(({ text }) => text)
      .join(' ');
    if (`${line} `.startsWith(`${begin} `)) return line;
  }
  return '';
}
