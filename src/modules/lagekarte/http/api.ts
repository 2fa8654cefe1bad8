import { z } from 'zod';
import { LAYERS } from '../../../kernel/lage.ts';
import { printMgrs, printUtm } from '../../../kernel/mgrs.ts';
import { ok } from '../../../kernel/result.ts';
import { pageOf } from '../../../platform/http/paging.ts';
import { apiRoute, LAGE_ACCESS, type AnyRoute } from '../../../platform/http/route.ts';
import type { LagekarteContext } from '../application/context.ts';
import { describeMap } from '../application/describe-map.ts';
import { findPlace } from '../application/find-place.ts';
import { PRESETS } from '../../../kernel/lage-presets.ts';

const TAG = 'Lagekarte';
const byKey = z.object({ key: z.string().max(60) });

/** What the map needs beside the picture itself. */
export function mapApi(ctx: LagekarteContext): AnyRoute[] {
  return [overviewRoute(ctx), placesRoute(ctx)];
}

const overviewRoute = (ctx: LagekarteContext): AnyRoute =>
  apiRoute({
    method: 'get',
    path: '/api/lagen/:key/karte',
    access: LAGE_ACCESS,
    tag: TAG,
    summary: 'Ebenen und Sichten der Lagekarte, und die Bilder, die über ihr liegen können; ihre Dinge stehen unter „objects“.',
    params: byKey,
    output: z.object({
      layers: z.array(z.enum(LAYERS)),
      presets: z.array(z.object({ id: z.enum(PRESETS), layers: z.array(z.enum(LAYERS)) })),
      overlays: z.array(
        z.object({
          id: z.string(),
          title: z.string(),
          url: z.string(),
          corners: z.array(z.array(z.number())).describe('Nordwest, Nordost, Südost, Südwest; Länge zuerst.'),
          at: z.string(),
          source: z.string(),
          legend: z.array(z.object({ colour: z.string(), label: z.string() })),
        }),
      ),
    }),
    handle: async ({ actor, params: { key } }) => {
      const described = await describeMap(ctx, actor, key);
      if (!described.ok) return described;
      const { layers, presets, overlays } = described.value;
      return ok({
        layers: [...layers],
        presets: presets.map((one) => ({ ...one, layers: [...one.layers] })),
        overlays: overlays.map(({ id, title, url, corners, at, source, legend }) => ({
          id,
          title: title.de,
          url,
          corners: corners.map((corner) => [...corner]),
          at: at.toString(),
          source,
          legend: [...legend],
        })),
      });
    },
  });

const placesRoute = (ctx: LagekarteContext): AnyRoute =>
  apiRoute({
    method: 'get',
    path: '/api/lagen/:key/orte',
    access: LAGE_ACCESS,
    tag: TAG,
    summary: 'Findet einen Ort: Grad, UTM oder MGRS, etwas im Bild beim Namen, oder eine Adresse; höchstens 20, auf einer Seite.',
    params: byKey,
    query: z.object({ q: z.string().min(1).max(100) }),
    output: pageOf(
      z.object({
        title: z.string(),
        lon: z.number(),
        lat: z.number(),
        from: z.enum(['coordinates', 'object', 'address']),
        objectId: z.string().nullable(),
        utm: z.string(),
        mgrs: z.string().nullable(),
      }),
    ),
    handle: async ({ actor, params: { key }, queryInput: { q } }) => {
      const found = await findPlace(ctx, actor, key, q);
      if (!found.ok) return found;
      return ok({
        items: found.value.map(({ objectId, ...one }) => ({ ...one, objectId: objectId ?? null, utm: printUtm(one), mgrs: printMgrs(one) ?? null })),
        next: null,
      });
    },
  });
