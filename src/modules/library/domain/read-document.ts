import type { Heading } from './chunk.ts';

/** What a file is, by what is in it and not by its name. */
export type DocumentFormat = 'pdf' | 'image' | 'docx' | 'odt' | 'html' | 'mail' | 'csv' | 'text';

export interface ReadPage {
  /** From 1. Formats without pages are one page, or one a page break. */
  readonly number: number;
  /** Lines of a paragraph are one line; a row of a table is one line with tabs. */
  readonly text: string;
  readonly headings: readonly Heading[];
  /** Whether the words were read from a picture. */
  readonly ocr: boolean;
}

export interface ReadTable {
  readonly page: number;
  readonly rows: readonly (readonly string[])[];
}

/** What a reader of the text should know: a sentence for people. */
export interface ReadWarning {
  readonly kind: 'page-limit' | 'no-text' | 'attachments' | 'encoding' | 'ocr' | 'page-failed' | 'text-limit' | 'active-content';
  readonly detail: string;
}

/** A file as text. */
export interface ReadDocument {
  readonly title: string;
  readonly format: DocumentFormat;
  readonly pages: readonly ReadPage[];
  readonly tables: readonly ReadTable[];
  readonly warnings: readonly ReadWarning[];
}
