/**
 * A verbatim span of a document: what an answer cites. By construction `text` is
 * `pageText.slice(start, end)` of the page that the library keeps.
 */
export interface Passage {
  readonly id: string;
  readonly documentId: string;
  /** Title of the document, as people named it. */
  readonly title: string;
  /** SHA-256 of the file as it was taken in, hex. */
  readonly documentSha256: string;
  /** Page, from 1; formats without pages have one page a chapter or are one page. */
  readonly page: number;
  /** UTF-16 offsets in the text of the page: first inclusive, second exclusive. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** The nearest heading above, where the format tells one. */
  readonly heading?: string;
}

/** A passage that was found, best first. Scores of one search can be compared, of two searches not. */
export interface FoundPassage extends Passage {
  readonly score: number;
}

/** A span inside a passage's page: the sentence that an answer shows. */
export interface Citation {
  readonly passage: Passage;
  readonly start: number;
  readonly end: number;
  /** `pageText.slice(start, end)`. */
  readonly quote: string;
}
