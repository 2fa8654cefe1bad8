import type { FieldProblem } from '../../../kernel/problem.ts';

/** One way to act, in figures; `null` is unknown, and unknown is never possible. */
export interface Option {
  readonly name: string;
  readonly people: number | null;
  readonly facilities: number | null;
  readonly minutesNeeded: number | null;
  readonly minutesLeft: number | null;
  readonly forcesNeeded: number | null;
  readonly forcesThere: number | null;
}

export interface DecisionInput {
  readonly question: string;
  readonly options: readonly Option[];
  /** Place in the list. */
  readonly chosen: number;
  readonly because: string;
}

export type Possible = 'yes' | 'no' | 'unknown';

const fits = (needed: number | null, there: number | null): Possible => (needed === null || there === null ? 'unknown' : needed <= there ? 'yes' : 'no');

/** Whether time and forces are enough. */
export function possible({ minutesNeeded, minutesLeft, forcesNeeded, forcesThere }: Option): Possible {
  const both = [fits(minutesNeeded, minutesLeft), fits(forcesNeeded, forcesThere)];
  return both.includes('no') ? 'no' : both.includes('unknown') ? 'unknown' : 'yes';
}

const [FEWEST, MOST] = [2, 6];

export function decisionProblems({ question, options, chosen, because }: DecisionInput): FieldProblem[] {
  const problems: FieldProblem[] = [];
  if (question.trim() === '' || question.length > 300)
    problems.push({ field: 'question', message: 'Sagen Sie in höchstens 300 Zeichen, worüber entschieden wird.' });
  if (options.length < FEWEST || options.length > MOST)
    problems.push({ field: 'options', message: `Nennen Sie ${FEWEST} bis ${MOST} Möglichkeiten; abwarten ist eine davon.` });
  if (options.some(({ name }) => name.trim() === '' || name.length > 120))
    problems.push({ field: 'options', message: 'Jede Möglichkeit braucht einen Namen mit höchstens 120 Zeichen.' });
  if (options[chosen] === undefined) problems.push({ field: 'chosen', message: 'Wählen Sie die Möglichkeit, für die Sie sich entscheiden.' });
  if (because.trim() === '' || because.length > 1000) problems.push({ field: 'because', message: 'Begründen Sie den Entschluss mit höchstens 1.000 Zeichen.' });
  return problems;
}

/** The decision as the Einsatztagebuch keeps it, with every option and its figures. */
export function decisionWords({ question, options, chosen, because }: DecisionInput): string {
  const number = (value: number | null): string => (value === null ? 'unbekannt' : String(value));
  const lines = options.map(
    (one, index) =>
      `${index === chosen ? '→' : '–'} ${one.name}: Menschen ${number(one.people)}, Einrichtungen ${number(one.facilities)}; Zeit ${number(one.minutesNeeded)} von ${number(one.minutesLeft)} min; Kräfte ${number(one.forcesNeeded)} von ${number(one.forcesThere)}`,
  );
  return [`Entschluss zu: ${question.trim()}`, ...lines, `Begründung: ${because.trim()}`].join('\n');
}
