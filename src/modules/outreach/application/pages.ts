import { actorRef, type Actor } from '../../../kernel/actor.ts';
import { invalidField, wrongState } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { legalDay } from '../../../kernel/time.ts';
import { cleanText } from '../../../kernel/words.ts';
import type { Sql } from '../../../platform/database/port.ts';
import type { BlockSurroundings } from '../domain/blocks.ts';
import { changeProblem } from '../domain/campaign.ts';
import type { LandingStep, Verdict } from '../domain/follow.ts';
import { changeDraft, freshBlockId, pageProblems, slugProblem, type DraftChange, type LandingPage, type PageVersion } from '../domain/landing.ts';
import { changedMeanwhile, noCampaign, noPage, type OutreachProblem } from '../domain/problems.ts';
import { lockCampaign } from '../store/campaigns.ts';
import { runningOn } from '../store/experiments.ts';
import { landingCounts } from '../store/openings.ts';
import { findPage, insertPage, insertVersion, lockPage, pagesOf, picturesOf, setPublished, updateDraft, versionsOf } from '../store/pages.ts';
import { cityOf, type OutreachContext } from './context.ts';
import { note } from './journal.ts';
import { excludedBy, freshLink, type Excluded } from './links.ts';

const taken: OutreachProblem = invalidField('slug', 'Diese Kurzadresse ist vergeben. Wählen Sie eine andere.');
const compared: OutreachProblem = wrongState(
  'Auf dieser Seite läuft ein Vergleich, und seine Texte stehen seit dem Start fest. Beenden Sie ihn, bevor Sie etwas anderes zeigen.',
);
const LONGEST_REASON = 300;

async function surroundings(ctx: OutreachContext, db: Sql, slug: string): Promise<BlockSurroundings> {
  const pictures = new Set(await picturesOf(db, slug));
  return { hasService: cityOf(ctx).hasService, hasPicture: (sha256) => pictures.has(sha256), today: legalDay(ctx.clock()) };
}

/** A page as its makers see it, with what still keeps it from being published. */
export interface OpenedPage {
  readonly page: LandingPage;
  readonly problems: readonly string[];
  readonly versions: readonly Omit<PageVersion, 'content'>[];
  /** For the next block. */
  readonly freshId: string;
}

export async function openPage(ctx: OutreachContext, slug: string): Promise<Result<OpenedPage, OutreachProblem>> {
  const page = await findPage(ctx.database.read, slug);
  if (page === undefined) return refuse(noPage);
  const around = await surroundings(ctx, ctx.database.read, slug);
  return ok({ page, problems: pageProblems(page.draft, around), versions: await versionsOf(ctx.database.read, slug), freshId: freshBlockId(page.draft) });
}

/** A page with how often it was shown and led on, and what was left out of both by which rule: whole tens. */
export interface CountedPage extends LandingPage {
  readonly shown: number;
  readonly onward: number;
  readonly excluded: Excluded;
}

export async function pagesOfCampaign(ctx: Pick<OutreachContext, 'database'>, campaignId: string): Promise<readonly CountedPage[]> {
  const [pages, counts] = [await pagesOf(ctx.database.read, campaignId), await landingCounts(ctx.database.read, campaignId)];
  return pages.map((page) => {
    const of = (verdict: Verdict, step?: LandingStep): number =>
      counts.filter((one) => one.slug === page.slug && one.verdict === verdict && (step === undefined || one.step === step)).reduce((sum, { n }) => sum + n, 0);
    return { ...page, shown: of('counted', 'shown'), onward: of('counted', 'onward'), excluded: excludedBy(of) };
  });
}

/** Makes an empty landing page of a campaign, with a link of its own. */
export async function makePage(ctx: OutreachContext, actor: Actor, campaignId: string, slug: string): Promise<Result<LandingPage, OutreachProblem>> {
  const wrong = slugProblem(slug);
  if (wrong !== undefined) return refuse(wrong);
  return ctx.database.transaction(async (tx) => {
    const campaign = await lockCampaign(tx, campaignId);
    if (campaign === undefined) return refuse(noCampaign);
    const problem = changeProblem(campaign);
    if (problem !== undefined) return refuse(problem);
    if ((await findPage(tx, slug)) !== undefined) return refuse(taken);
    const now = ctx.clock();
    const code = await freshLink(ctx, tx, campaignId, { target: `/d/${slug}`, channel: 'web', place: '', material: 'Zielseite' });
    const page = { slug, campaignId, code, draft: { blocks: [] } };
    if (!(await insertPage(tx, page, now))) return refuse(taken);
    await note(ctx, tx, actor, now, campaignId, 'page-made', { slug, code });
    return ok({ ...page, version: 1, published: null, changedAt: now });
  });
}

