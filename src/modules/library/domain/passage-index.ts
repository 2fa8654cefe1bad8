import type { FoundPassage, Passage } from '../../../kernel/passage.ts';
import { GramIndex, searchIndexes } from './gram-index.ts';

/** Passages in memory with their texts, searched by BM25 over character 4-grams: for sets that belong to nobody. */
export class PassageIndex {
  readonly #index = new GramIndex();
  readonly #passages = new Map<string, readonly Passage[]>();

  constructor(passages: readonly Passage[] = []) {
    for (const [document, own] of Map.groupBy(passages, ({ documentId }) => documentId)) this.add(document, own);
  }

  /** Takes all passages of a document in; one of the same id is replaced. */
  add(documentId: string, passages: readonly Passage[]): void {
    this.#passages.set(documentId, passages);
    this.#index.add(documentId, passages.map(searchedText));
  }

  remove(documentId: string): void {
    this.#passages.delete(documentId);
    this.#index.remove(documentId);
  }

  get size(): number {
    return this.#index.size;
  }

  /** Best first; of the named documents only, when some are named. */
  search(query: string, limit: number, documents?: readonly string[]): FoundPassage[] {
    const searched = { index: this.#index, ...(documents === undefined ? {} : { documents }) };
    return searchIndexes([searched], query, limit).map(({ document, place, score }) => ({ ...this.#passages.get(document)![place]!, score }));
  }
}

/** What a passage is found by: its words and the heading above it. */
export const searchedText = ({ text, heading }: Pick<Passage, 'text' | 'heading'>): string =>
  heading === undefined || text.startsWith(heading) ? text : `${heading}\n${text}`;
