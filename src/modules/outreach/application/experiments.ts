import type { Actor } from '../../../kernel/actor.ts';
import { newId } from '../../../kernel/id.ts';
import { wrongState } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { legalDay } from '../../../kernel/time.ts';
import { changeProblem } from '../domain/campaign.ts';
import {
  checkExperiment,
  readCounts,
  suggestedMaximum,
  toldReading,
  variantsOf,
  type Counts,
  type Experiment,
  type Plan,
  type ToldReading,
  type Variant,
  type Variation,
} from '../domain/experiment.ts';
import { noExperiment, noPage, type OutreachProblem } from '../domain/problems.ts';
import type { Counted } from '../domain/sequential.ts';
import { findCampaign, lockCampaign } from '../store/campaigns.ts';
import { endExperiment, experimentsOf, insertExperiment, running, runningOn, shownUntil } from '../store/experiments.ts';
import { codesTo } from '../store/links.ts';
import { findPage, findPublished, lockPage, type PublishedPage } from '../store/pages.ts';
import { cityOf, type OutreachContext } from './context.ts';
import { note } from './journal.ts';

/** What can be said of an experiment now. `unmeasured`: nobody counts where forms begin. */
export type Told =
  | { readonly kind: 'unmeasured' }
  | { readonly kind: 'no-day-yet' }
  | { readonly kind: 'read'; readonly reading: ToldReading; readonly counts: Counts; readonly until: Temporal.PlainDate };

export interface OpenedExperiments {
  readonly page: PublishedPage;
  readonly current: { readonly experiment: Experiment; readonly told: Told } | undefined;
  readonly earlier: readonly Experiment[];
}

const unpublished: OutreachProblem = wrongState('Verglichen wird, was alle sehen. Veröffentlichen Sie die Seite zuerst.');

/** The comparisons of a page: the one that runs with what it says so far, and earlier ones. */
export async function experimentsOn(ctx: OutreachContext, slug: string): Promise<Result<OpenedExperiments, OutreachProblem>> {
  const page = await findPublished(ctx.database.read, slug);
  if (page === undefined) return refuse(unpublished);
  const all = await experimentsOf(ctx.database.read, slug);
  const experiment = all.find(({ endedAt }) => endedAt === null);
  const current = experiment === undefined ? undefined : { experiment, told: await tell(ctx, experiment) };
  return ok({ page, current, earlier: all.filter(({ endedAt }) => endedAt !== null) });
}

/** Reads the counts of whole days: whoever came today may still begin. */
async function tell(ctx: OutreachContext, experiment: Experiment): Promise<Told> {
  if (ctx.begunByOrigin === undefined) return { kind: 'unmeasured' };
  const until = legalDay(ctx.clock()).subtract({ days: 1 });
  if (Temporal.PlainDate.compare(until, experiment.startedOn) < 0) return { kind: 'no-day-yet' };
  const shown = await shownUntil(ctx.database.read, experiment.id, until);
  const counts = await countsOf(experiment, until, { shown, codes: await codesTo(ctx.database.read, `/d/${experiment.slug}`) }, ctx.begunByOrigin);
  return { kind: 'read', counts, until, reading: toldReading(readCounts(experiment.plan, variantsOf(experiment.variation), counts), counts) };
}

async function countsOf(
  { startedOn, variation }: Experiment,
  until: Temporal.PlainDate,
  { shown, codes }: { readonly shown: ReadonlyMap<Variant, number>; readonly codes: readonly string[] },
  begun: NonNullable<OutreachContext['begunByOrigin']>,
): Promise<Counts> {
  const counts: Partial<Record<Variant, Counted>> = {};
  for (const variant of variantsOf(variation)) {
    let reached = 0;
    for (const code of codes) reached += await begun(`${code}.${variant}`, startedOn, until);
    counts[variant] = { shown: shown.get(variant) ?? 0, reached };
  }
  return counts;
}

export const suggestMaximum = (plan: Omit<Plan, 'maximumShown'>, variants: number): number => suggestedMaximum(plan, variants);

