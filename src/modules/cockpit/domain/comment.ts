import { invalidField, wrongState, type FieldProblem, type Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { cleanText } from '../../../kernel/words.ts';

export const COMMENT_STATES = ['waiting', 'published', 'hidden', 'deleted'] as const;
export const HIDING_REASONS = ['insult', 'personal-data', 'advertising', 'off-topic'] as const;
export type HidingReason = (typeof HIDING_REASONS)[number];
export const LONGEST = { comment: 2000, name: 80, answer: 2000 } as const;

export const SUBJECTS = ['measure', 'decision'] as const;

/** What a comment is about. */
export interface Subject {
  readonly kind: (typeof SUBJECTS)[number];
  readonly key: string;
}

/** What somebody of the public says on a measure or a decision. Shown once somebody has looked at it. */
export interface Comment extends Subject {
  readonly id: string;
  readonly text: string;
  readonly name: string | null;
  readonly state: (typeof COMMENT_STATES)[number];
  readonly hiddenBecause: HidingReason | null;
  readonly answer: string | null;
  readonly answeredAt: Temporal.Instant | null;
  readonly submittedAt: Temporal.Instant;
}

/** A page of a list of comments; `next`: the last one, where more follow. */
export interface CommentPage {
  readonly items: readonly Comment[];
  readonly next: CommentEnd | undefined;
}

/** Where a page ends: whether that comment waited then, and which it was. */
export interface CommentEnd {
  readonly waiting: boolean;
  readonly id: string;
}

/** What a page is asked for. */
export interface CommentRange {
  readonly limit: number;
  readonly after?: CommentEnd | undefined;
}

export type CommentCommand =
  | { readonly action: 'publish' }
  | { readonly action: 'hide'; readonly because: HidingReason }
  /** `seen`: when the answer was given that its author had before them; empty: there was none. */
  | { readonly action: 'answer'; readonly text: string; readonly seen?: string | undefined };
export type CommentAction = CommentCommand['action'];

/** From which state what is possible; a page offers nothing else. */
export const OFFERED: Readonly<Record<Comment['state'], readonly CommentAction[]>> = {
  waiting: ['publish', 'hide'],
  published: ['answer', 'hide'],
  hidden: ['publish'],
  deleted: [],
};

const answeredMeanwhile = (answer: string | null, answeredAt: Temporal.Instant | null): Problem<'conflict'> => ({
  kind: 'conflict',
  detail: 'Inzwischen hat jemand anders geantwortet. Lesen Sie die Antwort. Senden Sie Ihre noch einmal, wenn sie an deren Stelle stehen soll.',
  current: { answer, answeredAt: answeredAt?.toString() ?? null },
});

type CommentChange = Pick<Comment, 'state' | 'hiddenBecause' | 'answer' | 'answeredAt'>;

export function decideComment(
  one: Comment,
  command: CommentCommand,
  now: Temporal.Instant,
): Result<CommentChange, Problem<'invalid-input' | 'wrong-state' | 'conflict'>> {
  if (!OFFERED[one.state].includes(command.action))
    return refuse(wrongState('Das geht nicht: Der Kommentar hat sich inzwischen geändert. Laden Sie die Seite neu.'));
  const { answer, answeredAt } = one;
  switch (command.action) {
    case 'publish':
      return ok({ state: 'published', hiddenBecause: null, answer, answeredAt });
    case 'hide':
      return HIDING_REASONS.includes(command.because)
        ? ok({ state: 'hidden', hiddenBecause: command.because, answer, answeredAt })
        : refuse(invalidField('because', 'Wählen Sie einen Grund aus. Die Person, die geschrieben hat, liest ihn.'));
    case 'answer': {
      if ((command.seen ?? '') !== (answeredAt?.toString() ?? '')) return refuse(answeredMeanwhile(answer, answeredAt));
      const text = cleanText(command.text);
      return text === '' || text.length > LONGEST.answer
        ? refuse(invalidField('text', `Schreiben Sie die Antwort der Stelle, höchstens ${LONGEST.answer} Zeichen.`))
        : ok({ state: 'published', hiddenBecause: null, answer: text, answeredAt: now });
    }
  }
}

/** Mistakes in a new comment. @param signedIn then a name may be left out */
export function commentProblems({ text, name }: { readonly text: string; readonly name: string }, signedIn: boolean): FieldProblem[] {
  return [
    ...(text === '' ? [{ field: 'text', message: 'Schreiben Sie Ihren Kommentar.' }] : []),
    ...(text.length > LONGEST.comment ? [{ field: 'text', message: `Kürzen Sie den Kommentar auf höchstens ${LONGEST.comment} Zeichen.` }] : []),
    ...(name === '' && !signedIn
      ? [{ field: 'name', message: 'Schreiben Sie, wie wir Sie nennen sollen, oder melden Sie sich mit Ihrem Servicekonto an.' }]
      : []),
    ...(name.length > LONGEST.name ? [{ field: 'name', message: `Kürzen Sie den Namen auf höchstens ${LONGEST.name} Zeichen.` }] : []),
  ];
}
