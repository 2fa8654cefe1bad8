import type { Actor } from '../../../kernel/actor.ts';
import type { Tx } from '../../../platform/database/port.ts';
import type { OutreachContext } from './context.ts';

/** Keeps that something of a campaign changed: days, numbers and codes; words stay beside it. */
export async function note(
  ctx: Pick<OutreachContext, 'journal'>,
  tx: Tx,
  actor: Actor,
  at: Temporal.Instant,
  campaignId: string,
  kind: string,
  payload: Readonly<Record<string, unknown>>,
): Promise<void> {
  await ctx.journal.append(tx, actor, at, [{ stream: `outreach:${campaignId}`, kind: `outreach.${kind}`, payload }]);
}
