import { z } from 'zod';
import { parseId } from '../../../kernel/id.ts';
import { ok, refuse } from '../../../kernel/result.ts';
import { cursorId, encodeCursor, pageOf, pageQuery } from '../../../platform/http/paging.ts';
import { apiRoute, type AnyRoute } from '../../../platform/http/route.ts';
import { askFinder, type NamedService } from '../application/ask-finder.ts';
import { notFound, type FinderContext } from '../application/context.ts';
import { questionsAtDesk, readQuestion, workOnQuestion } from '../application/desk.ts';
import { handOver, newReceipt } from '../application/hand-over.ts';
import { DESK } from './desk-pages.ts';
import { CHANNELS, FIELDS, LANGS, OUTCOMES, STATES } from './lists.ts';

const TAG = 'Leistungen finden';
const MOST_SIGNS = 20_000;

const named = z.object({
  service: z.string().describe('Schlüssel der Leistung.'),
  name: z.string(),
  passage: z.object({ field: z.enum(FIELDS), quote: z.string().describe('Wörtlich aus dem Katalog.') }),
  by: z.enum(['rules', 'model']).describe('`model`: vorgeschlagen von einem Sprachmodell, belegt aus dem Katalog.'),
  byAuthority: z.boolean(),
});
const present = ({ key, name, passage, by, byAuthority }: NamedService): z.output<typeof named> => ({
  service: key,
  name,
  passage: { ...passage },
  by,
  byAuthority,
});

/** Everything the pages can do, for programs. */
export function finderApi(ctx: FinderContext): AnyRoute[] {
  return [askRoute(ctx), handOverRoute(ctx), listRoute(ctx), oneRoute(ctx), stepRoute(ctx)];
}

const askRoute = (ctx: FinderContext): AnyRoute =>
  apiRoute({
    method: 'post',
    path: '/api/finden',
    access: 'public',
    limit: 'costly',
    tag: TAG,
    summary: 'Sucht zu einer Frage in eigenen Worten Leistungen, mit der Stelle im Katalog. Eine KI antwortet, kein Mensch',
    body: z.object({ question: z.string().max(MOST_SIGNS), lang: z.enum(LANGS).optional() }),
    output: z.object({
      ai: z.literal(true).describe('Hier antwortet eine KI (Art. 50 KI-Verordnung).'),
      parts: z
        .array(z.object({ text: z.string(), sure: z.array(named), perhaps: z.array(named) }))
        .describe('Die Wünsche der Frage; beide Listen leer: nichts gefunden.'),
      model: z
        .object({ key: z.string(), label: z.string(), prompt: z.string() })
        .nullable()
        .describe('Das Sprachmodell, das mitgesucht hat; null: nur Regeln.'),
    }),
    handle: async ({ actor, lang, body }) => {
      const answered = await askFinder(ctx, actor, body.question, body.lang ?? lang);
      if (!answered.ok) return answered;
      const { parts, origin } = answered.value;
      return ok({
        ai: true as const,
        parts: parts.map(({ text, sure, perhaps }) => ({ text, sure: sure.map(present), perhaps: perhaps.map(present) })),
        model: origin === undefined ? null : { key: origin.model, label: origin.modelLabel, prompt: `${origin.promptId} ${origin.promptVersion}` },
      });
    },
  });

const handOverRoute = (ctx: FinderContext): AnyRoute =>
  apiRoute({
    method: 'post',
    path: '/api/finden/fragen',
    access: 'public',
    limit: 'sign-in',
    tag: TAG,
    summary: 'Gibt eine Frage an einen Menschen weiter, der per E-Mail oder Telefon antwortet',
    body: z.object({
      question: z.string().max(MOST_SIGNS),
      lang: z.enum(LANGS).optional(),
      channel: z.enum(CHANNELS),
      contact: z.string().max(300).describe('E-Mail-Adresse oder Telefonnummer.'),
      consent: z.literal(true).describe('Die Stadt darf die Frage lesen und so antworten.'),
      receipt: z.string().max(64).optional().describe('43 Zeichen Base64url, von Ihnen gewürfelt: zweimal gesendet ist es eine Frage.'),
    }),
    output: z.object({ received: z.literal(true) }),
    status: 201,
    handle: async ({ actor, lang, body: { question, receipt = newReceipt(), ...body } }) =>
      handOver(ctx, actor, { ...body, text: question, lang: body.lang ?? lang, receipt, trap: '' }),
  });

const row = z.object({
  id: z.string(),
  lang: z.enum(LANGS),
  channel: z.enum(CHANNELS),
  state: z.enum(STATES),
  askedAt: z.string(),
  takenBy: z.string().nullable(),
  outcome: z.enum(OUTCOMES).nullable(),
  closedAt: z.string().nullable(),
});
const question = row.extend({
  text: z.string(),
  contact: z.string(),
  answer: z.string().nullable(),
  keptUntil: z.string().nullable().describe('Danach wird sie gelöscht.'),
});
const byId = z.object({ id: z.string().max(40) });

const listRoute = (ctx: FinderContext): AnyRoute =>
  apiRoute({
    method: 'get',
    path: '/api/finden/fragen',
    access: DESK,
    tag: TAG,
    summary: 'Weitergegebene Fragen, die ältesten zuerst, abgeschlossene umgekehrt; ohne ihren Text',
    query: pageQuery.extend({ state: z.enum(STATES).default('open') }),
    output: pageOf(row),
    handle: async ({ actor, queryInput: { cursor, limit, state } }) => {
      const after = cursorId(cursor);
      if (!after.ok) return after;
      const rows = await questionsAtDesk(ctx, actor, { state, limit, after: after.value });
      if (!rows.ok) return rows;
      const items = rows.value.map((one) => ({ ...one, askedAt: one.askedAt.toString(), closedAt: one.closedAt?.toString() ?? null }));
      return ok({ items, next: items.length < limit ? null : encodeCursor([items.at(-1)!.id]) });
    },
  });

const oneRoute = (ctx: FinderContext): AnyRoute =>
  apiRoute({
    method: 'get',
    path: '/api/finden/fragen/:id',
    access: DESK,
    tag: TAG,
    summary: 'Eine weitergegebene Frage; der Blick wird festgehalten',
    params: byId,
    output: question,
    handle: async ({ actor, params }) => {
      const id = parseId(params.id);
      const found = id === undefined ? refuse(notFound) : await readQuestion(ctx, actor, id);
      if (!found.ok) return found;
      const { askedAt, closedAt, keptUntil, ...one } = found.value;
      return ok({ ...one, askedAt: askedAt.toString(), closedAt: closedAt?.toString() ?? null, keptUntil: keptUntil?.toString() ?? null });
    },
  });

const stepRoute = (ctx: FinderContext): AnyRoute =>
  apiRoute({
    method: 'post',
    path: '/api/finden/fragen/:id/schritte',
    access: DESK,
    tag: TAG,
    summary: 'Nimmt eine Frage an, beantwortet sie per E-Mail, notiert einen Anruf oder schließt sie',
    params: byId,
    body: z.object({ action: z.enum(['take', 'answer', 'call', 'close']), text: z.string().max(MOST_SIGNS).default('') }),
    output: z.object({ id: z.string() }),
    handle: async ({ actor, params, body: { action, text } }) => {
      const id = parseId(params.id);
      return id === undefined ? refuse(notFound) : workOnQuestion(ctx, actor, id, action === 'take' ? { action } : { action, text });
    },
  });
