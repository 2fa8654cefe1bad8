import { z } from 'zod';
import { invalidField } from '../../../kernel/problem.ts';
import { ok, refuse } from '../../../kernel/result.ts';
import { cursorId, encodeCursor, pageOf, pageQuery } from '../../../platform/http/paging.ts';
import { apiRoute, LAGE_ACCESS, type AnyRoute } from '../../../platform/http/route.ts';
import type { SurgeContext } from '../application/context.ts';
import { confirmMeasure, orderMeasure } from '../application/measures.ts';
import { compare, decide, sayHelpersFree } from '../application/options.ts';
import { decideOnProposal } from '../application/proposals.ts';
import { decisionsOf, proposalsOf, showSurge } from '../application/read-surge.ts';
import { byId, byKey, itemView, optionInput, optionView, presentItem, presentOption, presentProposal, proposalView, TAG } from './schemas.ts';

/** Checklist, proposals and decisions for programs. */
export function measuresApi(ctx: SurgeContext): AnyRoute[] {
  return [...checklistRoutes(ctx), ...proposalRoutes(ctx), ...optionRoutes(ctx), ...decisionRoutes(ctx)];
}

function checklistRoutes(ctx: SurgeContext): AnyRoute[] {
  const params = byKey.extend({ measure: z.string().max(60) });
  return [
    apiRoute({
      method: 'get',
      path: '/api/lagen/:key/sturmflut/massnahmen',
      access: LAGE_ACCESS,
      tag: TAG,
      summary: 'Checkliste nach Frist, mit Zuständigkeit und Bestätigung',
      params: byKey,
      output: z.object({ items: z.array(itemView), next: z.null() }),
      handle: async ({ actor, params: { key } }) => {
        const shown = await showSurge(ctx, actor, key);
        return shown.ok ? ok({ items: shown.value.state.items.map(presentItem), next: null }) : shown;
      },
    }),
    apiRoute({
      method: 'post',
      path: '/api/lagen/:key/sturmflut/massnahmen/:measure/bestaetigung',
      access: LAGE_ACCESS,
      tag: TAG,
      summary: 'Bestätigt, dass eine Maßnahme erledigt ist',
      params,
      body: z.object({ remark: z.string().max(2000).default(''), count: z.number().int().optional() }),
      output: itemView,
      handle: async ({ actor, params: { key, measure }, body }) => {
        const done = await confirmMeasure(ctx, actor, key, measure, body);
        return done.ok ? ok(presentItem(done.value)) : done;
      },
    }),
    apiRoute({
      method: 'post',
      path: '/api/lagen/:key/sturmflut/massnahmen/:measure/auftrag',
      access: LAGE_ACCESS,
      tag: TAG,
      summary: 'Macht aus einer Maßnahme einen Auftrag, einmal',
      params,
      output: z.object({ measure: z.string(), task: z.string().nullable() }),
      handle: async ({ actor, params: { key, measure } }) => {
        const made = await orderMeasure(ctx, actor, key, measure);
        return made.ok ? ok({ measure, task: made.value.taskRef }) : made;
      },
    }),
  ];
}

function proposalRoutes(ctx: SurgeContext): AnyRoute[] {
  return [
    apiRoute({
      method: 'get',
      path: '/api/lagen/:key/sturmflut/vorschlaege',
      access: LAGE_ACCESS,
      tag: TAG,
      summary: 'Was die Regeln vorschlagen, mit Gründen; das Neueste zuerst',
      params: byKey,
      query: pageQuery.extend({ state: z.enum(['open', 'accepted', 'refused', 'lapsed']).optional() }),
      output: pageOf(proposalView),
      handle: async ({ actor, params: { key }, queryInput: { cursor, limit, state } }) => {
        const after = cursorId(cursor);
        if (!after.ok) return after;
        const found = await proposalsOf(ctx, actor, key, { limit: limit + 1, after: after.value, state });
        if (!found.ok) return found;
        const items = found.value.slice(0, limit);
        return ok({ items: items.map(presentProposal), next: found.value.length > limit ? encodeCursor([items.at(-1)!.id]) : null });
      },
    }),
    apiRoute({
      method: 'post',
      path: '/api/lagen/:key/sturmflut/vorschlaege/:id/entscheidung',
      access: LAGE_ACCESS,
      tag: TAG,
      summary: 'Nimmt einen Vorschlag an oder lehnt ihn mit Grund ab; angenommen wird er auf Wunsch zum Auftrag',
      params: byId,
      body: z.object({ accept: z.boolean(), because: z.string().max(2000).default(''), asTask: z.boolean().optional() }),
      output: proposalView,
      handle: async ({ actor, params: { key, id }, body }) => {
        const decided = await decideOnProposal(ctx, actor, key, id, body);
        return decided.ok ? ok(presentProposal(decided.value)) : decided;
      },
    }),
  ];
}

