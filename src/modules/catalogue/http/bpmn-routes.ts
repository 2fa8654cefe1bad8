import { z } from 'zod';
import { invalidField } from '../../../kernel/problem.ts';
import { ok, refuse } from '../../../kernel/result.ts';
import { apiRoute, type AnyRoute } from '../../../platform/http/route.ts';
import { importBpmn } from '../application/bpmn-import.ts';
import { processModel } from '../application/bpmn-model.ts';
import { bpmnText } from '../application/bpmn-read.ts';
import { bpmnXml } from '../application/bpmn-xml.ts';
import type { ServiceDesk } from '../application/service-desk.ts';

const tag = 'Datenaustausch';
const NO_FILE = 'Es kam keine Datei an. Senden Sie das Prozessmodell (BPMN 2.0) im Feld «file».';
const TOO_LARGE = 'Die Datei ist größer als 25 MB. Ein Prozess ist kleiner: Teilen Sie ihn auf.';

/** Processes for programs: the one of each service, and drafts from those of others. */
export function bpmnRoutes({ desk }: { readonly desk: Pick<ServiceDesk, 'current'> }): AnyRoute[] {
  return [
    apiRoute({
      method: 'get',
      path: '/api/exchange/services/:key/bpmn',
      access: 'public',
      tag,
      summary: 'Das Verfahren einer Leistung als BPMN 2.0',
      params: z.object({ key: z.string().max(100) }),
      output: z.object({ name: z.string(), mediaType: z.literal('application/xml'), xml: z.string() }),
      handle: async ({ params: { key } }) => {
        const pkg = desk.current(key);
        if (pkg === undefined) return refuse({ kind: 'not-found' as const, detail: 'Diese Leistung gibt es nicht. Die Liste steht unter /leistungen.' });
        return ok({ name: `${pkg.key}.bpmn`, mediaType: 'application/xml' as const, xml: await bpmnXml(processModel(pkg)) });
      },
    }),
    apiRoute({
      method: 'post',
      path: '/api/exchange/bpmn',
      access: ['administration'],
      tag,
      summary: 'Macht aus einem Prozessmodell (BPMN 2.0) den Entwurf einer Leistung; gespeichert wird nichts',
      upload: true,
      output: z.object({ key: z.string(), files: z.record(z.string(), z.string()), findings: z.array(z.string()) }),
      handle: async ({ files: [file] }) => {
        if (file === undefined) return refuse(invalidField('file', NO_FILE));
        if (file.tooLarge) return refuse({ kind: 'too-large' as const, detail: TOO_LARGE });
        const text = bpmnText(file.bytes);
        const draft = text.ok ? await importBpmn(text.value) : text;
        return draft.ok ? ok({ key: draft.value.key, files: { ...draft.value.files }, findings: [...draft.value.findings] }) : draft;
      },
    }),
  ];
}
