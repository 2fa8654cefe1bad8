import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { legalDay } from '../../../kernel/time.ts';
import { ORIGIN, ORIGIN_PARAMETER, type Reader } from '../../../kernel/usage.ts';
import type { Block } from '../domain/blocks.ts';
import { assign, variantsOf, variedBlocks, type Experiment, type Variant } from '../domain/experiment.ts';
import type { Opening } from '../domain/follow.ts';
import { noPage, type OutreachProblem } from '../domain/problems.ts';
import { addShown, runningOn } from '../store/experiments.ts';
import { leadsTo } from '../store/links.ts';
import { findPublished, type PublishedPage } from '../store/pages.ts';
import type { OutreachContext } from './context.ts';
import type { Follower, FollowWatch } from './follow.ts';

/** A landing page as one reader sees it. */
export interface ShownLanding {
  readonly page: PublishedPage;
  readonly blocks: readonly Block[];
  /** What goes onward in the address; absent for who does not want to be counted. */
  readonly origin: string | undefined;
}

/** The code in an address when its link leads to this page, without a variant that somebody has typed; else the page's own. */
async function codeOf(ctx: Pick<OutreachContext, 'database'>, { slug, code }: PublishedPage, typed: string | null): Promise<string> {
  const wished = typed !== null && ORIGIN.test(typed) ? typed.split('.')[0]! : code;
  return wished === code || !(await leadsTo(ctx.database.read, wished, `/d/${slug}`)) ? code : wished;
}

/** Shows a landing page: counts what counts, by the same rules as the follows of a link. */
export async function showLanding(
  ctx: OutreachContext,
  watch: FollowWatch,
  { slug, k }: { readonly slug: string; readonly k: string | null },
  follower: Follower,
): Promise<Result<ShownLanding, OutreachProblem>> {
  const page = await findPublished(ctx.database.read, slug);
  if (page === undefined) return refuse(noPage);
  const code = await codeOf(ctx, page, k);
  const reader = await whoCounts(ctx, watch, { kind: 'landing', slug, step: 'shown' }, follower);
  const experiment = await runningOn(ctx.database.read, slug);
  const varied = experiment?.version === page.number ? await assignVariant(ctx, experiment, reader) : undefined;
  // who is not counted takes no letter along: what they begin belongs to no variant
  const lettered = varied === undefined || reader === undefined ? code : `${code}.${varied}`;
  const origin = follower.reader === undefined ? undefined : lettered;
  if (reader !== undefined) ctx.count(reader, { step: 'landing-shown', subject: slug, origin: lettered });
  const blocks = experiment === undefined || varied === undefined ? page.content.blocks : variedBlocks(page.content, experiment.variation, varied);
  return ok({ page, blocks, origin });
}

/** By chance, anew for each view, and without a trace on anybody's device. */
async function assignVariant(ctx: OutreachContext, { id, variation }: Experiment, reader: Reader | undefined): Promise<Variant> {
  const variant = assign(variantsOf(variation), ctx.random);
  if (reader !== undefined) await ctx.database.write((tx) => addShown(tx, id, variant, legalDay(ctx.clock())));
  return variant;
}

/** Leads from a landing page to a service that stands on it. @returns the path with its origin */
export async function goOnward(
  ctx: OutreachContext,
  watch: FollowWatch,
  { slug, service, k }: { readonly slug: string; readonly service: string; readonly k: string | null },
  follower: Follower,
): Promise<Result<string, OutreachProblem>> {
  const page = await findPublished(ctx.database.read, slug);
  if (page === undefined || !page.content.blocks.some((block) => block.service === service)) return refuse(noPage);
  const code = await codeOf(ctx, page, k);
  const origin = k !== null && ORIGIN.test(k) && k.startsWith(`${code}.`) ? k : code;
  const reader = await whoCounts(ctx, watch, { kind: 'landing', slug, step: 'onward' }, follower);
  if (reader !== undefined) ctx.count(reader, { step: 'landing-onward', subject: slug, origin });
  return ok(`/leistungen/${service}${follower.reader === undefined ? '' : `?${ORIGIN_PARAMETER}=${origin}`}`);
}

async function whoCounts(ctx: OutreachContext, watch: FollowWatch, opening: Opening, { reader, ahead }: Follower): Promise<Reader | undefined> {
  if (reader === undefined) return undefined;
  return (await watch.note(ctx, opening, { reader, ahead }, ctx.clock())) === 'counted' ? reader : undefined;
}
