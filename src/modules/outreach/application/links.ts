import type { Actor } from '../../../kernel/actor.ts';
import { newId } from '../../../kernel/id.ts';
import { invalidField, wrongState } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { legalDay } from '../../../kernel/time.ts';
import type { Tx } from '../../../platform/database/port.ts';
import { changeProblem, STANDING_KEY, type Campaign, type CampaignFacts } from '../domain/campaign.ts';
import { isCode, newCode } from '../domain/code.ts';
import { EXCLUSIONS, type Exclusion } from '../domain/follow.ts';
import { checkLink, type Link, type LinkFacts, type TypedLink } from '../domain/link.ts';
import { noCampaign, noLink, type OutreachProblem } from '../domain/problems.ts';
import { landingOf } from '../domain/target.ts';
import { findByKey, insertCampaign, lockCampaign } from '../store/campaigns.ts';
import { countLinks, endLink, findLink, insertLink, listLinks, sharedCode, type FoundLink } from '../store/links.ts';
import { followCounts } from '../store/openings.ts';
import { findPage } from '../store/pages.ts';
import { cityOf, serviceOf, type OutreachContext } from './context.ts';
import { note } from './journal.ts';

/** A page shows them all. */
export const MOST_LINKS = 200;

/** What was left out, by rule; whole tens. */
export type Excluded = Readonly<Record<Exclusion, number>>;

/** A link with how often it was followed, and what was left out by which rule: whole tens. */
export interface CountedLink extends Link {
  readonly followed: number;
  readonly excluded: Excluded;
}

export const excludedBy = (of: (rule: Exclusion) => number): Excluded =>
  Object.fromEntries(EXCLUSIONS.map((rule) => [rule, of(rule)])) as Record<Exclusion, number>;

/** The links of a campaign, oldest first. */
export async function linksOf(ctx: Pick<OutreachContext, 'database'>, campaignId: string): Promise<readonly CountedLink[]> {
  const [links, counts] = [await listLinks(ctx.database.read, campaignId, MOST_LINKS), await followCounts(ctx.database.read, campaignId)];
  return links.map((link) => {
    const of = (verdict: string): number => counts.find((one) => one.code === link.code && one.verdict === verdict)?.n ?? 0;
    return { ...link, followed: of('counted'), excluded: excludedBy(of) };
  });
}

export async function linkByCode(ctx: Pick<OutreachContext, 'database'>, code: string): Promise<Result<FoundLink, OutreachProblem>> {
  const found = isCode(code) ? await findLink(ctx.database.read, code) : undefined;
  return found === undefined ? refuse(noLink) : ok(found);
}

const noLanding: OutreachProblem = invalidField('target', 'Diese Zielseite gibt es nicht. Legen Sie sie zuerst an, oder prüfen Sie, wie sie heißt.');

/** Makes a short link of a campaign. */
export async function makeLink(ctx: OutreachContext, actor: Actor, campaignId: string, typed: TypedLink): Promise<Result<Link, OutreachProblem>> {
  const now = ctx.clock();
  const checked = checkLink(typed, cityOf(ctx), legalDay(now));
  if (!checked.ok) return checked;
  return ctx.database.transaction(async (tx) => {
    const campaign = await lockCampaign(tx, campaignId);
    if (campaign === undefined) return refuse(noCampaign);
    const problem = changeProblem(campaign);
    if (problem !== undefined) return refuse(problem);
    if ((await countLinks(tx, campaignId)) >= MOST_LINKS)
      return refuse(wrongState(`Mehr als ${MOST_LINKS} Links hat keine Kampagne. Legen Sie eine weitere an.`));
    const slug = landingOf(checked.value.target);
    if (slug !== undefined && (await findPage(tx, slug)) === undefined) return refuse(noLanding);
    const code = await freshLink(ctx, tx, campaignId, checked.value);
    await note(ctx, tx, actor, now, campaignId, 'link-made', { code, target: checked.value.target, channel: checked.value.channel });
    return ok({ ...checked.value, code, campaignId, createdAt: now });
  });
}

