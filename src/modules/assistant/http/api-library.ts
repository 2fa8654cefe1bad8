import { z } from 'zod';
import { ok } from '../../../kernel/result.ts';
import { apiRoute, type AnyRoute } from '../../../platform/http/route.ts';
import { changeBlock, makeBlock, textBlocks, type BlockFacts } from '../application/blocks.ts';
import type { AssistantContext } from '../application/context.ts';
import { changePrompt, makePrompt, openPrompt, prompts, rate, removePrompt } from '../application/prompts.ts';
import type { SharedPrompt } from '../domain/prompt.ts';
import { blockBody, entranceSchema, promptBody, STAFF, TAG } from './schemas.ts';

const byId = z.object({ id: z.string().max(64) });

const promptView = promptBody.extend({
  id: z.string(),
  ownerName: z.string(),
  own: z.boolean(),
  version: z.number(),
  ratings: z.number(),
  stars: z.number().nullable(),
  ownStars: z.number().nullable(),
});

function presentPrompt(shared: SharedPrompt): z.output<typeof promptView> {
  const { changedAt: _, ...prompt } = shared;
  return prompt;
}

const nameOf = ({ userName }: { readonly userName?: string }): string => userName ?? 'Stadt';

/** Shared prompts and the text library, for programs. */
export function libraryApi(ctx: AssistantContext): AnyRoute[] {
  return [...promptRoutes(ctx), ...promptChanges(ctx), ...blockRoutes(ctx)];
}

function promptRoutes(ctx: AssistantContext): AnyRoute[] {
  return [
    apiRoute({
      method: 'get',
      path: '/api/assistant/prompts',
      access: STAFF,
      tag: TAG,
      summary: 'Vorlagen, die man benutzen darf, am besten bewertete zuerst',
      query: z.object({ entrance: entranceSchema.optional() }),
      output: z.array(promptView),
      handle: async ({ actor, queryInput }) => {
        const found = await prompts(ctx, actor, queryInput.entrance);
        return found.ok ? ok(found.value.map(presentPrompt)) : found;
      },
    }),
    apiRoute({
      method: 'post',
      path: '/api/assistant/prompts',
      access: STAFF,
      tag: TAG,
      summary: 'Legt eine Vorlage an; `{{Name}}` ist eine Stelle, die beim Benutzen gefüllt wird',
      status: 201,
      body: promptBody,
      output: z.object({ id: z.string() }),
      handle: ({ actor, body, ...visit }) => makePrompt(ctx, actor, nameOf(visit), body),
    }),
    apiRoute({
      method: 'get',
      path: '/api/assistant/prompts/:id',
      access: STAFF,
      tag: TAG,
      summary: 'Eine Vorlage mit ihren Fassungen',
      params: byId,
      output: promptView.extend({ variables: z.array(z.string()), versions: z.array(z.object({ version: z.number(), title: z.string(), text: z.string() })) }),
      handle: async ({ actor, params }) => {
        const opened = await openPrompt(ctx, actor, params.id);
        if (!opened.ok) return opened;
        const { prompt, variables, versions } = opened.value;
        return ok({ ...presentPrompt(prompt), variables: [...variables], versions: versions.map(({ version, title, text }) => ({ version, title, text })) });
      },
    }),
  ];
}

function promptChanges(ctx: AssistantContext): AnyRoute[] {
  return [
    apiRoute({
      method: 'put',
      path: '/api/assistant/prompts/:id',
      access: STAFF,
      tag: TAG,
      summary: 'Ändert die eigene Vorlage: eine neue Fassung',
      params: byId,
      body: promptBody.extend({ version: z.number().int().describe('Die Fassung, die man gesehen hat.') }),
      output: z.object({ version: z.number() }),
      handle: ({ actor, params, body: { version, ...facts } }) => changePrompt(ctx, actor, params.id, version, facts),
    }),
    apiRoute({
      method: 'delete',
      path: '/api/assistant/prompts/:id',
      access: STAFF,
      tag: TAG,
      summary: 'Löscht die eigene Vorlage',
      params: byId,
      output: z.object({ deleted: z.number() }),
      handle: ({ actor, params }) => removePrompt(ctx, actor, params.id),
    }),
    apiRoute({
      method: 'put',
      path: '/api/assistant/prompts/:id/rating',
      access: STAFF,
      tag: TAG,
      summary: 'Bewertet eine Vorlage mit einem bis fünf Sternen',
      params: byId,
      body: z.object({ stars: z.number().int() }),
      output: promptView,
      handle: async ({ actor, params, body }) => {
        const rated = await rate(ctx, actor, params.id, body.stars);
        return rated.ok ? ok(presentPrompt(rated.value)) : rated;
      },
    }),
  ];
}

const blockFacts = ({ service, ...body }: z.output<typeof blockBody>): BlockFacts => ({ ...body, ...(service === null ? {} : { service }) });

function blockRoutes(ctx: AssistantContext): AnyRoute[] {
  const view = blockBody.extend({ version: z.number(), owner: z.string(), own: z.boolean() });
  return [
    apiRoute({
      method: 'get',
      path: '/api/assistant/blocks',
      access: STAFF,
      tag: TAG,
      summary: 'Textbausteine der Stadt',
      query: z.object({ kind: blockBody.shape.kind.optional(), tone: blockBody.shape.tone.optional(), service: z.string().max(100).optional() }),
      output: z.array(view),
      handle: async ({ actor, queryInput: { kind, tone, service } }) => {
        const wish = { ...(kind === undefined ? {} : { kind }), ...(tone === undefined ? {} : { tone }), ...(service === undefined ? {} : { service }) };
        return ok((await textBlocks(ctx, actor, wish)).map((block) => ({ ...block, service: block.service ?? null })));
      },
    }),
    apiRoute({
      method: 'post',
      path: '/api/assistant/blocks',
      access: STAFF,
      tag: TAG,
      summary: 'Legt einen Textbaustein an',
      status: 201,
      body: blockBody,
      output: z.object({ key: z.string() }),
      handle: ({ actor, body, ...visit }) => makeBlock(ctx, actor, nameOf(visit), blockFacts(body)),
    }),
    apiRoute({
      method: 'put',
      path: '/api/assistant/blocks/:key',
      access: STAFF,
      tag: TAG,
      summary: 'Ändert den eigenen Textbaustein: eine neue Fassung',
      params: z.object({ key: z.string().max(60) }),
      body: blockBody.omit({ key: true }).extend({ version: z.number().int() }),
      output: z.object({ version: z.number() }),
      handle: ({ actor, params, body: { version, ...facts } }) => changeBlock(ctx, actor, version, blockFacts({ ...facts, key: params.key })),
    }),
  ];
}
