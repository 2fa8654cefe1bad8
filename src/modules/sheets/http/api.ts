import { z } from 'zod';
import { ok } from '../../../kernel/result.ts';
import { apiRoute, type AnyRoute } from '../../../platform/http/route.ts';
import { addMark, changeMark, removeMark } from '../application/change-marks.ts';
import type { CaseDocument, SheetsContext } from '../application/context.ts';
import { listSheets, openSheet, type ShownMark } from '../application/open-sheet.ts';
import { compareSheets, gridsOf, pageTile, showPage } from '../application/pictures.ts';

const WORKERS = ['sachbearbeitung', 'leitung'] as const;
const tag = 'Planblätter';

const markInput = z.object({
  page: z.number().int().min(1).describe('Seite, ab 1'),
  xMm: z.number().describe('Millimeter vom linken Rand der Seite, wie sie gezeigt wird'),
  yMm: z.number().describe('Millimeter vom oberen Rand'),
  kind: z.enum(['vermerk', 'auflage', 'gruen', 'ungueltig']),
  text: z.string().max(5000),
});
const mark = markInput.extend({ id: z.string().nullable(), number: z.number(), version: z.number().nullable(), writtenAt: z.string().nullable() });
const sheet = z.object({
  id: z.string(),
  slot: z.string(),
  fileName: z.string(),
  mediaType: z.string(),
  sizeBytes: z.number(),
  sha256: z.string(),
  uploadedAt: z.string(),
  by: z.enum(['applicant', 'authority']),
  version: z.number(),
  current: z.boolean(),
  former: z.string().nullable(),
  marks: z.array(mark),
});
const idParams = z.object({ id: z.uuid() });
const sheetParams = idParams.extend({ uploadId: z.uuid() });
const pageParams = sheetParams.extend({ page: z.coerce.number().int().min(1) });
const markParams = sheetParams.extend({ markId: z.uuid() });

const presentMark = ({ id, number, page, xMm, yMm, kind, text, version, writtenAt }: ShownMark): z.output<typeof mark> => ({
  id: id ?? null,
  number,
  page,
  xMm,
  yMm,
  kind,
  text,
  version: version ?? null,
  writtenAt: writtenAt?.toString() ?? null,
});
const presentSheet = (one: CaseDocument, marks: readonly ShownMark[]): z.output<typeof sheet> => ({
  id: one.id,
  slot: one.slot,
  fileName: one.fileName,
  mediaType: one.mediaType,
  sizeBytes: one.sizeBytes,
  sha256: one.sha256,
  uploadedAt: one.uploadedAt.toString(),
  by: one.by,
  version: one.version,
  current: one.current,
  former: one.former ?? null,
  marks: marks.map(presentMark),
});

/** Sheets and their entries for programs. */
export function sheetsApi(ctx: SheetsContext): AnyRoute[] {
  return [...readRoutes(ctx), ...pictureRoutes(ctx), ...markRoutes(ctx)];
}

function readRoutes(ctx: SheetsContext): AnyRoute[] {
  return [
    apiRoute({
      method: 'get',
      path: '/api/cases/:id/sheets',
      access: 'signed-in',
      tag,
      summary: 'Unterlagen eines Vorgangs mit ihren Versionen und Eintragungen',
      params: idParams,
      output: z.object({ items: z.array(sheet) }),
      handle: async ({ actor, params }) => {
        const found = await listSheets(ctx, actor, params.id);
        return found.ok ? ok({ items: found.value.sheets.map((one) => presentSheet(one, one.marks)) }) : found;
      },
    }),
    apiRoute({
      method: 'get',
      path: '/api/cases/:id/sheets/:uploadId',
      access: 'signed-in',
      tag,
      summary: 'Ein Blatt mit seinen Eintragungen',
      params: sheetParams,
      output: sheet,
      handle: async ({ actor, params }) => {
        const opened = await openSheet(ctx, actor, params.id, params.uploadId);
        return opened.ok ? ok(presentSheet(opened.value.document, opened.value.marks)) : opened;
      },
    }),
    apiRoute({
      method: 'get',
      path: '/api/cases/:id/sheets/:uploadId/pages/:page',
      access: 'signed-in',
      tag,
      summary: 'Eine Seite eines Blatts: Maße in Punkt (1/72 Zoll), Wörter und Kacheln',
      params: pageParams,
      output: z.object({
        page: z.number(),
        pages: z.number(),
        widthPoints: z.number(),
        heightPoints: z.number(),
        words: z.string(),
        tiles: z.array(z.object({ zoom: z.number(), columns: z.number(), rows: z.number() })),
      }),
      handle: async ({ actor, params }) => {
        const opened = await openSheet(ctx, actor, params.id, params.uploadId);
        if (!opened.ok) return opened;
        const shown = await showPage(ctx, opened.value, params.page, 0);
        if (!shown.ok) return shown;
        const { page, count, box, words } = shown.value;
        return ok({ page, pages: count, widthPoints: box.width, heightPoints: box.height, words, tiles: gridsOf(box) });
      },
    }),
  ];
}