/** Changes the draft of a page; what everybody sees stays until somebody publishes. */
export async function editPage(
  ctx: OutreachContext,
  actor: Actor,
  { slug, version, change }: { readonly slug: string; readonly version: number; readonly change: DraftChange },
): Promise<Result<LandingPage, OutreachProblem>> {
  return onPage(ctx, slug, { version }, async (tx, page) => {
    const changed = changeDraft(page.draft, change, await surroundings(ctx, tx, slug));
    if (!changed.ok) return changed;
    const now = ctx.clock();
    await updateDraft(tx, slug, changed.value, now);
    const what = change.kind === 'put' ? { block: change.block.id } : change.kind === 'all' ? { blocks: change.blocks.length } : { block: change.id };
    await note(ctx, tx, actor, now, page.campaignId, 'page-changed', { slug, change: change.kind, ...what });
    return ok({ ...page, draft: changed.value, version: page.version + 1, changedAt: now });
  });
}

function readReason(typed: string): Result<string, OutreachProblem> {
  const reason = cleanText(typed);
  if (reason === '') return refuse(invalidField('reason', 'Schreiben Sie in einem Satz, warum. Er bleibt bei der Fassung stehen.'));
  return reason.length > LONGEST_REASON ? refuse(invalidField('reason', `Kürzen Sie den Grund auf höchstens ${LONGEST_REASON} Zeichen.`)) : ok(reason);
}

/** Puts the draft before everybody, with a reason. The versions before are kept. */
export async function publishPage(
  ctx: OutreachContext,
  actor: Actor,
  { slug, version, reason: typed }: { readonly slug: string; readonly version: number; readonly reason: string },
): Promise<Result<LandingPage, OutreachProblem>> {
  const read = readReason(typed);
  if (!read.ok) return read;
  const reason = read.value;
  return onPage(ctx, slug, { version }, async (tx, page) => {
    const [problem] = pageProblems(page.draft, await surroundings(ctx, tx, slug));
    if ((await runningOn(tx, slug)) !== undefined) return refuse(compared);
    if (problem !== undefined) return refuse(wrongState(problem));
    const now = ctx.clock();
    const number = await insertVersion(tx, slug, { content: page.draft, reason, publishedBy: actorRef(actor), publishedAt: now });
    await setPublished(tx, slug, number, now);
    await note(ctx, tx, actor, now, page.campaignId, 'page-published', { slug, number, reason });
    return ok({ ...page, published: number, version: page.version + 1, changedAt: now });
  });
}

/** Takes a page away from everybody; its versions are kept. */
export async function withdrawPage(
  ctx: OutreachContext,
  actor: Actor,
  { slug, version, reason: typed }: { readonly slug: string; readonly version: number; readonly reason: string },
): Promise<Result<LandingPage, OutreachProblem>> {
  const read = readReason(typed);
  if (!read.ok) return read;
  const reason = read.value;
  return onPage(ctx, slug, { version, alsoAfterEnd: true }, async (tx, page) => {
    if ((await runningOn(tx, slug)) !== undefined) return refuse(compared);
    if (page.published === null) return refuse(wrongState('Diese Seite ist nicht veröffentlicht.'));
    const now = ctx.clock();
    await setPublished(tx, slug, null, now);
    await note(ctx, tx, actor, now, page.campaignId, 'page-withdrawn', { slug, reason });
    return ok({ ...page, published: null, version: page.version + 1, changedAt: now });
  });
}

type Work = (tx: Parameters<Parameters<OutreachContext['database']['write']>[0]>[0], page: LandingPage) => Promise<Result<LandingPage, OutreachProblem>>;

/** Holds the page, unchanged since `version` was read, and its campaign going on: what is wrong can be withdrawn at any time. */
function onPage(
  ctx: OutreachContext,
  slug: string,
  { version, alsoAfterEnd = false }: { readonly version: number; readonly alsoAfterEnd?: boolean },
  work: Work,
): Promise<Result<LandingPage, OutreachProblem>> {
  return ctx.database.transaction(async (tx) => {
    const page = await lockPage(tx, slug);
    if (page === undefined) return refuse(noPage);
    const campaign = await lockCampaign(tx, page.campaignId);
    const problem = campaign && changeProblem(campaign);
    if (problem !== undefined && !(alsoAfterEnd && campaign?.state === 'ended')) return refuse(problem);
    return page.version === version ? work(tx, page) : refuse(changedMeanwhile);
  });
}
