import { instant } from '../../../platform/http/instant.ts';
import { z } from 'zod';
import { invalidField } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { readBytes } from '../../../platform/http/json-body.ts';
import { dataJson, dataRefusal } from '../../../platform/http/data-route.ts';
import { pageOf, pageQuery } from '../../../platform/http/paging.ts';
import { apiRoute, dataRoute, LAGE_ACCESS, type AnyRoute, type DataVisit } from '../../../platform/http/route.ts';
import type { FeedsContext } from '../application/context.ts';
import type { FeedsDesk } from '../application/feeds-desk.ts';
import { importFile, importMapping, previewImport, undoImport } from '../application/import-file.ts';
import { declareSource, sourceDeclaration, sourceDetails, sourceKinds, sourcesOf, switchSource } from '../application/sources.ts';
import { takeCap } from '../application/take-cap.ts';
import { takeCot } from '../application/take-cot.ts';
import { detectedClasses, takeDetections } from '../application/take-detections.ts';
import { takeMail, takeStill } from '../application/take-mail.ts';
import type { FeedProblem } from '../domain/problems.ts';
import type { Source } from '../domain/source.ts';

const TAG = 'Quellen';
const byKey = z.object({ key: z.string().max(60) });
const byId = byKey.extend({ id: z.string().max(60) });
const WITH_DEVICES = [...LAGE_ACCESS, 'device'] as const;
const MOST_COT_BYTES = 4_000_000;
const MOST_MAIL_BYTES = 25_000_000;

const sourceView = z.object({
  id: z.string(),
  kind: z.enum(sourceKinds),
  name: z.string(),
  config: z.record(z.string(), z.unknown()),
  active: z.boolean(),
  declaredBy: z.string(),
  declaredAt: z.string(),
  lastHeardAt: z.string().nullable(),
  problem: z.string().nullable(),
});

const present = ({ id, kind, name, config, active, declaredBy, declaredAt, lastHeardAt, problem }: Source): z.output<typeof sourceView> => ({
  id,
  kind,
  name,
  config: { ...config },
  active,
  declaredBy,
  declaredAt: declaredAt.toString(),
  lastHeardAt: lastHeardAt?.toString() ?? null,
  problem,
});

const counts = z.object({ taken: z.number(), repeated: z.number(), refused: z.number(), quarantined: z.number() });

/** Sources for programs, and the doors through which other systems bring what they know. */
export function feedsApi(ctx: FeedsContext, desk: FeedsDesk): AnyRoute[] {
  return [...sourceRoutes(ctx, desk), ...sourceByIdRoutes(ctx), ...importRoutes(ctx), ...rawRoutes(ctx, desk), detectionRoute(ctx), stillRoute(ctx)];
}

function sourceRoutes(ctx: FeedsContext, desk: FeedsDesk): AnyRoute[] {
  return [
    apiRoute({
      method: 'get',
      path: '/api/lagen/:key/quellen',
      access: LAGE_ACCESS,
      tag: TAG,
      summary: 'Quellen der Lage: was sie sind, wann sie zuletzt sprachen, wie viel kam und wie viel abgewiesen wurde',
      params: byKey,
      query: pageQuery,
      output: pageOf(sourceView.extend({ lastHour: z.number(), counts })),
      handle: async ({ actor, params: { key }, queryInput: { cursor, limit } }) => {
        const found = await sourcesOf(ctx, actor, key, { limit, ...(cursor === undefined ? {} : { after: cursor }) });
        if (!found.ok) return found;
        const { sources } = found.value;
        const items = sources.map(({ lastHour, taken, repeated, refused, quarantined, ...source }) => ({
          ...present(source),
          lastHour,
          counts: { taken, repeated, refused, quarantined },
        }));
        return ok({ items, next: sources.length < limit ? null : sources.at(-1)!.id });
      },
    }),
    apiRoute({
      method: 'post',
      path: '/api/lagen/:key/quellen',
      access: LAGE_ACCESS,
      tag: TAG,
      summary: 'Erklärt eine Quelle: CoT-Geräte, eine Adresse mit CAP, Datenströme der Stadt oder ein soziales Medium',
      params: byKey,
      body: sourceDeclaration,
      output: sourceView,
      status: 201,
      handle: async ({ actor, params: { key }, body }) => {
        const declared = await declareSource(ctx, actor, key, body);
        if (!declared.ok) return declared;
        if (declared.value.kind === 'sensor') await desk.follower.sweep();
        return ok(present(declared.value));
      },
    }),
  ];
}

