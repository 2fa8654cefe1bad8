import { z } from 'zod';
import { ok } from '../../../kernel/result.ts';
import { cursorId, encodeCursor, pageOf, pageQuery } from '../../../platform/http/paging.ts';
import { apiRoute, LAGE_ACCESS, type AnyRoute } from '../../../platform/http/route.ts';
import type { SituationContext } from '../application/context.ts';
import { enterLage } from '../application/enter-lage.ts';
import { closeLage, handOver, lagenOf, openLage, takePublicReports } from '../application/lagen.ts';
import { HAZARDS } from '../../../kernel/lage.ts';
import { byKey, lageView, presentLage, TAG } from './schemas.ts';

/** Lagen for programs: list, open, read, hand over, close. */
export function lagenApi(ctx: SituationContext): AnyRoute[] {
  return [listRoute(ctx), openRoute(ctx), readRoute(ctx), ...leadRoutes(ctx)];
}

const listRoute = (ctx: SituationContext): AnyRoute =>
  apiRoute({
    method: 'get',
    path: '/api/lagen',
    access: LAGE_ACCESS,
    tag: TAG,
    summary: 'Lagen, zu denen Sie gehören, die neueste zuerst',
    query: pageQuery,
    output: pageOf(lageView),
    handle: async ({ actor, queryInput: { cursor, limit } }) => {
      const after = cursorId(cursor);
      if (!after.ok) return after;
      const lagen = await lagenOf(ctx, actor, { limit, after: after.value });
      return ok({ items: lagen.map(presentLage), next: lagen.length < limit ? null : encodeCursor([lagen.at(-1)!.id]) });
    },
  });

const openRoute = (ctx: SituationContext): AnyRoute =>
  apiRoute({
    method: 'post',
    path: '/api/lagen',
    access: ['krisenstab'],
    tag: TAG,
    summary: 'Eröffnet eine Lage; wer sie eröffnet, leitet sie',
    status: 201,
    body: z.object({
      key: z.string().max(60).default('').describe('Steht in der Adresse; leer: aus dem Namen gebildet.'),
      title: z.string().max(500),
      hazard: z.enum(HAZARDS),
      exercise: z.boolean().default(false),
      organisation: z.string().max(500),
      name: z.string().max(500),
      takesPublicReports: z.boolean().default(false),
    }),
    output: lageView,
    handle: async ({ actor, body }) => {
      const opened = await openLage(ctx, actor, body);
      return opened.ok ? ok(presentLage(opened.value)) : opened;
    },
  });

const readRoute = (ctx: SituationContext): AnyRoute =>
  apiRoute({
    method: 'get',
    path: '/api/lagen/:key',
    access: LAGE_ACCESS,
    tag: TAG,
    summary: 'Eine Lage, und was Sie darin dürfen',
    params: byKey,
    output: lageView.extend({
      me: z.object({ id: z.string(), name: z.string(), organisation: z.string(), function: z.string(), sectionId: z.string().nullable() }),
      rights: z.array(z.string()),
      layers: z.array(z.string()),
    }),
    handle: async ({ actor, params: { key } }) => {
      const opened = await enterLage(ctx, actor, key, 'read');
      if (!opened.ok) return opened;
      const { lage, member, rights, layers } = opened.value;
      const { guest: _guest, ...me } = member;
      return ok({ ...presentLage(lage), me, rights: [...rights], layers: [...layers] });
    },
  });

function leadRoutes(ctx: SituationContext): AnyRoute[] {
  return [
    apiRoute({
      method: 'post',
      path: '/api/lagen/:key/ende',
      access: LAGE_ACCESS,
      tag: TAG,
      summary: 'Beendet eine Lage mit Grund; sie bleibt lesbar',
      params: byKey,
      body: z.object({ because: z.string().max(2000) }),
      output: lageView,
      handle: async ({ actor, params: { key }, body }) => {
        const closed = await closeLage(ctx, actor, key, body.because);
        return closed.ok ? ok(presentLage(closed.value)) : closed;
      },
    }),
    apiRoute({
      method: 'post',
      path: '/api/lagen/:key/leitung',
      access: LAGE_ACCESS,
      tag: TAG,
      summary: 'Übergibt die Leitung an ein anderes Mitglied des Stabs',
      params: byKey,
      body: z.object({ memberId: z.uuid() }),
      output: lageView,
      handle: async ({ actor, params: { key }, body }) => {
        const handed = await handOver(ctx, actor, key, body.memberId);
        return handed.ok ? ok(presentLage(handed.value)) : handed;
      },
    }),
    apiRoute({
      method: 'put',
      path: '/api/lagen/:key/oeffentliche-meldungen',
      access: LAGE_ACCESS,
      tag: TAG,
      summary: 'Nimmt Meldungen aus der Bevölkerung an, oder nicht mehr',
      params: byKey,
      body: z.object({ taken: z.boolean() }),
      output: lageView,
      handle: async ({ actor, params: { key }, body }) => {
        const done = await takePublicReports(ctx, actor, key, body.taken);
        return done.ok ? ok(presentLage(done.value)) : done;
      },
    }),
  ];
}
