import type { Actor } from '../../../kernel/actor.ts';
import type { DataClass, ModelChoice } from '../../../kernel/language-model.ts';
import { DATA_CLASSES, type Entrance } from '../domain/wish.ts';
import { staffOf, type AssistantContext, type DocumentChoice } from './context.ts';

const USES: Readonly<Record<Entrance, string>> = { summary: 'zusammenfassen', writing: 'schreiben', research: 'recherche', turn: 'gespraech' };
const MOST_DOCUMENTS = 200;

/** A model with the classes of texts that it may be given. */
export interface OfferedModel extends ModelChoice {
  readonly classes: readonly DataClass[];
}

/** The models that somebody may choose at an entrance; none: everything works without. */
export async function offeredModels(ctx: Pick<AssistantContext, 'models'>, actor: Actor, entrance: Entrance): Promise<readonly OfferedModel[]> {
  const offered = new Map<string, OfferedModel>();
  for (const dataClass of DATA_CLASSES) {
    for (const choice of await ctx.models.choices(actor, USES[entrance], dataClass)) {
      const known = offered.get(choice.key);
      offered.set(choice.key, { ...choice, classes: [...(known?.classes ?? []), dataClass] });
    }
  }
  return [...offered.values()];
}

export interface OfferedSources {
  readonly documents: readonly DocumentChoice[];
  readonly collections: readonly { readonly id: string; readonly title: string }[];
}

/** The documents and collections that somebody may choose. */
export async function offeredSources(ctx: Pick<AssistantContext, 'library'>, actor: Actor): Promise<OfferedSources> {
  const staff = staffOf(actor);
  if (!staff.ok) return { documents: [], collections: [] };
  return { documents: await ctx.library.documents(staff.value, MOST_DOCUMENTS), collections: await ctx.library.collections(staff.value) };
}
