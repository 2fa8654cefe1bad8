import { z } from 'zod';
import { invalidField } from '../../../kernel/problem.ts';
import { parseId } from '../../../kernel/id.ts';
import { ok, refuse } from '../../../kernel/result.ts';
import { decodeCursor, encodeCursor, pageOf, pageQuery } from '../../../platform/http/paging.ts';
import { apiRoute, type AnyRoute } from '../../../platform/http/route.ts';
import { campaignById, campaignsPage, changeCampaign, makeCampaign, moveCampaign } from '../application/campaigns.ts';
import type { OutreachContext } from '../application/context.ts';
import { goalNow } from '../application/goal-now.ts';
import { linksOf, makeLink, stopLink } from '../application/links.ts';
import { isStanding } from '../application/offered.ts';
import { pagesOfCampaign } from '../application/pages.ts';
import { readFunnel } from '../application/read-funnel.ts';
import { READERS, WRITERS } from './frame.ts';
import {
  byId,
  campaignSchema,
  campaignView,
  countedLinkView,
  countedPageView,
  goalView,
  linkSchema,
  linkView,
  presentCampaign,
  presentCounted,
  presentCountedPage,
  presentGoal,
  presentLink,
  TAG,
  typedFrom,
} from './schemas.ts';

const API = '/api/outreach/campaigns';

/** Campaigns and their links, for programs. */
export function campaignApi(ctx: OutreachContext): AnyRoute[] {
  return [...readRoutes(ctx), ...writeRoutes(ctx), ...linkRoutes(ctx)];
}

function readRoutes(ctx: OutreachContext): AnyRoute[] {
  return [
    apiRoute({
      method: 'get',
      path: API,
      access: READERS,
      tag: TAG,
      summary: 'Kampagnen, die mit dem spätesten Beginn zuerst',
      query: pageQuery,
      output: pageOf(campaignView),
      handle: async ({ queryInput: { cursor, limit } }) => {
        const [startsOn, id] = decodeCursor(cursor) ?? [];
        const known = typeof startsOn === 'string' && /^\d{4}-\d\d-\d\d$/.test(startsOn) && typeof id === 'string' && parseId(id) !== undefined;
        if (cursor !== undefined && !known) return refuse(invalidField('cursor', 'Diesen Zeiger gibt es nicht. Beginnen Sie die Liste ohne ihn.'));
        const { rows, next } = await campaignsPage(ctx, { limit, after: known ? { startsOn, id } : undefined });
        return ok({ items: rows.map(presentCampaign), next: next === undefined ? null : encodeCursor([next.startsOn, next.id]) });
      },
    }),
    apiRoute({
      method: 'get',
      path: `${API}/:id`,
      access: READERS,
      tag: TAG,
      summary: 'Eine Kampagne mit ihren Links und Zielseiten, und was gezählt und nicht gezählt wurde',
      params: byId,
      output: campaignView.extend({ links: z.array(countedLinkView), pages: z.array(countedPageView), goalNow: goalView.nullable() }),
      handle: async ({ params: { id } }) => {
        const found = await campaignById(ctx, id);
        if (!found.ok) return found;
        const [links, pages] = [await linksOf(ctx, id), await pagesOfCampaign(ctx, id)];
        const stands = isStanding(found.value) ? undefined : await goalNow(ctx, found.value, await readFunnel(ctx, found.value, links));
        const presented = {
          links: links.map(presentCounted),
          pages: pages.map(presentCountedPage),
          goalNow: stands === undefined ? null : presentGoal(stands),
        };
        return ok({ ...presentCampaign(found.value), ...presented });
      },
    }),
    funnelRoute(ctx),
  ];
}

function funnelRoute(ctx: OutreachContext): AnyRoute {
  const stage = z.object({ step: z.string(), count: z.union([z.number(), z.enum(['suppressed', 'unknown'])]), of: z.enum(['requests', 'cases']) });
  return apiRoute({
    method: 'get',
    path: `${API}/:id/funnel`,
    access: READERS,
    tag: TAG,
    summary: 'Der Weg vom Link bis zum Bescheid; leer, solange niemand zählt',
    params: byId,
    output: z.object({ measured: z.boolean(), stages: z.array(stage) }),
    handle: async ({ params: { id } }) => {
      const found = await campaignById(ctx, id);
      if (!found.ok) return found;
      const funnel = await readFunnel(ctx, found.value, await linksOf(ctx, id));
      return ok({ measured: funnel.kind !== 'unmeasured', stages: funnel.kind === 'read' ? [...funnel.stages] : [] });
    },
  });
}

function writeRoutes(ctx: OutreachContext): AnyRoute[] {
  return [
    apiRoute({
      method: 'post',
      path: API,
      access: WRITERS,
      tag: TAG,
      summary: 'Legt eine Kampagne als Entwurf an',
      status: 201,
      body: campaignSchema,
      output: campaignView,
      handle: async ({ actor, body }) => {
        const made = await makeCampaign(ctx, actor, typedFrom(body));
        return made.ok ? ok(presentCampaign(made.value)) : made;
      },
    }),
    apiRoute({
      method: 'put',
      path: `${API}/:id`,
      access: WRITERS,
      tag: TAG,
      summary: 'Beschreibt eine Kampagne neu',
      params: byId,
      body: campaignSchema.extend({ version: z.number().int().describe('Die gelesene Fassung.') }),
      output: campaignView,
      handle: async ({ actor, params: { id }, body: { version, ...body } }) => {
        const changed = await changeCampaign(ctx, actor, { id, version, typed: typedFrom(body) });
        return changed.ok ? ok(presentCampaign(changed.value)) : changed;
      },
    }),
    apiRoute({
      method: 'post',
      path: `${API}/:id/state`,
      access: WRITERS,
      tag: TAG,
      summary: 'Startet oder beendet eine Kampagne',
      params: byId,
      body: z.object({ state: z.enum(['running', 'ended']) }),
      output: campaignView,
      handle: async ({ actor, params: { id }, body: { state } }) => {
        const moved = await moveCampaign(ctx, actor, id, state);
        return moved.ok ? ok(presentCampaign(moved.value)) : moved;
      },
    }),
  ];
}

function linkRoutes(ctx: OutreachContext): AnyRoute[] {
  return [
    apiRoute({
      method: 'post',
      path: `${API}/:id/links`,
      access: WRITERS,
      tag: TAG,
      summary: 'Legt einen Kurzlink an; in ein Verfahren führt keiner',
      status: 201,
      params: byId,
      body: linkSchema,
      output: linkView,
      handle: async ({ actor, params: { id }, body: { endsOn, ...body } }) => {
        const made = await makeLink(ctx, actor, id, { ...body, ...(endsOn === undefined ? {} : { endsOn: Temporal.PlainDate.from(endsOn) }) });
        return made.ok ? ok(presentLink(made.value)) : made;
      },
    }),
    apiRoute({
      method: 'delete',
      path: '/api/outreach/links/:code',
      access: WRITERS,
      tag: TAG,
      summary: 'Beendet einen Kurzlink; was gedruckt ist, führt auf eine Seite, die das sagt',
      params: z.object({ code: z.string().max(20) }),
      output: linkView,
      handle: async ({ actor, params: { code } }) => {
        const ended = await stopLink(ctx, actor, code);
        return ended.ok ? ok(presentLink(ended.value)) : ended;
      },
    }),
  ];
}
