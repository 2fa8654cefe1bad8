import { instant } from '../../../platform/http/instant.ts';
import { z } from 'zod';
import { CAP_CATEGORIES, CAP_CERTAINTIES, CAP_RESPONSES, CAP_SEVERITIES, CAP_URGENCIES } from '../../../kernel/cap.ts';
import { ok } from '../../../kernel/result.ts';
import { cursorId, encodeCursor, pageOf, pageQuery } from '../../../platform/http/paging.ts';
import { apiRoute, LAGE_ACCESS, type AnyRoute } from '../../../platform/http/route.ts';
import type { WarningsContext } from '../application/context.ts';
import { releaseWarning } from '../application/release.ts';
import { beginWarning, changeWarning, draftFromLage, openWarning, warningsOf } from '../application/warnings.ts';
import type { Warning, WarningContent, WarningMessage } from '../domain/warning.ts';

const TAG = 'Warnungen';
const byKey = z.object({ key: z.string().max(60) });
const byId = byKey.extend({ id: z.uuid() });
const words = z.object({ headline: z.string().max(1000), description: z.string().max(10_000), instruction: z.string().max(10_000) });

const contentSchema = z.object({
  event: z.string().max(500),
  category: z.enum(CAP_CATEGORIES),
  urgency: z.enum(CAP_URGENCIES),
  severity: z.enum(CAP_SEVERITIES),
  certainty: z.enum(CAP_CERTAINTIES),
  responses: z.array(z.enum(CAP_RESPONSES)).max(9),
  onset: instant.nullable(),
  expires: instant,
  area: z
    .object({ description: z.string().max(1000), polygons: z.array(z.array(z.tuple([z.number(), z.number()]))).max(100) })
    .describe('Ringe aus [Länge, Breite].'),
  texts: z.object({ de: words, leicht: words, en: words.nullable() }),
  contact: z.string().max(200),
});

const contentView = contentSchema.extend({ onset: z.string().nullable(), expires: z.string() });
const presentContent = ({ onset, expires, ...rest }: WarningContent): z.output<typeof contentView> => ({
  ...(rest as Omit<z.output<typeof contentView>, 'onset' | 'expires'>),
  onset: onset?.toString() ?? null,
  expires: expires.toString(),
});

const messageView = z.object({
  identifier: z.string(),
  type: z.enum(['Alert', 'Update', 'Cancel']),
  sent: z.string(),
  expires: z.string(),
  releasedBy: z.string(),
  replaced: z.boolean(),
  cap: z.string().describe('Pfad der signierten Meldung.'),
  content: contentView,
});
const presentMessage = ({ identifier, type, sent, expires, releasedBy, replaced, content }: WarningMessage): z.output<typeof messageView> => ({
  identifier,
  type,
  sent: sent.toString(),
  expires: expires.toString(),
  releasedBy,
  replaced,
  cap: `/lage/warnungen/${identifier}.xml`,
  content: presentContent(content),
});

const warningView = z.object({
  id: z.string(),
  version: z.number().describe('Wer ändert oder freigibt, nennt sie.'),
  editedBy: z.string(),
  remark: z.string().nullable(),
  draft: z.object({ type: z.enum(['Alert', 'Update', 'Cancel']), state: z.enum(['draft', 'submitted']), content: contentView }).nullable(),
});
const presentWarning = ({ id, version, editedByName, remark, draft }: Warning): z.output<typeof warningView> => ({
  id,
  version,
  editedBy: editedByName,
  remark,
  draft: draft === null ? null : { ...draft, content: presentContent(draft.content) },
});

/** Warnings for programs: write, hand in, release, and read what is in force. */
export function warningsApi(ctx: WarningsContext): AnyRoute[] {
  return [...readRoutes(ctx), ...writeRoutes(ctx), publicRoute(ctx)];
}

