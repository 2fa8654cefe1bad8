import { globSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';

/** The repository's root. */
export const ROOT = join(import.meta.dirname, '../..');

/** Paths below the root that fit the pattern, with `/` on every system, in order. */
export const pathsOf = (pattern: string): string[] =>
  globSync(pattern, { cwd: ROOT })
    .map((path) => path.split(sep).join('/'))
    .toSorted();

/** The text of a file of the repository. */
export const textOf = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
