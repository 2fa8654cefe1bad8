import { UNITS, type IndicatorUnit, type Origin } from '../../../kernel/indicator.ts';
import type { FieldProblem } from '../../../kernel/problem.ts';
import { NAMES } from './counters.ts';
import { nameOf, type Definition } from './definition.ts';

type Words = Definition['name'];
const LANGUAGES = ['de', 'en', 'leicht'] as const;

/** A definition as somebody typed it. */
export interface DefinitionInput {
  readonly key: string;
  /** `journal`: the owner and target of a built-in indicator. */
  readonly kind: Definition['kind'];
  readonly name: Words;
  readonly definition: Words;
  readonly formula: string;
  readonly unit: IndicatorUnit;
  readonly better: 'more' | 'less';
  readonly origin: Origin;
  readonly source: string;
  readonly owner: string;
  readonly confidence: Definition['confidence'];
  readonly confidenceReason: Words;
  readonly target?: { readonly value: number; readonly by: Temporal.PlainDate; readonly source: string } | undefined;
  readonly start?: { readonly value: number; readonly on: Temporal.PlainDate } | undefined;
  /** Why it is changed; kept with the version. */
  readonly reason: string;
  /** The version that was changed, 0 for a new one. */
  readonly version: number;
}

const LONGEST = { name: 80, definition: 600, source: 200, owner: 120, reason: 1000 } as const;

/** What is wrong with the words of a definition; its formula is asked for elsewhere. */
export function inputProblems(input: DefinitionInput): FieldProblem[] {
  const problems = input.kind === 'journal' ? [] : ownProblems(input);
  text(problems, 'owner', input.owner, LONGEST.owner, 'Nennen Sie, wer für die Kennzahl verantwortlich ist');
  text(problems, 'reason', input.reason, LONGEST.reason, 'Sagen Sie, warum Sie das ändern');
  targetProblems(problems, input);
  return problems;
}

function text(problems: FieldProblem[], field: string, value: string, most: number, wanted: string): void {
  if (value.trim() === '') problems.push({ field, message: `${wanted}.` });
  else if (value.length > most) problems.push({ field, message: `${wanted}, mit höchstens ${most} Zeichen.` });
}

function ownProblems(input: DefinitionInput): FieldProblem[] {
  const problems: FieldProblem[] = [];
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(input.key) || input.key.length > 40)
    problems.push({ field: 'key', message: 'Nehmen Sie für den Schlüssel kleine Buchstaben, Ziffern und einzelne Bindestriche, höchstens 40.' });
  else if (nameOf(input.key) in NAMES)
    problems.push({ field: 'key', message: `„${nameOf(input.key)}“ heißt schon ein Zähler. Nehmen Sie einen anderen Schlüssel.` });
  for (const lang of LANGUAGES) {
    text(problems, `name.${lang}`, input.name[lang], LONGEST.name, 'Geben Sie der Kennzahl einen Namen');
    text(problems, `definition.${lang}`, input.definition[lang], LONGEST.definition, 'Sagen Sie, was gezählt wird und was nicht');
    text(problems, `confidenceReason.${lang}`, input.confidenceReason[lang], LONGEST.definition, 'Sagen Sie, wie weit man der Zahl trauen kann');
  }
  if (!UNITS.includes(input.unit)) problems.push({ field: 'unit', message: 'Wählen Sie eine Einheit.' });
  text(problems, 'source', input.source, LONGEST.source, 'Nennen Sie die Quelle');
  return problems;
}

function targetProblems(problems: FieldProblem[], { target, start }: DefinitionInput): void {
  if ((target === undefined) !== (start === undefined))
    problems.push({
      field: target === undefined ? 'target.value' : 'start.value',
      message: 'Ein Ziel braucht einen Anfang: Nennen Sie beide Werte mit ihrem Tag, oder keinen.',
    });
  if (target === undefined || start === undefined) return;
  if (target.source.trim() === '' || target.source.length > LONGEST.source)
    problems.push({ field: 'target.source', message: 'Nennen Sie, wer das Ziel gesetzt hat und wo es steht.' });
  if (Temporal.PlainDate.compare(start.on, target.by) >= 0)
    problems.push({ field: 'target.by', message: 'Das Ziel liegt nach seinem Anfang. Prüfen Sie beide Tage.' });
  if (start.value === target.value)
    problems.push({ field: 'target.value', message: 'Anfang und Ziel sind gleich. Dann gibt es keinen Weg, dem jemand folgen kann.' });
}
