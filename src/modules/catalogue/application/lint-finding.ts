import type { Mistake } from '../domain/package.ts';

/** An error keeps a package from being offered; a warning is advice to its author. */
export type Level = 'error' | 'warning';

/** What the lint has to say, with the place in the author's file. */
export interface Finding extends Mistake {
  readonly level: Level;
}

export const byPlace = (a: Mistake, b: Mistake): number => a.file.localeCompare(b.file) || a.line - b.line || a.column - b.column;