function sourceByIdRoutes(ctx: FeedsContext): AnyRoute[] {
  return [
    apiRoute({
      method: 'get',
      path: '/api/lagen/:key/quellen/:id',
      access: LAGE_ACCESS,
      tag: TAG,
      summary: 'Eine Quelle mit ihren letzten 48 Stunden und den letzten 50 Meldungen, die nicht angenommen wurden',
      params: byId,
      output: sourceView.extend({
        hours: z.array(counts.extend({ hour: z.string() })),
        rejected: z.array(z.object({ number: z.number(), at: z.string(), outcome: z.enum(['refused', 'quarantined']), reason: z.string(), raw: z.string() })),
      }),
      handle: async ({ actor, params: { key, id } }) => {
        const found = await sourceDetails(ctx, actor, key, id);
        if (!found.ok) return found;
        const { source, hours, rejected } = found.value;
        return ok({
          ...present(source),
          hours: hours.map(({ hour, ...one }) => ({ ...one, hour: hour.toString() })),
          rejected: rejected.map(({ at, ...one }) => ({ ...one, at: at.toString() })),
        });
      },
    }),
    apiRoute({
      method: 'put',
      path: '/api/lagen/:key/quellen/:id',
      access: LAGE_ACCESS,
      tag: TAG,
      summary: 'Schaltet eine Quelle ab oder wieder ein; was sie gebracht hat, bleibt',
      params: byId,
      body: z.object({ active: z.boolean() }),
      output: sourceView,
      handle: async ({ actor, params: { key, id }, body }) => {
        const done = await switchSource(ctx, actor, key, id, body.active);
        return done.ok ? ok(present(done.value)) : done;
      },
    }),
  ];
}

function importRoutes(ctx: FeedsContext): AnyRoute[] {
  const body = z.object({
    name: z.string().max(200),
    text: z.string(),
    mapping: importMapping,
    preview: z.boolean().default(false).describe('Nur ansehen, nichts übernehmen.'),
  });
  const mistakes = z.array(z.object({ line: z.number(), message: z.string() }));
  return [
    apiRoute({
      method: 'post',
      path: '/api/lagen/:key/importe',
      access: LAGE_ACCESS,
      tag: TAG,
      summary: 'Übernimmt eine Datei (GeoJSON oder CSV) in das Bild, oder zeigt vorab, was darin steht; Fehler nach Zeilen',
      params: byKey,
      body,
      output: z.object({ sourceId: z.string().nullable(), shown: z.number(), columns: z.array(z.string()).optional(), mistakes }),
      handle: async ({ actor, params: { key }, body: { preview, ...input } }) => {
        if (preview) {
          const read = await previewImport(ctx, actor, key, input);
          return read.ok
            ? ok({
                sourceId: null,
                shown: read.value.things.length,
                columns: [...read.value.columns],
                mistakes: read.value.mistakes.slice(0, 200).map((one) => ({ ...one })),
              })
            : read;
        }
        const done = await importFile(ctx, actor, key, input);
        return done.ok ? ok({ ...done.value, mistakes: done.value.mistakes.map((one) => ({ ...one })) }) : done;
      },
    }),
    apiRoute({
      method: 'delete',
      path: '/api/lagen/:key/importe/:id',
      access: LAGE_ACCESS,
      tag: TAG,
      summary: 'Nimmt einen Import als Ganzes zurück',
      params: byId,
      output: z.object({ ended: z.number() }),
      handle: async ({ actor, params: { key, id } }) => undoImport(ctx, actor, key, id),
    }),
  ];
}

