import { legalDay } from '../../../kernel/time.ts';
import type { FunnelStage } from '../../../kernel/usage.ts';
import type { Campaign } from '../domain/campaign.ts';
import type { Link } from '../domain/link.ts';
import type { OutreachContext } from './context.ts';

/** The way from a campaign's links to the Bescheid, or why there is none to tell. */
export type CampaignFunnel =
  | { readonly kind: 'unmeasured' | 'no-links' | 'not-yet' }
  | { readonly kind: 'read'; readonly stages: readonly FunnelStage[]; readonly from: Temporal.PlainDate; readonly until: Temporal.PlainDate };

/** Of the campaign's days, as far as they have come. */
export async function readFunnel(
  ctx: Pick<OutreachContext, 'clock' | 'funnel'>,
  { startsOn: from, endsOn }: Pick<Campaign, 'startsOn' | 'endsOn'>,
  links: readonly Pick<Link, 'code'>[],
): Promise<CampaignFunnel> {
  if (ctx.funnel === undefined) return { kind: 'unmeasured' };
  if (links.length === 0) return { kind: 'no-links' };
  const today = legalDay(ctx.clock());
  const until = Temporal.PlainDate.compare(endsOn, today) < 0 ? endsOn : today;
  if (Temporal.PlainDate.compare(from, until) > 0) return { kind: 'not-yet' };
  return { kind: 'read', from, until, stages: await ctx.funnel({ origins: links.map(({ code }) => code), from, until }) };
}