/** Starts a comparison. Plan, words and rule of its end are fixed from now on, and in the journal. */
export async function startExperiment(
  ctx: OutreachContext,
  actor: Actor,
  { slug, plan, variation }: { readonly slug: string; readonly plan: Plan; readonly variation: Variation },
): Promise<Result<Experiment, OutreachProblem>> {
  return ctx.database.transaction(async (tx) => {
    const locked = await lockPage(tx, slug);
    if (locked === undefined) return refuse(noPage);
    const page = await findPublished(tx, slug);
    if (page === undefined) return refuse(unpublished);
    const campaign = await lockCampaign(tx, locked.campaignId);
    const closed = campaign && changeProblem(campaign);
    if (closed !== undefined) return refuse(closed);
    const now = ctx.clock();
    const today = legalDay(now);
    const busy = startProblem(await experimentsOf(tx, slug), today);
    if (busy !== undefined) return refuse(busy);
    const around = { hasService: cityOf(ctx).hasService, hasPicture: () => true, today };
    const checked = checkExperiment(plan, variation, page.content, around);
    if (!checked.ok) return checked;
    const experiment = { id: newId(now.epochMilliseconds), slug, version: page.number, plan, variation: checked.value, startedOn: today };
    if (!(await insertExperiment(tx, experiment, now))) return refuse(runs);
    const variants = variantsOf(checked.value);
    await note(ctx, tx, actor, now, page.campaignId, 'experiment-started', {
      id: experiment.id,
      slug,
      version: page.number,
      block: checked.value.block,
      variants,
      measure: 'form-begun',
      plan,
    });
    return ok({ ...experiment, endedAt: null, endedBecause: null, result: null });
  });
}

const runs: OutreachProblem = wrongState(
  'Auf dieser Seite läuft schon ein Vergleich. Plan und Texte stehen seit dem Start fest und werden nicht mehr geändert. Beenden Sie ihn, bevor Sie einen neuen beginnen.',
);

function startProblem(all: readonly Experiment[], today: Temporal.PlainDate): OutreachProblem | undefined {
  if (all.some(({ endedAt }) => endedAt === null)) return runs;
  // the letters of both would be the same on that day
  const ended = all.some(({ endedAt }) => endedAt !== null && legalDay(endedAt).equals(today));
  return ended
    ? wrongState('Heute ist auf dieser Seite schon ein Vergleich zu Ende gegangen. Beginnen Sie den nächsten morgen, damit sich die Zahlen nicht mischen.')
    : undefined;
}

/** Ends a comparison by hand. What it had shown by then is its result; else there is none. */
export async function stopExperiment(ctx: OutreachContext, actor: Actor, slug: string): Promise<Result<Experiment, OutreachProblem>> {
  const experiment = await runningOn(ctx.database.read, slug);
  if (experiment === undefined) return refuse(noExperiment);
  const told = await tell(ctx, experiment);
  const because = told.kind === 'read' && (told.reading.kind === 'shown' || told.reading.kind === 'maximum') ? told.reading.kind : 'stopped';
  return end(ctx, actor, experiment, because, told);
}

async function end(
  ctx: OutreachContext,
  actor: Actor,
  experiment: Experiment,
  because: 'shown' | 'maximum' | 'stopped',
  told: Told,
): Promise<Result<Experiment, OutreachProblem>> {
  return ctx.database.transaction(async (tx) => {
    const page = await lockPage(tx, experiment.slug);
    const now = ctx.clock();
    const result = told.kind === 'read' ? told.reading : null;
    if (page === undefined || !(await endExperiment(tx, experiment.id, { because, result, now }))) return refuse(noExperiment);
    await note(ctx, tx, actor, now, page.campaignId, 'experiment-ended', { id: experiment.id, slug: experiment.slug, because, result });
    return ok({ ...experiment, endedAt: now, endedBecause: because, result });
  });
}

/** Lets every comparison end whose rule says so. Runs by the clock; what has ended stays ended. */
export async function settleExperiments(ctx: OutreachContext): Promise<void> {
  for (const experiment of await running(ctx.database.read)) {
    const told = await tell(ctx, experiment);
    const settled = told.kind === 'read' && (told.reading.kind === 'shown' || told.reading.kind === 'maximum') ? told.reading.kind : undefined;
    // with its campaign a comparison is over, too: nobody is led there any more
    const over = settled ?? ((await campaignIsOver(ctx, experiment.slug)) ? 'stopped' : undefined);
    if (over !== undefined) await end(ctx, { kind: 'system', job: 'outreach.settle-experiments' }, experiment, over, told);
  }
}

async function campaignIsOver(ctx: OutreachContext, slug: string): Promise<boolean> {
  const page = await findPage(ctx.database.read, slug);
  const campaign = page && (await findCampaign(ctx.database.read, page.campaignId));
  return campaign !== undefined && (campaign.state === 'ended' || Temporal.PlainDate.compare(campaign.endsOn, legalDay(ctx.clock())) < 0);
}
