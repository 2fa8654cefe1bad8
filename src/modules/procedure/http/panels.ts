import type { Actor } from '../../../kernel/actor.ts';
import type { Html, Lang } from '../../../platform/ui/html.ts';

/**
 * A part of the case page that a module brings which procedure does not know. It is asked only after
 * the case was opened for this reader, and gives nothing when it has nothing to show.
 */
export type CasePanel = (actor: Actor, caseId: string, lang: Lang) => Promise<Html | undefined>;

/** All parts, in order. */
export async function shownPanels(panels: readonly CasePanel[], actor: Actor, caseId: string, lang: Lang): Promise<Html[]> {
  const shown = await Promise.all(panels.map((panel) => panel(actor, caseId, lang)));
  return shown.filter((panel) => panel !== undefined);
}