/** Keeps a link under a code that nobody has. */
export async function freshLink(ctx: Pick<OutreachContext, 'random' | 'clock'>, tx: Tx, campaignId: string, facts: LinkFacts): Promise<string> {
  for (let tries = 0; tries < 20; tries++) {
    const code = newCode(ctx.random);
    if (await insertLink(tx, code, { campaignId, now: ctx.clock() }, facts)) return code;
  }
  throw new Error('no free code in 20 tries');
}

/** Ends a link before its campaign. What is printed leads to a page that says so. */
export async function stopLink(
  ctx: Pick<OutreachContext, 'database' | 'clock' | 'journal'>,
  actor: Actor,
  code: string,
): Promise<Result<Link, OutreachProblem>> {
  return ctx.database.transaction(async (tx) => {
    const found = isCode(code) ? await findLink(tx, code) : undefined;
    if (found === undefined) return refuse(noLink);
    const campaign = await lockCampaign(tx, found.link.campaignId);
    const problem = campaign && changeProblem(campaign);
    if (problem !== undefined) return refuse(problem);
    const now = ctx.clock();
    if (!(await endLink(tx, code, now))) return refuse(wrongState('Dieser Link ist schon beendet.'));
    await note(ctx, tx, actor, now, found.link.campaignId, 'link-ended', { code });
    return ok({ ...found.link, endedAt: now });
  });
}

const BY_ITSELF: Actor = { kind: 'system', job: 'outreach.share' };

/** Code of the short link by which people pass a service on, made once for each; `undefined`: there is no such service. */
export async function shareCode(ctx: OutreachContext, serviceKey: string): Promise<string | undefined> {
  if (serviceOf(ctx, serviceKey) === undefined) return undefined;
  return (await sharedCode(ctx.database.read, serviceKey)) ?? (await ctx.database.write((tx) => makeShared(ctx, tx, serviceKey)));
}

async function makeShared(ctx: OutreachContext, tx: Tx, serviceKey: string): Promise<string> {
  const now = ctx.clock();
  const campaign = await standingCampaign(tx, now);
  const facts: LinkFacts = { target: `/leistungen/${serviceKey}`, channel: 'web', place: '', material: 'Weitergeben' };
  for (let tries = 0; tries < 20; tries++) {
    const code = newCode(ctx.random);
    if (await insertLink(tx, code, { campaignId: campaign.id, now, shares: serviceKey }, facts)) {
      await note(ctx, tx, BY_ITSELF, now, campaign.id, 'link-made', { code, target: facts.target, channel: facts.channel });
      return code;
    }
    // somebody else was faster with this service
    const other = await sharedCode(tx, serviceKey);
    if (other !== undefined) return other;
  }
  throw new Error('no free code in 20 tries');
}

/** The campaign of what people pass on themselves; it costs nothing and never ends. */
async function standingCampaign(tx: Tx, now: Temporal.Instant): Promise<Pick<Campaign, 'id'>> {
  const found = await findByKey(tx, STANDING_KEY);
  if (found !== undefined) return found;
  const today = legalDay(now);
  const forever = today.add({ years: 100 });
  const facts: CampaignFacts = {
    title: 'Weitergeben',
    titles: { en: 'Pass it on', leicht: 'Weiter-geben' },
    aim: 'Menschen geben eine Leistung an andere weiter. Gezählt wird nur, dass ein Link geöffnet wurde.',
    goal: { services: [], rate: 'take-up', toPercent: 100, by: forever },
    audience: 'alle',
    places: [],
    channels: ['web'],
    material: '',
    budgetCents: 0,
    spentCents: 0,
    startsOn: today,
    endsOn: forever,
    source: 'eigene Planung',
    ownPlacement: true,
  };
  const id = newId(now.epochMilliseconds);
  const first = await insertCampaign(tx, id, facts, { now, key: STANDING_KEY, state: 'running' });
  return first ? { id } : (await findByKey(tx, STANDING_KEY))!;
}
