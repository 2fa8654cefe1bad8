import { KINDS } from './fillers.ts';
import type { WordTools } from './service.ts';

/** How an asked word hangs together with a known one. `head`: it is a kind of it («Jagdhund», «Hund»). `modifier`: it only begins like it («Hausarzt», «Haus»). */
export interface Kinship {
  readonly strength: number;
  readonly how: 'same' | 'begun' | 'head' | 'modifier' | 'misspelt' | 'none';
}

const NONE: Kinship = { strength: 0, how: 'none' };
const SAME = 0.95;
const LONG = 7;

/** In German the last part of a compound says what the thing is: a Hausarzt is no Haus, a Jagdhund is a Hund. */
export function kinship({ relation }: Pick<WordTools, 'relation'>, asked: string, known: string): Kinship {
  const near = relation(asked, known);
  if (near === 0) return NONE;
  if (near >= SAME) return { strength: near, how: 'same' };
  // «Ausweis» in «Personalausweis» or «Parkausweis» says nothing
  const part = asked.length < known.length ? asked : known;
  if (near > 0.65 && KINDS.has(part)) return NONE;
  if (near === 0.8) return known.startsWith(asked.slice(0, 4)) ? { strength: 0.8, how: 'begun' } : { strength: 0.75, how: 'head' };
  if (near === 0.7) return asked.startsWith(known.slice(0, 3)) ? { strength: 0.5, how: 'modifier' } : { strength: 0.75, how: 'head' };
  return { strength: Math.min(asked.length, known.length) >= LONG ? 0.8 : 0.6, how: 'misspelt' };
}
