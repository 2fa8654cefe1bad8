import { z } from 'zod';
import { ok, refuse } from '../../../kernel/result.ts';
import { apiRoute, type AnyRoute } from '../../../platform/http/route.ts';
import { readAdministration } from '../application/administration.ts';
import { define } from '../application/define.ts';
import { fetchNow } from '../application/fetch-sources.ts';
import { setSource } from '../application/sources.ts';
import type { Reading } from './pages.ts';
import {
  definitionBody,
  indicatorView,
  KEEPERS,
  oneView,
  presentIndicator,
  presentPoint,
  sourceBody,
  stateView,
  TAG,
  versionView,
  WATCHERS,
} from './schemas.ts';

const params = z.object({ key: z.string().max(60) });
const asked = z.object({ service: z.string().max(80).optional() });

/** Indicators for programs: what everybody may read, and what the strategy changes. */
export function indicatorApi(reading: Reading): AnyRoute[] {
  return [...readRoutes(reading), ...writeRoutes(reading)];
}

const NO_CASES = { kind: 'not-found', detail: 'Zu dieser Leistung gibt es noch keine Fälle. Wählen Sie eine andere.' } as const;

function readRoutes({ ctx, desk, indicators }: Reading): AnyRoute[] {
  const known = async (service: string | undefined): Promise<boolean> => service === undefined || (await desk.known()).figures.services().includes(service);
  const of = (service: string | undefined): { readonly service?: string } => (service === undefined ? {} : { service });
  return [
    apiRoute({
      method: 'get',
      path: '/api/indicators',
      access: 'public',
      open: true,
      tag: TAG,
      summary: 'Alle Kennzahlen der Stadt oder einer Leistung; unter zehn Fällen verschwiegen',
      query: asked,
      output: z.object({ indicators: z.array(indicatorView) }),
      handle: async ({ queryInput: { service } }) =>
        (await known(service)) ? ok({ indicators: (await indicators.list(of(service))).map(presentIndicator) }) : refuse(NO_CASES),
    }),
    apiRoute({
      method: 'get',
      path: '/api/indicators/:key',
      access: 'public',
      open: true,
      tag: TAG,
      summary: 'Eine Kennzahl mit Verlauf nach Monaten und Fortschreibung',
      params,
      query: asked.extend({ months: z.coerce.number().int().min(1).max(120).default(36) }),
      output: oneView,
      handle: async ({ params: { key }, queryInput: { service, months } }) => {
        if (!(await known(service))) return refuse(NO_CASES);
        const found = await indicators.one(key, of(service));
        if (!found.ok) return found;
        const history = (await indicators.history(key, { ...of(service), months })).map(presentPoint);
        const forecast = service === undefined ? await indicators.forecast(key, 6) : undefined;
        const told = forecast && { method: { ...forecast.method }, points: forecast.points.map((point) => ({ ...point })) };
        return ok({ ...presentIndicator(found.value), history, forecast: told ?? null });
      },
    }),
    apiRoute({
      method: 'get',
      path: '/api/indicators-state',
      access: WATCHERS,
      tag: TAG,
      summary: 'Wie weit das Journal gelesen ist, und wie es den Quellen geht',
      output: stateView,
      handle: async () => {
        const { checkpoint, head, sources } = await readAdministration(ctx, desk);
        return ok({
          seq: checkpoint.seq,
          journal: head,
          followedAt: checkpoint.followedAt?.toString() ?? null,
          sources: sources.map(({ key, body, active, fetchedAt, triedAt, problem }) => ({
            ...{ key, kind: body.kind, active, problem },
            fetchedAt: fetchedAt?.toString() ?? null,
            triedAt: triedAt?.toString() ?? null,
          })),
        });
      },
    }),
  ];
}

function writeRoutes({ ctx }: Reading): AnyRoute[] {
  return [
    apiRoute({
      method: 'put',
      path: '/api/indicators/:key',
      access: KEEPERS,
      tag: TAG,
      summary: 'Legt eine Kennzahl an oder ändert sie; jede Fassung bleibt mit ihrem Grund',
      params,
      body: definitionBody,
      output: versionView,
      handle: async ({ actor, params: { key }, body: { target, start, ...body } }) => {
        const done = await define(ctx, actor, {
          ...body,
          key,
          target: target && { ...target, by: Temporal.PlainDate.from(target.by) },
          start: start && { ...start, on: Temporal.PlainDate.from(start.on) },
        });
        return done.ok ? ok({ key, version: done.value.version }) : done;
      },
    }),
    apiRoute({
      method: 'put',
      path: '/api/indicators/:key/source',
      access: KEEPERS,
      tag: TAG,
      summary: 'Sagt, woher eine geholte Kennzahl kommt: CSV, JSON, SensorThings oder SPARQL',
      params,
      body: sourceBody,
      output: sourceBody,
      handle: async ({ actor, params: { key }, body }) => {
        const done = await setSource(ctx, actor, { ...body, key });
        return done.ok ? ok(body) : done;
      },
    }),
    apiRoute({
      method: 'post',
      path: '/api/indicators/:key/fetch',
      access: KEEPERS,
      tag: TAG,
      summary: 'Holt die Werte einer Quelle jetzt',
      params,
      output: z.object({ values: z.number().int(), changed: z.number().int() }),
      handle: ({ actor, params: { key } }) => fetchNow(ctx, actor, key),
    }),
  ];
}
