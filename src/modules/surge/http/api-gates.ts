import { instant } from '../../../platform/http/instant.ts';
import { z } from 'zod';
import { invalidField } from '../../../kernel/problem.ts';
import { ok, refuse } from '../../../kernel/result.ts';
import { cursorId, decodeCursor, encodeCursor, pageOf, pageQuery } from '../../../platform/http/paging.ts';
import { apiRoute, LAGE_ACCESS, type AnyRoute } from '../../../platform/http/route.ts';
import type { SurgeContext } from '../application/context.ts';
import { importDemoPlan, importPlan, reportGate, reportZone } from '../application/gates.ts';
import { whatIfOpen } from '../application/options.ts';
import { showGate, showGates, showSurge } from '../application/read-surge.ts';
import { GATE_STATES, ZONE_STATES } from './vocabulary.ts';
import { byId, byKey, gateView, planInput, presentGate, presentZone, TAG, zoneView } from './schemas.ts';

/** Polders, gates and zones for programs. */
export function gatesApi(ctx: SurgeContext): AnyRoute[] {
  return [...planRoutes(ctx), ...readRoutes(ctx), zonesRoute(ctx), ...wordRoutes(ctx)];
}

const counts = z.object({ polders: z.number(), gates: z.number(), zones: z.number() });

function planRoutes(ctx: SurgeContext): AnyRoute[] {
  return [
    apiRoute({
      method: 'post',
      path: '/api/lagen/:key/tore',
      access: LAGE_ACCESS,
      tag: TAG,
      summary: 'Übernimmt Polder mit Toren und Räumzonen, oder erneuert sie nach ihrem Kürzel',
      params: byKey,
      body: planInput,
      status: 201,
      output: counts,
      handle: async ({ actor, params: { key }, body }) => importPlan(ctx, actor, key, body),
    }),
    apiRoute({
      method: 'post',
      path: '/api/lagen/:key/tore/demo',
      access: LAGE_ACCESS,
      tag: TAG,
      summary: 'Übernimmt die erfundenen Polder der Demo; nur in einer Übung',
      params: byKey,
      status: 201,
      output: counts,
      handle: async ({ actor, params: { key } }) => importDemoPlan(ctx, actor, key),
    }),
  ];
}

function readRoutes(ctx: SurgeContext): AnyRoute[] {
  const said = z.object({
    id: z.string(),
    state: z.enum(GATE_STATES),
    source: z.enum(['sensor', 'person']),
    by: z.string(),
    remark: z.string(),
    at: z.string(),
    receivedAt: z.string(),
  });
  return [
    apiRoute({
      method: 'get',
      path: '/api/lagen/:key/tore',
      access: LAGE_ACCESS,
      tag: TAG,
      summary: 'Tore nach Dringlichkeit: was zuerst geschlossen sein muss, zuerst',
      params: byKey,
      query: pageQuery.extend({ open: z.enum(['true', 'false']).optional().describe('true: nur, was nicht sicher geschlossen ist.') }),
      output: pageOf(gateView),
      handle: async ({ actor, params: { key }, queryInput: { cursor, limit, open } }) => {
        const shown = await showGates(ctx, actor, key);
        if (!shown.ok) return shown;
        const rows = shown.value.gates.filter(({ judged }) => open !== 'true' || judged.state !== 'closed' || judged.contradiction);
        // urgency moves with every minute: a page goes on behind the gate it ended with, wherever that stands now
        const [after] = decodeCursor(cursor) ?? [];
        const place = cursor === undefined ? -1 : rows.findIndex(({ gate }) => gate.id === after);
        if (cursor !== undefined && place < 0) return refuse(invalidField('cursor', 'Diesen Zeiger gibt es nicht mehr. Beginnen Sie die Liste ohne ihn.'));
        const items = rows.slice(place + 1, place + 1 + limit);
        const more = place + 1 + limit < rows.length;
        return ok({ items: items.map(presentGate), next: more ? encodeCursor([items.at(-1)!.gate.id]) : null });
      },
    }),
    apiRoute({
      method: 'get',
      path: '/api/lagen/:key/tore/:id',
      access: LAGE_ACCESS,
      tag: TAG,
      summary: 'Ein Tor und alles, was über es gesagt wurde, das Neueste zuerst',
      params: byId,
      query: pageQuery,
      output: z.object({ gate: gateView, items: z.array(said), next: z.string().nullable() }),
      handle: async ({ actor, params: { key, id }, queryInput: { cursor, limit } }) => {
        const after = cursorId(cursor);
        if (!after.ok) return after;
        const shown = await showGate(ctx, actor, key, id, { limit: limit + 1, after: after.value });
        if (!shown.ok) return shown;
        const words = shown.value.words.slice(0, limit);
        const items = words.map((one) => ({ ...one, at: one.at.toString(), receivedAt: one.receivedAt.toString() }));
        return ok({ gate: presentGate(shown.value.row), items, next: shown.value.words.length > limit ? encodeCursor([words.at(-1)!.id]) : null });
      },
    }),
  ];
}

