import type { KnownParty } from '../../../kernel/language-model.ts';
import type { Problem } from '../../../kernel/problem.ts';
import type { Result } from '../../../kernel/result.ts';

/** Texts under pseudonyms. `key` leads back and stays here. */
export interface MaskedTexts<Key = unknown> {
  readonly texts: readonly string[];
  readonly key: Key;
  /** Places that were masked. */
  readonly places: number;
}

/** Turns pseudonyms back while a text arrives in pieces. */
export interface Unmasking {
  /** What can be shown now. */
  push(piece: string): string;
  /** What was held back. */
  end(): string;
}

/** Pseudonyms, as this module asks for them; the wiring brings them from the module `pseudonyms`. */
export interface MaskingPort<Key = unknown> {
  /** One text out for each text in, all under one key. A refusal stops the order. */
  mask(texts: readonly string[], parties: readonly KnownParty[]): Result<MaskedTexts<Key>, Problem>;
  unmask(text: string, key: Key): string;
  unmasking(key: Key): Unmasking;
  /** Kinds of special categories (Art. 9 GDPR) that a text speaks of, as people read them; empty: none found. */
  specialCategories(text: string): readonly string[];
}
