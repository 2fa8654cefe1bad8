import type { Actor } from '../../../kernel/actor.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { Comment, Contribution } from '../domain/contribution.ts';
import { OFFERED, OFFERED_FOR_COMMENT, type Action, type CommentCommand } from '../domain/moderate.ts';
import { phaseOf, type Participation, type Phase } from '../domain/participation.ts';
import { noParticipation, notYours, type ContributionProblem } from '../domain/problems.ts';
import { listReports, type Report } from '../store/comments.ts';
import { commentsForDesk, countForDesk, listForDesk, type QueueView } from '../store/desk.ts';
import { findByKey } from '../store/participations.ts';
import type { ContributionsContext } from './context.ts';
import { mayAct, mayRead } from './participations.ts';

export type { QueueView, Report };

/** A comment with what can be done with it now. */
export type DeskComment = Comment & { readonly offered: readonly CommentCommand['action'][] };

/** A contribution with all that the authority looks at. */
export interface DeskRow {
  readonly contribution: Contribution;
  readonly comments: readonly DeskComment[];
  readonly reports: readonly Report[];
  /** What can be done with it now. */
  readonly offered: readonly Action[];
}

export interface Desk {
  readonly participation: Participation;
  readonly counts: Readonly<Record<QueueView, number>>;
  readonly rows: readonly DeskRow[];
  /** Number after which the next page begins. */
  readonly next: number | undefined;
  readonly mayAct: boolean;
  readonly phase: Phase;
}

/** A participation for its authority or the Revision. */
export async function participationForStaff(
  ctx: Pick<ContributionsContext, 'database'>,
  actor: Actor,
  key: string,
): Promise<Result<Participation, ContributionProblem>> {
  const participation = await findByKey(ctx.database.read, key);
  if (participation === undefined) return refuse(noParticipation);
  return mayRead(actor, participation) ? ok(participation) : refuse(notYours);
}

/** The queue of the authority: what waits, what was reported, what nobody has looked at. */
export async function openDesk(
  ctx: Pick<ContributionsContext, 'database' | 'clock'>,
  actor: Actor,
  key: string,
  wish: { readonly view: QueueView; readonly limit: number; readonly after: number },
): Promise<Result<Desk, ContributionProblem>> {
  const found = await participationForStaff(ctx, actor, key);
  if (!found.ok) return found;
  const participation = found.value;
  const db = ctx.database.read;
  const listed = await listForDesk(db, participation.id, { ...wish, limit: wish.limit + 1 });
  const contributions = listed.slice(0, wish.limit);
  const ids = contributions.map(({ id }) => id);
  const [comments, reports] = [await commentsForDesk(db, ids), await listReports(db, ids)];
  return ok({
    participation,
    counts: await countForDesk(db, participation.id),
    rows: contributions.map((contribution) => ({
      contribution,
      offered: OFFERED[contribution.state],
      comments: comments.filter(({ contributionId }) => contributionId === contribution.id).map((one) => ({ ...one, offered: OFFERED_FOR_COMMENT[one.state] })),
      reports: reports.filter(({ contributionId }) => contributionId === contribution.id),
    })),
    next: listed.length > wish.limit ? contributions.at(-1)?.number : undefined,
    mayAct: mayAct(actor, participation),
    phase: phaseOf(participation, ctx.clock()),
  });
}
