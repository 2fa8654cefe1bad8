import type { Actor } from '../../../kernel/actor.ts';
import { parseId } from '../../../kernel/id.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { Tx } from '../../../platform/database/port.ts';
import type { Comment, Contribution } from '../domain/contribution.ts';
import { decide, decideComment, type Command, type CommentCommand } from '../domain/moderate.ts';
import { newsMail } from '../domain/mails.ts';
import { noContribution, notYours, type ContributionProblem } from '../domain/problems.ts';
import { sha256Hex } from '../../../kernel/token.ts';
import { changeComment, commentAuthorOf, deleteReports, findComment, lockComment } from '../store/comments.ts';
import { authorOf, changeContribution, findByNumber, findContribution, lockContribution } from '../store/contributions.ts';
import { lockWithMerged, moveToOther } from '../store/merges.ts';
import { findById } from '../store/participations.ts';
import type { ContributionsContext } from './context.ts';
import { note } from './journal.ts';
import { mayAct } from './participations.ts';
import { serveLater } from './serve-feature.ts';

const KINDS: Readonly<Record<Command['action'], string>> = {
  publish: 'published',
  hide: 'hidden',
  keep: 'kept',
  merge: 'merged',
  answer: 'answered',
};

/** The authority publishes, hides with a reason, merges or answers a contribution. */
export async function moderate(
  ctx: ContributionsContext,
  actor: Actor,
  input: { readonly contributionId: string; readonly command: Command },
): Promise<Result<Contribution, ContributionProblem>> {
  const { contributionId, command } = input;
  if (parseId(contributionId) === undefined) return refuse(noContribution);
  return ctx.database.transaction(async (tx) => {
    const one = await lockPair(tx, contributionId, command);
    const participation = one && (await findById(tx, one.participationId));
    if (one === undefined || participation === undefined) return refuse(noContribution);
    if (!mayAct(actor, participation)) return refuse(notYours);
    const target = command.action === 'merge' ? await findByNumber(tx, participation.id, command.into) : undefined;
    const now = ctx.clock();
    const decided = decide(one, command, now, target);
    if (!decided.ok) return decided;
    await changeContribution(tx, one, decided.value);
    if (command.action === 'merge') await moveToOther(tx, one.id, target!.id);
    await deleteReports(tx, one.id, null);
    await serveLater(ctx, tx, one.id);
    await tellAuthor(ctx, tx, await authorOf(tx, one.id), one.id, command.action, now);
    await note(ctx, tx, actor, now, participation.id, KINDS[command.action], factsOf(one, command, target));
    return ok({ ...one, ...decided.value });
  });
}

/** Both of a merge are held in the order of their ids, so that two merges cannot wait for each other. */
async function lockPair(tx: Tx, id: string, command: Command): Promise<Contribution | undefined> {
  const found = await findContribution(tx, id);
  if (found === undefined) return undefined;
  const target = command.action === 'merge' ? await findByNumber(tx, found.participationId, command.into) : undefined;
  await lockWithMerged(tx, target === undefined ? [found.id] : [found.id, target.id]);
  return findContribution(tx, id);
}

function factsOf(one: Contribution, command: Command, target: Contribution | undefined): Record<string, unknown> {
  const about = { contributionId: one.id, number: one.number };
  switch (command.action) {
    case 'hide':
      return { ...about, because: command.because, ...(command.note === '' ? {} : { noteSha256: sha256Hex(command.note) }) };
    case 'merge':
      return { ...about, into: target!.id };
    case 'answer':
      return { ...about, answerSha256: sha256Hex(command.text) };
    default:
      return about;
  }
}

/** The authority publishes or hides a comment. */
export async function moderateComment(
  ctx: ContributionsContext,
  actor: Actor,
  input: { readonly commentId: string; readonly command: CommentCommand },
): Promise<Result<Comment, ContributionProblem>> {
  if (parseId(input.commentId) === undefined) return refuse(noContribution);
  return ctx.database.transaction(async (tx) => {
    const found = await findComment(tx, input.commentId);
    const on = found && (await lockContribution(tx, found.contributionId));
    const one = on && (await lockComment(tx, input.commentId));
    const participation = on && (await findById(tx, on.participationId));
    if (one === undefined || participation === undefined) return refuse(noContribution);
    if (!mayAct(actor, participation)) return refuse(notYours);
    const decided = decideComment(one, input.command);
    if (!decided.ok) return decided;
    await changeComment(tx, one, decided.value);
    await deleteReports(tx, one.contributionId, one.id);
    const now = ctx.clock();
    await tellAuthor(ctx, tx, await commentAuthorOf(tx, one.id), one.id, input.command.action, now);
    const { action } = input.command;
    const kind = action === 'keep' ? 'comment-kept' : action === 'hide' ? 'comment-hidden' : 'comment-published';
    const payload = { contributionId: one.contributionId, commentId: one.id, ...(action === 'hide' ? { because: decided.value.hiddenBecause } : {}) };
    await note(ctx, tx, actor, now, participation.id, kind, payload);
    return ok({ ...one, ...decided.value });
  });
}

/** A mail that says only that something waits, where we know whom to tell; the personal link shows the same to everybody else. */
async function tellAuthor(
  ctx: ContributionsContext,
  tx: Tx,
  accountId: string | undefined,
  id: string,
  action: Command['action'],
  now: Temporal.Instant,
): Promise<void> {
  if (accountId === undefined || action === 'keep') return;
  const who = await ctx.reach(tx, accountId);
  if (who === undefined) return;
  const mail = newsMail({ ...who, publicUrl: ctx.settings.publicUrl }, `/mein-beitrag/${id}`);
  await ctx.mailer.send(tx, `contributions.${id}.${action}.${now.epochMilliseconds}`, mail);
}
