import { z } from 'zod';
import { ok, refuse } from '../../../kernel/result.ts';
import { apiRoute, getPage, problemPage, type AnyRoute } from '../../../platform/http/route.ts';
import type { ProcedureContext } from '../application/context.ts';
import { readCaseUpload, readLetter } from '../application/read-case.ts';
import { readOwnUpload } from '../application/uploads.ts';
import { notFound } from '../domain/problems.ts';

const tag = 'Vorgang';
export const fileContent = z.object({ name: z.string(), mediaType: z.string(), base64: z.string() });
export const contentOf = (name: string, file: { readonly bytes: Uint8Array; readonly mediaType: string }) => ({
  name,
  mediaType: file.mediaType,
  base64: Buffer.from(file.bytes).toString('base64'),
});

/** Letters and files of a case, for whoever may see it. */
export function caseFileRoutes(ctx: ProcedureContext): AnyRoute[] {
  return [
    apiRoute({
      method: 'get',
      path: '/api/cases/:id/letters/:key',
      access: 'signed-in',
      tag,
      summary: 'Ein Schreiben des Vorgangs, etwa der Bescheid (Inhalt in base64)',
      params: z.object({ id: z.uuid(), key: z.string().max(200) }),
      output: fileContent,
      handle: async ({ actor, params }) => {
        const read = await readLetter(ctx, actor, params.id, params.key);
        return read.ok ? ok(contentOf(read.value.letter.fileName, read.value.file)) : read;
      },
    }),
    apiRoute({
      method: 'get',
      path: '/api/cases/:id/files/:uploadId',
      access: 'signed-in',
      tag,
      summary: 'Eine Unterlage des Antrags oder Vorgangs (Inhalt in base64)',
      params: z.object({ id: z.uuid(), uploadId: z.uuid() }),
      output: fileContent,
      handle: async ({ actor, params }) => {
        const read =
          actor.kind === 'citizen' ? await readOwnUpload(ctx, actor, params.id, params.uploadId) : await readCaseUpload(ctx, actor, params.id, params.uploadId);
        return read.ok ? ok(contentOf(read.value.upload.fileName, read.value.file)) : read;
      },
    }),
    getPage('/vorgang/:id/schreiben/:key', 'signed-in', async ({ actor, params }) => {
      const read = z.uuid().safeParse(params['id']).success ? await readLetter(ctx, actor, params['id']!, params['key']!) : refuse(notFound);
      if (!read.ok) return problemPage(read.problem);
      return { kind: 'file', bytes: read.value.file.bytes, mediaType: read.value.file.mediaType, fileName: read.value.letter.fileName };
    }),
  ];
}
