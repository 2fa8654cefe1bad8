import { z } from 'zod';
import { ok, refuse } from '../../../kernel/result.ts';
import { pageOf, pageQuery } from '../../../platform/http/paging.ts';
import { apiRoute, type AnyRoute } from '../../../platform/http/route.ts';
import { commentDesk, commentOn, commentsOn, deleteOwnComment, moderateComment, newReceipt, openOwnComment } from '../application/comments.ts';
import type { CockpitContext } from '../application/context.ts';
import { model } from '../application/model.ts';
import type { Comment, Subject } from '../domain/comment.ts';
import { readEnd, writeEnd } from './comment-cursor.ts';
import { EDITORS, TAG } from './frame.ts';

const { HIDING_REASONS, noItem } = model;

const comment = z.object({
  id: z.string(),
  measure: z.string().nullable(),
  decision: z.string().nullable(),
  text: z.string(),
  name: z.string().nullable(),
  answer: z.string().nullable(),
  answeredAt: z.string().nullable(),
  submittedAt: z.string(),
});
const own = comment.extend({ state: z.string(), hiddenBecause: z.string().nullable() });
const byToken = z.object({ token: z.string().max(64).describe('Token des persönlichen Links, oder die Kennung für das Konto, das geschrieben hat.') });
const moderation = z.discriminatedUnion('action', [
  z.object({ action: z.literal('publish') }),
  z.object({ action: z.literal('hide'), because: z.enum(HIDING_REASONS) }),
  z.object({
    action: z.literal('answer'),
    text: z.string().max(4000),
    seen: z.string().max(40).optional().describe('`answeredAt` der Antwort, die dabei angesehen wurde. Fehlt es, gab es noch keine.'),
  }),
]);

const present = ({ id, kind, key, text, name, answer, answeredAt, submittedAt }: Comment): z.output<typeof comment> => ({
  id,
  measure: kind === 'measure' ? key : null,
  decision: kind === 'decision' ? key : null,
  text,
  name,
  answer,
  answeredAt: answeredAt?.toString() ?? null,
  submittedAt: submittedAt.toString(),
});
const presentOwn = (one: Comment): z.output<typeof own> => ({ ...present(one), state: one.state, hiddenBecause: one.hiddenBecause });

/** Comments of the public on measures and decisions, for programs. */
export function commentsApi(ctx: CockpitContext): AnyRoute[] {
  return [...publicRoutes(ctx, 'measure'), ...publicRoutes(ctx, 'decision'), ...ownRoutes(ctx), ...deskRoutes(ctx)];
}

function publicRoutes(ctx: CockpitContext, kind: Subject['kind']): AnyRoute[] {
  const params = z.object({ key: z.string().max(60) });
  const [path, what] =
    kind === 'measure' ? ['/api/strategy/measures/:key/comments', 'einer Maßnahme'] : ['/api/strategy/decisions/:key/comments', 'einer Entscheidung'];
  return [
    apiRoute({
      method: 'get',
      path,
      access: 'public',
      tag: TAG,
      summary: `Veröffentlichte Kommentare zu ${what} mit den Antworten der Stelle, neueste zuerst`,
      params,
      query: pageQuery,
      output: pageOf(comment),
      handle: async ({ params: { key }, queryInput: { cursor, limit } }) => {
        const after = readEnd(cursor);
        if (!after.ok) return after;
        if (!(await ctx.history.now())[kind].has(key)) return refuse(noItem);
        const { items, next } = await commentsOn(ctx, { kind, key }, { limit, after: after.value });
        return ok({ items: items.map(present), next: writeEnd(next) });
      },
    }),
    apiRoute({
      method: 'post',
      path,
      access: 'public',
      tag: TAG,
      summary: `Schreibt einen Kommentar zu ${what}; er wird geprüft, bevor er erscheint`,
      limit: 'sign-in',
      status: 201,
      params,
      body: z.object({
        text: z.string().max(10_000),
        name: z.string().max(500).default(''),
        withAccount: z.boolean().default(false),
        receipt: z.string().max(64).optional(),
      }),
      keepsNoAnswer: true,
      output: z.object({ receipt: z.string().describe('Geheim halten: öffnet und löscht den Kommentar.') }),
      handle: async ({ actor, params: { key }, body: { receipt, ...typed } }) =>
        commentOn(ctx, actor, { about: { kind, key }, ...typed, receipt: receipt ?? newReceipt(), trap: '' }),
    }),
  ];
}

function ownRoutes(ctx: CockpitContext): AnyRoute[] {
  return [
    apiRoute({
      method: 'get',
      path: '/api/strategy/comment-receipts/:token',
      access: 'public',
      tag: TAG,
      summary: 'Was aus dem eigenen Kommentar geworden ist',
      params: byToken,
      output: own,
      handle: async ({ actor, params: { token } }) => {
        const found = await openOwnComment(ctx, actor, token);
        return found.ok ? ok(presentOwn(found.value)) : found;
      },
    }),
    apiRoute({
      method: 'delete',
      path: '/api/strategy/comment-receipts/:token',
      access: 'public',
      tag: TAG,
      summary: 'Löscht den eigenen Kommentar',
      limit: 'sign-in',
      params: byToken,
      output: z.object({ deleted: z.literal(true) }),
      handle: async ({ actor, params: { token } }) => {
        const done = await deleteOwnComment(ctx, actor, token);
        return done.ok ? ok({ deleted: true as const }) : done;
      },
    }),
  ];
}

function deskRoutes(ctx: CockpitContext): AnyRoute[] {
  return [
    apiRoute({
      method: 'get',
      path: '/api/strategy/comments',
      access: EDITORS,
      tag: TAG,
      summary: 'Kommentare zu den Maßnahmen der eigenen Stelle, die am längsten wartenden zuerst',
      query: pageQuery,
      output: pageOf(own),
      handle: async ({ actor, queryInput: { cursor, limit } }) => {
        const after = readEnd(cursor);
        if (!after.ok) return after;
        const { items, next } = await commentDesk(ctx, actor, { limit, after: after.value });
        return ok({ items: items.map(presentOwn), next: writeEnd(next) });
      },
    }),
    apiRoute({
      method: 'post',
      path: '/api/strategy/comments/:id/moderation',
      access: EDITORS,
      tag: TAG,
      summary: 'Veröffentlicht einen Kommentar, hält ihn mit Grund zurück oder beantwortet ihn',
      params: z.object({ id: z.uuid() }),
      body: moderation,
      output: own,
      handle: async ({ actor, params: { id }, body }) => {
        const done = await moderateComment(ctx, actor, id, body);
        return done.ok ? ok(presentOwn(done.value)) : done;
      },
    }),
  ];
}
