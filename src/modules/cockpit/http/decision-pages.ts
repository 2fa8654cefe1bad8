import { getPage, html as answerHtml, type AnyRoute } from '../../../platform/http/route.ts';
import { linkButton } from '../../../platform/ui/form-frame.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import { keepsStrategy, type CockpitContext } from '../application/context.ts';
import type { Kind, Strategy } from '../domain/items.ts';
import { historyHref, HOME, measureHref, type Frame } from './frame.ts';
import { provenanceWords, shortDay, words } from './parts.ts';
import { cockpitTexts } from './texts.ts';

/** "How we decided", for everybody. */
export function decisionPages(ctx: CockpitContext, frame: Frame): AnyRoute[] {
  return [getPage(`${HOME}/entscheidungen`, 'public', async (visit) => answerHtml(decisionsPage(frame(visit), await ctx.history.now())))];
}

function decisionsPage(view: PageView, strategy: Strategy): Html {
  const { lang } = view;
  const t = cockpitTexts(lang);
  const all = [...strategy.decision.values()].toSorted((a, b) => (a.decidedOn > b.decidedOn ? -1 : 1));
  const main = html`${pageTitle(t.decisions, { lead: t.decisionsLead })}
${keepsStrategy(view.actor) ? html`<p>${linkButton({ label: t.newDecision, href: `${HOME}/bearbeiten/decision` })}</p>` : ''}
${all.length === 0 ? html`<p class="kern-body">${t.noDecisions}</p>` : decisionParts(strategy, all, lang)}`;
  return page(view, { title: t.decisions, main, breadcrumb: [{ label: t.title, href: HOME }, { label: t.decisions }] });
}

/** Each with its question, what was possible, and why one was chosen. */
export function decisionParts(strategy: Strategy, decisions: readonly Kind<'decision'>[], lang: Lang): Html {
  const t = cockpitTexts(lang);
  return html`<ol class="k-statements">${decisions.map((one) => {
    const on = one.measure === undefined ? undefined : strategy.measure.get(one.measure);
    return html`<li class="k-statement" id="d-${one.key}"><p class="k-statement__head"><strong>${words(one.question, lang)}</strong> <span class="k-muted">${t.decidedBy(one.decidedBy, shortDay(lang, one.decidedOn))}</span></p>
<p class="kern-label">${t.options}</p><ol class="kern-list">${one.options.map((option, index) => html`<li>${words(option, lang)}${index + 1 === one.chosen ? html` <strong>(${t.chosen})</strong>` : ''}</li>`)}</ol>
<p class="kern-label">${t.reasons}</p><p class="kern-body k-typed">${words(one.reasons, lang)}</p>
<p class="kern-body">${on === undefined ? '' : html`<a class="kern-link" href="${measureHref(on.key)}">${words(on.title, lang)}</a>. `}${provenanceWords(one.provenance, lang)}. <a class="kern-link" href="${historyHref('decision', one.key)}">${t.history}<span class="kern-sr-only">: ${one.question.de}</span></a></p></li>`;
  })}</ol>`;
}
