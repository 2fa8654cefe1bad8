import { originIn, withOrigin } from '../../../platform/http/origin.ts';
import { getPage, html as answerHtml, problemPage, type AnyRoute } from '../../../platform/http/route.ts';
import { badge } from '../../../platform/ui/alert.ts';
import { buttonRow, linkButton } from '../../../platform/ui/form-frame.ts';
import { formatAmount, formatDaysAfter } from '../../../platform/ui/formats.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { factList, section } from '../../../platform/ui/parts.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import type { EntranceContext } from '../application/context.ts';
import { openSituation, type OpenSituation, type OpenStep } from '../application/situations.ts';
import type { Frame } from './frame.ts';
import { nextPart } from './front-door.ts';
import { situationTexts } from './situation-texts.ts';

export const noSituation = {
  kind: 'not-found' as const,
  detail: 'Diese Lebenslage gibt es nicht. Sehen Sie auf der Startseite nach, welche es gibt.',
};

export function situationRoutes(ctx: EntranceContext, frame: Frame): AnyRoute[] {
  return [
    getPage('/lebenslagen/:key', 'public', async (visit) => {
      const opened = await openSituation(ctx, visit.params['key'] ?? '');
      return opened === undefined ? problemPage(noSituation) : answerHtml(situationPage(frame(visit), opened, originIn(visit.query)));
    }),
  ];
}

/** What to do in a situation of life, in its order, with the way on from each step. */
export function situationPage(view: PageView, { situation, steps, next }: OpenSituation, origin: string | undefined): Html {
  const { lang } = view;
  const t = situationTexts(lang);
  const name = situation.name[lang];
  const main = html`${pageTitle(name, { lead: situation.lead[lang] })}
${section(t.steps, html`<ol class="k-steps-list">${steps.map((step, index) => stepItem(step, index + 1, lang, origin))}</ol>`)}
${nextPart(next, lang, origin) ?? ''}`;
  return page(view, { title: name, main, breadcrumb: [{ label: t.home, href: withOrigin('/', origin) }, { label: name }] });
}

function stepItem(step: OpenStep, place: number, lang: Lang, origin: string | undefined): Html {
  const t = situationTexts(lang);
  const heading = (title: string, mark?: Html): Html =>
    html`<div class="k-section__head"><h3 class="kern-heading-small"><span class="kern-sr-only">${t.step(place)}: </span>${title}</h3>${mark}</div>`;
  switch (step.kind) {
    case 'elsewhere':
      return html`<li class="k-stack">${heading(step.elsewhere[lang], badge('neutral', t.elsewhere))}<p class="kern-body">${step.what[lang]}</p><p class="k-muted">${t.source} ${step.source}</p></li>`;
    case 'page': {
      const to = linkButton({ label: t.toPage, href: step.page.path, kind: 'secondary', context: step.page.name[lang] });
      return html`<li class="k-stack">${heading(step.page.name[lang])}<p class="kern-body">${step.why[lang]}</p>${buttonRow(to)}</li>`;
    }
    case 'service':
      return html`<li class="k-stack">${heading(step.pkg.name[lang])}<p class="kern-body">${step.why[lang]}</p>${serviceFacts(step, lang)}${serviceWays(step, lang, origin)}</li>`;
  }
}

type ServiceStep = Extract<OpenStep, { kind: 'service' }>;

function serviceFacts({ pkg, fees, time }: ServiceStep, lang: Lang): Html {
  const t = situationTexts(lang);
  const amounts = [...new Set(fees.filter(({ channel }) => channel !== 'vor-ort').map((fee) => amountText(fee, lang)))];
  const known = time?.medianDays !== undefined && time.p80Days !== undefined;
  const duration = !known ? t.unknown : time.p80Days < 1 ? t.atOnce : t.days(formatDaysAfter(lang, time.medianDays), formatDaysAfter(lang, time.p80Days));
  const facts = factList([
    { label: t.fee, value: amounts.join(' · ') },
    { label: t.duration, value: duration, ...(pkg.promisedWeeks !== undefined && { note: `${t.promised}: ${t.weeks(pkg.promisedWeeks)}` }) },
  ]);
  return html`<h4 class="kern-title">${t.needs}</h4><ul class="kern-list">${pkg.needs.map((need) => html`<li>${need[lang]}</li>`)}</ul>${facts}`;
}

function amountText({ minCents, maxCents }: ServiceStep['fees'][number], lang: Lang): string {
  const t = situationTexts(lang);
  if (maxCents === 0) return t.free;
  return minCents === maxCents ? formatAmount(lang, minCents) : t.feeRange(formatAmount(lang, minCents), formatAmount(lang, maxCents));
}

function serviceWays({ pkg }: ServiceStep, lang: Lang, origin: string | undefined): Html {
  const t = situationTexts(lang);
  const context = pkg.name[lang];
  const to = (path: string): string => withOrigin(path, origin);
  const more = linkButton({ label: t.more, href: to(`/leistungen/${pkg.key}`), kind: 'tertiary', context });
  if (pkg.initiator === 'amt') return buttonRow(more);
  return buttonRow(
    linkButton({ label: t.start, href: to(`/antrag/neu/${pkg.key}`), context }),
    linkButton({ label: t.check, href: to(`/leistungen/${pkg.key}/check`), kind: 'secondary', context }),
    more,
  );
}
