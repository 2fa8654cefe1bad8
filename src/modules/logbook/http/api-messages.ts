import { instant } from '../../../platform/http/instant.ts';
import { CHANNELS, COPIES, DIRECTIONS, PRIORITIES, STEP_KINDS } from '../../../kernel/log.ts';
import { z } from 'zod';
import { STAFF_FUNCTIONS } from '../../../kernel/lage.ts';
import { ok } from '../../../kernel/result.ts';
import { pageOf, pageQuery } from '../../../platform/http/paging.ts';
import { apiRoute, LAGE_ACCESS, type AnyRoute } from '../../../platform/http/route.ts';
import type { LogbookContext } from '../application/context.ts';
import { readMessage, readMessages } from '../application/read-messages.ts';
import { stampMessage } from '../application/stamp-message.ts';
import { takeMessage } from '../application/take-message.ts';
import { byId, byKey, cursorNumber, messageView, nextOf, presentMessage, refs, TAG } from './schemas.ts';

/** Messages of the four-copy form for programs. */
export function messageApi(ctx: LogbookContext): AnyRoute[] {
  return [listRoute(ctx), readRoute(ctx), takeRoute(ctx), stampRoute(ctx)];
}

const flag = z
  .enum(['true', 'false'])
  .transform((text) => text === 'true')
  .optional();

const listRoute = (ctx: LogbookContext): AnyRoute =>
  apiRoute({
    method: 'get',
    path: '/api/lagen/:key/nachrichten',
    access: LAGE_ACCESS,
    tag: TAG,
    summary: 'Nachrichten, die neueste zuerst; `inbox` nennt die Funktion, an die sie gingen',
    params: byKey,
    query: pageQuery.extend({
      direction: z.enum(DIRECTIONS).optional(),
      inbox: z.enum(STAFF_FUNCTIONS).optional(),
      unread: flag.describe('Mit `inbox`: nur was diese Funktion noch nicht gelesen hat.'),
      overdue: flag.describe('Nur Blitz und Sofort, die zu lange warten.'),
      text: z.string().max(200).optional(),
    }),
    output: pageOf(messageView),
    handle: async ({ actor, params: { key }, queryInput: { cursor, limit, ...filter } }) => {
      const before = cursorNumber(cursor);
      if (!before.ok) return before;
      const read = await readMessages(ctx, actor, key, { limit, before: before.value, ...filter });
      return read.ok ? ok({ items: read.value.messages.map(presentMessage), next: nextOf(read.value.messages, limit) }) : read;
    },
  });

const readRoute = (ctx: LogbookContext): AnyRoute =>
  apiRoute({
    method: 'get',
    path: '/api/lagen/:key/nachrichten/:id',
    access: LAGE_ACCESS,
    tag: TAG,
    summary: 'Eine Nachricht mit ihren Vermerken und dem Ort ihrer vier Blätter',
    params: byId,
    output: messageView,
    handle: async ({ actor, params: { key, id } }) => {
      const read = await readMessage(ctx, actor, key, id);
      return read.ok ? ok(presentMessage(read.value.message)) : read;
    },
  });

const line = z.string().max(2000).default('');

const takeRoute = (ctx: LogbookContext): AnyRoute =>
  apiRoute({
    method: 'post',
    path: '/api/lagen/:key/nachrichten',
    access: LAGE_ACCESS,
    tag: TAG,
    summary: 'Nimmt eine Nachricht auf; dieselbe `id` zweimal ist eine Nachricht',
    status: 201,
    params: byKey,
    body: z.object({
      id: z.uuid().optional(),
      direction: z.enum(DIRECTIONS),
      priority: z.enum(PRIORITIES).default('none'),
      channel: z.enum(CHANNELS).default('funk'),
      callSign: line,
      addressee: line,
      conversation: z.boolean().default(false),
      content: z.string().max(50_000),
      writtenAt: instant.optional(),
      sender: line,
      sign: line,
      senderFunction: line,
      wantsReceipt: z.boolean().default(false),
      refs,
      to: z
        .array(z.enum(STAFF_FUNCTIONS))
        .max(STAFF_FUNCTIONS.length)
        .default([])
        .describe('An wen sie geht: die erste Funktion bekommt das blaue Blatt, die zweite das grüne.'),
    }),
    output: messageView,
    handle: async ({ actor, params: { key }, body }) => {
      const taken = await takeMessage(ctx, actor, key, body);
      return taken.ok ? ok(presentMessage(taken.value)) : taken;
    },
  });

const stampRoute = (ctx: LogbookContext): AnyRoute =>
  apiRoute({
    method: 'post',
    path: '/api/lagen/:key/nachrichten/:id/vermerke',
    access: LAGE_ACCESS,
    tag: TAG,
    summary: 'Fügt einen Vermerk hinzu: Annahme, Beförderung, Verteilung, gelesen, Quittung, erledigt, Bezug',
    params: byId,
    body: z.object({
      kind: z.enum(STEP_KINDS),
      copy: z.enum(COPIES).optional(),
      toFunction: z.enum(STAFF_FUNCTIONS).optional(),
      ref: z.string().max(140).optional(),
      note: z.string().max(2000).default(''),
    }),
    output: messageView,
    handle: async ({ actor, params: { key, id }, body }) => {
      const stamped = await stampMessage(ctx, actor, key, id, body);
      return stamped.ok ? ok(presentMessage(stamped.value)) : stamped;
    },
  });
