import { newId, parseId } from '../../../kernel/id.ts';
import { invalidField } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { LONGEST_WORDS, REPORT_REASONS, type ReportReason } from '../domain/contribution.ts';
import { noContribution, type ContributionProblem } from '../domain/problems.ts';
import { cleanText } from '../../../kernel/words.ts';
import { countReports, findComment, insertReport, putCommentBeforeAuthority } from '../store/comments.ts';
import { lockContribution, putBeforeAuthority } from '../store/contributions.ts';
import type { ContributionsContext } from './context.ts';
import { trapProblem } from './contribute.ts';
import { NOBODY, note } from './journal.ts';

export interface ReportInput {
  readonly contributionId: string;
  /** A comment on it; absent: the contribution itself. */
  readonly commentId?: string | undefined;
  readonly reason: string;
  readonly text: string;
  readonly trap: string;
}

/** The authority reads so many of one thing; more say nothing new. */
const MOST_REPORTS = 20;

/** Brings something published before the authority. It stays public until somebody has looked: a report is no switch. */
export async function reportAbuse(ctx: ContributionsContext, input: ReportInput): Promise<Result<{ readonly reported: true }, ContributionProblem>> {
  const reason = REPORT_REASONS.find((one): one is ReportReason => one === input.reason);
  if (reason === undefined) return refuse(invalidField('reason', 'Wählen Sie aus, was daran nicht in Ordnung ist.'));
  const text = cleanText(input.text);
  if (text.length > LONGEST_WORDS.report) return refuse(invalidField('text', `Kürzen Sie Ihre Meldung auf höchstens ${LONGEST_WORDS.report} Zeichen.`));
  const trapped = trapProblem(input.trap);
  if (trapped !== undefined) return refuse(trapped);
  const { contributionId, commentId = null } = input;
  if (parseId(contributionId) === undefined || (commentId !== null && parseId(commentId) === undefined)) return refuse(noContribution);
  return ctx.database.transaction(async (tx) => {
    const one = await lockContribution(tx, contributionId);
    if (one?.state !== 'published') return refuse(noContribution);
    const on = commentId === null ? undefined : await findComment(tx, commentId);
    if (commentId !== null && (on?.contributionId !== one.id || on.state !== 'published')) return refuse(noContribution);
    if ((await countReports(tx, one.id, commentId)) >= MOST_REPORTS) return ok({ reported: true as const });
    const now = ctx.clock();
    await insertReport(tx, { id: newId(now.epochMilliseconds), contributionId: one.id, commentId, reason, text, reportedAt: now });
    if (commentId === null) await putBeforeAuthority(tx, one.id);
    else await putCommentBeforeAuthority(tx, commentId);
    await note(ctx, tx, NOBODY, now, one.participationId, 'reported', { contributionId: one.id, ...(commentId === null ? {} : { commentId }), reason });
    return ok({ reported: true as const });
  });
}
