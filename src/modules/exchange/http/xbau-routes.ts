import { z } from 'zod';
import type { Actor } from '../../../kernel/actor.ts';
import { invalidField, type Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { apiRoute, type AnyRoute, type Upload } from '../../../platform/http/route.ts';
import { exportXbau } from '../application/export-xbau.ts';
import { checkXbau, importXbau, rejectXbau } from '../application/import-xbau.ts';
import type { Delivery } from '../application/read-xbau.ts';
import type { XbauContext } from '../application/xbau-context.ts';
import { presentedXbau, XBAU_EXPORTS, xbauMessageSchema } from './xbau-schemas.ts';

const READERS = ['sachbearbeitung', 'leitung', 'revision'] as const;
const OFFICERS = ['sachbearbeitung', 'leitung'] as const;
const TAG = 'Datenaustausch';

const NO_FILE = 'Es kam keine Datei an. Senden Sie die ZIP-Datei, oder die Nachricht (XML) mit ihren Anlagen, im Feld «file».';
const TOO_LARGE = 'Senden Sie Nachricht und Anlagen als einzelne Dateien, oder lassen Sie sich große Anlagen teilen.';

/** Files as they were sent: one message, one ZIP, or the message with its attachments one by one. */
export function deliveryOf(files: readonly Upload[]): Result<Delivery, Problem> {
  const given = files.filter(({ fileName, bytes }) => fileName !== '' || bytes.byteLength > 0);
  if (given.length === 0) return refuse(invalidField('file', NO_FILE));
  const large = given.find(({ tooLarge }) => tooLarge);
  if (large !== undefined) return refuse({ kind: 'too-large' as const, detail: `«${large.fileName}» ist größer als 25 MB. ${TOO_LARGE}` });
  return ok(given.map(({ fileName, bytes }) => ({ name: fileName, bytes })));
}

const fileSchema = z.object({ name: z.string(), mediaType: z.string(), base64: z.string() });
/** Where it is to be built, for messages that draw no outline. */
const placeSchema = z.object({ lon: z.coerce.number().optional(), lat: z.coerce.number().optional() });
const importedSchema = z.object({
  caseId: z.string(),
  fileNumber: z.string(),
  authority: z.string(),
  /** The same message was here before: nothing was done again. */
  repeated: z.boolean(),
  /** Files that came and could not be kept, with the reason; tell the applicant (§ 3a(3) VwVfG). */
  refusedFiles: z.array(z.object({ fileName: z.string(), reason: z.string() })),
  message: xbauMessageSchema,
  /** 0200: the receipt (1120) for whoever sent it, with the file number; ZIP in base64. */
  reply: fileSchema.nullable(),
});

/** The authority that an officer writes for. */
export type AuthorityOf = (actor: Actor) => { readonly name: string; readonly dvdv?: string | undefined };

/** XBau 2.6 for programs of the authority. Each check stands in the journal, the refused ones too. */
export function xbauApi(ctx: XbauContext, authorityOf: AuthorityOf): AnyRoute[] {
  return [checkRoute(ctx), importRoute(ctx), rejectionRoute(ctx, authorityOf), exportRoute(ctx)];
}

const checkRoute = (ctx: XbauContext): AnyRoute =>
  apiRoute({
    method: 'post',
    path: '/api/exchange/xbau/check',
    access: READERS,
    tag: TAG,
    summary: 'Prüft eine Nachricht in XBau 2.6 (0200, 0201, 0202, 0205, 1100, 1120; ZIP oder XML) und sagt, was sie bringt; übernommen wird nichts',
    upload: true,
    output: xbauMessageSchema,
    handle: async ({ actor, files }) => {
      const delivery = deliveryOf(files);
      if (!delivery.ok) return delivery;
      const read = await checkXbau(ctx, actor, delivery.value);
      return read.ok ? ok(presentedXbau(read.value)) : read;
    },
  });

const importRoute = (ctx: XbauContext): AnyRoute =>
  apiRoute({
    method: 'post',
    path: '/api/exchange/xbau',
    access: OFFICERS,
    tag: TAG,
    summary: 'Nimmt einen Bauantrag (XBau 0200) als Vorgang an, oder einen geänderten (0202) als Antwort auf die Nachforderung; zweimal ist einmal',
    upload: true,
    query: placeSchema,
    output: importedSchema,
    handle: async ({ actor, files, queryInput: { lon, lat } }) => {
      const delivery = deliveryOf(files);
      if (!delivery.ok) return delivery;
      const done = await importXbau(ctx, actor, delivery.value, lon === undefined || lat === undefined ? undefined : { lon, lat });
      if (!done.ok) return done;
      const { message } = done.value;
      const receipt = message.head.type === '0200' ? await exportXbau(ctx, actor, done.value.caseId, '1120') : undefined;
      const reply = receipt?.ok === true ? fileAnswer(receipt.value.fileName, 'application/zip', receipt.value.bytes) : null;
      return ok({ ...done.value, refusedFiles: [...done.value.refusedFiles], message: presentedXbau(message), reply });
    },
  });

const rejectionRoute = (ctx: XbauContext, authorityOf: AuthorityOf): AnyRoute =>
  apiRoute({
    method: 'post',
    path: '/api/exchange/xbau/rejection',
    access: OFFICERS,
    tag: TAG,
    summary: 'Schreibt zu einer Nachricht, die sich nicht lesen lässt, die Rückweisung (XBau 1100) mit allen Fehlern (XML in base64)',
    upload: true,
    output: fileSchema,
    handle: async ({ actor, files }) => {
      const delivery = deliveryOf(files);
      if (!delivery.ok) return delivery;
      const rejection = rejectXbau(ctx, authorityOf(actor), delivery.value);
      return rejection === undefined ? refuse(NOT_REJECTED) : ok(fileAnswer(rejection.fileName, 'application/xml', Buffer.from(rejection.xml, 'utf8')));
    },
  });

const exportRoute = (ctx: XbauContext): AnyRoute =>
  apiRoute({
    method: 'get',
    path: '/api/cases/:id/xbau/:message',
    access: READERS,
    tag: TAG,
    summary:
      'Ein Vorgang als Nachricht in XBau 2.6: 0200 Antrag, 0201 formelle Prüfung, 0202 Antwort auf die Nachforderung, 0205 Bescheid, 1120 Eingang (ZIP in base64)',
    params: z.object({ id: z.uuid(), message: z.enum(XBAU_EXPORTS) }),
    output: fileSchema,
    handle: async ({ actor, params: { id, message } }) => {
      const done = await exportXbau(ctx, actor, id, message);
      return done.ok ? ok(fileAnswer(done.value.fileName, 'application/zip', done.value.bytes)) : done;
    },
  });

const NOT_REJECTED: Problem = {
  kind: 'wrong-state',
  detail: 'Diese Datei wird nicht zurückgewiesen: Sie ist lesbar, oder sie ist selbst eine Rückweisung. Eine lesbare Nachricht nehmen Sie an.',
};

const fileAnswer = (name: string, mediaType: string, bytes: Uint8Array) => ({ name, mediaType, base64: Buffer.from(bytes).toString('base64') });
