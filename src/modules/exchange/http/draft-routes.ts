import { z } from 'zod';
import { invalidField, type Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { apiRoute, type AnyRoute, type Upload } from '../../../platform/http/route.ts';
import { draftFromXdatenfelder, type SchemaDraft } from '../application/xdatenfelder.ts';
import { draftFromXzufi } from '../application/xzufi-draft.ts';

/** Drafts are packages, and the catalogue writes those. */
export interface DraftContext {
  /** The files of a package around a form, by path below the folder of services. */
  readonly packageDraft: (draft: SchemaDraft) => { readonly key: string; readonly files: Readonly<Record<string, string>> };
  /** A `service.yaml`. */
  readonly serviceDraft: (service: object) => string;
}

const ADMINISTRATION = ['administration'] as const;
const draft = z.object({ key: z.string(), files: z.record(z.string(), z.string()), findings: z.array(z.string()) });

/** What others have written, as drafts of packages. The answer is all there is: nothing is kept or offered. */
export function draftRoutes(ctx: DraftContext): AnyRoute[] {
  const common = { method: 'post', access: ADMINISTRATION, tag: 'Datenaustausch', upload: true } as const;
  return [
    apiRoute({
      ...common,
      path: '/api/exchange/xdatenfelder',
      summary: 'Macht aus einem Datenschema (XDatenfelder 3.0.0) den Entwurf einer Leistung; gespeichert wird nichts',
      output: draft,
      handle: async ({ files }) => {
        const found = received(files, draftFromXdatenfelder);
        return found.ok ? ok({ ...ctx.packageDraft(found.value), findings: [...found.value.findings] }) : found;
      },
    }),
    apiRoute({
      ...common,
      path: '/api/exchange/xzufi',
      summary: 'Macht aus jeder Leistung einer XZuFi-Datei (2.1 bis 2.3) den Entwurf einer service.yaml; gespeichert wird nichts',
      output: z.object({ items: z.array(draft), next: z.string().nullable() }),
      handle: async ({ files }) => {
        const found = received(files, draftFromXzufi);
        if (!found.ok) return found;
        const items = found.value.map(({ key, service, findings }) => ({
          key,
          files: { [`${key}/service.yaml`]: ctx.serviceDraft(service) },
          findings: [...findings],
        }));
        return ok({ items, next: null });
      },
    }),
  ];
}

const NO_FILE = 'Es kam keine Datei an. Senden Sie die XML-Datei im Feld «file».';
const TOO_LARGE = 'Die Datei ist größer als 25 MB. Teilen Sie sie auf.';

/** The one file of a request, read. */
function received<T>([file]: readonly Upload[], read: (bytes: Uint8Array) => Result<T, Problem>): Result<T, Problem> {
  if (file === undefined) return refuse(invalidField('file', NO_FILE));
  return file.tooLarge ? refuse({ kind: 'too-large', detail: TOO_LARGE }) : read(file.bytes);
}
