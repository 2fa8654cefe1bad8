import { idOrNobody } from '../../../kernel/id.ts';
import type { Problem } from '../../../kernel/problem.ts';
import { decodeCursor, encodeCursor } from '../../../platform/http/paging.ts';
import { problemStatus } from '../../../platform/http/problem.ts';
import {
  getPage,
  html as answerHtml,
  postPage,
  problemPage,
  redirect,
  type AnyRoute,
  type Answer,
  type FormVisit,
  type Visit,
} from '../../../platform/http/route.ts';
import { dataTable } from '../../../platform/ui/components.ts';
import { buttonRow, linkButton } from '../../../platform/ui/form-frame.ts';
import { formatShortDate } from '../../../platform/ui/formats.ts';
import { html } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { pagination } from '../../../platform/ui/parts.ts';
import { campaignById, campaignsPage, changeCampaign, makeCampaign, moveCampaign, type ListEnd } from '../application/campaigns.ts';
import type { OutreachContext } from '../application/context.ts';
import { makeLink, stopLink } from '../application/links.ts';
import type { Campaign } from '../domain/campaign.ts';
import { campaignFormPage, fieldsOf, readCampaign } from './campaign-form.ts';
import { campaignPage, daysText, servicesText, stateBadge, type Refused } from './campaign-page.ts';
import { CAMPAIGNS, mayWrite, READERS, WRITERS, type Frame } from './frame.ts';
import { readLink } from './link-part.ts';
import { campaignTexts } from './texts.ts';

const ROWS = 30;
const idOf = (visit: Visit): string => idOrNobody(visit.params['id']!);
const pathOf = (id: string): string => `${CAMPAIGNS}/${id}`;

/** Where the press office makes campaigns, follows and ends them. */
export function campaignPages(ctx: OutreachContext, frame: Frame): AnyRoute[] {
  return [
    getPage(CAMPAIGNS, READERS, async (visit) => listPage(ctx, frame, visit)),
    getPage(`${CAMPAIGNS}/neu`, WRITERS, async (visit) =>
      answerHtml(campaignFormPage(frame(visit), visit.url, { fields: new URLSearchParams({ rate: 'take-up' }), services: ctx.services() })),
    ),
    postPage(`${CAMPAIGNS}/neu`, WRITERS, async (visit) => {
      const made = await makeCampaign(ctx, visit.actor, readCampaign(visit.fields));
      return made.ok ? redirect(pathOf(made.value.id)) : formAgain(ctx, frame, visit, made.problem);
    }),
    getPage(`${CAMPAIGNS}/:id`, READERS, async (visit) => showCampaign(ctx, frame, visit)),
    getPage(`${CAMPAIGNS}/:id/bearbeiten`, WRITERS, async (visit) => {
      const found = await campaignById(ctx, idOf(visit));
      return found.ok
        ? answerHtml(campaignFormPage(frame(visit), visit.url, { fields: fieldsOf(found.value), services: ctx.services() }))
        : problemPage(found.problem);
    }),
    postPage(`${CAMPAIGNS}/:id/bearbeiten`, WRITERS, async (visit) => {
      const typed = readCampaign(visit.fields);
      const changed = await changeCampaign(ctx, visit.actor, { id: idOf(visit), version: Number(visit.fields.get('version')), typed });
      if (changed.ok) return redirect(pathOf(changed.value.id));
      return changed.problem.kind === 'not-found' ? problemPage(changed.problem) : formAgain(ctx, frame, visit, changed.problem);
    }),
    postPage(`${CAMPAIGNS}/:id/stand`, WRITERS, async (visit) => {
      const moved = await moveCampaign(ctx, visit.actor, idOf(visit), visit.fields.get('nach') === 'ended' ? 'ended' : 'running');
      return moved.ok ? redirect(pathOf(moved.value.id)) : showCampaign(ctx, frame, visit, { problem: moved.problem });
    }),
    postPage(`${CAMPAIGNS}/:id/links`, WRITERS, async (visit) => {
      const made = await makeLink(ctx, visit.actor, idOf(visit), readLink(visit.fields));
      return made.ok ? redirect(`${pathOf(made.value.campaignId)}#links`) : showCampaign(ctx, frame, visit, { problem: made.problem, fields: visit.fields });
    }),
    postPage(`${CAMPAIGNS}/:id/links/:code/ende`, WRITERS, async (visit) => {
      const ended = await stopLink(ctx, visit.actor, visit.params['code']!);
      return ended.ok ? redirect(`${pathOf(ended.value.campaignId)}#links`) : showCampaign(ctx, frame, visit, { problem: ended.problem });
    }),
  ];
}

const formAgain = (ctx: OutreachContext, frame: Frame, visit: FormVisit, problem: Problem): Answer =>
  answerHtml(campaignFormPage(frame(visit), visit.url, { fields: visit.fields, services: ctx.services(), problem }), problemStatus(problem));

/** The page of a campaign, with what was refused. */
export async function showCampaign(ctx: OutreachContext, frame: Frame, visit: Visit, refused?: Refused): Promise<Answer> {
  const found = await campaignById(ctx, idOf(visit));
  if (!found.ok) return problemPage(found.problem);
  return answerHtml(await campaignPage(ctx, frame(visit), found.value, refused), refused === undefined ? 200 : problemStatus(refused.problem));
}

async function listPage(ctx: OutreachContext, frame: Frame, visit: Visit): Promise<Answer> {
  const [startsOn, id] = decodeCursor(visit.query.get('nach') ?? undefined) ?? [];
  const after: ListEnd | undefined =
    typeof startsOn === 'string' && /^\d{4}-\d\d-\d\d$/.test(startsOn) && typeof id === 'string' ? { startsOn, id: idOrNobody(id) } : undefined;
  const { rows, next } = await campaignsPage(ctx, { limit: ROWS, after });
  const view = frame(visit);
  const { lang } = view;
  const t = campaignTexts(lang);
  const table = dataTable<Campaign>(
    [
      { label: t.name, rowHeader: true, cell: ({ title }) => html`<span lang="de">${title}</span>` },
      { label: t.days, cell: (one) => daysText(one, (day) => formatShortDate(lang, day), lang) },
      { label: t.state, cell: ({ state }) => stateBadge(state, lang) },
      { label: t.services, cell: ({ goal }) => servicesText(ctx, goal, lang) },
    ],
    rows,
    { caption: t.title, captionHidden: true, lang, empty: t.none, href: (one) => pathOf(one.id) },
  );
  const make = mayWrite(visit.actor) ? buttonRow(linkButton({ label: t.make, href: `${CAMPAIGNS}/neu`, icon: 'add' })) : '';
  const more = next === undefined ? '' : pagination({ next: `${CAMPAIGNS}?nach=${encodeCursor([next.startsOn, next.id])}` }, lang);
  return answerHtml(page(view, { title: t.title, main: html`${pageTitle(t.title, { lead: t.lead })}${make}${table}${more}`, wide: true }));
}
