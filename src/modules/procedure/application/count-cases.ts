import { countAllCases } from '../store/lists.ts';
import type { ProcedureContext } from './context.ts';

/** How many cases the city has taken in. */
export const countCases = (ctx: Pick<ProcedureContext, 'database'>): Promise<number> => countAllCases(ctx.database.read);
