import { specialCategories } from './special-categories.ts';
import type { LabelledSentence } from './special-set.ts';

export interface SpecialFigures {
  readonly sentences: number;
  /** Of the sentences that were blocked, the share that had to be. */
  readonly precision: number;
  /** Of the sentences that had to be blocked, the share that was. */
  readonly recall: number;
}

/** How well special categories are told from ordinary sentences. */
export function specialFigures(set: readonly LabelledSentence[]): SpecialFigures {
  let [right, wrong, missed] = [0, 0, 0];
  for (const { text, category } of set) {
    const found = specialCategories(text).length > 0;
    if (found && category !== undefined) right += 1;
    else if (found) wrong += 1;
    else if (category !== undefined) missed += 1;
  }
  return { sentences: set.length, precision: right / Math.max(1, right + wrong), recall: right / Math.max(1, right + missed) };
}
