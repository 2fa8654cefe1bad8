import { instant } from '../../../platform/http/instant.ts';
import { z } from 'zod';
import { invalidField } from '../../../kernel/problem.ts';
import { ok, refuse } from '../../../kernel/result.ts';
import { cursorId, decodeCursor, encodeCursor, pageOf, pageQuery } from '../../../platform/http/paging.ts';
import { apiRoute, LAGE_ACCESS, type AnyRoute } from '../../../platform/http/route.ts';
import type { ReportsContext } from '../application/context.ts';
import { enterReport } from '../application/enter-report.ts';
import { contradictionList, eventDetails, eventList, reportList } from '../application/read-reports.ts';
import { lagenForReports, newReceipt, reportPublicly } from '../application/report-publicly.ts';
import { STATES } from '../../../kernel/report.ts';
import * as s from './schemas.ts';

/** Reading and reporting, for programs. */
export function reportsApi(ctx: ReportsContext): AnyRoute[] {
  return [eventListRoute(ctx), eventRoute(ctx), reportListRoute(ctx), contradictionRoute(ctx), enterRoute(ctx), ...publicRoutes(ctx)];
}

const eventListRoute = (ctx: ReportsContext): AnyRoute =>
  apiRoute({
    method: 'get',
    path: '/api/lagen/:key/ereignisse',
    access: LAGE_ACCESS,
    tag: s.TAG,
    summary: 'Was gemeldet wird, zusammengefasst zu Ereignissen, das Neueste zuerst',
    params: s.byKey,
    query: pageQuery.extend({
      state: z.enum(STATES).optional(),
      category: s.category.optional(),
      reliability: s.reliability.optional().describe('So zuverlässig oder besser.'),
      credibility: z.coerce.number().int().min(1).max(6).optional().describe('So glaubwürdig oder besser.'),
      since: instant.optional(),
      contradicted: z.enum(['true']).optional(),
    }),
    output: pageOf(s.eventView),
    handle: async ({ actor, params: { key }, queryInput: { cursor, contradicted, ...query } }) => {
      const [after] = decodeCursor(cursor) ?? [];
      if (cursor !== undefined && !(Number.isInteger(after) && Math.abs(Number(after)) < 2 ** 31))
        return refuse(invalidField('cursor', 'Diesen Zeiger gibt es nicht. Beginnen Sie die Liste ohne ihn.'));
      const listed = await eventList(ctx, actor, key, { ...query, contradicted: contradicted === 'true', after: after as number | undefined });
      if (!listed.ok) return listed;
      const { events, next } = listed.value;
      return ok({ items: events.map(s.presentEvent), next: next === undefined ? null : encodeCursor([next]) });
    },
  });

const eventRoute = (ctx: ReportsContext): AnyRoute =>
  apiRoute({
    method: 'get',
    path: '/api/lagen/:key/ereignisse/:id',
    access: LAGE_ACCESS,
    tag: s.TAG,
    summary: 'Ein Ereignis mit seinen Meldungen (die neuesten 100), Quellen, Verknüpfungen, Widersprüchen und Beurteilungen',
    params: s.byKey.extend({ id: z.string().max(40).describe('Kennung oder Nummer in der Lage.') }),
    output: s.eventView.extend({
      items: z.array(s.reportView),
      sourceGroups: z.array(z.array(z.string())),
      links: z.array(s.linkView),
      contradictions: z.array(s.contradictionView),
      assessments: z.array(s.assessmentView),
    }),
    handle: async ({ actor, params: { key, id } }) => {
      const found = await eventDetails(ctx, actor, key, id);
      if (!found.ok) return found;
      const { event, reports, sources, links, contradictions, assessments } = found.value;
      return ok({
        ...s.presentEvent(event),
        items: reports.map(s.presentReport),
        sourceGroups: sources.map((group) => [...group]),
        links: links.map(s.presentLink),
        contradictions: contradictions.map(s.presentContradiction),
        assessments: assessments.map(s.presentAssessment),
      });
    },
  });

const reportListRoute = (ctx: ReportsContext): AnyRoute =>
  apiRoute({
    method: 'get',
    path: '/api/lagen/:key/meldungen',
    access: LAGE_ACCESS,
    tag: s.TAG,
    summary: 'Einzelne Meldungen, die neueste zuerst',
    params: s.byKey,
    query: pageQuery.extend({ state: z.enum(STATES).optional() }),
    output: pageOf(s.reportView),
    handle: async ({ actor, params: { key }, queryInput: { cursor, limit, state } }) => {
      const after = cursorId(cursor);
      if (!after.ok) return after;
      const listed = await reportList(ctx, actor, key, { limit, state, after: after.value });
      if (!listed.ok) return listed;
      return ok({ items: listed.value.map(s.presentReport), next: listed.value.length < limit ? null : encodeCursor([listed.value.at(-1)!.id]) });
    },
  });

