import { invalidField, type Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { FIRST, QUESTION_OF, type Card, type Question, type QuestionId, type Target } from './tree.ts';

/** An answer that was given on the way. */
export interface Given {
  readonly question: QuestionId;
  readonly letter: string;
}

/** Where a path has led. */
export interface Place {
  readonly given: readonly Given[];
  readonly at: Target;
}

export type HelperProblem = Problem<'invalid-input'>;

/** Follows the letters of a path from the first question. A letter that no question has is refused: nobody guesses what was meant. */
export function follow(path: string): Result<Place, HelperProblem> {
  const given: Given[] = [];
  let at: Target = { question: FIRST };
  for (const letter of path) {
    if ('end' in at) return refuse(unknownPath);
    const question: QuestionId = at.question;
    const answers: Question['answers'] = QUESTION_OF[question].answers;
    if (!Object.hasOwn(answers, letter)) return refuse(unknownPath);
    given.push({ question, letter });
    at = answers[letter]!;
  }
  return ok({ given, at });
}

const unknownPath: HelperProblem = invalidField(
  'weg',
  'Diese Adresse führt zu keiner Frage. Vielleicht fehlt ein Zeichen. Beginnen Sie die Hilfe noch einmal unter /online-ausweis.',
);

/** Which card the path is about; `undefined` where there is none yet. */
export function cardOf(given: readonly Given[]): Card | undefined {
  const letter = given.find(({ question }) => question === 'card')?.letter;
  return letter === 'p' || letter === 't' || letter === 'e' ? letter : undefined;
}