function readRoutes(ctx: WarningsContext): AnyRoute[] {
  return [
    apiRoute({
      method: 'get',
      path: '/api/lagen/:key/warnungen',
      access: LAGE_ACCESS,
      tag: TAG,
      summary: 'Warnungen einer Lage, die neueste zuerst',
      params: byKey,
      query: pageQuery,
      output: pageOf(warningView),
      handle: async ({ actor, params: { key }, queryInput: { cursor, limit } }) => {
        const after = cursorId(cursor);
        if (!after.ok) return after;
        const found = await warningsOf(ctx, actor, key, { limit, after: after.value });
        if (!found.ok) return found;
        const { warnings } = found.value;
        return ok({ items: warnings.map(presentWarning), next: warnings.length < limit ? null : encodeCursor([warnings.at(-1)!.id]) });
      },
    }),
    apiRoute({
      method: 'get',
      path: '/api/lagen/:key/warnungen/entwurf',
      access: LAGE_ACCESS,
      tag: TAG,
      summary: 'Ein erster Entwurf aus dem, was die Lage weiß; nichts wird angelegt',
      params: byKey,
      output: contentView,
      handle: async ({ actor, params: { key } }) => {
        const drafted = await draftFromLage(ctx, actor, key);
        return drafted.ok ? ok(presentContent(drafted.value.content)) : drafted;
      },
    }),
    apiRoute({
      method: 'get',
      path: '/api/lagen/:key/warnungen/:id',
      access: LAGE_ACCESS,
      tag: TAG,
      summary: 'Eine Warnung mit dem, was von ihr veröffentlicht ist',
      params: byId,
      output: warningView.extend({ messages: z.array(messageView) }),
      handle: async ({ actor, params: { key, id } }) => {
        const opened = await openWarning(ctx, actor, key, id);
        return opened.ok ? ok({ ...presentWarning(opened.value.warning), messages: opened.value.messages.map(presentMessage) }) : opened;
      },
    }),
  ];
}

function writeRoutes(ctx: WarningsContext): AnyRoute[] {
  return [
    apiRoute({
      method: 'post',
      path: '/api/lagen/:key/warnungen',
      access: LAGE_ACCESS,
      tag: TAG,
      summary: 'Beginnt eine Warnung',
      status: 201,
      params: byKey,
      body: z.object({ id: z.uuid().optional().describe('Von Ihnen gemacht: zweimal gesendet ist es eine Warnung.'), content: contentSchema }),
      output: warningView,
      handle: async ({ actor, params: { key }, body }) => {
        const begun = await beginWarning(ctx, actor, key, body.content, body.id);
        return begun.ok ? ok(presentWarning(begun.value)) : begun;
      },
    }),
    apiRoute({
      method: 'post',
      path: '/api/lagen/:key/warnungen/:id/schritte',
      access: LAGE_ACCESS,
      tag: TAG,
      summary: 'Speichert, reicht ein, gibt zurück, verwirft, oder beginnt eine Aktualisierung oder Entwarnung',
      params: byId,
      body: z.object({
        version: z.number().int(),
        command: z.enum(['save', 'submit', 'return', 'update', 'cancel', 'discard']),
        content: contentSchema.optional(),
        remark: z.string().max(2000).optional(),
      }),
      output: warningView,
      handle: async ({ actor, params: { key, id }, body }) => {
        const changed = await changeWarning(ctx, actor, key, { id, ...body });
        return changed.ok ? ok(presentWarning(changed.value)) : changed;
      },
    }),
    apiRoute({
      method: 'post',
      path: '/api/lagen/:key/warnungen/:id/freigabe',
      access: LAGE_ACCESS,
      tag: TAG,
      summary: 'Gibt eine eingereichte Warnung frei und veröffentlicht sie signiert; nicht wer sie schrieb oder einreichte',
      status: 201,
      params: byId,
      body: z.object({ version: z.number().int() }),
      output: messageView,
      handle: async ({ actor, params: { key, id }, body }) => {
        const released = await releaseWarning(ctx, actor, key, { id, version: body.version });
        return released.ok ? ok(presentMessage(released.value)) : released;
      },
    }),
  ];
}

const publicRoute = (ctx: WarningsContext): AnyRoute =>
  apiRoute({
    method: 'get',
    path: '/api/warnings',
    access: 'public',
    tag: TAG,
    summary: 'Warnungen in Kraft; höchstens 200, auf einer Seite',
    query: z.object({ exercise: z.enum(['ja', 'nein']).default('nein') }),
    output: pageOf(messageView).extend({ readAt: z.string() }),
    handle: async ({ queryInput }) => {
      const { current, readAt } = await ctx.board.read(queryInput.exercise === 'ja');
      return ok({ items: current.map(presentMessage), next: null, readAt: readAt.toString() });
    },
  });
