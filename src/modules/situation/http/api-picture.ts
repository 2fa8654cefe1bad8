import { instant } from '../../../platform/http/instant.ts';
import { z } from 'zod';
import { invalidField } from '../../../kernel/problem.ts';
import { ok, refuse } from '../../../kernel/result.ts';
import { pageOf, pageQuery } from '../../../platform/http/paging.ts';
import { apiRoute, LAGE_ACCESS, type AnyRoute } from '../../../platform/http/route.ts';
import type { SituationContext } from '../application/context.ts';
import { draw, DRAWN_KINDS, erase, type DrawInput } from '../application/draw.ts';
import { enterLage } from '../application/enter-lage.ts';
import { objectHistory, readObject, readPicture } from '../application/picture.ts';
import { LAYERS, STAFF_FUNCTIONS } from '../../../kernel/lage.ts';
import { OBJECT_KINDS } from '../../../kernel/picture.ts';
import type { LageProblem } from '../domain/problems.ts';
import { byId, byKey, geometrySchema, objectView, presentObject, TAG } from './schemas.ts';

/** The picture for programs: read, ask what changed since a number, draw. */
export function pictureApi(ctx: SituationContext): AnyRoute[] {
  return [readRoute(ctx), ...objectRoutes(ctx), ...drawRoutes(ctx)];
}

const list = <T extends string>(values: readonly [T, ...T[]]) =>
  z
    .string()
    .max(500)
    .transform((text) => text.split(',').filter((one) => one !== ''))
    .pipe(z.array(z.enum(values)))
    .optional();

const bbox = z
  .string()
  .max(200)
  .transform((text) => text.split(',').map(Number))
  .refine((box) => box.length === 4 && box.every(Number.isFinite), 'Nennen Sie West, Süd, Ost und Nord in Grad, mit Komma getrennt.')
  .transform((box) => box as unknown as readonly [number, number, number, number])
  .optional()
  .describe('West, Süd, Ost und Nord in Grad. Zusammen mit at ohne Wirkung.');

const readRoute = (ctx: SituationContext): AnyRoute =>
  apiRoute({
    method: 'get',
    path: '/api/lagen/:key/objects',
    access: LAGE_ACCESS,
    tag: TAG,
    summary: 'Das Bild der Lage: was jetzt ist, was zu einer Zeit bekannt war, oder was sich seit einer Nummer geändert hat',
    params: byKey,
    query: pageQuery.extend({
      limit: z.coerce.number().int().min(1).max(5000).default(1000),
      after: z.coerce.number().int().min(0).optional().describe('Nur Änderungen nach dieser Nummer; Beendetes kommt dann mit.'),
      at: instant.optional().describe('Wie es damals bekannt war.'),
      bbox,
      unplaced: z.stringbool().default(false).describe('Mit bbox: auch, was keinen Ort hat.'),
      layers: list(LAYERS),
      kinds: list(OBJECT_KINDS),
    }),
    output: pageOf(objectView).extend({ head: z.number().describe('Nummer der letzten Änderung des Bildes.') }),
    handle: async ({ actor, params: { key }, queryInput }) => {
      const opened = await enterLage(ctx, actor, key, 'read');
      if (!opened.ok) return opened;
      const { cursor, limit, after, at, bbox: box, unplaced, layers, kinds } = queryInput;
      if (cursor !== undefined && !/^\d{1,15}$/.test(cursor))
        return refuse(invalidField('cursor', 'Diesen Zeiger gibt es nicht. Beginnen Sie die Liste ohne ihn.'));
      const from = cursor === undefined ? after : Number(cursor);
      const page = await readPicture(ctx.database.read, opened.value, {
        limit,
        ...(from === undefined ? {} : { after: from }),
        ended: after !== undefined,
        unplaced,
        ...(at === undefined ? {} : { at }),
        ...(box === undefined ? {} : { bbox: box }),
        ...(layers === undefined ? {} : { layers }),
        ...(kinds === undefined ? {} : { kinds }),
      });
      const next = page.objects.length < limit ? null : String(page.objects.at(-1)!.seq);
      return ok({ items: page.objects.map(presentObject), next, head: page.head });
    },
  });

