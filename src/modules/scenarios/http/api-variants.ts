import { z } from 'zod';
import { ok, type Result } from '../../../kernel/result.ts';
import type { Problem } from '../../../kernel/problem.ts';
import { apiRoute, type AnyRoute } from '../../../platform/http/route.ts';
import { addToPlan, addVariant, removeVariant, renameVariant, replacePlan, takeFromPlan, type PlanState } from '../application/change-variants.ts';
import type { Writing } from '../application/context.ts';
import { drawn, planFrom } from '../application/plan-io.ts';

export const TAG = 'Szenarien';
const PATH = '/api/twin/scenarios/:id/variants';
const id = z.object({ id: z.uuid() });
const variantId = id.extend({ variantId: z.uuid() });
const idOnly = z.object({ id: z.string() });
const text = z.string().max(10_000);
const words = z.object({ name: text, description: text.default('') });
const plan = z.object({ id: z.string(), plan: z.object({ type: z.string() }).loose().describe('GeoJSON, CRS84') });
const geoJson = z
  .unknown()
  .describe('GeoJSON: ein Feature oder eine FeatureCollection. kind sagt building, tree, closed oder destination; dazu heightMetres, crownMetres, name.');

const presented = (done: Result<PlanState, Problem>): Result<z.output<typeof plan>, Problem> =>
  done.ok ? ok({ id: done.value.id, plan: drawn(done.value.plan) }) : done;

/** Variants and their plans, for programs. */
export function variantsApi(ctx: Writing): AnyRoute[] {
  return [
    apiRoute({
      method: 'post',
      path: PATH,
      access: 'signed-in',
      tag: TAG,
      summary: 'Legt eine Variante an; from nimmt den Plan einer anderen als Anfang.',
      params: id,
      body: words.extend({ from: z.uuid().optional() }),
      output: idOnly,
      status: 201,
      handle: ({ actor, params, body: { from, ...wish } }) => addVariant(ctx, actor, params.id, from === undefined ? wish : { ...wish, from }),
    }),
    apiRoute({
      method: 'put',
      path: `${PATH}/:variantId`,
      access: 'signed-in',
      tag: TAG,
      summary: 'Nennt und beschreibt eine Variante neu.',
      params: variantId,
      body: words,
      output: idOnly,
      handle: ({ actor, params, body }) => renameVariant(ctx, actor, params.id, params.variantId, body),
    }),
    apiRoute({
      method: 'delete',
      path: `${PATH}/:variantId`,
      access: 'signed-in',
      tag: TAG,
      summary: 'Löscht eine Variante; die erste bleibt.',
      params: variantId,
      output: idOnly,
      handle: ({ actor, params }) => removeVariant(ctx, actor, params.id, params.variantId),
    }),
    ...planRoutes(ctx),
  ];
}

function planRoutes(ctx: Writing): AnyRoute[] {
  return [
    apiRoute({
      method: 'put',
      path: `${PATH}/:variantId/plan`,
      access: 'signed-in',
      tag: TAG,
      summary: 'Setzt den ganzen Plan einer Variante neu.',
      params: variantId,
      body: geoJson,
      output: plan,
      handle: async ({ actor, params, body }) => {
        const read = planFrom(body, 'body');
        return read.ok ? presented(await replacePlan(ctx, actor, params.id, params.variantId, read.value)) : read;
      },
    }),
    apiRoute({
      method: 'post',
      path: `${PATH}/:variantId/features`,
      access: 'signed-in',
      tag: TAG,
      summary: 'Zeichnet Objekte in den Plan.',
      params: variantId,
      body: geoJson,
      output: plan,
      status: 201,
      handle: async ({ actor, params, body }) => {
        const read = planFrom(body, 'body');
        return read.ok ? presented(await addToPlan(ctx, actor, params.id, params.variantId, read.value)) : read;
      },
    }),
    apiRoute({
      method: 'delete',
      path: `${PATH}/:variantId/features/:featureId`,
      access: 'signed-in',
      tag: TAG,
      summary: 'Nimmt ein Objekt aus dem Plan.',
      params: variantId.extend({ featureId: z.string().max(20) }),
      output: plan,
      handle: async ({ actor, params }) => presented(await takeFromPlan(ctx, actor, params.id, params.variantId, params.featureId)),
    }),
  ];
}
