import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseYaml, type Mistake } from '../../catalogue/public.ts';
import { elsewhereSchema, type Elsewhere } from '../domain/elsewhere.ts';
import { situationsSchema, type Situation } from '../domain/situation.ts';

export const SITUATIONS_FILE = 'lebenslagen.yaml';
export const ELSEWHERE_FILE = 'anderswo.yaml';

export interface EntranceFiles {
  readonly situations: readonly Situation[];
  readonly elsewhere: readonly Elsewhere[];
  readonly mistakes: readonly Mistake[];
}

/**
 * Reads the situations of life, and what is done elsewhere, at the start. Of a file with a mistake nothing is shown, and
 * each mistake has file and line: a half list would mislead more than none.
 * @param root folder of the services @param known keys of the services that can be named
 */
export function loadSituations(root: string, known: ReadonlySet<string>): EntranceFiles {
  const text = (file: string): string => readFileSync(join(root, file), 'utf8');
  const [{ situations, mistakes }, others] = [readSituations(text(SITUATIONS_FILE), known), readElsewhere(text(ELSEWHERE_FILE))];
  return { situations, elsewhere: others.elsewhere, mistakes: [...mistakes, ...others.mistakes] };
}

/** The situations of a file's text. */
export function readSituations(text: string, known: ReadonlySet<string>): Pick<EntranceFiles, 'situations' | 'mistakes'> {
  const mistakes: Mistake[] = [];
  const situations = parseYaml(SITUATIONS_FILE, { [SITUATIONS_FILE]: text }, situationsSchema(known), mistakes) ?? [];
  return { situations, mistakes };
}

/** What is done elsewhere, of a file's text. */
export function readElsewhere(text: string): Pick<EntranceFiles, 'elsewhere' | 'mistakes'> {
  const mistakes: Mistake[] = [];
  const elsewhere = parseYaml(ELSEWHERE_FILE, { [ELSEWHERE_FILE]: text }, elsewhereSchema, mistakes) ?? [];
  return { elsewhere, mistakes };
}
