import type { Actor } from '../../../kernel/actor.ts';
import { badge } from '../../../platform/ui/alert.ts';
import { linkButton } from '../../../platform/ui/form-frame.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { factList, section } from '../../../platform/ui/parts.ts';
import type { ParticipationContext } from '../application/context.ts';
import { countsForPanel, releasedForPanel, type ReleasedStatement } from '../application/read-file.ts';
import { ANSWERS, consulteeTexts } from './answer-texts.ts';
import { paragraphs, shortDay } from './common.ts';
import { officerTexts } from './officer-texts.ts';

/**
 * What the applicant sees of the Beteiligung on the page of the case: statements an officer has
 * confirmed, nothing before. One query when there is nothing; then one more for whose case it is.
 */
export async function applicantPanel(ctx: ParticipationContext, actor: Actor, caseId: string, lang: Lang): Promise<Html | undefined> {
  const released = await releasedForPanel(ctx, actor, caseId);
  if (released.length === 0) return undefined;
  const t = consulteeTexts(lang);
  return section(t.panelTitle, html`<p class="kern-body">${t.panelLead}</p><ul class="k-statements">${released.map((one) => releasedItem(one, lang))}</ul>`, {
    id: 'beteiligung',
  });
}

function releasedItem(one: ReleasedStatement, lang: Lang): Html {
  const t = consulteeTexts(lang);
  return html`<li class="k-statement"><p class="k-statement__head"><strong>${one.from ?? t.neighbour}</strong> ${badge('neutral', ANSWERS[one.answer][lang])} <span class="k-muted">${one.number} · ${shortDay(lang, one.receivedOn)}</span></p>${one.text === '' ? '' : paragraphs(one.text)}${
    one.conditions.length === 0
      ? ''
      : html`<p class="kern-label">${t.conditions}</p><ol class="kern-list">${one.conditions.map((condition) => html`<li class="k-typed">${condition}</li>`)}</ol>`
  }</li>`;
}

/** What the officer sees on the page of the case: counts and the way in. One query. The caller has opened the case for this person. */
export async function officerPanel(ctx: ParticipationContext, actor: Actor, caseId: string, lang: Lang): Promise<Html | undefined> {
  if (actor.kind !== 'staff') return undefined;
  const counts = await countsForPanel(ctx, caseId);
  const t = officerTexts(lang);
  const way = html`<p>${linkButton({ label: t.openParticipation, href: `/amt/vorgang/${caseId}/beteiligung`, kind: 'secondary' })}</p>`;
  if (counts === undefined) return section(t.participation, html`<p class="kern-body">${t.notBegun}</p>${way}`, { id: 'beteiligung' });
  const facts = [
    { label: t.openRounds, value: String(counts.openRounds) },
    { label: t.waiting, value: String(counts.waiting) },
    { label: t.statements, value: String(counts.statements) },
    { label: t.unweighed, value: String(counts.unweighed) },
  ];
  return section(t.participation, html`${factList(facts)}${way}`, { id: 'beteiligung' });
}
