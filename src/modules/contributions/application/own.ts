import { personOf, type Actor } from '../../../kernel/actor.ts';
import { parseId } from '../../../kernel/id.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { Sql } from '../../../platform/database/port.ts';
import type { Comment, Contribution } from '../domain/contribution.ts';
import type { Participation } from '../domain/participation.ts';
import { closedProblem, noLink, type ContributionProblem } from '../domain/problems.ts';
import { isToken, sha256Hex } from '../../../kernel/token.ts';
import { commentAuthorOf, commentsOfAccount, eraseComment, findComment, findCommentByToken, lockComment } from '../store/comments.ts';
import {
  authorOf,
  eraseContribution,
  findByToken,
  findContribution,
  keepPicture,
  listOfAccount,
  lockContribution,
  putBeforeAuthority,
} from '../store/contributions.ts';
import { lockWithMerged, separate } from '../store/merges.ts';
import { findById } from '../store/participations.ts';
import type { ContributionsContext } from './context.ts';
import { NOBODY, note } from './journal.ts';
import { checkPicture, type GivenPicture } from './pictures.ts';
import { serveLater } from './serve-feature.ts';

/** What the author sees of the own words, whatever became of them. */
export interface Own {
  readonly participation: Participation;
  readonly contribution: Contribution;
  /** Set where the words are a comment on the contribution. */
  readonly comment: Comment | undefined;
  /** The one it was merged into, where it was. */
  readonly mergedInto: Contribution | undefined;
}

/** Opens the own contribution or comment. @param key token of the personal link, or the id for the account that wrote it */
export async function openOwn(ctx: Pick<ContributionsContext, 'database'>, actor: Actor, key: string): Promise<Result<Own, ContributionProblem>> {
  const db = ctx.database.read;
  const comment = await ownComment(db, actor, key);
  const contribution = comment === undefined ? await ownContribution(db, actor, key) : await findContribution(db, comment.contributionId);
  const participation = contribution && (await findById(db, contribution.participationId));
  if (contribution === undefined || participation === undefined) return refuse(noLink);
  const mergedInto = contribution.mergedInto === null ? undefined : await findContribution(db, contribution.mergedInto);
  return ok({ participation, contribution, comment, mergedInto });
}

async function ownContribution(db: Sql, actor: Actor, key: string): Promise<Contribution | undefined> {
  if (isToken(key)) return findByToken(db, sha256Hex(key));
  if (actor.kind !== 'citizen' || parseId(key) === undefined) return undefined;
  return (await authorOf(db, key)) === personOf(actor) ? findContribution(db, key) : undefined;
}

async function ownComment(db: Sql, actor: Actor, key: string): Promise<Comment | undefined> {
  if (isToken(key)) return findCommentByToken(db, sha256Hex(key));
  if (actor.kind !== 'citizen' || parseId(key) === undefined) return undefined;
  return (await commentAuthorOf(db, key)) === personOf(actor) ? findComment(db, key) : undefined;
}

/** The author takes the own words back, at any time, also after the end. What is gone is gone: only the number stays, and what others wrote. */
export async function deleteOwn(ctx: ContributionsContext, actor: Actor, key: string): Promise<Result<{ readonly deleted: true }, ContributionProblem>> {
  const opened = await openOwn(ctx, actor, key);
  if (!opened.ok) return opened;
  const { comment, contribution, participation } = opened.value;
  return ctx.database.transaction(async (tx) => {
    const now = ctx.clock();
    await lockWithMerged(tx, [contribution.id]);
    const locked = await lockContribution(tx, contribution.id);
    if (locked === undefined || (comment === undefined && locked.state === 'deleted')) return refuse(noLink);
    if (comment === undefined) {
      const apart = await separate(tx, contribution.id);
      for (const id of apart) await note(ctx, tx, NOBODY, now, participation.id, 'merge-undone', { contributionId: id, from: contribution.id });
      await eraseContribution(tx, contribution.id);
      await serveLater(ctx, tx, contribution.id);
      await note(ctx, tx, NOBODY, now, participation.id, 'deleted', { contributionId: contribution.id });
    } else {
      const current = await lockComment(tx, comment.id);
      if (current === undefined || current.state === 'deleted') return refuse(noLink);
      await eraseComment(tx, current);
      await note(ctx, tx, NOBODY, now, participation.id, 'comment-deleted', { contributionId: current.contributionId, commentId: comment.id });
    }
    return ok({ deleted: true as const });
  });
}

/** Adds the picture that a program sends after the words; a public one is looked at again. */
export async function addPicture(
  ctx: ContributionsContext,
  actor: Actor,
  key: string,
  files: readonly GivenPicture[],
): Promise<Result<{ readonly kept: boolean }, ContributionProblem>> {
  const opened = await openOwn(ctx, actor, key);
  if (!opened.ok) return opened;
  const checked = await checkPicture(files);
  if (!checked.ok) return checked;
  const picture = checked.value;
  if (picture === undefined || opened.value.comment !== undefined) return ok({ kept: false });
  return ctx.database.transaction(async (tx) => {
    const now = ctx.clock();
    const one = await lockContribution(tx, opened.value.contribution.id);
    const participation = one && (await findById(tx, one.participationId));
    if (participation === undefined) return refuse(noLink);
    const closed = closedProblem(participation, now, 'Das Bild wurde nicht angenommen.');
    if (closed !== undefined) return refuse(closed);
    const waits = one?.state === 'waiting' || (one?.state === 'published' && participation.moderation === 'after');
    if (one === undefined || !waits || one.hasPicture)
      return refuse<ContributionProblem>({ kind: 'wrong-state', detail: 'Diesem Beitrag kann kein Bild mehr beigefügt werden.' });
    await keepPicture(tx, one.id, picture.mediaType, picture.bytes);
    await putBeforeAuthority(tx, one.id);
    await note(ctx, tx, NOBODY, now, one.participationId, 'picture-added', { contributionId: one.id });
    return ok({ kept: true });
  });
}

/** Everything an account has written, for its own list and its export. */
export async function holdingsOf(ctx: Pick<ContributionsContext, 'database'>, accountId: string): Promise<readonly object[]> {
  const contributions = await listOfAccount(ctx.database.read, accountId, 1000);
  const comments = await commentsOfAccount(ctx.database.read, accountId, 1000);
  return [
    ...contributions.map(({ number, category, title, text, geometry, state, submittedAt, answer }) => ({
      kind: 'Beitrag',
      number,
      category,
      title,
      text,
      geometry,
      state,
      submittedAt: submittedAt.toString(),
      answer,
    })),
    ...comments.map(({ text, state, submittedAt }) => ({ kind: 'Kommentar', text, state, submittedAt: submittedAt.toString() })),
  ];
}

/** The own contributions of who is signed in, newest first. */
export const ownContributions = async (ctx: Pick<ContributionsContext, 'database'>, actor: Actor): Promise<readonly Contribution[]> =>
  actor.kind === 'citizen' ? listOfAccount(ctx.database.read, personOf(actor), 200) : [];
