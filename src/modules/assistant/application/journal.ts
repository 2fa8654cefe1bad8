import type { Actor } from '../../../kernel/actor.ts';
import type { Tx } from '../../../platform/database/port.ts';
import type { AssistantContext } from './context.ts';

/** Keeps that something happened: ids, hashes and codes, never words. The last statement of a transaction. */
export async function note(
  ctx: Pick<AssistantContext, 'journal'>,
  tx: Tx,
  actor: Actor,
  at: Temporal.Instant,
  about: { readonly stream: string; readonly kind: string },
  payload: Readonly<Record<string, unknown>>,
): Promise<void> {
  await ctx.journal.append(tx, actor, at, [{ stream: `assistant:${about.stream}`, kind: `assistant.${about.kind}`, payload }]);
}
