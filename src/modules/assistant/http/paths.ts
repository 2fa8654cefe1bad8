import type { Excerpt } from '../domain/source.ts';
import type { Entrance } from '../domain/wish.ts';

export const PATH = '/assistent';
export const ENTRANCE_PATHS: Readonly<Record<Entrance, string>> = {
  summary: `${PATH}/zusammenfassen`,
  writing: `${PATH}/schreiben`,
  research: `${PATH}/recherche`,
  turn: `${PATH}/gespraeche`,
};
export const RESULTS_PATH = `${PATH}/ergebnisse`;
export const TALKS_PATH = ENTRANCE_PATHS.turn;
export const PROMPTS_PATH = `${PATH}/vorlagen`;
export const BLOCKS_PATH = `${PATH}/textbausteine`;
/** Pages of the library. */
export const COLLECTIONS_PATH = `${PATH}/sammlungen`;

export const resultPath = (id: string): string => `${RESULTS_PATH}/${id}`;
export const talkPath = (id: string): string => `${TALKS_PATH}/${id}`;

/** The page of a document, at the place where there is one. */
export function placePath({ documentId, page, start, end }: Pick<Excerpt, 'documentId' | 'page' | 'start' | 'end'>): string | undefined {
  if (documentId === undefined) return undefined;
  const at = `${PATH}/dokumente/${documentId}?seite=${page}`;
  return end > start ? `${at}&von=${start}&bis=${end}#stelle` : at;
}
