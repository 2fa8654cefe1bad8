import type { Actor } from '../../../kernel/actor.ts';
import { newId, parseId } from '../../../kernel/id.ts';
import { invalidField, invalidFields } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { lengthProblem, LONGEST_WORDS, type Comment } from '../domain/contribution.ts';
import { closedProblem, noContribution, type ContributionProblem } from '../domain/problems.ts';
import { isToken, sha256Hex } from '../../../kernel/token.ts';
import { cleanText } from '../../../kernel/words.ts';
import { findCommentByToken, insertComment } from '../store/comments.ts';
import { lockContribution } from '../store/contributions.ts';
import { findById } from '../store/participations.ts';
import type { ContributionsContext } from './context.ts';
import { accountOf, trapProblem } from './contribute.ts';
import { NOBODY, note } from './journal.ts';

export interface CommentInput {
  readonly contributionId: string;
  readonly text: string;
  /** Secret of the form: sent twice, it is one comment. It opens the receipt. */
  readonly receipt: string;
  /** Ties it to the Servicekonto of who is signed in. */
  readonly withAccount: boolean;
  readonly trap: string;
}

/** Takes a comment on a published contribution. */
export async function comment(ctx: ContributionsContext, actor: Actor, input: CommentInput): Promise<Result<Comment, ContributionProblem>> {
  if (!isToken(input.receipt)) return refuse(invalidField('receipt', 'Das Formular ist unvollständig. Öffnen Sie es noch einmal.'));
  if (parseId(input.contributionId) === undefined) return refuse(noContribution);
  const trapped = trapProblem(input.trap);
  if (trapped !== undefined) return refuse(trapped);
  return ctx.database.transaction(async (tx) => {
    const on = await lockContribution(tx, input.contributionId);
    const participation = on && (await findById(tx, on.participationId));
    if (on?.state !== 'published' || participation === undefined) return refuse(noContribution);
    const tokenSha256 = sha256Hex(input.receipt);
    const before = await findCommentByToken(tx, tokenSha256);
    if (before !== undefined) return ok(before);
    const now = ctx.clock();
    const closed = closedProblem(participation, now, 'Ihr Kommentar wurde nicht angenommen. Was Sie geschrieben haben, steht noch da: Sie können es kopieren.');
    if (closed !== undefined) return refuse(closed);
    const text = cleanText(input.text);
    const problems = lengthProblem('text', text, LONGEST_WORDS.comment, 'Schreiben Sie Ihren Kommentar.');
    if (problems.length > 0) return refuse(invalidFields(problems));
    const state = participation.moderation === 'after' ? 'published' : 'waiting';
    const one = { id: newId(now.epochMilliseconds), contributionId: on.id, text, state, checked: false, submittedAt: now } as const;
    await insertComment(tx, { ...one, tokenSha256, accountId: accountOf(actor, input.withAccount) });
    await note(ctx, tx, NOBODY, now, participation.id, 'comment-received', { contributionId: on.id, commentId: one.id });
    if (state === 'published') await note(ctx, tx, NOBODY, now, participation.id, 'comment-published', { contributionId: on.id, commentId: one.id });
    return ok({ ...one, hiddenBecause: null });
  });
}
