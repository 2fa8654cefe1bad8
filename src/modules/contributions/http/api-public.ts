import { z } from 'zod';
import { ok } from '../../../kernel/result.ts';
import { pageOf, pageQuery } from '../../../platform/http/paging.ts';
import { apiRoute, type AnyRoute } from '../../../platform/http/route.ts';
import { comment } from '../application/comment.ts';
import type { ContributionsContext } from '../application/context.ts';
import { contribute, newReceipt } from '../application/contribute.ts';
import { allPublished, featureOf } from '../application/evaluate.ts';
import { addPicture, deleteOwn, openOwn, ownContributions } from '../application/own.ts';
import { openParticipation, participationsPage } from '../application/participations.ts';
import { openById, overview } from '../application/read-contributions.ts';
import { reportAbuse } from '../application/report-abuse.ts';
import { support, SUPPORTER_COOKIE } from '../application/support.ts';
import { readListEnd, readPageEnd, writeListEnd, writePageEnd } from './cursors.ts';
import { supporterFrom } from './frame.ts';
import {
  commentSchema,
  commentView,
  contributionSchema,
  contributionView,
  listedView,
  ownView,
  participationView,
  presentComment,
  presentContribution,
  presentOwn,
  presentParticipation,
  reportSchema,
  TAG,
} from './schemas.ts';

const byKey = z.object({ key: z.string().max(64) });
const byId = z.object({ id: z.uuid() });
const byToken = z.object({ token: z.string().max(64).describe('Token des persönlichen Links, oder die Kennung für das Konto, das geschrieben hat.') });
const COOKIE_SECONDS = 366 * 24 * 3600;

/** Everything people can do, for programs. */
export function publicApi(ctx: ContributionsContext): AnyRoute[] {
  // `own` stands before any id
  return [...participationRoutes(ctx), ...ownRoutes(ctx), ...readRoutes(ctx), oneRoute(ctx), ...writeRoutes(ctx), ...supportRoutes(ctx)];
}

function participationRoutes(ctx: ContributionsContext): AnyRoute[] {
  return [
    apiRoute({
      method: 'get',
      path: '/api/contributions/participations',
      access: 'public',
      tag: TAG,
      summary: 'Beteiligungen auf der Karte, spätestes Ende zuerst',
      query: pageQuery,
      output: pageOf(listedView),
      handle: async ({ queryInput: { cursor, limit } }) => {
        const { rows, next } = await participationsPage(ctx, { limit, after: readListEnd(cursor) });
        const items = rows.map((row) => ({
          key: row.key,
          title: row.title,
          authority: row.authority,
          startsOn: row.startsOn.toString(),
          endsOn: row.endsOn.toString(),
          phase: row.phase,
          contributions: row.published,
        }));
        return ok({ items, next: next === undefined ? null : writeListEnd(next) });
      },
    }),
    apiRoute({
      method: 'get',
      path: '/api/contributions/participations/:key',
      access: 'public',
      tag: TAG,
      summary: 'Eine Beteiligung mit ihren Kategorien und Zahlen',
      params: byKey,
      output: participationView,
      handle: async ({ params: { key } }) => {
        const opened = await overview(ctx, key, { sorting: 'newest', limit: 1 });
        return opened.ok ? ok(presentParticipation(opened.value, opened.value.counts)) : opened;
      },
    }),
  ];
}

function readRoutes(ctx: ContributionsContext): AnyRoute[] {
  return [
    apiRoute({
      method: 'get',
      path: '/api/contributions/participations/:key/contributions',
      access: 'public',
      tag: TAG,
      summary: 'Veröffentlichte Beiträge',
      params: byKey,
      query: pageQuery.extend({
        category: z
          .string()
          .regex(/^[a-z0-9-]{1,100}$/)
          .optional(),
        sorting: z.enum(['newest', 'support']).default('newest'),
      }),
      output: pageOf(contributionView),
      handle: async ({ params: { key }, queryInput: { cursor, limit, category, sorting } }) => {
        const opened = await overview(ctx, key, { category, sorting, limit, after: readPageEnd(cursor) });
        if (!opened.ok) return opened;
        const { participation, contributions, next } = opened.value;
        return ok({ items: contributions.map((one) => presentContribution(one, participation)), next: next === undefined ? null : writePageEnd(next) });
      },
    }),
    apiRoute({
      method: 'get',
      path: '/api/contributions/participations/:key/features',
      access: 'public',
      tag: TAG,
      summary: 'Alle veröffentlichten Beiträge als GeoJSON (WGS 84)',
      params: byKey,
      output: z.object({ type: z.literal('FeatureCollection'), features: z.array(z.unknown()) }),
      handle: async ({ params: { key } }) => {
        const opened = await openParticipation(ctx, key);
        if (!opened.ok) return opened;
        const { participation } = opened.value;
        return ok({ type: 'FeatureCollection' as const, features: (await allPublished(ctx, participation)).map((one) => featureOf(one, participation)) });
      },
    }),
  ];
}

function oneRoute(ctx: ContributionsContext): AnyRoute {
  return apiRoute({
    method: 'get',
    path: '/api/contributions/:id',
    access: 'public',
    tag: TAG,
    summary: 'Ein veröffentlichter Beitrag mit seinen Kommentaren',
    params: byId,
    output: contributionView.extend({ participation: z.string(), supported: z.boolean(), commentList: z.array(commentView) }),
    handle: async (visit) => {
      const opened = await openById(ctx, visit.params.id, supporterFrom(visit));
      if (!opened.ok) return opened;
      const { participation, contribution, comments, supported } = opened.value;
      return ok({
        ...presentContribution(contribution, participation),
        participation: participation.key,
        supported,
        commentList: comments.map(presentComment),
      });
    },
  });
}

