import type { Tx } from '../../../platform/database/port.ts';
import { findContribution } from '../store/contributions.ts';
import { findById } from '../store/participations.ts';
import type { ContributionsContext } from './context.ts';

export const SERVE = 'contributions.serve-feature';

/** The collection follows after the commit: it belongs to another module, with a transaction of its own. */
export async function serveLater(ctx: Pick<ContributionsContext, 'outbox'>, tx: Tx, contributionId: string): Promise<void> {
  await ctx.outbox.enqueue(tx, SERVE, { contributionId });
}

/** Job: makes the public collection say what is true now. Idempotent, and right in whatever order the orders come. */
export async function serveFeature(ctx: ContributionsContext, { contributionId }: { readonly contributionId: string }): Promise<void> {
  const one = await findContribution(ctx.database.read, contributionId);
  const participation = one && (await findById(ctx.database.read, one.participationId));
  if (one?.state === 'published' && participation !== undefined) await ctx.collection.put(one, participation);
  else await ctx.collection.drop(contributionId);
}
