import type { Actor } from '../../../kernel/actor.ts';
import { linkButton } from '../../../platform/ui/form-frame.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { section } from '../../../platform/ui/parts.ts';
import type { ProposalsContext } from '../application/context.ts';
import { explanationFor } from '../application/read-proposals.ts';
import { madeLabel, notesPart } from './parts.ts';
import { proposalTexts } from './texts.ts';

/** The way from the case to its proposals. The caller has opened the case for this person. */
export function officerPanel(actor: Actor, caseId: string, lang: Lang): Promise<Html | undefined> {
  if (actor.kind !== 'staff') return Promise.resolve(undefined);
  const t = proposalTexts(lang);
  const way = linkButton({ label: t.open, href: `/amt/vorgang/${caseId}/vorschlaege`, kind: 'secondary' });
  return Promise.resolve(section(t.panel, html`<p class="kern-body">${t.panelLead}</p><p>${way}</p>`, { id: 'assistent' }));
}

/** Beside the Bescheid, for whose it is: what it says, in plain words. */
export async function explanationPanel(ctx: ProposalsContext, actor: Actor, caseId: string, lang: Lang): Promise<Html | undefined> {
  const made = await explanationFor(ctx, actor, caseId);
  if (!made.ok || made.value === undefined) return undefined;
  const t = proposalTexts(lang);
  const { items, notes, origin } = made.value;
  const body = html`<p class="kern-body">${t.explainedLead}</p>${madeLabel({ ...(origin && { origin }) }, lang)}${origin === undefined ? '' : html`<p class="kern-body">${t.explainedAi}</p>`}<ul class="kern-list">${items.map(({ text }) => html`<li>${text}</li>`)}</ul>${notesPart(notes)}`;
  return section(t.explained, body, { id: 'erklaerung' });
}
