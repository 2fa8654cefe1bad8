import type { Heading } from './chunk.ts';
import { cleaned } from './clean-text.ts';
import type { ReadPage, ReadTable } from './read-document.ts';

/** A page of a format without pages: so much fits a look, and a link leads near enough. */
const LONGEST_PAGE = 20_000;
const MOST_ROWS = 2000;

/** Writes running text as pages: paragraphs, headings, rows; a page ends where the format says so, or at a paragraph when it is long. */
export class FlowWriter {
  readonly #pages: ReadPage[] = [];
  readonly #tables: ReadTable[] = [];
  #text = '';
  #headings: Heading[] = [];
  /** The paragraph that is being written. */
  #open = '';
  #cells: string[] | undefined;
  /** Tables inside a cell are words of the cell. */
  #inner = 0;
  #rows: (readonly string[])[] = [];
  #tablePage = 1;

  text(words: string): void {
    this.#open += words;
  }

  /** Ends the paragraph. */
  paragraph(heading?: number): void {
    // inside a cell a paragraph is only a space
    if (this.#cells !== undefined) {
      if (this.#open.trim() !== '') this.#open += ' ';
      return;
    }
    const own = tidied(this.#open);
    this.#open = '';
    if (own === '') return;
    this.#make(own, '\n\n', heading);
  }

  beginRow(): void {
    if (this.#cells !== undefined) return void this.#inner++;
    this.paragraph();
    this.#cells = [];
  }

  cell(): void {
    if (this.#cells === undefined) return;
    if (this.#inner > 0) return this.paragraph();
    this.#cells.push(tidied(this.#open).replaceAll(/[\t\n]+/g, ' '));
    this.#open = '';
  }

  endRow(): void {
    const cells = this.#cells;
    if (cells === undefined) return;
    if (this.#inner > 0) return void this.#inner--;
    if (this.#open.trim() !== '') this.cell();
    [this.#cells, this.#open] = [undefined, ''];
    if (cells.every((one) => one === '')) return;
    const started = this.#text.length > 0 && this.#rows.length > 0;
    this.#make(cells.join('\t'), started ? '\n' : '\n\n');
    if (this.#rows.length === 0) this.#tablePage = this.#pages.length + 1;
    if (this.#rows.length < MOST_ROWS) this.#rows.push(cells);
  }

  endTable(): void {
    // a table inside a cell has ended
    if (this.#cells !== undefined) return;
    if (this.#rows.length > 0) this.#tables.push({ page: this.#tablePage, rows: this.#rows });
    this.#rows = [];
  }

  /** A page without any words is none: two marks of one break are one. */
  breakPage(): void {
    if (this.#cells === undefined) this.paragraph();
    if (this.#text !== '') this.#close();
  }

  #make(own: string, between: string, heading?: number): void {
    for (let from = 0; from < own.length;) {
      // one paragraph may be longer than any page
      const part = from === 0 && own.length <= LONGEST_PAGE ? own : pieceOf(own, from);
      from += part.length;
      if (this.#text !== '' && this.#text.length + part.length > LONGEST_PAGE) this.#close();
      this.#text += this.#text === '' ? '' : between;
      if (heading !== undefined) this.#headings.push({ start: this.#text.length, end: this.#text.length + part.length, level: heading });
      this.#text += part;
    }
  }

  #close(): void {
    this.#pages.push({ number: this.#pages.length + 1, text: this.#text, headings: this.#headings, ocr: false });
    [this.#text, this.#headings] = ['', []];
  }

  done(): { readonly pages: readonly ReadPage[]; readonly tables: readonly ReadTable[] } {
    this.endRow();
    this.paragraph();
    this.endTable();
    if (this.#text !== '') this.#close();
    return { pages: this.#pages, tables: this.#tables };
  }
}

function pieceOf(text: string, from: number): string {
  let end = Math.min(text.length, from + LONGEST_PAGE);
  const space = text.lastIndexOf(' ', end);
  if (end < text.length && space > from) end = space + 1;
  // never between the halves of a surrogate pair
  else if (end < text.length && /[\uDC00-\uDFFF]/.test(text[end]!)) end--;
  return text.slice(from, end);
}

/** Spaces as people mean them; a line break that was set on purpose stays. */
const tidied = (text: string): string =>
  cleaned(text)
    .replaceAll('\u{AD}', '')
    .replaceAll(/[^\S\n\t]+/g, ' ')
    .replaceAll(/ ?\n ?/g, '\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();