function objectRoutes(ctx: SituationContext): AnyRoute[] {
  const gone: LageProblem = { kind: 'not-found', detail: 'Das steht nicht im Bild dieser Lage.' };
  return [
    apiRoute({
      method: 'get',
      path: '/api/lagen/:key/objects/:id',
      access: LAGE_ACCESS,
      tag: TAG,
      summary: 'Ein Ding des Bildes',
      params: byId,
      output: objectView,
      handle: async ({ actor, params: { key, id } }) => {
        const opened = await enterLage(ctx, actor, key, 'read');
        if (!opened.ok) return opened;
        const found = await readObject(ctx.database.read, opened.value, id);
        return found === undefined ? refuse(gone) : ok(presentObject(found));
      },
    }),
    apiRoute({
      method: 'get',
      path: '/api/lagen/:key/objects/:id/history',
      access: LAGE_ACCESS,
      tag: TAG,
      summary: 'Was von einem Ding wann bekannt war, das Neueste zuerst; höchstens 500 Stände',
      params: byId,
      output: pageOf(objectView),
      handle: async ({ actor, params: { key, id } }) => {
        const opened = await enterLage(ctx, actor, key, 'read');
        if (!opened.ok) return opened;
        return ok({ items: (await objectHistory(ctx.database.read, opened.value, id)).map(presentObject), next: null });
      },
    }),
  ];
}

const drawing = z.object({
  id: z.uuid().optional().describe('Von Ihnen gemacht: zweimal gesendet ist es ein Ding.'),
  kind: z.enum(DRAWN_KINDS),
  title: z.string().max(500),
  geometry: geometrySchema.nullable(),
  symbol: z.record(z.string().max(30), z.string().max(60)).optional(),
  facts: z.record(z.string().max(60), z.unknown()).optional(),
  uncertaintyMetres: z.number().min(0).max(100_000).optional(),
  reliability: z.enum(['A', 'B', 'C', 'D', 'E', 'F']).optional(),
  credibility: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5), z.literal(6)]).optional(),
  sectionId: z.uuid().optional(),
  needToKnow: z.array(z.enum(STAFF_FUNCTIONS)).max(11).optional(),
  eventAt: instant.optional(),
  basis: z.number().int().min(0).optional().describe('Nummer der Änderung, auf der Ihre beruht.'),
});

function drawRoutes(ctx: SituationContext): AnyRoute[] {
  return [
    apiRoute({
      method: 'post',
      path: '/api/lagen/:key/objects',
      access: LAGE_ACCESS,
      tag: TAG,
      summary: 'Zeichnet ein Ding oder ändert ein gezeichnetes; ein Widerspruch nennt beide Stände',
      params: byKey,
      body: drawing,
      output: objectView,
      handle: async ({ actor, params: { key }, body }) => {
        const drawn = await draw(ctx, actor, key, { ...body, facts: body.facts as DrawInput['facts'] });
        if (drawn.ok) return ok(presentObject(drawn.value));
        const { current } = drawn.problem;
        return refuse(current === undefined ? drawn.problem : { ...drawn.problem, current: presentObject(current as Parameters<typeof presentObject>[0]) });
      },
    }),
    apiRoute({
      method: 'delete',
      path: '/api/lagen/:key/objects/:id',
      access: LAGE_ACCESS,
      tag: TAG,
      summary: 'Nimmt eine Zeichnung vom Bild; in der Geschichte bleibt sie',
      params: byId,
      query: z.object({ basis: z.coerce.number().int().min(0) }),
      output: z.object({ id: z.string() }),
      handle: async ({ actor, params: { key, id }, queryInput }) => erase(ctx, actor, key, id, queryInput.basis),
    }),
  ];
}
