import { z } from 'zod';
import { ok, refuse } from '../../../kernel/result.ts';
import { invalidField } from '../../../kernel/problem.ts';
import type { Context } from '../../../platform/context.ts';
import { apiRoute, type AnyRoute } from '../../../platform/http/route.ts';
import type { Writing } from '../application/context.ts';
import { exportKit } from '../application/export-kit.ts';
import { importKit } from '../application/import-kit.ts';
import { kitsOf, removeKit, saveKit } from '../application/kits.ts';
import { second } from './present.ts';

const TAG = 'Baukasten';
const id = z.object({ id: z.uuid() });
const idOnly = z.object({ id: z.string() });
const text = z.string().max(10_000);
const views = z.array(z.object({ title: text, address: text })).max(200);
const kit = z.object({
  id: z.string(),
  title: z.string(),
  question: z.string(),
  views: z.array(z.object({ title: z.string(), address: z.string() })),
  scenarioIds: z.array(z.string()),
  source: z.string().nullable(),
  createdAt: z.string(),
});
export const NO_FILE = invalidField('file', 'Wählen Sie die Datei eines Baukastens aus.');

/** Kits for programs. */
export function kitsApi(ctx: Writing & Pick<Context, 'settings'>): AnyRoute[] {
  return [
    apiRoute({
      method: 'get',
      path: '/api/twin/kits',
      access: 'signed-in',
      tag: TAG,
      summary: 'Eigene Baukästen.',
      output: z.object({ items: z.array(kit), next: z.null() }),
      handle: async ({ actor }) => {
        const kits = await kitsOf(ctx, actor);
        return ok({
          items: kits.map(({ views: all, scenarioIds, createdAt, ...one }) => {
            const { id: kitId, title, question, source } = one;
            return { id: kitId, title, question, source, views: [...all], scenarioIds: [...scenarioIds], createdAt: second(createdAt) };
          }),
          next: null,
        });
      },
    }),
    apiRoute({
      method: 'post',
      path: '/api/twin/kits',
      access: 'signed-in',
      tag: TAG,
      summary: 'Stellt einen Baukasten zusammen: Szenarien und Ansichten; Daten und Modelle folgen aus ihnen.',
      body: z.object({ title: text, question: text.default(''), views: views.default([]), scenarioIds: z.array(z.uuid()).max(200) }),
      output: idOnly,
      status: 201,
      handle: ({ actor, body }) => saveKit(ctx, actor, body),
    }),
    apiRoute({
      method: 'get',
      path: '/api/twin/kits/:id',
      access: 'signed-in',
      tag: TAG,
      summary: 'Ein Baukasten als Datei für eine andere Stadt; embed legt offene Daten um die Gebiete bei.',
      params: id,
      query: z.object({ embed: z.stringbool().default(false) }),
      output: z.object({ kontorKit: z.literal(1) }).loose(),
      handle: ({ actor, params, queryInput: { embed } }) => exportKit(ctx, actor, params.id, embed),
    }),
    apiRoute({
      method: 'delete',
      path: '/api/twin/kits/:id',
      access: 'signed-in',
      tag: TAG,
      summary: 'Löscht einen Baukasten; seine Szenarien bleiben.',
      params: id,
      output: idOnly,
      handle: ({ actor, params }) => removeKit(ctx, actor, params.id),
    }),
    importRoute(ctx),
  ];
}

function importRoute(ctx: Writing): AnyRoute {
  return apiRoute({
    method: 'post',
    path: '/api/twin/kit-imports',
    access: 'signed-in',
    tag: TAG,
    summary: 'Nimmt einen Baukasten aus einer anderen Stadt (Datei im Feld file) und sagt, welche Daten hier fehlen.',
    upload: true,
    output: z.object({
      id: z.string(),
      scenarios: z.array(z.string()),
      missing: z.array(z.string()),
      made: z.array(z.string()),
      otherModels: z.array(z.object({ process: z.string(), there: z.string(), here: z.string().nullable() })),
    }),
    status: 201,
    handle: async ({ actor, files }) => {
      const file = files[0];
      if (file === undefined) return refuse(NO_FILE);
      const taken = await importKit(ctx, actor, file.bytes);
      if (!taken.ok) return taken;
      const { scenarios, missing, made, otherModels } = taken.value;
      return ok({ id: taken.value.id, scenarios: [...scenarios], missing: [...missing], made: [...made], otherModels: [...otherModels] });
    },
  });
}
