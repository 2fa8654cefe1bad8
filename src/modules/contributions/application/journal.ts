import type { Actor } from '../../../kernel/actor.ts';
import type { Tx } from '../../../platform/database/port.ts';
import type { ContributionsContext } from './context.ts';

export const streamOf = (participationId: string): string => `contributions:${participationId}`;

/** What people may watch live: that something became public, not what. */
export const PUBLIC_KINDS = [
  'published',
  'hidden',
  'merged',
  'deleted',
  'supported',
  'support-withdrawn',
  'comment-published',
  'comment-hidden',
  'answered',
].map((kind) => `contributions.${kind}`);

/** Who takes part is nobody in the journal: it cannot forget, and opinions are nobody's business. The authority acts under its name. */
export const NOBODY: Actor = { kind: 'anonymous' };

/** Keeps that something happened: ids, numbers and codes, never words. */
export async function note(
  ctx: Pick<ContributionsContext, 'journal'>,
  tx: Tx,
  actor: Actor,
  at: Temporal.Instant,
  participationId: string,
  kind: string,
  payload: Readonly<Record<string, unknown>>,
): Promise<void> {
  await ctx.journal.append(tx, actor, at, [{ stream: streamOf(participationId), kind: `contributions.${kind}`, payload }]);
}
