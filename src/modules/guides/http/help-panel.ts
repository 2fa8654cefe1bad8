import type { Actor } from '../../../kernel/actor.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { section } from '../../../platform/ui/parts.ts';
import type { GuidesContext } from '../application/context.ts';
import { wasHelped } from '../application/read-help.ts';
import { helpTexts } from './help-texts.ts';

/** On the page of a case: the way to every step of help with the application, for as long as they are kept. */
export async function helpPanel(ctx: GuidesContext, actor: Actor, caseId: string, lang: Lang): Promise<Html | undefined> {
  if (actor.kind !== 'citizen' || !(await wasHelped(ctx, actor, caseId))) return undefined;
  const t = helpTexts(lang);
  return section(t.caseTitle, html`<p class="kern-body">${t.caseHelped} <a class="kern-link" href="/antrag/${caseId}/hilfe">${t.caseSteps}</a></p>`);
}
