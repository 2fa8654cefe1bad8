import { instant } from '../../../platform/http/instant.ts';
import { z } from 'zod';
import { ok } from '../../../kernel/result.ts';
import { pageOf, pageQuery } from '../../../platform/http/paging.ts';
import { apiRoute, LAGE_ACCESS, type AnyRoute } from '../../../platform/http/route.ts';
import type { LogbookContext } from '../application/context.ts';
import { draftReport } from '../application/draft-report.ts';
import { reportPdf } from '../application/export-lage.ts';
import { changeReport, readReport, readReports, releaseReport, writeReport } from '../application/reports.ts';
import { byId, byKey, cursorNumber, nextOf, packed, presentFile, presentReport, reportView, sections, TAG } from './schemas.ts';

/** Situation reports for programs. */
export function reportApi(ctx: LogbookContext): AnyRoute[] {
  return [...readRoutes(ctx), ...writeRoutes(ctx), pdfRoute(ctx)];
}

function readRoutes(ctx: LogbookContext): AnyRoute[] {
  const at = { method: 'get', access: LAGE_ACCESS, tag: TAG } as const;
  return [
    apiRoute({
      ...at,
      path: '/api/lagen/:key/lageberichte',
      summary: 'Lageberichte in ihrer letzten Fassung, der neueste zuerst',
      params: byKey,
      query: pageQuery,
      output: pageOf(reportView),
      handle: async ({ actor, params: { key }, queryInput: { cursor, limit } }) => {
        const before = cursorNumber(cursor);
        if (!before.ok) return before;
        const read = await readReports(ctx, actor, key, { limit, before: before.value });
        return read.ok ? ok({ items: read.value.reports.map(presentReport), next: nextOf(read.value.reports, limit) }) : read;
      },
    }),
    apiRoute({
      ...at,
      path: '/api/lagen/:key/lageberichte/entwurf',
      summary: 'Worte für den nächsten Lagebericht aus dem, was die Lage weiß; nichts wird gespeichert',
      params: byKey,
      output: z.object({ title: z.string(), sections }),
      handle: async ({ actor, params: { key } }) => {
        const draft = await draftReport(ctx, actor, key);
        return draft.ok ? ok({ title: draft.value.title, sections: draft.value.sections }) : draft;
      },
    }),
    apiRoute({
      ...at,
      path: '/api/lagen/:key/lageberichte/:id',
      summary: 'Ein Lagebericht mit allen Fassungen, die neueste zuerst',
      params: byId,
      output: z.object({ versions: z.array(reportView) }),
      handle: async ({ actor, params: { key, id } }) => {
        const read = await readReport(ctx, actor, key, id);
        return read.ok ? ok({ versions: read.value.versions.map(presentReport) }) : read;
      },
    }),
  ];
}

const words = z.object({ title: z.string().max(2000), asOf: instant.optional(), sections });
const basis = z.number().int().min(1).max(2_147_483_647);

function writeRoutes(ctx: LogbookContext): AnyRoute[] {
  return [
    apiRoute({
      method: 'post',
      path: '/api/lagen/:key/lageberichte',
      access: LAGE_ACCESS,
      tag: TAG,
      summary: 'Schreibt die erste Fassung eines Lageberichts',
      status: 201,
      params: byKey,
      body: words,
      output: reportView,
      handle: async ({ actor, params: { key }, body }) => {
        const written = await writeReport(ctx, actor, key, body);
        return written.ok ? ok(presentReport(written.value)) : written;
      },
    }),
    apiRoute({
      method: 'put',
      path: '/api/lagen/:key/lageberichte/:id',
      access: LAGE_ACCESS,
      tag: TAG,
      summary: 'Schreibt die nächste Fassung; `basis` ist die Fassung, die geändert wurde',
      params: byId,
      body: words.extend({ basis }),
      output: reportView,
      handle: async ({ actor, params: { key, id }, body }) => {
        const written = await changeReport(ctx, actor, key, id, body);
        return written.ok ? ok(presentReport(written.value)) : written;
      },
    }),
    apiRoute({
      method: 'post',
      path: '/api/lagen/:key/lageberichte/:id/freigabe',
      access: LAGE_ACCESS,
      tag: TAG,
      summary: 'Gibt eine Fassung frei; das dürfen die Leitung und S2',
      params: byId,
      body: z.object({ version: basis }),
      output: reportView,
      handle: async ({ actor, params: { key, id }, body }) => {
        const released = await releaseReport(ctx, actor, key, id, body.version);
        return released.ok ? ok(presentReport(released.value)) : released;
      },
    }),
  ];
}

const pdfRoute = (ctx: LogbookContext): AnyRoute =>
  apiRoute({
    method: 'get',
    path: '/api/lagen/:key/lageberichte/:id/pdf',
    access: LAGE_ACCESS,
    tag: TAG,
    summary: 'Eine Fassung eines Lageberichts als gesiegeltes PDF (base64)',
    limit: 'costly',
    params: byId,
    query: z.object({ version: z.coerce.number().int().min(1).max(2_147_483_647).optional() }),
    output: packed,
    handle: async ({ actor, params: { key, id }, queryInput: { version } }) => {
      const file = await reportPdf(ctx, actor, key, id, version);
      return file.ok ? ok(presentFile(file.value)) : file;
    },
  });
