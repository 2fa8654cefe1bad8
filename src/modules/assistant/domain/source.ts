/** A page that something is made of: from the library, from a file somebody brings along, or pasted. */
export interface SourcePage {
  /** Of a document of the library; absent: brought along; only what a result quotes is kept. */
  readonly documentId?: string;
  readonly title: string;
  /** SHA-256 of the file or of the pasted text, hex. */
  readonly sha256: string;
  readonly page: number;
  readonly text: string;
  /** The library says that it holds data of persons. */
  readonly personal?: boolean;
}

/** A verbatim piece of a source: `pageText.slice(start, end) === quote`. */
export interface Excerpt {
  readonly documentId?: string;
  readonly title: string;
  readonly sha256: string;
  readonly page: number;
  readonly start: number;
  readonly end: number;
  readonly quote: string;
  /** What stands around it on its page, so that it can be read where there is nothing to jump to. */
  readonly before: string;
  readonly after: string;
}

/** Signs around an excerpt that are kept with it. */
const AROUND = 240;

export function excerptOf({ text, documentId, title, sha256, page }: SourcePage, start: number, end: number): Excerpt {
  return {
    ...(documentId === undefined ? {} : { documentId }),
    ...{ title, sha256, page, start, end },
    quote: text.slice(start, end),
    before: text.slice(Math.max(0, start - AROUND), start).toWellFormed(),
    after: text.slice(end, end + AROUND).toWellFormed(),
  };
}

/** A source as a label names it. */
export interface NamedSource {
  readonly documentId?: string;
  readonly title: string;
  readonly sha256: string;
}

/** Each source once, in the order it came. */
export function namedSources(pages: readonly NamedSource[]): readonly NamedSource[] {
  const seen = new Map<string, NamedSource>();
  for (const { documentId, title, sha256 } of pages)
    if (!seen.has(sha256)) seen.set(sha256, { ...(documentId === undefined ? {} : { documentId }), title, sha256 });
  return [...seen.values()];
}
