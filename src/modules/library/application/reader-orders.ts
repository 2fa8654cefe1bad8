import type { DocumentFormat, ReadPage, ReadTable, ReadWarning } from '../domain/read-document.ts';
import type { Unreadable } from '../domain/problems.ts';

/** What the reading process is asked. It keeps a few files open by their hash. */
export type ReaderOrder =
  | { readonly do: 'open'; readonly sha256: string; readonly fileName: string; readonly bytes: Uint8Array }
  | { readonly do: 'page'; readonly sha256: string; readonly page: number }
  /** A page as a picture, for character recognition. */
  | { readonly do: 'picture'; readonly sha256: string; readonly page: number };

/** What a file turned out to be. */
export interface OpenedFile {
  readonly title: string;
  readonly format: DocumentFormat;
  /** Pages it has; 0: nothing in it can be read. */
  readonly count: number;
  readonly warnings: readonly ReadWarning[];
}

/** A page as far as it can be read without recognising characters. */
export interface RawPage {
  readonly page: ReadPage;
  readonly tables: readonly ReadTable[];
  /** It is a picture: its words must be recognised. */
  readonly picture: boolean;
}

/** `unknown`: the process does not have the file (any more); open it again. */
export type ReaderAnswer = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly why: Unreadable | 'unknown' };
