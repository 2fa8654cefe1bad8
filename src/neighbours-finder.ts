import type { Actor } from './kernel/actor.ts';
import type { LanguageModels } from './kernel/language-model.ts';
import type { FinderContext } from './modules/finder/public.ts';
import { staffMember } from './modules/identity/public.ts';
import type { ProcedureContext } from './modules/procedure/public.ts';

/** The finder reads the catalogue in force, and knows who works at its desk. */
export function finderOn(ctx: ProcedureContext, models: LanguageModels<Actor>): FinderContext {
  return {
    ...ctx,
    models,
    services: () => [...ctx.desk.services.packages.values()],
    staffName: async (staffId) => (await staffMember(ctx.database.read, staffId))?.name,
  };
}
