import type { Problem } from '../../../kernel/problem.ts';
import { badge } from '../../../platform/ui/alert.ts';
import { summaryList } from '../../../platform/ui/components.ts';
import { buttonForm, buttonRow, confirmBox, errorSummary, linkButton } from '../../../platform/ui/form-frame.ts';
import { formatAmount, formatDate } from '../../../platform/ui/formats.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { accordion, section } from '../../../platform/ui/parts.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import { serviceOf, type OutreachContext } from '../application/context.ts';
import { linksOf } from '../application/links.ts';
import { isStanding } from '../application/offered.ts';
import { pagesOfCampaign } from '../application/pages.ts';
import { readFunnel } from '../application/read-funnel.ts';
import type { Campaign, CampaignState } from '../domain/campaign.ts';
import { CAMPAIGNS, mayWrite } from './frame.ts';
import { funnelPart } from './funnel-part.ts';
import { goalPart, percentText } from './goal-part.ts';
import { linkPart } from './link-part.ts';
import { pagesPart } from './page-overview.ts';
import { campaignTexts, CHANNEL_WORDS, RATE_WORDS, STATE_WORDS } from './texts.ts';

const BADGES = { draft: 'neutral', running: 'success', ended: 'info' } as const;
export const stateBadge = (state: CampaignState, lang: Lang): Html => badge(BADGES[state], STATE_WORDS[state][lang]);

/** What was refused, with what was typed into the form of a link or of a page. */
export interface Refused {
  readonly problem: Problem;
  readonly fields?: URLSearchParams;
  readonly pageFields?: URLSearchParams;
}

/** One campaign: what it is for, its links and figures, the way people take. */
export async function campaignPage(ctx: OutreachContext, view: PageView, campaign: Campaign, refused?: Refused): Promise<Html> {
  const { lang } = view;
  const t = campaignTexts(lang);
  const writes = mayWrite(view.actor) && !isStanding(campaign);
  const [links, pages] = [await linksOf(ctx, campaign.id), await pagesOfCampaign(ctx, campaign.id)];
  const funnel = await readFunnel(ctx, campaign, links);
  const problems = refused?.problem.fields ?? [];
  const main = html`${refused === undefined ? '' : errorSummary(problems, lang, problems.length === 0 ? refused.problem.detail : undefined)}
${pageTitle(campaign.title, { badge: html`<span>${stateBadge(campaign.state, lang)} ${campaign.ownPlacement ? badge('neutral', t.ownBadge) : ''}</span>`, lead: html`<span lang="de">${campaign.aim}</span>` })}
${writes ? steps(campaign, lang) : ''}
${about(ctx, campaign, lang)}
${isStanding(campaign) ? '' : await goalPart(ctx, campaign, funnel, lang)}
${linkPart(ctx, { campaign, links, onPages: pages.map(({ excluded }) => excluded), writes, fields: refused?.fields, problems }, lang)}
${pagesPart(pages, { campaignId: campaign.id, writes: writes && campaign.state !== 'ended', fields: refused?.pageFields, problem: refused?.problem }, lang)}
${funnelPart(funnel, lang)}`;
  return page(view, {
    title: campaign.title,
    main,
    wide: true,
    hasErrors: refused !== undefined,
    breadcrumb: [{ label: t.title, href: CAMPAIGNS }, { label: campaign.title }],
  });
}

function steps(campaign: Campaign, lang: Lang): Html {
  const t = campaignTexts(lang);
  const base = `${CAMPAIGNS}/${campaign.id}`;
  if (campaign.state === 'ended') return html``;
  const edit = linkButton({ label: t.edit, href: `${base}/bearbeiten`, kind: 'secondary', icon: 'edit' });
  if (campaign.state === 'draft') return html`${buttonRow(edit)}${buttonForm(`${base}/stand`, { label: t.start }, { nach: 'running' })}`;
  const end = confirmBox({
    title: t.end,
    body: t.endBody,
    action: `${base}/stand`,
    confirm: t.end,
    cancel: { label: t.back, href: base },
    danger: true,
    hidden: { nach: 'ended' },
  });
  return html`${buttonRow(edit)}${accordion(t.end, end)}`;
}

/** The services of a goal by name, or that it is of the whole city. */
export function servicesText(ctx: OutreachContext, { services }: Pick<Campaign['goal'], 'services'>, lang: Lang): string {
  return services.length === 0 ? campaignTexts(lang).wholeCity : services.map((key) => serviceOf(ctx, key)?.name[lang] ?? key).join(', ');
}

/** When a campaign runs; what the city keeps by itself has no end. */
export const daysText = (campaign: Pick<Campaign, 'key' | 'startsOn' | 'endsOn'>, format: (day: Temporal.PlainDate) => string, lang: Lang): string =>
  isStanding(campaign) ? campaignTexts(lang).openEnded(format(campaign.startsOn)) : `${format(campaign.startsOn)} – ${format(campaign.endsOn)}`;

function about(ctx: OutreachContext, { goal, ...campaign }: Campaign, lang: Lang): Html {
  const t = campaignTexts(lang);
  const from = goal.fromPercent === undefined ? t.unknown : percentText(lang, goal.fromPercent);
  const german = (text: string): Html | undefined => (text === '' ? undefined : html`<span lang="de">${text}</span>`);
  const goalText = html`${RATE_WORDS[goal.rate][lang]}: ${from} → ${percentText(lang, goal.toPercent)}, ${formatDate(lang, goal.by)}`;
  const rows = [
    ...(isStanding(campaign) ? [] : [{ label: t.goal, value: goalText }]),
    { label: t.services, value: servicesText(ctx, goal, lang) },
    { label: t.days, value: daysText(campaign, (day) => formatDate(lang, day), lang) },
    { label: t.audience, value: german(campaign.audience) },
    { label: t.places, value: german(campaign.places.join(', ')) },
    { label: t.channels, value: campaign.channels.map((one) => CHANNEL_WORDS[one][lang]).join(', ') },
    { label: t.material, value: german(campaign.material) },
    { label: t.budget, value: formatAmount(lang, campaign.budgetCents) },
    { label: t.spent, value: formatAmount(lang, campaign.spentCents) },
    { label: t.source, value: german(campaign.source) },
  ];
  return section(
    t.aboutTitle,
    summaryList(
      rows.map(({ label, value }) => (value === undefined ? { label } : { label, value })),
      lang,
    ),
  );
}
