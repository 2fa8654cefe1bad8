import { z } from 'zod';
import { invalidField } from '../../../kernel/problem.ts';
import { ok, refuse } from '../../../kernel/result.ts';
import { apiRoute, type AnyRoute } from '../../../platform/http/route.ts';
import { addOwnDocument, beginCase } from '../application/begin-case.ts';
import type { ProcedureContext } from '../application/context.ts';
import { asStaff } from './api.ts';

const WORKERS = ['sachbearbeitung', 'leitung'] as const;

/** Cases that the authority begins itself, and their documents. */
export function beginRoutes(ctx: ProcedureContext): AnyRoute[] {
  return [
    apiRoute({
      method: 'post',
      path: '/api/cases',
      access: WORKERS,
      tag: 'Vorgang',
      summary: 'Beginnt ein Verfahren von Amts wegen (§ 22 VwVfG)',
      status: 201,
      body: z.object({ service: z.string(), answers: z.record(z.string(), z.unknown()) }),
      output: z.object({ id: z.string(), fileNumber: z.string(), authority: z.string(), status: z.string() }),
      handle: async ({ actor, body, lang }) => {
        const begun = await beginCase(ctx, asStaff(actor), { ...body, lang });
        if (!begun.ok) return begun;
        const { id, fileNumber, authority, status } = begun.value;
        return ok({ id, fileNumber, authority, status });
      },
    }),
    apiRoute({
      method: 'post',
      path: '/api/cases/:id/documents/:slot',
      access: WORKERS,
      tag: 'Unterlagen',
      summary: 'Nimmt eine Unterlage der Behörde in ein Verfahren von Amts wegen auf',
      status: 201,
      params: z.object({ id: z.uuid(), slot: z.string().regex(/^[a-z][a-zA-Z0-9-]*$/) }),
      upload: true,
      output: z.object({ id: z.string(), slot: z.string(), fileName: z.string(), mediaType: z.string(), sizeBytes: z.number(), sha256: z.string() }),
      handle: async ({ actor, params, files }) => {
        const [file] = files;
        if (file === undefined) return refuse(invalidField('file', 'Es kam keine Datei an. Wählen Sie eine aus.'));
        const added = await addOwnDocument(ctx, asStaff(actor), { caseId: params.id, slot: params.slot, ...file });
        if (!added.ok) return added;
        const { id, slot, fileName, mediaType, sizeBytes, sha256 } = added.value;
        return ok({ id, slot, fileName, mediaType, sizeBytes, sha256 });
      },
    }),
  ];
}
