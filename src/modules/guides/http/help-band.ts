import type { AnyRoute, FormVisit, Visit } from '../../../platform/http/route.ts';
import { buttonForm } from '../../../platform/ui/form-frame.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { live } from '../../../platform/ui/parts.ts';
import type { GuidesContext } from '../application/context.ts';
import { readOwnHelp, type OwnHelp } from '../application/read-help.ts';
import { clockTime } from './frame.ts';
import { helpTexts } from './help-texts.ts';

/** Pages of a draft under a band that says who helps, with the way to end it or to get help. */
export function withHelpBand(ctx: GuidesContext, routes: readonly AnyRoute[]): AnyRoute[] {
  const banded = async <V extends Visit>(visit: V): Promise<V> => {
    const { id } = visit.params;
    if (id === undefined || visit.actor.kind !== 'citizen') return visit;
    const own = await readOwnHelp(ctx, visit.actor, id);
    return own.ok && !own.value.gone ? { ...visit, band: helpBand(own.value, visit.lang) } : visit;
  };
  return routes.map((route): AnyRoute => {
    if (route.kind !== 'page' || !route.path.startsWith('/antrag/:id')) return route;
    if (route.method === 'get') return { ...route, handle: async (visit: Visit) => route.handle(await banded(visit)) };
    return { ...route, handle: async (visit: FormVisit) => route.handle(await banded(visit)) };
  });
}

function helpBand({ draftId, help }: OwnHelp, lang: Lang): Html {
  const t = helpTexts(lang);
  const at = `/antrag/${draftId}/hilfe`;
  const link = (label: string): Html => html`<a class="kern-link" href="${at}">${label}</a>`;
  const body = (): Html => {
    switch (help?.phase) {
      case 'running': {
        const last = Object.values(help.assistance.typed).toSorted().at(-1);
        const typed = last === undefined ? '' : html` ${t.lastTyped(clockTime(Temporal.Instant.from(last)))} <a class="kern-link" href="">${t.reload}</a>`;
        return html`<p><strong>${t.bandRunning(help.guide!, clockTime(help.assistance.runsUntil!))}</strong> ${t.bandSees}${typed}</p>${buttonForm(`${at}/beenden`, { label: t.end, kind: 'secondary', small: true })}`;
      }
      case 'offered':
        return html`<p><strong>${t.bandOffered(help.guide!)}</strong> ${link(t.bandOpen)}</p>`;
      case 'code':
        return html`<p>${t.bandCode} ${link(t.bandHelp)}</p>`;
      default:
        return html`<p>${t.bandNone} ${link(t.bandGet)}</p>`;
    }
  };
  const quiet = help === undefined || help.phase === 'over';
  return html`<aside class="${quiet ? 'k-help' : 'k-help k-acting'}" aria-label="${t.bandLabel}"><div class="k-acting__inner">${quiet ? body() : live(`${at}/live`, 'k-hilfe', body())}</div></aside>`;
}
