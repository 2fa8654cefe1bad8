import type { KnownParty } from '../../../kernel/language-model.ts';
import { namesIn } from './addressee.ts';

/** Lines that are read; more are no list of those whom a text names. */
const MOST_LINES = 50;
const LONGEST_LINE = 200;

/** Those whom a text names, as its sender listed them: one name a line. A line with a digit is a number to be replaced. */
export function namedPersons(lists: readonly (string | undefined)[]): readonly KnownParty[] {
  const lines = new Set(
    lists
      .flatMap((list) => (list ?? '').split('\n'))
      .map((line) => line.trim().slice(0, LONGEST_LINE))
      .filter((line) => /[\p{L}\p{N}]/u.test(line)),
  );
  return [...lines].slice(0, MOST_LINES).flatMap((line, index): readonly KnownParty[] => {
    const role = `Person ${index + 1}`;
    if (/\d/.test(line)) return [{ role, identifiers: [line] }];
    const names = namesIn(line);
    return Object.keys(names).length === 0 ? [] : [{ role, ...names }];
  });
}
