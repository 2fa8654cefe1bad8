import type { Actor } from '../../../kernel/actor.ts';
import { parseId } from '../../../kernel/id.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { Comment, Contribution } from '../domain/contribution.ts';
import { noContribution, type ContributionProblem } from '../domain/problems.ts';
import type { Category, Participation } from '../domain/participation.ts';
import { listComments } from '../store/comments.ts';
import { countPublished, findByNumber, findContribution, findPicture, listPublished, type Sorting } from '../store/contributions.ts';
import { findById, findByKey } from '../store/participations.ts';
import { hasSupported } from '../store/supports.ts';
import type { ContributionsContext } from './context.ts';
import { mayRead, openParticipation, type OpenedParticipation } from './participations.ts';
import { supporterOf, type Supporter } from './support.ts';

export interface Page {
  readonly category?: string | undefined;
  readonly sorting: Sorting;
  readonly limit: number;
  readonly after?: PageEnd | undefined;
}
export type { Sorting };

export interface PageEnd {
  readonly support: number;
  readonly number: number;
}

/** How much there is in each category, published. */
export interface CategoryCount extends Category {
  readonly contributions: number;
  readonly support: number;
}

export interface Overview extends OpenedParticipation {
  readonly counts: readonly CategoryCount[];
  readonly contributions: readonly Contribution[];
  readonly next: PageEnd | undefined;
}

/** A participation with a page of what is published: the same for map, list and API. */
export async function overview(ctx: ContributionsContext, key: string, page: Page): Promise<Result<Overview, ContributionProblem>> {
  const opened = await openParticipation(ctx, key);
  if (!opened.ok) return opened;
  const { participation } = opened.value;
  const { contributions, next } = await publishedPage(ctx, participation, page);
  const counts = await countPublished(ctx.database.read, participation.id);
  return ok({
    ...opened.value,
    contributions,
    next,
    counts: participation.categories.map((one) => ({ ...one, ...(counts.get(one.id) ?? { contributions: 0, support: 0 }) })),
  });
}

/** A page of what is published. */
export async function publishedPage(
  ctx: Pick<ContributionsContext, 'database'>,
  { id }: Pick<Participation, 'id'>,
  page: Page,
): Promise<{ readonly contributions: readonly Contribution[]; readonly next: PageEnd | undefined }> {
  const found = await listPublished(ctx.database.read, id, { ...page, limit: page.limit + 1 });
  const contributions = found.slice(0, page.limit);
  const last = contributions.at(-1);
  return { contributions, next: found.length > page.limit && last !== undefined ? { support: last.support, number: last.number } : undefined };
}

export interface OpenedContribution extends OpenedParticipation {
  readonly contribution: Contribution;
  readonly comments: readonly Comment[];
  /** Whether who looks supports it. */
  readonly supported: boolean;
}

const MOST_COMMENTS = 500;

/** One published contribution with its comments. A merged one leads to the one it went into. */
export async function openContribution(
  ctx: ContributionsContext,
  key: string,
  number: string,
  who: Supporter,
): Promise<Result<OpenedContribution, ContributionProblem>> {
  const opened = await openParticipation(ctx, key);
  if (!opened.ok) return opened;
  const found = /^\d{1,9}$/.test(number) ? await findByNumber(ctx.database.read, opened.value.participation.id, Number(number)) : undefined;
  const contribution = found?.state === 'merged' && found.mergedInto !== null ? await findContribution(ctx.database.read, found.mergedInto) : found;
  if (contribution?.state !== 'published') return refuse(noContribution);
  return ok({ ...opened.value, contribution, ...(await around(ctx, contribution, who)) });
}

/** As `openContribution`, by id. */
export async function openById(ctx: ContributionsContext, id: string, who: Supporter): Promise<Result<OpenedContribution, ContributionProblem>> {
  const contribution = parseId(id) === undefined ? undefined : await findContribution(ctx.database.read, id);
  const participation = contribution && (await findById(ctx.database.read, contribution.participationId));
  if (contribution?.state !== 'published' || participation === undefined) return refuse(noContribution);
  const opened = await openParticipation(ctx, participation.key);
  return opened.ok ? ok({ ...opened.value, contribution, ...(await around(ctx, contribution, who)) }) : opened;
}

async function around(
  ctx: ContributionsContext,
  { id, participationId }: Contribution,
  who: Supporter,
): Promise<{ readonly comments: readonly Comment[]; readonly supported: boolean }> {
  const supporter = supporterOf(ctx, participationId, who);
  return {
    comments: await listComments(ctx.database.read, id, MOST_COMMENTS),
    supported: supporter !== undefined && (await hasSupported(ctx.database.read, id, supporter)),
  };
}

/** The picture of a published contribution; of another one for its authority alone. */
export async function openPicture(
  ctx: ContributionsContext,
  actor: Actor,
  key: string,
  number: string,
): Promise<Result<{ readonly mediaType: string; readonly bytes: Uint8Array }, ContributionProblem>> {
  const participation = await findByKey(ctx.database.read, key);
  const one = participation && /^\d{1,9}$/.test(number) ? await findByNumber(ctx.database.read, participation.id, Number(number)) : undefined;
  if (participation === undefined || one === undefined || (one.state !== 'published' && !mayRead(actor, participation))) return refuse(noContribution);
  const picture = await findPicture(ctx.database.read, one.id);
  return picture === undefined ? refuse(noContribution) : ok(picture);
}