const taken = z.object({ id: z.string(), state: z.enum(['waiting', 'published', 'hidden', 'merged', 'deleted']), receipt: z.string() });

function writeRoutes(ctx: ContributionsContext): AnyRoute[] {
  return [
    apiRoute({
      method: 'post',
      path: '/api/contributions/participations/:key/contributions',
      access: 'public',
      tag: TAG,
      summary: 'Schreibt einen Beitrag, mit oder ohne Konto',
      status: 201,
      limit: 'sign-in',
      params: byKey,
      body: contributionSchema,
      keepsNoAnswer: true,
      output: taken.extend({ number: z.number() }),
      handle: async ({ actor, params: { key }, body, lang }) => {
        const receipt = body.receipt ?? newReceipt();
        const sent = await contribute(ctx, actor, { ...body, receipt, key, pictures: [], trap: '', lang });
        if (!sent.ok) return sent;
        const { id, number, state } = sent.value.contribution;
        return ok({ id, number, state, receipt });
      },
    }),
    apiRoute({
      method: 'post',
      path: '/api/contributions/:id/comments',
      access: 'public',
      tag: TAG,
      summary: 'Schreibt einen Kommentar zu einem veröffentlichten Beitrag',
      status: 201,
      limit: 'sign-in',
      params: byId,
      body: commentSchema,
      keepsNoAnswer: true,
      output: taken,
      handle: async ({ actor, params: { id }, body }) => {
        const receipt = body.receipt ?? newReceipt();
        const sent = await comment(ctx, actor, { contributionId: id, text: body.text, withAccount: body.withAccount, receipt, trap: '' });
        return sent.ok ? ok({ id: sent.value.id, state: sent.value.state, receipt }) : sent;
      },
    }),
    apiRoute({
      method: 'post',
      path: '/api/contributions/:id/reports',
      access: 'public',
      tag: TAG,
      summary: 'Meldet der Behörde einen Beitrag oder einen Kommentar',
      limit: 'sign-in',
      params: byId,
      body: reportSchema,
      output: z.object({ reported: z.literal(true) }),
      handle: ({ params: { id }, body }) => reportAbuse(ctx, { ...body, contributionId: id, trap: '' }),
    }),
  ];
}

function supportRoutes(ctx: ContributionsContext): AnyRoute[] {
  const route = (method: 'post' | 'delete', summary: string): AnyRoute =>
    apiRoute({
      method,
      path: '/api/contributions/:id/support',
      access: 'public',
      tag: TAG,
      summary,
      limit: 'sign-in',
      params: byId,
      output: z.object({ support: z.number() }),
      handle: async (visit) => {
        const done = await support(ctx, supporterFrom(visit), { contributionId: visit.params.id, withdraw: method === 'delete' });
        if (!done.ok) return done;
        const { cookie, support: count } = done.value;
        if (cookie !== undefined) visit.setCookie({ name: SUPPORTER_COOKIE, value: cookie, maxAgeSeconds: COOKIE_SECONDS });
        return ok({ support: count });
      },
    });
  return [route('post', 'Unterstützt einen Beitrag; je Konto oder Cookie einmal'), route('delete', 'Nimmt die Unterstützung zurück')];
}

function ownRoutes(ctx: ContributionsContext): AnyRoute[] {
  return [
    apiRoute({
      method: 'get',
      path: '/api/contributions/own',
      access: 'person',
      tag: TAG,
      summary: 'Beiträge, die mit dem eigenen Konto verbunden sind, neueste zuerst (höchstens 200)',
      output: z.object({ items: z.array(z.object({ id: z.string(), title: z.string(), state: z.string() })), next: z.null() }),
      handle: async ({ actor }) => ok({ items: (await ownContributions(ctx, actor)).map(({ id, title, state }) => ({ id, title, state })), next: null }),
    }),
    apiRoute({
      method: 'get',
      path: '/api/contributions/receipts/:token',
      access: 'public',
      tag: TAG,
      summary: 'Der eigene Beitrag oder Kommentar, mit dem, was daraus geworden ist',
      params: byToken,
      output: ownView,
      handle: async ({ actor, params: { token } }) => {
        const opened = await openOwn(ctx, actor, token);
        return opened.ok ? ok(presentOwn(opened.value)) : opened;
      },
    }),
    apiRoute({
      method: 'delete',
      path: '/api/contributions/receipts/:token',
      access: 'public',
      tag: TAG,
      summary: 'Löscht den eigenen Beitrag oder Kommentar endgültig',
      limit: 'sign-in',
      params: byToken,
      output: z.object({ deleted: z.literal(true) }),
      handle: ({ actor, params: { token } }) => deleteOwn(ctx, actor, token),
    }),
    apiRoute({
      method: 'post',
      path: '/api/contributions/receipts/:token/picture',
      access: 'public',
      tag: TAG,
      summary: 'Fügt dem eigenen Beitrag ein Bild bei (JPEG oder PNG); Angaben zu Ort, Zeit und Gerät werden entfernt',
      limit: 'sign-in',
      params: byToken,
      upload: true,
      output: z.object({ kept: z.boolean() }),
      handle: ({ actor, params: { token }, files }) => addPicture(ctx, actor, token, files),
    }),
  ];
}
