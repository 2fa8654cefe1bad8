import { z } from 'zod';
import { ok } from '../../../kernel/result.ts';
import { apiRoute, type AnyRoute } from '../../../platform/http/route.ts';
import { pageOf, pageQuery } from '../../../platform/http/paging.ts';
import type { Context } from '../../../platform/context.ts';
import { addRule, listNotices, listRules, removeRule, sayRule, type Notice, type WatchRule } from '../application/rules.ts';
import { readNoticeCursor, writeNoticeCursor } from './notice-cursor.ts';

const TAG = 'Messwerte';
const number = z.number().min(-1e12).max(1e12);
const condition = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('threshold'), side: z.enum(['above', 'below']), limit: number, clear: number }),
  z.object({ kind: z.literal('rate'), side: z.enum(['rising', 'falling']), perHour: number, minutes: z.number() }),
  z.object({ kind: z.literal('absence'), minutes: z.number() }),
  z.object({ kind: z.literal('geofence'), when: z.enum(['inside', 'outside']), ring: z.array(z.tuple([z.number(), z.number()])).max(1000) }),
]);
const severity = z.enum(['hint', 'warning', 'alarm']);
const rule = z.object({
  id: z.string(),
  name: z.string(),
  layer: z.string().nullable(),
  streamId: z.number().nullable(),
  condition,
  severity,
});
const notice = z.object({
  id: z.string(),
  rule: z.string(),
  condition: z.string(),
  severity,
  streamId: z.number(),
  stream: z.string(),
  thing: z.string(),
  unit: z.string(),
  value: z.number().nullable(),
  measuredAt: z.string().nullable(),
  raisedAt: z.string(),
  clearedAt: z.string().nullable(),
});
/** The rule as JSON writes it. */
function present({ id, name, layer, streamId, condition: what, severity: level }: Omit<WatchRule, 'unit'>): z.output<typeof rule> {
  const written = what.kind === 'geofence' ? { ...what, ring: what.ring.map(([lon, lat]): [number, number] => [lon, lat]) } : what;
  return { id, name, layer, streamId, condition: written, severity: level };
}

/** Rules on streams and their notices, for programs. */
export function watchApi(ctx: Pick<Context, 'database' | 'journal' | 'clock'>): AnyRoute[] {
  return [
    apiRoute({
      method: 'get',
      path: '/api/sensors/rules',
      access: ['administration', 'revision'],
      tag: TAG,
      summary: 'Regeln auf Messwerte, die in Kraft sind.',
      output: z.object({ items: z.array(rule), next: z.null() }),
      handle: async () => ok({ items: (await listRules(ctx)).map(present), next: null }),
    }),
    apiRoute({
      method: 'post',
      path: '/api/sensors/rules',
      access: ['administration'],
      tag: TAG,
      summary: 'Setzt eine Regel in Kraft: Grenzwert, Änderung, Ausfall oder Fläche.',
      body: z.object({ name: z.string().max(1000), layer: z.string().max(100).optional(), streamId: z.number().int().optional(), condition, severity }),
      output: rule,
      status: 201,
      handle: async ({ actor, body }) => {
        const done = await addRule(ctx, actor, body);
        return done.ok ? ok(present(done.value)) : done;
      },
    }),
    apiRoute({
      method: 'delete',
      path: '/api/sensors/rules/:id',
      access: ['administration'],
      tag: TAG,
      summary: 'Beendet eine Regel; was sie gemeldet hat, gilt als vorbei und bleibt lesbar.',
      params: z.object({ id: z.uuid() }),
      output: z.object({ id: z.string() }),
      handle: ({ actor, params: { id } }) => removeRule(ctx, actor, id),
    }),
    noticesRoute(ctx),
  ];
}

const second = (at: Temporal.Instant): string => at.toString({ smallestUnit: 'second' });

function presentNotice({ id, severity: level, streamId, unit, value, measuredAt, raisedAt, clearedAt, ...one }: Notice): z.output<typeof notice> {
  const said = sayRule({ condition: one.condition, unit });
  return {
    id,
    severity: level,
    streamId,
    unit,
    value,
    measuredAt: measuredAt === null ? null : second(measuredAt),
    raisedAt: second(raisedAt),
    clearedAt: clearedAt === null ? null : second(clearedAt),
    condition: said,
    rule: one.ruleName,
    stream: one.streamName,
    thing: one.thingName,
  };
}

function noticesRoute(ctx: Pick<Context, 'database'>): AnyRoute {
  return apiRoute({
    method: 'get',
    path: '/api/sensors/notices',
    access: 'public',
    tag: TAG,
    summary: 'Hinweise aus Messwerten, neueste zuerst; ohne `all` nur, was gilt.',
    query: pageQuery.extend({ all: z.stringbool().default(false) }),
    output: pageOf(notice),
    handle: async ({ actor, queryInput: { cursor, limit, all } }) => {
      const before = readNoticeCursor(cursor);
      const { notices, next } = await listNotices(ctx, actor, { open: !all, limit, ...(before === undefined ? {} : { before }) });
      return ok({
        items: notices.map(presentNotice),
        next: next === undefined ? null : writeNoticeCursor(next),
      });
    },
  });
}
