import { z } from 'zod';
import { ok } from '../../../kernel/result.ts';
import { apiRoute, type AnyRoute } from '../../../platform/http/route.ts';
import { moderateComment, writeComment } from '../application/comments.ts';
import type { Writing } from '../application/context.ts';
import { endLink, joinScenario, makeLink } from '../application/links.ts';
import { showShared } from '../application/show.ts';
import { TAG } from './api-variants.ts';
import { presentWhole, second, whole } from './present.ts';

const id = z.object({ id: z.uuid() });
const idOnly = z.object({ id: z.string() });
const link = z.object({ key: z.string(), path: z.string(), until: z.string() });
const days = z.object({ days: z.number() });

/** Who else looks, works along and comments, for programs. */
export function peopleApi(ctx: Writing): AnyRoute[] {
  const links = (['share', 'join'] as const).flatMap((kind) => {
    const path = `/api/twin/scenarios/:id/${kind === 'share' ? 'share' : 'invitation'}`;
    const what = kind === 'share' ? 'zum Ansehen' : 'zum Mitarbeiten';
    return [
      apiRoute({
        method: 'post',
        path,
        access: 'signed-in',
        tag: TAG,
        summary: `Macht einen Link ${what}, der endet; ein früherer gilt nicht mehr.`,
        params: id,
        body: days,
        keepsNoAnswer: true,
        output: link,
        status: 201,
        handle: async ({ actor, params, body }) => {
          const made = await makeLink(ctx, actor, params.id, kind, body.days);
          return made.ok ? ok({ ...made.value, until: second(made.value.until) }) : made;
        },
      }),
      apiRoute({
        method: 'delete',
        path,
        access: 'signed-in',
        tag: TAG,
        summary: `Beendet den Link ${what}${kind === 'join' ? ' und die Mitarbeit' : ''}.`,
        params: id,
        output: idOnly,
        handle: ({ actor, params }) => endLink(ctx, actor, params.id, kind),
      }),
    ];
  });
  return [...links, ...commentRoutes(ctx)];
}

function commentRoutes(ctx: Writing): AnyRoute[] {
  const state = z.enum(['waiting', 'shown', 'hidden']);
  return [
    apiRoute({
      method: 'post',
      path: '/api/twin/scenario-invitations',
      access: 'signed-in',
      tag: TAG,
      summary: 'Nimmt einen Link zum Mitarbeiten an.',
      body: z.object({ key: z.string().max(100) }),
      output: idOnly,
      handle: ({ actor, body }) => joinScenario(ctx, actor, body.key),
    }),
    apiRoute({
      method: 'get',
      path: '/api/twin/shared-scenarios/:key',
      access: 'public',
      tag: TAG,
      summary: 'Ein geteiltes Szenario, für wen der Link gilt.',
      params: z.object({ key: z.string().max(100) }),
      output: whole,
      handle: async ({ actor, params: { key } }) => {
        const found = await showShared(ctx, actor, key);
        return found.ok ? ok(presentWhole(found.value, key)) : found;
      },
    }),
    apiRoute({
      method: 'post',
      path: '/api/twin/scenarios/:id/comments',
      access: 'signed-in',
      tag: TAG,
      summary: 'Schreibt einen Kommentar; andere sehen ihn, sobald er freigegeben ist.',
      params: id,
      body: z.object({ text: z.string().max(10_000) }),
      output: z.object({ id: z.string(), state }),
      status: 201,
      handle: ({ actor, params, body }) => writeComment(ctx, actor, params.id, body.text),
    }),
    apiRoute({
      method: 'put',
      path: '/api/twin/scenarios/:id/comments/:commentId',
      access: 'signed-in',
      tag: TAG,
      summary: 'Zeigt oder verbirgt einen Kommentar.',
      params: id.extend({ commentId: z.uuid() }),
      body: z.object({ state: z.enum(['shown', 'hidden']) }),
      output: z.object({ id: z.string(), state }),
      handle: ({ actor, params, body }) => moderateComment(ctx, actor, params.id, params.commentId, body.state),
    }),
  ];
}