function pictureRoutes(ctx: SheetsContext): AnyRoute[] {
  const number = z.coerce.number().int().min(0);
  const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
  return [
    apiRoute({
      method: 'get',
      path: '/api/cases/:id/sheets/:uploadId/pages/:page/tiles/:zoom/:x/:y',
      access: 'signed-in',
      tag,
      summary: 'Eine Kachel von 512 Pixeln (Inhalt in base64)',
      params: pageParams.extend({ zoom: number, x: number, y: number }),
      output: z.object({ mediaType: z.string(), base64: z.string() }),
      handle: async ({ actor, params }) => {
        const { id: caseId, uploadId, page, zoom, x, y } = params;
        const drawn = await pageTile(ctx, actor, { caseId, uploadId }, { page, zoom, x, y });
        return drawn.ok ? ok({ mediaType: 'image/png', base64: base64(drawn.value) }) : drawn;
      },
    }),
    apiRoute({
      method: 'get',
      path: '/api/cases/:id/sheets/:uploadId/pages/:page/comparison/:beforeId',
      access: 'signed-in',
      tag,
      summary: 'Vergleicht eine Seite mit derselben einer anderen Version (Bild in base64)',
      params: pageParams.extend({ beforeId: z.uuid() }),
      output: z.object({ areas: z.number(), mediaType: z.string(), base64: z.string() }),
      handle: async ({ actor, params }) => {
        const { id: caseId, uploadId, beforeId, page } = params;
        const compared = await compareSheets(ctx, actor, { caseId, uploadId, beforeId }, page);
        return compared.ok ? ok({ areas: compared.value.areas, mediaType: 'image/png', base64: base64(compared.value.png) }) : compared;
      },
    }),
  ];
}

function markRoutes(ctx: SheetsContext): AnyRoute[] {
  const at = '/api/cases/:id/sheets/:uploadId/marks';
  return [
    apiRoute({
      method: 'post',
      path: at,
      access: WORKERS,
      tag,
      summary: 'Trägt etwas auf einem Blatt ein',
      status: 201,
      params: sheetParams,
      body: markInput,
      output: mark,
      handle: async ({ actor, params, body }) => {
        const done = await addMark(ctx, actor, { caseId: params.id, uploadId: params.uploadId }, body);
        return done.ok ? ok(presentMark(done.value)) : done;
      },
    }),
    apiRoute({
      method: 'put',
      path: `${at}/:markId`,
      access: WORKERS,
      tag,
      summary: 'Ändert einen Eintrag',
      params: markParams,
      body: markInput.extend({ expectedVersion: z.number().int() }),
      output: mark,
      handle: async ({ actor, params, body: { expectedVersion, ...input } }) => {
        const done = await changeMark(ctx, actor, { caseId: params.id, uploadId: params.uploadId, markId: params.markId, seen: expectedVersion }, input);
        return done.ok ? ok(presentMark(done.value)) : done;
      },
    }),
    apiRoute({
      method: 'delete',
      path: `${at}/:markId`,
      access: WORKERS,
      tag,
      summary: 'Entfernt einen Eintrag',
      params: markParams,
      query: z.object({ expectedVersion: z.coerce.number().int() }),
      output: z.object({ removed: z.boolean() }),
      handle: async ({ actor, params, queryInput }) => {
        const done = await removeMark(ctx, actor, { caseId: params.id, uploadId: params.uploadId, markId: params.markId, seen: queryInput.expectedVersion });
        return done.ok ? ok({ removed: true }) : done;
      },
    }),
  ];
}
