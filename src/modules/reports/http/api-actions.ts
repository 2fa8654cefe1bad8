import { z } from 'zod';
import { apiRoute, LAGE_ACCESS, type AnyRoute } from '../../../platform/http/route.ts';
import { assessEvent, assessReport } from '../application/assess-reports.ts';
import type { ReportsContext } from '../application/context.ts';
import { mergeEvents, splitReport, undoLink } from '../application/link-reports.ts';
import { logEvent } from '../application/log-event.ts';
import { resolveContradiction } from '../application/resolve-contradiction.ts';
import { byId, credibility, reason, reliability, TAG } from './schemas.ts';

const linked = z.object({ linkId: z.string(), eventId: z.string() });
const post = { method: 'post', access: LAGE_ACCESS, tag: TAG, params: byId } as const;

/** What a person decides about reports, for programs. */
export function reportActionsApi(ctx: ReportsContext): AnyRoute[] {
  return [...judging(ctx), ...linking(ctx)];
}

const judging = (ctx: ReportsContext): AnyRoute[] => [
  apiRoute({
    ...post,
    path: '/api/lagen/:key/meldungen/:id/beurteilung',
    summary: 'Bestätigt oder verwirft eine Meldung, öffnet sie wieder oder ändert ihre Bewertung',
    body: z.object({
      action: z.enum(['confirm', 'refuse', 'reopen', 'grade']),
      reason: reason.default(''),
      reliability: reliability.optional(),
      credibility: credibility.optional(),
    }),
    output: z.object({ eventId: z.string() }),
    handle: async ({ actor, params: { key, id }, body }) => assessReport(ctx, actor, key, id, body),
  }),
  apiRoute({
    ...post,
    path: '/api/lagen/:key/ereignisse/:id/beurteilung',
    summary: 'Bestätigt oder verwirft alle ungeprüften Meldungen eines Ereignisses',
    body: z.object({ action: z.enum(['confirm', 'refuse']), reason: reason.default('') }),
    output: z.object({ eventId: z.string(), reports: z.number() }),
    handle: async ({ actor, params: { key, id }, body }) => assessEvent(ctx, actor, key, id, body),
  }),
  apiRoute({
    ...post,
    path: '/api/lagen/:key/ereignisse/:id/tagebuch',
    summary: 'Schreibt ein Ereignis ins Einsatztagebuch',
    body: z.object({ remark: z.string().max(2000).default('') }),
    output: z.object({ number: z.number() }),
    status: 201,
    handle: async ({ actor, params: { key, id }, body: { remark } }) => logEvent(ctx, actor, key, id, remark),
  }),
  apiRoute({
    ...post,
    path: '/api/lagen/:key/widersprueche/:id/aufloesung',
    summary: 'Sagt, welche von zwei widersprüchlichen Meldungen gilt',
    body: z.object({ holds: z.enum(['a', 'b', 'both', 'neither']), reason }),
    output: z.object({ id: z.string() }),
    handle: async ({ actor, params: { key, id }, body }) => resolveContradiction(ctx, actor, key, id, body),
  }),
];

const linking = (ctx: ReportsContext): AnyRoute[] => [
  apiRoute({
    ...post,
    path: '/api/lagen/:key/ereignisse/:id/zusammenlegung',
    summary: 'Legt ein Ereignis mit einem anderen zusammen; kann aufgehoben werden',
    body: z.object({ into: z.string().max(40).describe('Kennung oder Nummer des anderen Ereignisses.'), reason }),
    output: linked,
    handle: async ({ actor, params: { key, id }, body }) => mergeEvents(ctx, actor, key, { from: id, ...body }),
  }),
  apiRoute({
    ...post,
    path: '/api/lagen/:key/meldungen/:id/abtrennung',
    summary: 'Nimmt eine Meldung aus ihrem Ereignis heraus; kann aufgehoben werden',
    body: z.object({ reason }),
    output: linked,
    handle: async ({ actor, params: { key, id }, body }) => splitReport(ctx, actor, key, id, body.reason),
  }),
  apiRoute({
    ...post,
    path: '/api/lagen/:key/verknuepfungen/:id/aufhebung',
    summary: 'Hebt eine Verknüpfung auf, die einer Regel oder die eines Menschen',
    body: z.object({ reason }),
    output: linked,
    handle: async ({ actor, params: { key, id }, body }) => undoLink(ctx, actor, key, id, body.reason),
  }),
];
