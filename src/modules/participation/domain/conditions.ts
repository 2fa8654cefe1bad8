import type { Statement } from './statement.ts';

/** A condition that an agency asks for. */
export interface FollowedCondition {
  readonly text: string;
  /** Who asks for it, with the number of the statement; several where they ask for the same. */
  readonly from: readonly string[];
  /** The Abwaegung follows wholly; in part means that the officer chooses. */
  readonly wholly: boolean;
}

type Asking = Pick<Statement, 'number' | 'author' | 'conditions' | 'weighing'>;

/** The same words, however they are spaced, cased or ended. */
export const sameWords = (text: string): string =>
  text
    .normalize('NFC')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .replace(/[\s.;,]+$/, '')
    .trim();

/** Conditions of statements in their order, each once: what two agencies ask for stands there with both. */
export function mergeConditions(statements: readonly Asking[]): FollowedCondition[] {
  const merged = new Map<string, FollowedCondition>();
  for (const { number, author, conditions, weighing } of statements) {
    for (const [index, text] of conditions.entries()) {
      const place = conditions.length === 1 ? '' : `, Nr. ${index + 1}`;
      const from = `${author.name ?? 'beteiligte Stelle'}, Stellungnahme ${number}${place}`;
      const before = merged.get(sameWords(text));
      const wholly = weighing?.result === 'gefolgt' || before?.wholly === true;
      merged.set(sameWords(text), { text: before?.text ?? text.trim(), from: [...(before?.from ?? []), from], wholly });
    }
  }
  return [...merged.values()];
}
