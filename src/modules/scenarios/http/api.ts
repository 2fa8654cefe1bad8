import { z } from 'zod';
import { ok } from '../../../kernel/result.ts';
import { cursorId, encodeCursor, pageOf, pageQuery } from '../../../platform/http/paging.ts';
import { apiRoute, type AnyRoute } from '../../../platform/http/route.ts';
import { describeScenario, openTo, removeScenario } from '../application/change-scenario.ts';
import type { Ordering } from '../application/context.ts';
import { makeScenario } from '../application/make-scenario.ts';
import { scenariosFor, showScenario } from '../application/show.ts';
import { listed, VISIBILITY, presentListed, presentWhole, whole } from './present.ts';
import { TAG } from './api-variants.ts';

const id = z.object({ id: z.uuid() });
const idOnly = z.object({ id: z.string() });
const text = z.string().max(10_000);
const wish = z.object({
  title: text,
  question: text.default(''),
  area: z.unknown().describe('Polygon oder MultiPolygon als GeoJSON (CRS84), oder Ecken zeilenweise als Text.'),
  data: z.record(z.string(), z.string().max(63)).default({}).describe('Sammlung zu buildings, trees, ways, population, destinations; none lässt sie weg.'),
});

/** Scenarios for programs: all that the pages do. */
export function scenariosApi(ctx: Ordering): AnyRoute[] {
  return [...listRoutes(ctx), ...scenarioRoutes(ctx)];
}

function listRoutes(ctx: Ordering): AnyRoute[] {
  return [
    apiRoute({
      method: 'get',
      path: '/api/twin/scenarios',
      access: 'public',
      tag: TAG,
      summary: 'Szenarien: eigene und mitbearbeitete (own), oder andere, die offen sind (open).',
      query: pageQuery.extend({ which: z.enum(['own', 'open']).default('open') }),
      output: pageOf(listed),
      handle: async ({ actor, queryInput: { which, cursor, limit } }) => {
        const before = cursorId(cursor);
        if (!before.ok) return before;
        const page = await scenariosFor(ctx, actor, { which, limit, ...(before.value === undefined ? {} : { before: before.value }) });
        return ok({ items: page.scenarios.map(presentListed), next: page.next === undefined ? null : encodeCursor([page.next]) });
      },
    }),
    apiRoute({
      method: 'post',
      path: '/api/twin/scenarios',
      access: 'signed-in',
      tag: TAG,
      summary: 'Legt ein Szenario an, mit einer ersten Variante, die nichts ändert.',
      body: wish,
      output: idOnly,
      status: 201,
      handle: async ({ actor, body }) => makeScenario(ctx, actor, body),
    }),
  ];
}

function scenarioRoutes(ctx: Ordering): AnyRoute[] {
  return [
    apiRoute({
      method: 'get',
      path: '/api/twin/scenarios/:id',
      access: 'public',
      tag: TAG,
      summary: 'Ein Szenario mit Varianten, Plänen, Ergebnissen und Kommentaren.',
      params: id,
      output: whole,
      handle: async ({ actor, params }) => {
        const found = await showScenario(ctx, actor, params.id);
        return found.ok ? ok(presentWhole(found.value)) : found;
      },
    }),
    apiRoute({
      method: 'put',
      path: '/api/twin/scenarios/:id',
      access: 'signed-in',
      tag: TAG,
      summary: 'Beschreibt ein Szenario neu: Titel, Frage, Gebiet und Daten.',
      params: id,
      body: wish,
      output: idOnly,
      handle: ({ actor, params, body }) => describeScenario(ctx, actor, params.id, body),
    }),
    apiRoute({
      method: 'delete',
      path: '/api/twin/scenarios/:id',
      access: 'signed-in',
      tag: TAG,
      summary: 'Löscht ein Szenario mit allem, was dazugehört.',
      params: id,
      output: idOnly,
      handle: ({ actor, params }) => removeScenario(ctx, actor, params.id),
    }),
    apiRoute({
      method: 'put',
      path: '/api/twin/scenarios/:id/visibility',
      access: 'signed-in',
      tag: TAG,
      summary: 'Sagt, wer das Szenario sieht: nur Beteiligte, Beschäftigte der Stadt, oder alle.',
      params: id,
      body: z.object({ visibility: VISIBILITY }),
      output: z.object({ visibility: VISIBILITY }),
      handle: ({ actor, params, body }) => openTo(ctx, actor, params.id, body.visibility),
    }),
  ];
}
