import type { Actor } from '../../../kernel/actor.ts';
import { newId } from '../../../kernel/id.ts';
import { invalidFields } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { Tx } from '../../../platform/database/port.ts';
import type { NewEntry } from '../../../platform/journal/port.ts';
import { enterLage, lageStream, type LageProblem, type LageView } from '../../situation/public.ts';
import { cleanText } from '../domain/clean-text.ts';
import { microseconds } from '../domain/entry.ts';
import { numbersIn } from '../domain/log-rules.ts';
import {
  firstDistribution,
  messageHash,
  messageProblems,
  sameMessage,
  shown,
  stepHash,
  tellOf,
  type Message,
  type NewMessage,
  type ReadMessage,
  type ShownMessage,
  type Step,
} from '../domain/message.ts';
import { knownNumbers } from '../store/entries.ts';
import { findMessage, holdMessages, insertMessage, insertSteps, nextMessageNumber } from '../store/messages.ts';
import type { LogbookContext } from './context.ts';
import { writeLogEntry } from './write-log-entry.ts';

/** Journal kinds of a message and of each step with it. */
export const MESSAGE_TAKEN = 'logbook.message-taken';
export const MESSAGE_STEP = 'logbook.message-step';

/** Takes a message into the record, distributes its sheets, and notes it in the Einsatztagebuch. */
export async function takeMessage(
  ctx: Pick<LogbookContext, 'clock' | 'database' | 'journal'>,
  actor: Actor,
  key: string,
  input: NewMessage,
): Promise<Result<ShownMessage, LageProblem>> {
  return ctx.database.transaction(async (tx) => {
    const opened = await enterLage(ctx, actor, key, 'report', tx);
    if (!opened.ok) return opened;
    const now = ctx.clock();
    const problems = messageProblems(input, now);
    const named = numbersIn(input.refs ?? []);
    const known = await knownNumbers(tx, opened.value.lage.id, named);
    const missing = named.find((number) => !known.has(number));
    if (missing !== undefined) problems.push({ field: 'refs', message: `Einen Eintrag ${missing} gibt es nicht. Prüfen Sie die Nummer.` });
    if (problems.length > 0) return refuse(invalidFields(problems));
    const taken = await keepMessage(tx, opened.value, input, now);
    if (taken.was === 'other') return refuse(idTaken);
    await ctx.journal.append(tx, actor, now, taken.journal);
    return ok(shown(taken.message, now));
  });
}

const idTaken: LageProblem = {
  kind: 'conflict',
  detail: 'Unter dieser Kennung steht schon eine andere Nachricht. Senden Sie sie mit einer neuen Kennung.',
};

export type TakenMessage =
  /** `kept`: the same came before, and nothing is added. */
  | { readonly was: 'new' | 'kept'; readonly message: ReadMessage; readonly journal: readonly NewEntry[] }
  /** The id is that of another message. */
  | { readonly was: 'other' };

/**
 * As `takeMessage`, for a module with a transaction of its own; the message has been checked. Call it before
 * anything is appended to the journal, and append `journal` last with the caller's own.
 */
export async function keepMessage(tx: Tx, view: Pick<LageView, 'lage' | 'member'>, input: NewMessage, now: Temporal.Instant): Promise<TakenMessage> {
  const { lage, member } = view;
  await holdMessages(tx, lage.id);
  const id = input.id ?? newId(now.epochMilliseconds);
  const before = await findMessage(tx, lage.id, id, { all: true });
  if (before !== undefined) return sameMessage(before, input, member.id) ? { was: 'kept', message: before, journal: [] } : { was: 'other' };
  const number = await nextMessageNumber(tx, lage.id);
  const words = wordsOf(view, id, number, input, now);
  const entry = { kind: 'meldung', text: tellOf(words), eventAt: words.writtenAt, refs: [`message:${id}`, ...words.refs] } as const;
  const logged = await writeLogEntry(tx, view, entry, now);
  const unsealed = { ...words, logNumber: logged.number };
  const message: Message = { ...unsealed, sha256: messageHash(unsealed) };
  const steps = firstSteps(view, message, input, now);
  await insertMessage(tx, lage.id, message);
  await insertSteps(tx, lage.id, steps);
  const stream = lageStream(lage.id);
  const facts = { messageId: id, number, direction: message.direction, priority: message.priority, sha256: message.sha256, logNumber: logged.number };
  const journal = [{ stream, kind: MESSAGE_TAKEN, payload: facts }, ...steps.map((step) => stepEntry(lage.id, step)), logged.journal];
  return { was: 'new', message: { ...message, steps }, journal };
}

/** What the journal holds of a step: never the note. */
export const stepEntry = (lageId: string, { messageId, place, kind, copy, toFunction, sha256 }: Step): NewEntry => ({
  stream: lageStream(lageId),
  kind: MESSAGE_STEP,
  payload: { messageId, place, step: kind, copy, toFunction, sha256 },
});

function wordsOf(
  { member }: Pick<LageView, 'member'>,
  id: string,
  number: number,
  input: NewMessage,
  now: Temporal.Instant,
): Omit<Message, 'sha256' | 'logNumber'> {
  const { direction, priority, channel, conversation, wantsReceipt, writtenAt = now, refs = [] } = input;
  return {
    id,
    number,
    direction,
    priority,
    channel,
    callSign: cleanText(input.callSign),
    addressee: cleanText(input.addressee),
    conversation,
    content: cleanText(input.content),
    writtenAt: microseconds(writtenAt),
    sender: cleanText(input.sender),
    sign: cleanText(input.sign),
    senderFunction: cleanText(input.senderFunction),
    wantsReceipt,
    refs,
    takenAt: microseconds(now),
    takenById: member.id,
    takenBy: member.name,
    takenByFunction: member.function,
  };
}

/** The first stamp, and where the four sheets go. */
function firstSteps({ member }: Pick<LageView, 'member'>, message: Message, { to }: NewMessage, now: Temporal.Instant): Step[] {
  const by = { messageId: message.id, ref: null, note: '', at: microseconds(now), byId: member.id, by: member.name, byFunction: member.function };
  const stamp = message.direction === 'in' ? ('aufnahme' as const) : ('annahme' as const);
  const steps: Omit<Step, 'sha256' | 'place'>[] = [
    { ...by, kind: stamp, copy: null, toFunction: null },
    ...firstDistribution(to).map(({ copy, toFunction }) => ({ ...by, kind: 'verteilung' as const, copy, toFunction })),
  ];
  return steps.map((step, index) => ({ ...step, place: index + 1, sha256: stepHash({ ...step, place: index + 1 }) }));
}