const contradictionRoute = (ctx: ReportsContext): AnyRoute =>
  apiRoute({
    method: 'get',
    path: '/api/lagen/:key/widersprueche',
    access: LAGE_ACCESS,
    tag: s.TAG,
    summary: 'Meldungen, die nicht beide stimmen können, das Neueste zuerst',
    params: s.byKey,
    query: pageQuery.extend({ open: z.enum(['true', 'false']).optional() }),
    output: pageOf(s.contradictionView),
    handle: async ({ actor, params: { key }, queryInput: { cursor, limit, open } }) => {
      const after = cursorId(cursor);
      if (!after.ok) return after;
      const listed = await contradictionList(ctx, actor, key, { limit, after: after.value, open: open === undefined ? undefined : open === 'true' });
      if (!listed.ok) return listed;
      const { contradictions, next } = listed.value;
      return ok({ items: contradictions.map(s.presentContradiction), next: next === undefined ? null : encodeCursor([next]) });
    },
  });

const picture = z.base64().max(4_500_000).optional().describe('Ein JPEG oder PNG, Base64, höchstens 3,3 MB.');

/** A picture in JSON, as an upload has it. */
const uploaded = (text: string | undefined): { fileName: string; bytes: Uint8Array; tooLarge: boolean }[] =>
  text === undefined ? [] : [{ fileName: 'bild', bytes: Buffer.from(text, 'base64'), tooLarge: false }];

const enterRoute = (ctx: ReportsContext): AnyRoute =>
  apiRoute({
    method: 'post',
    path: '/api/lagen/:key/meldungen',
    access: [...LAGE_ACCESS, 'device'],
    tag: s.TAG,
    summary: 'Trägt eine Meldung ein; dieselbe sourceRef zweimal ist eine Meldung',
    params: s.byKey,
    body: z.object({
      text: z.string().max(10_000),
      category: s.category.optional().describe('Fehlt sie, wird sie aus dem Text erkannt.'),
      sourceName: z.string().max(500).default('').describe('Von wem; leer: von Ihnen selbst.'),
      sourceRef: z.string().max(200).optional().describe('Kennung bei der Quelle.'),
      originRef: z.string().max(200).optional().describe('Kennung dessen, was hier weiterverbreitet wird.'),
      place: s.place.optional(),
      eventAt: instant.optional(),
      reliability: s.reliability.optional(),
      credibility: s.credibility.optional(),
      picture,
    }),
    output: z.object({ reportId: z.string(), eventId: z.string() }),
    status: 201,
    handle: async ({ actor, params: { key }, body: { picture: bytes, eventAt, place, ...body } }) => {
      const { category, sourceRef, originRef, reliability, credibility, text, sourceName } = body;
      return enterReport(ctx, actor, key, {
        text,
        sourceName,
        eventAt,
        pictures: uploaded(bytes),
        ...(place === undefined ? {} : { place: given(place) }),
        ...(category === undefined ? {} : { category }),
        ...(sourceRef === undefined ? {} : { sourceRef }),
        ...(originRef === undefined ? {} : { originRef }),
        ...(reliability === undefined ? {} : { reliability }),
        ...(credibility === undefined ? {} : { credibility }),
      });
    },
  });

const given = ({ lon, lat, uncertaintyMetres }: z.output<typeof s.place>): { lon: number; lat: number; uncertaintyMetres?: number } => ({
  lon,
  lat,
  ...(uncertaintyMetres === undefined ? {} : { uncertaintyMetres }),
});

function publicRoutes(ctx: ReportsContext): AnyRoute[] {
  return [
    apiRoute({
      method: 'get',
      path: '/api/lage/melden',
      access: 'public',
      tag: s.TAG,
      summary: 'Lagen, zu denen jeder etwas melden kann',
      output: pageOf(z.object({ key: z.string(), title: z.string(), exercise: z.boolean() })),
      handle: async () => ok({ items: await lagenForReports(ctx), next: null }),
    }),
    apiRoute({
      method: 'post',
      path: '/api/lage/melden',
      access: 'public',
      limit: 'sign-in',
      tag: s.TAG,
      summary: 'Meldet etwas, ohne Konto. In Gefahr: 112',
      body: z.object({
        lage: z.string().max(60).default('').describe('Schlüssel der Lage; kann fehlen, wenn nur eine Meldungen annimmt.'),
        text: z.string().max(10_000),
        category: s.category.optional(),
        place: s.place.optional(),
        placeOfPicture: z.boolean().default(false).describe('Nimmt den Ort aus dem Bild, wo keiner gesagt ist.'),
        picture,
        receipt: z.string().max(64).optional().describe('43 Zeichen Base64url, von Ihnen gewürfelt: zweimal gesendet ist es eine Meldung.'),
        device: z.string().max(100).default('').describe('Beliebige Worte, die Ihr Gerät immer gleich sagt.'),
      }),
      output: z.object({ received: z.literal(true) }),
      status: 201,
      handle: async ({ actor, body: { picture: bytes, receipt = newReceipt(), place, category, ...body } }) =>
        reportPublicly(ctx, actor, { ...body, receipt, category, place: place && given(place), pictures: uploaded(bytes), trap: '' }),
    }),
  ];
}
