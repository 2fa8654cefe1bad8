import type { EntranceContext } from './context.ts';

/** The address under which a service is passed on: a short link that carries a campaign, else its plain page. */
export async function shareAddress(ctx: Pick<EntranceContext, 'settings' | 'shareLink'>, serviceKey: string): Promise<string> {
  const link = await ctx.shareLink?.(serviceKey);
  return link === undefined ? `${ctx.settings.publicUrl}/leistungen/${serviceKey}` : `${ctx.settings.publicUrl}/k/${link.code}`;
}