const options = z.array(optionInput).max(20);
const decisionView = z.object({
  id: z.string(),
  number: z.number(),
  question: z.string(),
  options: z.array(optionView),
  chosen: z.number(),
  because: z.string(),
  decidedAt: z.string(),
  decidedBy: z.string(),
});

function optionRoutes(ctx: SurgeContext): AnyRoute[] {
  return [
    apiRoute({
      method: 'post',
      path: '/api/lagen/:key/sturmflut/vergleich',
      access: LAGE_ACCESS,
      tag: TAG,
      summary: 'Vergleicht Möglichkeiten nach Reichweite, Zeit und Kräften; ändert nichts',
      params: byKey,
      body: z.object({ options }),
      output: z.object({ items: z.array(optionView), next: z.null() }),
      handle: async ({ actor, params: { key }, body }) => {
        const compared = await compare(ctx, actor, key, body.options);
        return compared.ok ? ok({ items: compared.value.map(presentOption), next: null }) : compared;
      },
    }),
    apiRoute({
      method: 'put',
      path: '/api/lagen/:key/sturmflut/freie-kraefte',
      access: LAGE_ACCESS,
      tag: TAG,
      summary: 'Sagt, wie viele Kräfte frei sind, wo kein Verzeichnis der Kräfte angeschlossen ist',
      params: byKey,
      body: z.object({ helpers: z.number().int() }),
      output: z.object({ helpers: z.number() }),
      handle: async ({ actor, params: { key }, body }) => sayHelpersFree(ctx, actor, key, body.helpers),
    }),
  ];
}

function decisionRoutes(ctx: SurgeContext): AnyRoute[] {
  return [
    apiRoute({
      method: 'get',
      path: '/api/lagen/:key/sturmflut/entscheidungen',
      access: LAGE_ACCESS,
      tag: TAG,
      summary: 'Entscheidungen mit ihren Möglichkeiten und Zahlen, die neueste zuerst',
      params: byKey,
      query: pageQuery,
      output: pageOf(decisionView),
      handle: async ({ actor, params: { key }, queryInput: { cursor, limit } }) => {
        if (cursor !== undefined && !/^\d{1,9}$/.test(cursor))
          return refuse(invalidField('cursor', 'Diesen Zeiger gibt es nicht. Beginnen Sie die Liste ohne ihn.'));
        const found = await decisionsOf(ctx, actor, key, { limit: limit + 1, after: cursor === undefined ? undefined : Number(cursor) });
        if (!found.ok) return found;
        const rows = found.value.slice(0, limit);
        const items = rows.map((one) => ({ ...one, options: one.options.map(presentOption), decidedAt: one.decidedAt.toString() }));
        return ok({ items, next: found.value.length > limit ? String(rows.at(-1)!.number) : null });
      },
    }),
    apiRoute({
      method: 'post',
      path: '/api/lagen/:key/sturmflut/entscheidungen',
      access: LAGE_ACCESS,
      tag: TAG,
      summary: 'Hält eine Entscheidung mit ihren Möglichkeiten, Zahlen und Gründen fest',
      params: byKey,
      body: z.object({ question: z.string().max(1000), options, chosen: z.number().int(), because: z.string().max(2000) }),
      status: 201,
      output: decisionView,
      handle: async ({ actor, params: { key }, body }) => {
        const decided = await decide(ctx, actor, key, body);
        return decided.ok
          ? ok({ ...decided.value, options: decided.value.options.map(presentOption), decidedAt: decided.value.decidedAt.toString() })
          : decided;
      },
    }),
  ];
}
