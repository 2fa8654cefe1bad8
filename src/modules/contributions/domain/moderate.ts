import { invalidField, wrongState } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { HIDING_REASONS, lengthProblem, LONGEST_WORDS, type Comment, type Contribution, type ContributionState, type HidingReason } from './contribution.ts';
import type { ContributionProblem } from './problems.ts';
import { cleanText } from '../../../kernel/words.ts';

/** What somebody of the authority does with a contribution. */
export type Command =
  | ({ readonly action: 'publish' } & Seen)
  | { readonly action: 'hide'; readonly because: HidingReason; readonly note: string }
  /** Seen and left as it is: it leaves the queue. */
  | ({ readonly action: 'keep' } & Seen)
  | { readonly action: 'merge'; readonly into: number }
  | ({ readonly action: 'answer'; readonly text: string } & Seen);

/** What was looked at: a picture can come after the words, and what is public with an authority's leave was seen by it. */
interface Seen {
  /** Whether it had a picture then; absent: it had none. */
  readonly hasPicture?: boolean | undefined;
}

export type Action = Command['action'];

/** From which state what is possible; a page offers nothing else. */
export const OFFERED: Readonly<Record<ContributionState, readonly Action[]>> = {
  waiting: ['publish', 'hide', 'merge'],
  published: ['keep', 'answer', 'hide', 'merge'],
  hidden: ['publish'],
  merged: [],
  deleted: [],
};

const WORDS: Readonly<Record<ContributionState, string>> = {
  waiting: 'wartet noch',
  published: 'ist veröffentlicht',
  hidden: 'ist ausgeblendet',
  merged: 'ist mit einem anderen zusammengelegt',
  deleted: 'wurde von seiner Verfasserin oder seinem Verfasser gelöscht',
};

/** What of a contribution changes. */
export type Change = Partial<Pick<Contribution, 'state' | 'checked' | 'hiddenBecause' | 'hiddenNote' | 'mergedInto' | 'answer' | 'answeredAt' | 'publishedAt'>>;

/** @param target the contribution that `merge` names, where it is there */
export function decide(one: Contribution, command: Command, now: Temporal.Instant, target?: Contribution): Result<Change, ContributionProblem> {
  if (!OFFERED[one.state].includes(command.action)) return refuse(wrongState(`Das geht nicht: Der Beitrag ${WORDS[one.state]}. Laden Sie die Seite neu.`));
  const unseen = unseenProblem(one, command);
  if (unseen !== undefined) return refuse(unseen);
  switch (command.action) {
    case 'publish':
      return ok({ state: 'published', checked: true, hiddenBecause: null, hiddenNote: null, publishedAt: one.publishedAt ?? now });
    case 'keep':
      return ok({ checked: true });
    case 'hide':
      return hide(command);
    case 'merge':
      return merge(one, command.into, target);
    case 'answer': {
      const text = cleanText(command.text);
      const [problem] = lengthProblem('text', text, LONGEST_WORDS.answer, 'Schreiben Sie die Antwort der Behörde.');
      return problem === undefined ? ok({ answer: text, answeredAt: now, checked: true }) : refuse(invalidField(problem.field, problem.message));
    }
  }
}

function unseenProblem({ hasPicture }: Contribution, command: Command): ContributionProblem | undefined {
  if (command.action === 'hide' || command.action === 'merge' || (command.hasPicture ?? false) === hasPicture) return undefined;
  return wrongState(
    hasPicture
      ? 'Zu diesem Beitrag gehört ein Bild, das Sie noch nicht gesehen haben. Laden Sie die Seite neu, sehen Sie es sich an, und entscheiden Sie dann.'
      : 'Zu diesem Beitrag gehört kein Bild mehr. Laden Sie die Seite neu, und entscheiden Sie dann.',
  );
}

function hide({ because, note }: Extract<Command, { action: 'hide' }>): Result<Change, ContributionProblem> {
  if (!HIDING_REASONS.includes(because)) return refuse(invalidField('because', 'Wählen Sie einen Grund aus. Die Person, die geschrieben hat, liest ihn.'));
  const cleaned = cleanText(note);
  if (cleaned.length > LONGEST_WORDS.note) return refuse(invalidField('note', `Kürzen Sie die Erklärung auf höchstens ${LONGEST_WORDS.note} Zeichen.`));
  return ok({ state: 'hidden', checked: true, hiddenBecause: because, hiddenNote: cleaned === '' ? null : cleaned });
}

function merge(one: Contribution, number: number, target: Contribution | undefined): Result<Change, ContributionProblem> {
  if (number === one.number) return refuse(invalidField('into', 'Nennen Sie die Nummer eines anderen Beitrags.'));
  if (target?.state !== 'published')
    return refuse(invalidField('into', 'Diesen Beitrag gibt es hier nicht, oder er ist nicht veröffentlicht. Prüfen Sie die Nummer.'));
  return ok({ state: 'merged', checked: true, mergedInto: target.id });
}

export type CommentCommand = { readonly action: 'publish' | 'keep' } | { readonly action: 'hide'; readonly because: HidingReason };

export const OFFERED_FOR_COMMENT: Readonly<Record<Comment['state'], readonly CommentCommand['action'][]>> = {
  waiting: ['publish', 'hide'],
  published: ['keep', 'hide'],
  hidden: ['publish'],
  deleted: [],
};

export type CommentChange = Pick<Comment, 'state' | 'checked' | 'hiddenBecause'>;

export function decideComment(one: Comment, command: CommentCommand): Result<CommentChange, ContributionProblem> {
  if (!OFFERED_FOR_COMMENT[one.state].includes(command.action))
    return refuse(wrongState('Das geht nicht: Der Kommentar hat sich inzwischen geändert. Laden Sie die Seite neu.'));
  if (command.action !== 'hide') return ok({ state: 'published', checked: true, hiddenBecause: null });
  return HIDING_REASONS.includes(command.because)
    ? ok({ state: 'hidden', checked: true, hiddenBecause: command.because })
    : refuse(invalidField('because', 'Wählen Sie einen Grund aus. Die Person, die geschrieben hat, liest ihn.'));
}