const zonesRoute = (ctx: SurgeContext): AnyRoute =>
  apiRoute({
    method: 'get',
    path: '/api/lagen/:key/sturmflut/zonen',
    access: LAGE_ACCESS,
    tag: TAG,
    summary: 'Räumzonen mit Menschen und Stand der Räumung',
    params: byKey,
    output: z.object({ items: z.array(zoneView), next: z.null() }),
    handle: async ({ actor, params: { key } }) => {
      const shown = await showSurge(ctx, actor, key);
      return shown.ok ? ok({ items: shown.value.state.zones.map(presentZone), next: null }) : shown;
    },
  });

function wordRoutes(ctx: SurgeContext): AnyRoute[] {
  return [
    apiRoute({
      method: 'post',
      path: '/api/lagen/:key/tore/:id',
      access: LAGE_ACCESS,
      tag: TAG,
      summary: 'Jemand sagt, wie ein Tor steht; was der Sensor sagt, bleibt daneben',
      params: byId,
      body: z.object({ state: z.enum(GATE_STATES), remark: z.string().max(2000).default(''), at: instant.optional() }),
      output: gateView,
      handle: async ({ actor, params: { key, id }, body }) => {
        const said = await reportGate(ctx, actor, key, id, body);
        return said.ok ? ok(presentGate(said.value)) : said;
      },
    }),
    apiRoute({
      method: 'get',
      path: '/api/lagen/:key/tore/:id/offen',
      access: LAGE_ACCESS,
      tag: TAG,
      summary: 'Was wäre, wenn dieses Tor offen bleibt: beim erwarteten Scheitel oder einer eigenen Höhe',
      params: byId,
      query: z.object({ metres: z.coerce.number().optional() }),
      limit: 'costly',
      output: z.object({
        metres: z.number(),
        areaSquareMetres: z.number(),
        deepestMetres: z.number(),
        people: z.number().nullable(),
        facilities: z.number().nullable(),
        href: z.string().nullable(),
        milliseconds: z.number(),
        model: z.string(),
      }),
      handle: async ({ actor, params: { key, id }, queryInput }) => whatIfOpen(ctx, actor, key, id, queryInput.metres),
    }),
    apiRoute({
      method: 'post',
      path: '/api/lagen/:key/sturmflut/zonen/:id',
      access: LAGE_ACCESS,
      tag: TAG,
      summary: 'Jemand sagt, wie weit eine Zone geräumt ist',
      params: byId,
      body: z.object({ state: z.enum(ZONE_STATES), left: z.number().int(), remark: z.string().max(2000).default('') }),
      output: zoneView,
      handle: async ({ actor, params: { key, id }, body }) => {
        const said = await reportZone(ctx, actor, key, id, body);
        return said.ok ? ok(presentZone(said.value)) : said;
      },
    }),
  ];
}
