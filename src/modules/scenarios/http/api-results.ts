import { z } from 'zod';
import { ok } from '../../../kernel/result.ts';
import { apiRoute, type AnyRoute } from '../../../platform/http/route.ts';
import type { Ordering } from '../application/context.ts';
import { orderRuns } from '../application/order-runs.ts';
import { compareVariants, runMap, showScenario } from '../application/show.ts';
import { TAG } from './api-variants.ts';
import { presentRun, run } from './present.ts';

const id = z.object({ id: z.uuid() });
const compared = z.object({ value: z.number().nullable(), minimum: z.number().nullable(), maximum: z.number().nullable(), difference: z.number().nullable() });

/** What the models say to a scenario, for programs. */
export const resultsApi = (ctx: Ordering): AnyRoute[] => [orderRoute(ctx), comparisonRoute(ctx), mapRoute(ctx)];

const orderRoute = (ctx: Ordering): AnyRoute =>
  apiRoute({
    method: 'post',
    path: '/api/twin/scenarios/:id/runs',
    access: 'signed-in',
    tag: TAG,
    summary: 'Rechnet ein Modell für alle Varianten; den Stand sagt das Szenario.',
    params: id,
    body: z.object({
      process: z.string().max(40),
      parameters: z.record(z.string().max(40), z.union([z.number(), z.string().max(40), z.array(z.number()).max(64)])).default({}),
    }),
    output: z.object({ process: z.string(), ordered: z.number() }),
    status: 202,
    handle: ({ actor, params, body }) => orderRuns(ctx, actor, params.id, body),
  });

const comparisonRoute = (ctx: Ordering): AnyRoute =>
  apiRoute({
    method: 'get',
    path: '/api/twin/scenarios/:id/comparison',
    access: 'public',
    tag: TAG,
    summary: 'Die Ergebnisse eines Modells nebeneinander, mit dem Unterschied zur ersten Variante.',
    params: id,
    query: z.object({ process: z.string().max(40) }),
    output: z.object({
      variants: z.array(z.object({ id: z.string(), name: z.string() })),
      rows: z.array(z.object({ id: z.string(), title: z.string(), unit: z.string(), cells: z.array(compared.nullable()) })),
      runs: z.array(run.nullable()),
    }),
    handle: async ({ actor, lang, params, queryInput: { process } }) => {
      const found = await showScenario(ctx, actor, params.id);
      if (!found.ok) return found;
      const { runs, rows } = compareVariants(found.value, process);
      return ok({
        variants: found.value.variants.map((variant) => ({ id: variant.id, name: variant.name })),
        rows: rows.map(({ id: row, title, unit, cells }) => ({
          id: row,
          title: title[lang],
          unit,
          cells: cells.map((cell) => cell ?? null),
        })),
        runs: runs.map((one) => (one === undefined ? null : presentRun(one))),
      });
    },
  });

const mapRoute = (ctx: Ordering): AnyRoute =>
  apiRoute({
    method: 'get',
    path: '/api/twin/scenarios/:id/runs/:runId/map',
    access: 'public',
    tag: TAG,
    summary: 'Die Karte eines Ergebnisses als GeoJSON.',
    params: id.extend({ runId: z.uuid() }),
    query: z.object({ key: z.string().max(100).optional() }),
    output: z.object({ type: z.literal('FeatureCollection'), features: z.array(z.unknown()) }),
    handle: async ({ actor, params, queryInput: { key } }) => {
      const map = await runMap(ctx, actor, params.id, params.runId, key);
      return map.ok ? ok(JSON.parse(map.value) as { type: 'FeatureCollection'; features: unknown[] }) : map;
    },
  });