/** What comes in a format of its own, whole. */
function rawRoutes(ctx: FeedsContext, desk: FeedsDesk): AnyRoute[] {
  const raw = (path: string, most: number, take: (visit: DataVisit, key: string, bytes: Buffer) => Promise<Result<unknown, FeedProblem>>): AnyRoute =>
    dataRoute('post', `/api/lagen/:key/${path}`, WITH_DEVICES, async (visit) => {
      const bytes = await readBytes(visit.body, most);
      if (bytes === undefined)
        return dataRefusal({ kind: 'too-large', detail: `Das ist größer als ${most / 1_000_000} MB. Senden Sie weniger auf einmal.` }, visit);
      const done = await take(visit, visit.params['key'] ?? '', bytes);
      return done.ok ? dataJson(done.value) : dataRefusal(done.problem, visit);
    });
  return [
    raw('cot', MOST_COT_BYTES, ({ actor }, key, bytes) => takeCot({ ...ctx, intake: desk.intake }, actor, key, bytes)),
    raw('cap', MOST_COT_BYTES, async ({ actor }, key, bytes) => {
      const text = utf8(bytes);
      return text === undefined ? refuse({ kind: 'invalid-input', detail: 'Die Meldung ist nicht in UTF-8 geschrieben.' }) : takeCap(ctx, actor, key, text);
    }),
    raw('mail', MOST_MAIL_BYTES, ({ actor }, key, bytes) => takeMail(ctx, actor, key, bytes)),
  ];
}

function utf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

const detectionRoute = (ctx: FeedsContext): AnyRoute =>
  apiRoute({
    method: 'post',
    path: '/api/lagen/:key/detektionen',
    access: WITH_DEVICES,
    tag: TAG,
    summary: 'Was ein Radar, eine Drohne oder eine Kamera in einem Augenblick sieht; daraus werden Spuren',
    params: byKey,
    body: z.object({
      sensor: z.string().trim().min(1, 'Nennen Sie das Gerät.').max(80),
      at: instant,
      detections: z
        .array(
          z.object({
            lon: z.number().min(-180).max(180),
            lat: z.number().min(-90).max(90),
            uncertaintyMetres: z.number().min(0.5).max(1000).default(20),
            what: z.enum(detectedClasses).default('unknown'),
          }),
        )
        .max(200, 'Höchstens 200 auf einmal.'),
    }),
    output: z.object({
      tracks: z.array(z.string().nullable()).describe('Für jede Beobachtung die Spur; im Bild steht sie, sobald sie dreimal gesehen wurde.'),
    }),
    handle: async ({ actor, params: { key }, body }) => {
      const done = await takeDetections(ctx, actor, key, body);
      return done.ok ? ok({ tracks: [...done.value.tracks] }) : done;
    },
  });

const stillRoute = (ctx: FeedsContext): AnyRoute =>
  apiRoute({
    method: 'post',
    path: '/api/lagen/:key/bilder',
    access: WITH_DEVICES,
    tag: TAG,
    summary: 'Ein Bild oder Standbild mit Ort (lon, lat; sonst aus EXIF), Zeit (at) und Worten (text); das Bild im Feld bild',
    params: byKey,
    upload: true,
    output: z.object({ outcome: z.enum(['taken', 'repeated']), pictures: z.number(), left: z.array(z.string()) }),
    handle: async ({ actor, params: { key }, fields, files }) => {
      const [file] = files;
      if (file === undefined) return refuse(invalidField('bild', 'Das Bild fehlt.'));
      if (file.tooLarge) return refuse(invalidField('bild', 'Das Bild ist zu groß.'));
      const at = fields.get('at') ?? '';
      const read = instant.optional().safeParse(at === '' ? undefined : at);
      if (!read.success) return refuse(invalidField('at', read.error.issues[0]!.message));
      const [lon, lat] = [(fields.get('lon') ?? '').trim(), (fields.get('lat') ?? '').trim()];
      const placed = lon !== '' || lat !== '';
      if (placed && !(lon !== '' && lat !== '' && Math.abs(Number(lon)) <= 180 && Math.abs(Number(lat)) <= 90))
        return refuse(invalidField('lon', 'Nennen Sie lon und lat in Grad.'));
      const done = await takeStill(
        ctx,
        actor,
        key,
        {
          text: fields.get('text') ?? '',
          ...(placed ? { place: { lon: Number(lon), lat: Number(lat) } } : {}),
          ...(read.data === undefined ? {} : { takenAt: read.data }),
        },
        { fileName: file.fileName, bytes: file.bytes },
      );
      return done.ok ? ok({ ...done.value, left: [...done.value.left] }) : done;
    },
  });
