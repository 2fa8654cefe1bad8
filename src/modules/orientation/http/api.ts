import { z } from 'zod';
import { ok } from '../../../kernel/result.ts';
import { cursorId, encodeCursor, pageOf, pageQuery } from '../../../platform/http/paging.ts';
import { apiRoute, LAGE_ACCESS, type AnyRoute } from '../../../platform/http/route.ts';
import type { OrientationContext } from '../application/context.ts';
import { decide, decisionsOf, markSeen, orient, possibleOf, type Decision, type Finding } from '../application/orient.ts';

const TAG = 'Überblick';
const byKey = z.object({ key: z.string().max(60) });

const finding = z.object({ code: z.string(), about: z.string(), at: z.string().nullable(), href: z.string() });
const present = ({ code, about, at, href }: Finding): z.output<typeof finding> => ({ code, about, at: at?.toString() ?? null, href });
const place = z.object({ pictureSeq: z.number().int().min(0), logNumber: z.number().int().min(0) });

const figure = z.number().int().min(0).nullable();
const option = z.object({
  name: z.string().max(500),
  people: figure,
  facilities: figure,
  minutesNeeded: figure,
  minutesLeft: figure,
  forcesNeeded: figure,
  forcesThere: figure,
});
const decisionView = z.object({
  id: z.string(),
  question: z.string(),
  options: z.array(option.extend({ possible: z.enum(['yes', 'no', 'unknown']) })),
  chosen: z.number(),
  because: z.string(),
  decidedBy: z.string(),
  logNumber: z.number(),
  decidedAt: z.string(),
});
const presentDecision = ({ options, decidedAt, ...one }: Decision): z.output<typeof decisionView> => ({
  ...one,
  options: options.map((each) => ({ ...each, possible: possibleOf(each) })),
  decidedAt: decidedAt.toString(),
});

/** The overview of a Lage for programs. */
export function orientationApi(ctx: OrientationContext): AnyRoute[] {
  return [overviewRoute(ctx), seenRoute(ctx), ...decisionRoutes(ctx)];
}

const overviewRoute = (ctx: OrientationContext): AnyRoute =>
  apiRoute({
    method: 'get',
    path: '/api/lagen/:key/ueberblick',
    access: LAGE_ACCESS,
    tag: TAG,
    summary: 'Was sich für Sie geändert hat, was fällig ist, vorgeschlagen, widersprüchlich und was fehlt',
    params: byKey,
    output: z.object({
      seen: place.extend({ seenAt: z.string().nullable() }),
      head: place,
      cut: z.boolean().describe('Das Bild ist größer, als für diese Übersicht durchgesehen wird.'),
      changed: z.array(z.object({ kind: z.string(), count: z.number(), ids: z.array(z.string()) })),
      log: z.array(z.object({ number: z.number(), text: z.string(), at: z.string(), author: z.string() })),
      due: z.array(finding),
      proposed: z.array(finding),
      contradictory: z.array(finding),
      missing: z.array(finding),
      silent: z.array(z.string()).describe('Quellen, die gerade nicht gefragt werden konnten.'),
    }),
    handle: async ({ actor, params: { key } }) => {
      const found = await orient(ctx, actor, key);
      if (!found.ok) return found;
      const { seen, head, cut, changed, log, due, proposed, contradictory, missing, silent } = found.value;
      return ok({
        seen: { ...seen, seenAt: seen.seenAt?.toString() ?? null },
        head,
        cut,
        changed: changed.map(({ kind, count, objects }) => ({ kind, count, ids: objects.map(({ id }) => id) })),
        log: log.map((one) => ({ ...one, at: one.at.toString() })),
        due: due.map(present),
        proposed: proposed.map(present),
        contradictory: contradictory.map(present),
        missing: missing.map(present),
        silent: [...silent],
      });
    },
  });

const seenRoute = (ctx: OrientationContext): AnyRoute =>
  apiRoute({
    method: 'put',
    path: '/api/lagen/:key/ueberblick/gesehen',
    access: LAGE_ACCESS,
    tag: TAG,
    summary: 'Sagt, bis wohin Sie alles gesehen haben',
    params: byKey,
    body: place,
    output: place,
    handle: async ({ actor, params: { key }, body }) => markSeen(ctx, actor, key, body),
  });

function decisionRoutes(ctx: OrientationContext): AnyRoute[] {
  return [
    apiRoute({
      method: 'get',
      path: '/api/lagen/:key/entschluesse',
      access: LAGE_ACCESS,
      tag: TAG,
      summary: 'Entschlüsse mit den verglichenen Möglichkeiten, der neueste zuerst',
      params: byKey,
      query: pageQuery,
      output: pageOf(decisionView),
      handle: async ({ actor, params: { key }, queryInput: { cursor, limit } }) => {
        const after = cursorId(cursor);
        if (!after.ok) return after;
        const found = await decisionsOf(ctx, actor, key, { limit, after: after.value });
        if (!found.ok) return found;
        return ok({ items: found.value.map(presentDecision), next: found.value.length < limit ? null : encodeCursor([found.value.at(-1)!.id]) });
      },
    }),
    apiRoute({
      method: 'post',
      path: '/api/lagen/:key/entschluesse',
      access: LAGE_ACCESS,
      tag: TAG,
      summary: 'Hält fest, welche von mehreren Möglichkeiten gewählt wurde; das Tagebuch hat sie mit allen Zahlen',
      status: 201,
      params: byKey,
      body: z.object({
        id: z.uuid().optional(),
        question: z.string().max(2000),
        options: z.array(option).max(20),
        chosen: z.number().int().min(0),
        because: z.string().max(5000),
      }),
      output: decisionView,
      handle: async ({ actor, params: { key }, body: { id, ...input } }) => {
        const decided = await decide(ctx, actor, key, input, id);
        return decided.ok ? ok(presentDecision(decided.value)) : decided;
      },
    }),
  ];
}
