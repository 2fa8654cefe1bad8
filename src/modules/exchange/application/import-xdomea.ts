import type { Actor } from '../../../kernel/actor.ts';
import { invalidField, wrongState, type Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { documentsOf, type ReceivedRecord } from '../domain/xdomea-received.ts';
import { checkReceived } from './check-received.ts';
import type { ReadMessage } from './read-message.ts';
import type { TakenCase, XdomeaFile, XdomeaImportContext } from './xdomea-import-context.ts';
import { unzip } from '../../../platform/files/zip-read.ts';

/** What the officer says beside the message. */
export interface TakeOver {
  readonly service?: string | undefined;
  readonly authority?: string | undefined;
  /** UUID of the Vorgang, where a message has several. */
  readonly record?: string | undefined;
  /** Answers of the application, by the form's fields; needed for a Vorgang that still runs. */
  readonly answers?: Readonly<Record<string, unknown>> | undefined;
}

export interface ImportedFile extends TakenCase {
  /** The same Vorgang was taken before: nothing was done again. */
  readonly repeated: boolean;
}

/**
 * Takes a Vorgang of another authority (0401, 0503) with its documents: a closed one as a closed file, a running one as
 * an application. Twice is once.
 */
export async function importXdomea(ctx: XdomeaImportContext, actor: Actor, bytes: Uint8Array, said: TakeOver): Promise<Result<ImportedFile, Problem>> {
  const read = await checkReceived(ctx, actor, bytes);
  if (!read.ok) return read;
  const message = read.value;
  if (message.type === '0501') return refuse(ONLY_A_LIST);
  const record = recordAsked(message.records, said.record);
  if (!record.ok) return record;
  const before = await ctx.cases.find(actor, record.value.id.toLowerCase());
  if (!before.ok) return before;
  if (before.value !== undefined) return ok({ ...before.value, repeated: true });
  const file = fileOf(ctx, message, record.value, bytes, said);
  if (!file.ok) return file;
  const taken = await takeOver(ctx, actor, { message, record: record.value, file: file.value, said });
  if (!taken.ok) return taken;
  const { caseId } = taken.value;
  const payload = { processId: message.processId, record: record.value.id, caseId, documents: file.value.documents.length };
  await ctx.database.write((tx) => ctx.journal.append(tx, actor, ctx.clock(), [{ stream: `case:${caseId}`, kind: 'exchange.xdomea-taken', payload }]));
  return ok({ ...taken.value, repeated: false });
}

const ONLY_A_LIST = wrongState('Ein Anbieteverzeichnis (0501) bringt keine Akten, nur ihre Liste. Übernehmen lassen sich 0401 und 0503.');

/** Every Vorgang of a message, wherever it lies; parts of a Vorgang belong to it. */
const vorgaengeIn = (records: readonly ReceivedRecord[]): readonly ReceivedRecord[] =>
  records.flatMap((one) => (one.kind === 'Vorgang' ? [one] : one.kind === 'Akte' ? vorgaengeIn(one.parts) : []));

function recordAsked(records: readonly ReceivedRecord[], asked: string | undefined): Result<ReceivedRecord, Problem> {
  const all = vorgaengeIn(records);
  const [only, ...others] = asked === undefined ? all : all.filter(({ id }) => id.toLowerCase() === asked.toLowerCase());
  if (only !== undefined && others.length === 0) return ok(only);
  if (all.length === 0) {
    return refuse(wrongState('Die Nachricht enthält keinen Vorgang. Einzelne Dokumente nehmen Sie in einen Vorgang auf, zu dem sie gehören.'));
  }
  const named = all.map(({ id, fileNumber }) => `${id} (${fileNumber ?? 'ohne Aktenzeichen'})`).join(', ');
  return refuse(invalidField('record', `Nennen Sie, welcher Vorgang übernommen wird: ${named}.`));
}

const NO_SERVICE = 'Nennen Sie die Leistung, unter der die Akte geführt wird: Die Nachricht nennt keine, die es hier gibt.';
const NO_FILES = 'Die Nachricht kam ohne ihre Dateien. Senden Sie die ZIP-Datei, in der Nachricht und Dokumente zusammen liegen.';

function fileOf(ctx: XdomeaImportContext, message: ReadMessage, record: ReceivedRecord, bytes: Uint8Array, said: TakeOver): Result<XdomeaFile, Problem> {
  const named = said.service === undefined ? [record.type, record.planNumber].filter((one) => one !== undefined) : [said.service];
  const service = ctx.cases.serviceNamed(named);
  if (service === undefined) return refuse(invalidField('service', NO_SERVICE));
  const contents = unzip(bytes);
  if (!contents.ok) return refuse(wrongState(NO_FILES));
  const delivered = new Map(contents.value.map((entry) => [entry.name, entry.bytes]));
  const documents = documentsOf([record]).flatMap(({ subject, files }) =>
    files.map(({ name, originalName }) => ({
      ...(subject === undefined ? {} : { slot: subject, description: subject }),
      fileName: originalName ?? name.slice(37),
      mediaType: 'application/octet-stream',
      bytes: delivered.get(name)!,
    })),
  );
  return ok({
    reference: record.id.toLowerCase(),
    service,
    subject: record.subject ?? record.fileNumber ?? 'Ohne Betreff',
    formerAuthority: message.sender === '' ? 'unbenannt' : message.sender,
    ...(record.fileNumber === undefined ? {} : { formerNumber: record.fileNumber }),
    ...(record.begunOn === undefined ? {} : { begunOn: record.begunOn }),
    documents,
    original: { fileName: `xdomea-${message.type}-${message.processId}.zip`, mediaType: 'application/zip', bytes },
  });
}

interface Taking {
  readonly message: ReadMessage;
  readonly record: ReceivedRecord;
  readonly file: XdomeaFile;
  readonly said: TakeOver;
}

const STILL_RUNS = wrongState(
  'Dieser Vorgang läuft noch. xdomea sagt nicht, wer beantragt hat und was: Geben Sie die Angaben des Antrags mit (answers), dann führen Sie ihn hier weiter.',
);

async function takeOver(ctx: XdomeaImportContext, actor: Actor, { message, record, file, said }: Taking): Promise<Result<TakenCase, Problem>> {
  if (record.endedOn !== undefined) {
    const authority = authorityFor(ctx, actor, message.recipient, said.authority);
    return authority.ok ? ctx.cases.takeClosed(actor, { ...file, closedOn: record.endedOn, authority: authority.value }) : authority;
  }
  return said.answers === undefined ? refuse(STILL_RUNS) : ctx.cases.takeRunning(actor, { ...file, answers: said.answers });
}

/** The authority that the message is for, or the one that the officer says, or their only one. */
function authorityFor({ cases }: XdomeaImportContext, actor: Actor, recipient: string, said: string | undefined): Result<string, Problem> {
  const own = actor.kind === 'staff' ? actor.authorities : [];
  const wanted = said ?? cases.authorityNamed(recipient) ?? (own.length === 1 ? own[0] : undefined);
  if (wanted !== undefined) return ok(wanted);
  return refuse(invalidField('authority', 'Nennen Sie die Behörde, die die Akte übernimmt. Der Empfänger der Nachricht ist hier keine.'));
}
