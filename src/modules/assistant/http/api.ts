import { z } from 'zod';
import type { Problem } from '../../../kernel/problem.ts';
import { ok, type Result } from '../../../kernel/result.ts';
import { cursorId, encodeCursor, pageOf, pageQuery } from '../../../platform/http/paging.ts';
import { apiRoute, type AnyRoute } from '../../../platform/http/route.ts';
import { validate } from '../../../platform/http/validation.ts';
import type { AssistantContext } from '../application/context.ts';
import { converse, conversations, forgetConversations, openConversation } from '../application/converse.ts';
import { research } from '../application/research.ts';
import { checkedResult, editResult, forgetResult, openResult, results, resultToCase, shown, stopResult } from '../application/results.ts';
import { summarise } from '../application/summarise.ts';
import { write } from '../application/write.ts';
import type { AssistantResult } from '../domain/result.ts';
import { readSummary } from './form-input.ts';
import {
  conversationView,
  listedView,
  LONGEST,
  presentConversation,
  presentListed,
  presentResult,
  researchBody,
  resultView,
  STAFF,
  summaryBody,
  TAG,
  turnBody,
  writingBody,
} from './schemas.ts';

const byId = z.object({ id: z.string().max(64) });
/** Nobody overwrites or confirms what they have not seen. */
const seenText = z.string().max(64).describe('`textSha256` des Textes, den die Person gesehen hat; ein anderer Text: 409.');
const deleted = z.object({ deleted: z.number() });
const presented = (made: Result<AssistantResult, Problem>): Result<z.output<typeof resultView>, Problem> =>
  made.ok ? ok(presentResult(shown(made.value))) : made;

/** What people do with the assistant, for programs. A running answer streams at `/api/assistant/results/{id}/stream`. */
export function assistantApi(ctx: AssistantContext): AnyRoute[] {
  return [...makingRoutes(ctx), ...resultRoutes(ctx), ...handlingRoutes(ctx), ...conversationRoutes(ctx), ...forgettingRoutes(ctx)];
}

function makingRoutes(ctx: AssistantContext): AnyRoute[] {
  const making = { method: 'post', access: STAFF, tag: TAG, status: 201, output: resultView } as const;
  return [
    apiRoute({
      ...making,
      path: '/api/assistant/summaries',
      summary: 'Fasst Dokumente und Text zusammen; ohne Modell als Auszug ihrer eigenen Sätze',
      body: summaryBody,
      handle: async ({ actor, body }) => presented(await summarise(ctx, actor, { entrance: 'summary', ...body })),
    }),
    apiRoute({
      ...making,
      path: '/api/assistant/summaries/files',
      summary: 'Wie `summaries`, mit Dateien im Formular (`files`); aufgehoben werden nur die Sätze, die im Ergebnis stehen, mit ihrer Umgebung',
      upload: true,
      handle: async ({ actor, fields, files }) => {
        const order = validate(summaryBody, readSummary(fields));
        return order.ok ? presented(await summarise(ctx, actor, { entrance: 'summary', ...order.value }, files)) : order;
      },
    }),
    apiRoute({
      ...making,
      path: '/api/assistant/writings',
      summary: 'Schreibt einen Text aus Stichpunkten und Textbausteinen',
      body: writingBody,
      handle: async ({ actor, body }) => presented(await write(ctx, actor, { entrance: 'writing', ...body })),
    }),
    apiRoute({
      ...making,
      path: '/api/assistant/research',
      summary: 'Beantwortet eine Frage aus Dokumenten, jeden Satz mit seiner Stelle',
      body: researchBody,
      handle: async ({ actor, body }) => presented(await research(ctx, actor, { entrance: 'research', ...body })),
    }),
  ];
}

function resultRoutes(ctx: AssistantContext): AnyRoute[] {
  return [
    apiRoute({
      method: 'get',
      path: '/api/assistant/results',
      access: STAFF,
      tag: TAG,
      summary: 'Die eigenen Ergebnisse, neueste zuerst',
      query: pageQuery,
      output: pageOf(listedView),
      handle: async ({ actor, queryInput: { cursor, limit } }) => {
        const before = cursorId(cursor);
        if (!before.ok) return before;
        const found = await results(ctx, actor, limit, before.value);
        if (!found.ok) return found;
        const last = found.value.length === limit ? found.value.at(-1) : undefined;
        return ok({ items: found.value.map(presentListed), next: last === undefined ? null : encodeCursor([last.id]) });
      },
    }),
    apiRoute({
      method: 'get',
      path: '/api/assistant/results/:id',
      access: STAFF,
      tag: TAG,
      summary: 'Ein eigenes Ergebnis; mit `wait` wartet die Antwort so viele Sekunden auf sein Ende',
      params: byId,
      query: z.object({ wait: z.coerce.number().int().min(0).max(30).default(0) }),
      output: resultView,
      handle: async ({ actor, params, queryInput }) => {
        const opened = await openResult(ctx, actor, params.id, queryInput.wait * 1000);
        return opened.ok ? ok(presentResult(opened.value)) : opened;
      },
    }),
    apiRoute({
      method: 'delete',
      path: '/api/assistant/results/:id',
      access: STAFF,
      tag: TAG,
      summary: 'Löscht ein eigenes Ergebnis',
      params: byId,
      output: deleted,
      handle: ({ actor, params }) => forgetResult(ctx, actor, params.id),
    }),
    apiRoute({
      method: 'post',
      path: '/api/assistant/results/:id/stop',
      access: STAFF,
      tag: TAG,
      summary: 'Hält eine Antwort an, die entsteht; was da ist, bleibt und sagt es',
      params: byId,
      output: resultView,
      handle: async ({ actor, params }) => {
        const opened = await stopResult(ctx, actor, params.id);
        return opened.ok ? ok(presentResult(opened.value)) : opened;
      },
    }),
  ];
}

