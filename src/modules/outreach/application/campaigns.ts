import type { Actor } from '../../../kernel/actor.ts';
import { newId } from '../../../kernel/id.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { legalDay } from '../../../kernel/time.ts';
import { changeProblem, checkCampaign, moveProblem, type Campaign, type CampaignFacts, type CampaignState, type TypedCampaign } from '../domain/campaign.ts';
import { changedMeanwhile, noCampaign, type OutreachProblem } from '../domain/problems.ts';
import { findCampaign, insertCampaign, listCampaigns, lockCampaign, setState, updateCampaign } from '../store/campaigns.ts';
import { cityOf, type OutreachContext } from './context.ts';
import { note } from './journal.ts';

export interface ListEnd {
  readonly startsOn: string;
  readonly id: string;
}

/** Campaigns, the latest beginning first. */
export async function campaignsPage(
  ctx: Pick<OutreachContext, 'database'>,
  { limit, after }: { readonly limit: number; readonly after?: ListEnd | undefined },
): Promise<{ readonly rows: readonly Campaign[]; readonly next: ListEnd | undefined }> {
  const found = await listCampaigns(ctx.database.read, { limit: limit + 1, after });
  const rows = found.slice(0, limit);
  const last = rows.at(-1);
  return { rows, next: found.length > limit && last !== undefined ? { startsOn: last.startsOn.toString(), id: last.id } : undefined };
}

export async function campaignById(ctx: Pick<OutreachContext, 'database'>, id: string): Promise<Result<Campaign, OutreachProblem>> {
  const found = await findCampaign(ctx.database.read, id);
  return found === undefined ? refuse(noCampaign) : ok(found);
}

/** Makes a campaign, as a draft. */
export async function makeCampaign(ctx: OutreachContext, actor: Actor, typed: TypedCampaign): Promise<Result<Campaign, OutreachProblem>> {
  const checked = checkCampaign(typed, cityOf(ctx).hasService);
  if (!checked.ok) return checked;
  return ctx.database.transaction(async (tx) => {
    const now = ctx.clock();
    const id = newId(now.epochMilliseconds);
    await insertCampaign(tx, id, checked.value, { now });
    await note(ctx, tx, actor, now, id, 'campaign-made', factsOf(checked.value));
    return ok({ ...checked.value, id, state: 'draft' as const, version: 1, key: null, changedAt: now });
  });
}

/** Describes a campaign anew. @param version the one that was read: whoever was faster wins */
export async function changeCampaign(
  ctx: OutreachContext,
  actor: Actor,
  { id, version, typed }: { readonly id: string; readonly version: number; readonly typed: TypedCampaign },
): Promise<Result<Campaign, OutreachProblem>> {
  const checked = checkCampaign(typed, cityOf(ctx).hasService);
  if (!checked.ok) return checked;
  return ctx.database.transaction(async (tx) => {
    const before = await lockCampaign(tx, id);
    if (before === undefined) return refuse(noCampaign);
    const problem = changeProblem(before);
    if (problem !== undefined) return refuse(problem);
    if (before.version !== version) return refuse(changedMeanwhile);
    const now = ctx.clock();
    await updateCampaign(tx, id, checked.value, now);
    await note(ctx, tx, actor, now, id, 'campaign-changed', { before: factsOf(before), after: factsOf(checked.value) });
    return ok({ ...before, ...checked.value, version: version + 1, changedAt: now });
  });
}

/** Starts a campaign, or ends it. */
export async function moveCampaign(
  ctx: Pick<OutreachContext, 'database' | 'clock' | 'journal'>,
  actor: Actor,
  id: string,
  to: CampaignState,
): Promise<Result<Campaign, OutreachProblem>> {
  return ctx.database.transaction(async (tx) => {
    const before = await lockCampaign(tx, id);
    if (before === undefined) return refuse(noCampaign);
    const now = ctx.clock();
    const problem = moveProblem(before, to, legalDay(now));
    if (problem !== undefined) return refuse(problem);
    await setState(tx, id, to, now);
    await note(ctx, tx, actor, now, id, to === 'running' ? 'campaign-started' : 'campaign-ended', {});
    return ok({ ...before, state: to, version: before.version + 1, changedAt: now });
  });
}

/** What the journal keeps: days, money, the goal and the ways; no prose. */
const factsOf = ({ goal, channels, budgetCents, spentCents, startsOn, endsOn, ownPlacement }: CampaignFacts): Record<string, unknown> => ({
  goal: { ...goal, by: goal.by.toString() },
  channels,
  budgetCents,
  spentCents,
  startsOn: startsOn.toString(),
  endsOn: endsOn.toString(),
  ownPlacement,
});
