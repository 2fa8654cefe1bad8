import type { Passage } from '../../../kernel/passage.ts';
import { chunksOf } from './chunk.ts';
import type { ReadPage } from './read-document.ts';

/** What all passages of a document share. */
export interface PassageSource {
  readonly documentId: string;
  readonly title: string;
  readonly sha256: string;
}

/** The passages of a document: verbatim spans of its pages, numbered from 0 in the order they stand in. */
export function passagesOf({ documentId, title, sha256 }: PassageSource, pages: readonly Pick<ReadPage, 'number' | 'text' | 'headings'>[]): Passage[] {
  return pages
    .flatMap((page) => chunksOf(page).map((chunk) => ({ page, chunk })))
    .map(({ page, chunk }, place) => ({
      id: `${documentId}-${place}`,
      documentId,
      title,
      documentSha256: sha256,
      page: page.number,
      start: chunk.start,
      end: chunk.end,
      text: page.text.slice(chunk.start, chunk.end),
      ...(chunk.heading === undefined ? {} : { heading: chunk.heading }),
    }));
}
