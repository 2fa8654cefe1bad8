import type { Actor } from '../../../kernel/actor.ts';
import { badge } from '../../../platform/ui/alert.ts';
import { formatAmount, formatDate } from '../../../platform/ui/formats.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { section } from '../../../platform/ui/parts.ts';
import type { PaymentContext } from '../application/context.ts';
import { claimsOfCase, viewClaim, type ClaimView } from '../application/read-claims.ts';
import { payTexts, statusTexts } from './texts.ts';

/** What is to be paid for a case, on its page. The caller has opened the case for this reader. One query. */
export async function claimsPanel(ctx: PaymentContext, actor: Actor, caseId: string, lang: Lang): Promise<Html | undefined> {
  const claims = await claimsOfCase(ctx.database.read, caseId);
  if (claims.length === 0) return undefined;
  const root = actor.kind === 'citizen' ? '/zahlungen' : '/amt/kasse';
  const items = claims.map((claim) => item(viewClaim(ctx, claim), root, lang));
  return section(payTexts(lang).title, html`<ul class="kern-list">${items}</ul>`, { id: 'zahlungen' });
}

function item(view: ClaimView, root: string, lang: Lang): Html {
  const { claim, status, purpose } = view;
  const t = payTexts(lang);
  const due = view.outstandingCents === 0 ? '' : html` ${t.dueOn} ${formatDate(lang, Temporal.PlainDate.from(claim.dueOn))}.`;
  return html`<li><a class="kern-link" href="${root}/${claim.id}">${purpose[lang]}, ${formatAmount(lang, claim.amountCents)}</a> ${badge(view.outstandingCents === 0 ? 'success' : 'info', statusTexts(lang)[status])}${due}</li>`;
}
