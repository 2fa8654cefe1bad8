import { createHash } from 'node:crypto';
import type { Actor } from '../../../kernel/actor.ts';
import type { Position } from '../../../kernel/geo.ts';
import { wrongState, type Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { XBAU_MESSAGES } from '../domain/xbau-names.ts';
import { rueckweisung } from '../domain/xbau-write.ts';
import { caseOfReference, findMessage, keepMessage, type KeptMessage } from '../store/xbau-messages.ts';
import { headOf } from './export-xbau.ts';
import type { MessageProblem } from './read-message.ts';
import { readXbauFile, refusedMessage, type Delivery, type ReadXbau } from './read-xbau.ts';
import type { CaseOfMessage, ReceivedFile, XbauContext } from './xbau-context.ts';

const NOT_STAFF: Problem = { kind: 'not-allowed', detail: 'Nachrichten nehmen Mitarbeitende einer Behörde entgegen. Melden Sie sich als solche an.' };
const NOT_OFFERED: Problem = {
  kind: 'not-found',
  detail: 'Die Stadt bietet keine Leistung an, die Anträge in XBau annimmt. Ergänzen Sie die Datei xbau.yaml der Leistung.',
};
const NO_CASE: Problem = {
  kind: 'not-found',
  detail: 'Zu diesem Bezug gibt es bei Ihrer Behörde keinen Vorgang. Prüfen Sie Aktenzeichen (vorgang) und Referenz der Nachricht.',
};

/** What came of an import. */
export interface Imported extends CaseOfMessage {
  readonly message: ReadXbau;
  /** The same message was here before: nothing was done again. */
  readonly repeated: boolean;
}

/** Whether a message can be read, and what it brings; nothing is taken over. Each check stands in the journal. */
export async function checkXbau(ctx: XbauContext, actor: Actor, delivery: Delivery): Promise<Result<ReadXbau, Problem>> {
  if (actor.kind !== 'staff') return refuse(NOT_STAFF);
  const mapping = ctx.cases.mapping();
  if (mapping === undefined) return refuse(NOT_OFFERED);
  const read = readXbauFile(delivery, mapping);
  const file = fingerprint(delivery);
  const entry = read.ok ? { kind: 'exchange.xbau-read', payload: { ...file, ...figures(read.value) } } : refusal(file, read.problem);
  await ctx.database.write((tx) => ctx.journal.append(tx, actor, ctx.clock(), [{ stream: `exchange:${file.sha256}`, ...entry }]));
  return read;
}

/** SHA-256 over all that was sent, in its order. */
function fingerprint(delivery: Delivery): { readonly sha256: string; readonly sizeBytes: number } {
  const hash = createHash('sha256');
  for (const { bytes } of delivery) hash.update(bytes);
  return { sha256: hash.digest('hex'), sizeBytes: delivery.reduce((sum, { bytes }) => sum + bytes.byteLength, 0) };
}

const figures = ({ head, answers, rest, delivered, absent, unnamed }: ReadXbau) => ({
  type: head.type,
  messageId: head.messageId,
  answers: Object.keys(answers).length,
  rest: rest.length,
  files: delivered.length,
  absent: absent.length,
  unnamed: unnamed.length,
});

const refusal = (file: { readonly sha256: string; readonly sizeBytes: number }, { kind, reason, line, fields }: MessageProblem) => ({
  kind: 'exchange.xbau-refused',
  payload: { ...file, reason: reason ?? kind, line: line ?? null, mistakes: fields?.length ?? 1 },
});

/**
 * Takes an application (0200) as a case, or its change (0202) as the answer to what was asked for. Twice is once.
 * @param place where it is to be built, said by the officer; used where the message draws no outline
 */
export async function importXbau(ctx: XbauContext, actor: Actor, delivery: Delivery, place?: Position): Promise<Result<Imported, Problem>> {
  const read = await checkXbau(ctx, actor, delivery);
  if (!read.ok) return read;
  const message = read.value;
  const { type, messageId } = message.head;
  if (type !== '0200' && type !== '0202') {
    return refuse(
      wrongState(`Die Nachricht ${type} (${XBAU_MESSAGES[type].title}) schreibt eine Behörde; ein Vorgang entsteht aus ihr nicht. Prüfen können Sie sie.`),
    );
  }
  const before = await findMessage(ctx.database.read, messageId);
  if (before !== undefined) {
    const found = await ctx.cases.find(actor, { caseId: before.caseId });
    return found === undefined ? refuse(NO_CASE) : ok({ ...found, message, repeated: true });
  }
  const done = type === '0200' ? await application(ctx, actor, message, place) : await change(ctx, actor, message);
  return done.ok ? ok({ ...done.value, message, repeated: false }) : done;
}

async function application(ctx: XbauContext, actor: Actor, message: ReadXbau, place?: Position): Promise<Result<CaseOfMessage, Problem>> {
  const { head, reference } = message;
  const field = ctx.cases.mapping()?.fields.find((entry) => entry.as === 'place')?.field;
  const answers = field === undefined || place === undefined ? message.answers : { [field]: place, ...message.answers };
  const received = await ctx.cases.receive(actor, {
    reference: reference!,
    answers,
    documents: filesOf(message),
    original: originalOf(message),
    replyTo: head.author ?? null,
  });
  if (received.ok) await ctx.database.write((tx) => keepMessage(tx, keptOf(message, received.value.caseId), ctx.clock()));
  return received;
}

async function change(ctx: XbauContext, actor: Actor, message: ReadXbau): Promise<Result<CaseOfMessage, Problem>> {
  const about = message.refersTo!;
  const byMessage = await caseOfReference(ctx.database.read, about);
  const found =
    (about.fileNumber === undefined ? undefined : await ctx.cases.find(actor, { fileNumber: about.fileNumber })) ??
    (byMessage === undefined ? undefined : await ctx.cases.find(actor, { caseId: byMessage }));
  if (found === undefined) return refuse(NO_CASE);
  const { caseId } = found;
  const documents = [...filesOf(message), originalOf(message)];
  const text = `Geänderter Antrag in XBau (0202), Nachricht ${message.head.messageId}.`;
  return ctx.cases.answer(actor, { caseId, text, answers: message.answers, documents }, (tx) => keepMessage(tx, keptOf(message, caseId), ctx.clock()));
}

const keptOf = ({ head, reference }: ReadXbau, caseId: string): KeptMessage => ({
  messageId: head.messageId,
  caseId,
  direction: 'in',
  type: head.type,
  reference: reference ?? null,
  createdAt: head.createdAt,
  author: head.author ?? null,
});

const filesOf = ({ delivered }: ReadXbau): readonly ReceivedFile[] =>
  delivered.map(({ slot, originalName, file, title, bytes }) => ({
    slot,
    fileName: originalName ?? file!.name,
    mediaType: 'application/octet-stream',
    bytes,
    description: title,
  }));

/** The message itself: what no field asks for is not lost. */
const originalOf = ({ head, xml }: ReadXbau): ReceivedFile => ({
  fileName: `${head.messageId}_${XBAU_MESSAGES[head.type].name}.xml`,
  mediaType: 'application/xml',
  bytes: xml,
});

/** The rejection (1100) of a message that cannot be used; `undefined` for one that is itself a rejection or is sound. */
export function rejectXbau(
  ctx: XbauContext,
  authority: { readonly name: string; readonly dvdv?: string | undefined },
  delivery: Delivery,
): { readonly fileName: string; readonly xml: string } | undefined {
  const mapping = ctx.cases.mapping();
  const read = mapping && readXbauFile(delivery, mapping);
  if (read === undefined || read.ok) return undefined;
  const { about, isRejection, xml } = refusedMessage(delivery);
  if (isRejection) return undefined;
  const head = headOf(ctx, authority);
  const mistakes = read.problem.fields?.map(({ message }) => message) ?? [read.problem.detail];
  return { fileName: `${head.messageId}_${XBAU_MESSAGES['1100'].name}.xml`, xml: rueckweisung(head, mistakes, about, xml).xml };
}
