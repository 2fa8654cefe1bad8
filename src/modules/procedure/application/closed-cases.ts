import type { Actor } from '../../../kernel/actor.ts';
import type { ServicePackage } from '../../catalogue/public.ts';
import type { Case } from '../domain/case.ts';
import { listClosed } from '../store/lists.ts';
import { maySee } from './act.ts';
import type { ProcedureContext } from './context.ts';

export interface ClosedCaseFile {
  readonly state: Case;
  readonly pkg: ServicePackage;
  /** Since when nothing of it has changed. */
  readonly closedAt: Temporal.Instant;
}

/** Closed cases of a Leistung at an authority, the newest first, for its staff. Whoever calls this says who looked. */
export async function closedCases(
  ctx: Pick<ProcedureContext, 'database' | 'desk'>,
  actor: Actor,
  { service, authority, limit }: { readonly service: string; readonly authority: string; readonly limit: number },
): Promise<ClosedCaseFile[]> {
  if (actor.kind !== 'staff') return [];
  const found = (await listClosed(ctx.database.read, { service, authority, limit })).filter(({ state }) => maySee(actor, state));
  return Promise.all(found.map(async ({ state, closedAt }) => ({ state, closedAt, pkg: await ctx.desk.pinned(state.packageHash) })));
}
