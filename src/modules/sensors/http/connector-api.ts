import { z } from 'zod';
import { ok } from '../../../kernel/result.ts';
import { apiRoute, type AnyRoute } from '../../../platform/http/route.ts';
import {
  addConnector,
  changeConnector,
  connector,
  connectors,
  pause,
  remove,
  resume,
  runNow,
  type ConnectorOffice,
  type ShownConnector,
} from '../application/connectors.ts';

const tag = 'Messwerte';
const WATCHERS = ['administration', 'revision'] as const;
const KEEPERS = ['administration'] as const;
const PATH = '/api/sensors/connectors';

const named = z.object({ id: z.string() });
const params = z.object({ id: z.uuid() });
const shown = z.object({
  id: z.string(),
  name: z.string(),
  declaration: z.record(z.string(), z.unknown()),
  state: z.enum(['paused', 'new', 'well', 'failing']),
  lastRunAt: z.string().nullable(),
  lastSuccessAt: z.string().nullable(),
  nextRunAt: z.string(),
  latestAt: z.string().nullable(),
  kept: z.number(),
  rejected: z.number(),
  failures: z.number(),
  lastError: z.string().nullable(),
  lastRejects: z.array(z.string()),
});
const input = z.object({
  name: z.string().max(1000),
  declaration: z
    .record(z.string(), z.unknown())
    .describe('Was der Anschluss tut; kind ist rest, mqtt oder sensorthings. Beispiele stehen auf /verwaltung/anschluesse.'),
});

function present({
  id,
  name,
  declaration,
  state,
  lastRunAt,
  lastSuccessAt,
  nextRunAt,
  latestAt,
  kept,
  rejected,
  failures,
  lastError,
  lastRejects,
}: ShownConnector): z.output<typeof shown> {
  const at = (instant: Temporal.Instant | null): string | null => instant?.toString() ?? null;
  return {
    id,
    name,
    declaration: { ...declaration },
    state,
    lastRunAt: at(lastRunAt),
    lastSuccessAt: at(lastSuccessAt),
    nextRunAt: nextRunAt.toString(),
    latestAt: at(latestAt),
    kept,
    rejected,
    failures,
    lastError,
    lastRejects: [...lastRejects],
  };
}

/** Connectors, for programs. */
export const connectorApi = (office: ConnectorOffice): AnyRoute[] => [...readApi(office), ...declareApi(office), ...stepApi(office)];

function stepApi(office: ConnectorOffice): AnyRoute[] {
  const step = (name: string, summary: string, act: typeof pause): AnyRoute =>
    apiRoute({
      method: 'post',
      path: `${PATH}/:id/${name}`,
      access: KEEPERS,
      tag,
      summary,
      params,
      output: named,
      handle: ({ actor, params: { id } }) => act(office, actor, id),
    });
  return [
    step('pause', 'Hält einen Anschluss an.', pause),
    step('resume', 'Lässt einen Anschluss weiterlaufen.', resume),
    step('run', 'Lässt einen Anschluss jetzt holen.', runNow),
    apiRoute({
      method: 'delete',
      path: `${PATH}/:id`,
      access: KEEPERS,
      tag,
      summary: 'Entfernt einen Anschluss; was er gebracht hat, bleibt.',
      params,
      output: named,
      handle: ({ actor, params: { id } }) => remove(office, actor, id),
    }),
  ];
}

function readApi(office: ConnectorOffice): AnyRoute[] {
  return [
    apiRoute({
      method: 'get',
      path: PATH,
      access: WATCHERS,
      tag,
      summary: 'Anschlüsse, die Messwerte von anderswo holen, und ob sie es tun.',
      output: z.object({ items: z.array(shown), next: z.null() }),
      handle: async () => ok({ items: (await connectors(office)).map(present), next: null }),
    }),
    apiRoute({
      method: 'get',
      path: `${PATH}/:id`,
      access: WATCHERS,
      tag,
      summary: 'Ein Anschluss.',
      params,
      output: shown,
      handle: async ({ params: { id } }) => {
        const found = await connector(office, id);
        return found.ok ? ok(present(found.value)) : found;
      },
    }),
  ];
}

function declareApi(office: ConnectorOffice): AnyRoute[] {
  return [
    apiRoute({
      method: 'post',
      path: PATH,
      access: KEEPERS,
      tag,
      summary: 'Nimmt einen Anschluss in Betrieb.',
      body: input,
      output: named,
      status: 201,
      handle: ({ actor, body }) => addConnector(office, actor, body),
    }),
    apiRoute({
      method: 'put',
      path: `${PATH}/:id`,
      access: KEEPERS,
      tag,
      summary: 'Ändert einen Anschluss; was er gelesen hat, bleibt gelesen.',
      params,
      body: input,
      output: named,
      handle: ({ actor, params: { id }, body }) => changeConnector(office, actor, id, body),
    }),
  ];
}
