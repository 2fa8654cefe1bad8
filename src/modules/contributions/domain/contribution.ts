import type { FieldProblem } from '../../../kernel/problem.ts';
import type { Category } from './participation.ts';
import type { Shape } from './shape.ts';
import { cleanLine, cleanText } from '../../../kernel/words.ts';

export type ContributionState = 'waiting' | 'published' | 'hidden' | 'merged' | 'deleted';

/** Why something is not shown; the journal names it, the author reads it. */
export const HIDING_REASONS = ['beleidigung', 'personen', 'werbung', 'strafbar', 'thema'] as const;
export type HidingReason = (typeof HIDING_REASONS)[number];

export interface Contribution {
  readonly id: string;
  readonly participationId: string;
  /** Counts within its participation, from 1. */
  readonly number: number;
  readonly category: string;
  readonly title: string;
  readonly text: string;
  readonly geometry: Shape | null;
  readonly lon: number | null;
  readonly lat: number | null;
  readonly district: string | null;
  readonly hasPicture: boolean;
  readonly state: ContributionState;
  readonly checked: boolean;
  readonly hiddenBecause: HidingReason | null;
  readonly hiddenNote: string | null;
  readonly mergedInto: string | null;
  readonly answer: string | null;
  readonly answeredAt: Temporal.Instant | null;
  readonly support: number;
  readonly comments: number;
  readonly submittedAt: Temporal.Instant;
  readonly publishedAt: Temporal.Instant | null;
}

export type CommentState = 'waiting' | 'published' | 'hidden' | 'deleted';

export interface Comment {
  readonly id: string;
  readonly contributionId: string;
  readonly text: string;
  readonly state: CommentState;
  readonly checked: boolean;
  readonly hiddenBecause: HidingReason | null;
  readonly submittedAt: Temporal.Instant;
}

export const REPORT_REASONS = ['beleidigung', 'personen', 'werbung', 'strafbar', 'sonst'] as const;
export type ReportReason = (typeof REPORT_REASONS)[number];

export const LONGEST_WORDS = { title: 120, text: 5000, comment: 2000, report: 1000, answer: 5000, note: 1000 } as const;

/** What somebody wrote, cleaned. */
export interface Words {
  readonly category: string;
  readonly title: string;
  readonly text: string;
}

export const cleanWords = ({ category, title, text }: Words): Words => ({ category, title: cleanLine(title), text: cleanText(text) });

/** What is wrong with cleaned words. */
export function wordProblems({ category, title, text }: Words, categories: readonly Category[]): FieldProblem[] {
  const problems: FieldProblem[] = [];
  if (!categories.some(({ id }) => id === category)) problems.push({ field: 'category', message: 'Wählen Sie eine Kategorie aus.' });
  problems.push(...lengthProblem('title', title, LONGEST_WORDS.title, 'Geben Sie Ihrem Beitrag einen Titel.'));
  problems.push(...lengthProblem('text', text, LONGEST_WORDS.text, 'Schreiben Sie, was Ihnen wichtig ist.'));
  return problems;
}

/** A text that must be there and must not be too long. */
export function lengthProblem(field: string, text: string, longest: number, missing: string): FieldProblem[] {
  if (text === '') return [{ field, message: missing }];
  return text.length > longest
    ? [{ field, message: `Der Text hat ${text.length} Zeichen. Kürzen Sie ihn auf höchstens ${longest}. Was Sie geschrieben haben, steht noch da.` }]
    : [];
}