function handlingRoutes(ctx: AssistantContext): AnyRoute[] {
  return [
    apiRoute({
      method: 'put',
      path: '/api/assistant/results/:id/text',
      access: STAFF,
      tag: TAG,
      summary: 'Ersetzt den Text durch den eigenen; das Kennzeichen sagt es',
      params: byId,
      body: z.object({ text: z.string().max(LONGEST.text), seen: seenText }),
      output: resultView,
      handle: async ({ actor, params, body }) => {
        const opened = await editResult(ctx, actor, params.id, body.text, body.seen);
        return opened.ok ? ok(presentResult(opened.value)) : opened;
      },
    }),
    apiRoute({
      method: 'post',
      path: '/api/assistant/results/:id/confirmation',
      access: STAFF,
      tag: TAG,
      summary: 'Sagt, dass ein Mensch den Text geprüft hat',
      params: byId,
      body: z.object({ seen: seenText }),
      output: resultView,
      handle: async ({ actor, params, userName, body }) => {
        const opened = await checkedResult(ctx, actor, params.id, { name: userName ?? 'einer Person der Stadt', seen: body.seen });
        return opened.ok ? ok(presentResult(opened.value)) : opened;
      },
    }),
    apiRoute({
      method: 'post',
      path: '/api/assistant/results/:id/case-note',
      access: STAFF,
      tag: TAG,
      summary: 'Legt den Text als internen Vermerk in die Akte eines Vorgangs; er entscheidet nichts',
      params: byId,
      body: z.object({ fileNumber: z.string().max(80) }),
      output: z.object({ caseId: z.string() }),
      handle: ({ actor, params, body }) => resultToCase(ctx, actor, params.id, body.fileNumber),
    }),
  ];
}

function conversationRoutes(ctx: AssistantContext): AnyRoute[] {
  const opened = conversationView.extend({ turns: z.array(resultView.extend({ asked: z.string() })) });
  const asked = z.object({ conversationId: z.string(), turn: resultView });
  const say = async (actor: Parameters<typeof converse>[1], body: z.output<typeof turnBody>, id?: string) => {
    const said = await converse(ctx, actor, { entrance: 'turn', ...body }, id);
    return said.ok ? ok({ conversationId: said.value.conversationId, turn: presentResult(shown(said.value.turn)) }) : said;
  };
  return [
    apiRoute({
      method: 'get',
      path: '/api/assistant/conversations',
      access: STAFF,
      tag: TAG,
      summary: 'Die eigenen Gespräche, das letzte zuerst',
      output: z.array(conversationView),
      handle: async ({ actor }) => {
        const found = await conversations(ctx, actor);
        return found.ok ? ok(found.value.map(presentConversation)) : found;
      },
    }),
    apiRoute({
      method: 'post',
      path: '/api/assistant/conversations',
      access: STAFF,
      tag: TAG,
      summary: 'Beginnt ein Gespräch mit einem Modell',
      status: 201,
      body: turnBody,
      output: asked,
      handle: ({ actor, body }) => say(actor, body),
    }),
    apiRoute({
      method: 'get',
      path: '/api/assistant/conversations/:id',
      access: STAFF,
      tag: TAG,
      summary: 'Ein eigenes Gespräch',
      params: byId,
      output: opened,
      handle: async ({ actor, params }) => {
        const found = await openConversation(ctx, actor, params.id);
        if (!found.ok) return found;
        const turns = found.value.turns.map((turn) => ({ ...presentResult(shown(turn)), asked: turn.order.entrance === 'turn' ? turn.order.text : '' }));
        return ok({ ...presentConversation(found.value.conversation), turns });
      },
    }),
    apiRoute({
      method: 'post',
      path: '/api/assistant/conversations/:id/turns',
      access: STAFF,
      tag: TAG,
      summary: 'Sagt etwas in einem Gespräch',
      status: 201,
      params: byId,
      body: turnBody,
      output: asked,
      handle: ({ actor, params, body }) => say(actor, body, params.id),
    }),
  ];
}

function forgettingRoutes(ctx: AssistantContext): AnyRoute[] {
  return [
    apiRoute({
      method: 'delete',
      path: '/api/assistant/conversations/:id',
      access: STAFF,
      tag: TAG,
      summary: 'Löscht ein eigenes Gespräch',
      params: byId,
      output: deleted,
      handle: ({ actor, params }) => forgetConversations(ctx, actor, params.id),
    }),
    apiRoute({
      method: 'delete',
      path: '/api/assistant/conversations',
      access: STAFF,
      tag: TAG,
      summary: 'Löscht alle eigenen Gespräche',
      output: deleted,
      handle: ({ actor }) => forgetConversations(ctx, actor),
    }),
  ];
}
