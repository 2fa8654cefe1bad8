import type { Decision } from '../domain/case.ts';
import { findCase } from '../store/cases.ts';
import { countAllCases } from '../store/lists.ts';
import type { ProcedureContext } from './context.ts';

/** How many cases the city has taken in. */
export const countCases = (ctx: Pick<ProcedureContext, 'database'>): Promise<number> => countAllCases(ctx.database.read);

/** The decisions of a case so far. */
export const findDecisions = async (ctx: Pick<ProcedureContext, 'database'>, caseId: string): Promise<readonly Decision[]> =>
  (await findCase(ctx.database.read, caseId))?.decisions ?? [];
