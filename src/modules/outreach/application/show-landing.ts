import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { ORIGIN, type Reader } from '../../../kernel/usage.ts';
import type { Block } from '../domain/blocks.ts';
import { noPage, type OutreachProblem } from '../domain/problems.ts';
import { findPublished, type PublishedPage } from '../store/pages.ts';
import type { OutreachContext } from './context.ts';
import type { Follower, FollowWatch } from './follow.ts';

/** A landing page as one reader sees it. */
export interface ShownLanding {
  readonly page: PublishedPage;
  readonly blocks: readonly Block[];
  /** What goes onward in the address. */
  readonly origin: string;
}

/** The code in an address, without a variant that somebody has typed; else the page's own. */
export const codeOr = (typed: string | null, own: string): string => (typed !== null && ORIGIN.test(typed) ? typed.split('.')[0]! : own);

/** Shows a landing page: counts what counts, by the same rules as the follows of a link. */
export async function showLanding(
  ctx: OutreachContext,
  watch: FollowWatch,
  { slug, k }: { readonly slug: string; readonly k: string | null },
  follower: Follower,
): Promise<Result<ShownLanding, OutreachProblem>> {
  const page = await findPublished(ctx.database.read, slug);
  if (page === undefined) return refuse(noPage);
  const origin = codeOr(k, page.code);
  const reader = await whoCounts(ctx, watch, `/d/${slug}`, follower);
  if (reader !== undefined) ctx.count(reader, { step: 'landing-shown', subject: slug, origin });
  return ok({ page, blocks: page.content.blocks, origin });
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
  const origin = k !== null && ORIGIN.test(k) ? k : page.code;
  const reader = await whoCounts(ctx, watch, `/d/${slug}/weiter`, follower);
  if (reader !== undefined) ctx.count(reader, { step: 'landing-onward', subject: slug, origin });
  return ok(`/leistungen/${service}?k=${origin}`);
}

async function whoCounts(ctx: OutreachContext, watch: FollowWatch, subject: string, { reader, ahead }: Follower): Promise<Reader | undefined> {
  if (reader === undefined) return undefined;
  return (await watch.judge(ctx, subject, { reader, ahead }, ctx.clock())) === 'counted' ? reader : undefined;
}
