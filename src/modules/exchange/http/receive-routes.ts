import { z } from 'zod';
import { invalidField, type Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { apiRoute, type AnyRoute } from '../../../platform/http/route.ts';
import { checkReceived } from '../application/check-received.ts';
import { importXdomea } from '../application/import-xdomea.ts';
import type { XdomeaImportContext } from '../application/xdomea-import-context.ts';
import type { ReadMessage } from '../application/read-message.ts';
import type { ReceivedDocument, ReceivedRecord } from '../domain/xdomea-received.ts';

const OFFICERS = ['sachbearbeitung', 'leitung', 'revision'] as const;

const day = z.iso.date().nullable();
const recordSchema = z.object({
  id: z.string(),
  /** The object it lies in; null at the top. */
  inside: z.string().nullable(),
  kind: z.enum(['Akte', 'Vorgang', 'Dokument']),
  subject: z.string().nullable(),
  fileNumber: z.string().nullable(),
  begunOn: day,
  endedOn: day,
  /** Years, `unlimited`, or null where the message says nothing. */
  retention: z.union([z.int(), z.literal('unlimited')]).nullable(),
});
const documentSchema = z.object({ id: z.string(), inside: z.string(), subject: z.string().nullable(), writtenOn: day, files: z.array(z.string()) });
const messageSchema = z.object({
  type: z.enum(['0401', '0501', '0503']),
  processId: z.string(),
  createdAt: z.string(),
  sender: z.string(),
  recipient: z.string(),
  product: z.string().nullable(),
  records: z.array(recordSchema),
  documents: z.array(documentSchema),
  files: z.array(z.object({ documentId: z.string(), name: z.string(), sizeBytes: z.int(), sha256: z.string() })),
  missing: z.array(z.string()),
  unnamed: z.array(z.string()),
});

const NO_FILE = 'Es kam keine Datei an. Senden Sie die ZIP-Datei oder die Nachricht (XML) im Feld «file».';
const TOO_LARGE = 'Die Datei ist größer als 25 MB. Lassen Sie sich die Nachricht in mehreren Teilen schicken.';

/** Messages of other houses, for programs. Each check stands in the journal, the refused ones too. */
export function receiveRoutes(ctx: XdomeaImportContext): AnyRoute[] {
  return [
    apiRoute({
      method: 'post',
      path: '/api/exchange/xdomea',
      access: OFFICERS,
      tag: 'Datenaustausch',
      summary: 'Prüft eine Nachricht in xdomea 3.0.0 (0401, 0501, 0503; ZIP oder XML) und sagt, was sie bringt; übernommen wird nichts',
      upload: true,
      output: messageSchema,
      handle: async ({ actor, files }) => {
        const [file] = files;
        if (file === undefined) return refuse(invalidField('file', NO_FILE));
        if (file.tooLarge) return refuse({ kind: 'too-large' as const, detail: TOO_LARGE });
        const read = await checkReceived(ctx, actor, file.bytes);
        return read.ok ? ok(presented(read.value)) : read;
      },
    }),
    takeRoute(ctx),
  ];
}

const takeRoute = (ctx: XdomeaImportContext): AnyRoute =>
  apiRoute({
    method: 'post',
    path: '/api/exchange/xdomea/cases',
    access: ['sachbearbeitung', 'leitung'],
    tag: 'Datenaustausch',
    summary:
      'Übernimmt einen Vorgang einer anderen Behörde (xdomea 0401 oder 0503, ZIP) mit seinen Dokumenten: abgeschlossen als Akte, laufend als Antrag; zweimal ist einmal',
    upload: true,
    query: z.object({ service: z.string().max(100).optional(), authority: z.string().max(100).optional(), record: z.uuid().optional() }),
    output: z.object({ caseId: z.string(), fileNumber: z.string(), authority: z.string(), status: z.string(), repeated: z.boolean() }),
    handle: async ({ actor, files, fields, queryInput }) => {
      const [file] = files;
      if (file === undefined) return refuse(invalidField('file', NO_FILE));
      if (file.tooLarge) return refuse({ kind: 'too-large' as const, detail: TOO_LARGE });
      const answers = answersIn(fields.get('answers'));
      return answers.ok ? importXdomea(ctx, actor, file.bytes, { ...queryInput, answers: answers.value }) : answers;
    },
  });

const NO_ANSWERS = 'Die Angaben sind kein JSON-Objekt. Schreiben Sie sie wie in der API der Anträge, nach Feldern der Leistung.';

/** Answers of the application as JSON, in the form's field `answers`. */
function answersIn(text: string | null): Result<Readonly<Record<string, unknown>> | undefined, Problem> {
  if (text === null || text.trim() === '') return ok(undefined);
  const read = z.record(z.string(), z.unknown()).safeParse(parsedJson(text));
  return read.success ? ok(read.data) : refuse(invalidField('answers', NO_ANSWERS));
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** The message as flat lists, which every program reads without recursion. */
function presented({ product, records, ...message }: ReadMessage): z.output<typeof messageSchema> {
  return {
    ...message,
    product: product ?? null,
    files: [...message.files],
    missing: [...message.missing],
    unnamed: [...message.unnamed],
    records: records.flatMap((record) => recordRows(record, null)),
    documents: records.flatMap(documentRows),
  };
}

function recordRows(
  { id, kind, subject, fileNumber, begunOn, endedOn, retention, parts }: ReceivedRecord,
  inside: string | null,
): z.output<typeof recordSchema>[] {
  const row = {
    id,
    inside,
    kind,
    subject: subject ?? null,
    fileNumber: fileNumber ?? null,
    begunOn: begunOn ?? null,
    endedOn: endedOn ?? null,
    retention: retention === undefined || retention === 'unlimited' ? (retention ?? null) : retention.years,
  };
  return [row, ...parts.flatMap((part) => recordRows(part, id))];
}

function documentRows({ id, documents, parts }: ReceivedRecord): z.output<typeof documentSchema>[] {
  const rows = (document: ReceivedDocument, inside: string): z.output<typeof documentSchema>[] => [
    { id: document.id, inside, subject: document.subject ?? null, writtenOn: document.writtenOn ?? null, files: document.files.map(({ name }) => name) },
    ...document.attachments.flatMap((attachment) => rows(attachment, document.id)),
  ];
  return [...documents.flatMap((document) => rows(document, id)), ...parts.flatMap(documentRows)];
}
