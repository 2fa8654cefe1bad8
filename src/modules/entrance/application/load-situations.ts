import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseYaml, type Mistake } from '../../catalogue/public.ts';
import { situationsSchema, type Situation } from '../domain/situation.ts';

export const SITUATIONS_FILE = 'lebenslagen.yaml';

/**
 * Reads the situations of life at the start. With a mistake none is shown, and each mistake has file and line: a half
 * list would mislead more than none.
 * @param root folder of the services @param known keys of the services that can be named
 */
export function loadSituations(root: string, known: ReadonlySet<string>): { readonly situations: readonly Situation[]; readonly mistakes: readonly Mistake[] } {
  return readSituations(readFileSync(join(root, SITUATIONS_FILE), 'utf8'), known);
}

/** As `loadSituations`, of the file's text. */
export function readSituations(text: string, known: ReadonlySet<string>): { readonly situations: readonly Situation[]; readonly mistakes: readonly Mistake[] } {
  const mistakes: Mistake[] = [];
  const situations = parseYaml(SITUATIONS_FILE, { [SITUATIONS_FILE]: text }, situationsSchema(known), mistakes) ?? [];
  return { situations, mistakes };
}
