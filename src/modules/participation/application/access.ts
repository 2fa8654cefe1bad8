import type { Actor } from '../../../kernel/actor.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { Sql } from '../../../platform/database/port.ts';
import { notFound, readsOnly, type ParticipationProblem } from '../domain/problems.ts';
import type { CaseView, ParticipationContext } from './context.ts';

/** The case, for staff who may see it. Applicants have a view of their own. */
export async function caseForStaff(ctx: ParticipationContext, db: Sql, actor: Actor, caseId: string): Promise<Result<CaseView, ParticipationProblem>> {
  const view = actor.kind === 'staff' ? await ctx.cases.read(db, caseId) : undefined;
  return view === undefined || !ctx.cases.maySee(actor, view) ? refuse(notFound) : ok(view);
}

/** The case, for staff who may change it. */
export async function caseToChange(ctx: ParticipationContext, db: Sql, actor: Actor, caseId: string): Promise<Result<CaseView, ParticipationProblem>> {
  const view = await caseForStaff(ctx, db, actor, caseId);
  if (!view.ok) return view;
  return ctx.cases.mayAct(actor, view.value) ? view : refuse(readsOnly);
}
