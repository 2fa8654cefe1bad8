import type { Actor } from '../../../kernel/actor.ts';
import { newId, parseId } from '../../../kernel/id.ts';
import type { ModelTurn } from '../../../kernel/language-model.ts';
import type { Problem } from '../../../kernel/problem.ts';
import { invalidField } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { Conversation } from '../domain/conversation.ts';
import { turnInstruction } from '../domain/instructions.ts';
import { noConversation, stillRunning } from '../domain/problems.ts';
import { namedPersons } from '../domain/named-persons.ts';
import { strictest } from '../domain/protection.ts';
import type { AssistantResult } from '../domain/result.ts';
import type { TurnOrder } from '../domain/wish.ts';
import { deleteConversation, deleteConversations, findConversation, insertConversation, listConversations, touchConversation } from '../store/conversations.ts';
import { turnsOf } from '../store/results.ts';
import { staffOf, type AssistantContext, type Staff } from './context.ts';
import { note } from './journal.ts';
import { beginStream, keepRunning, type Beside } from './keep.ts';
import { settled } from './results.ts';

const LONGEST_TURN = 20_000;
/** Turns that are shown and handed to a model; older ones stay kept. */
const MOST_TURNS = 40;
const MOST_HISTORY_SIGNS = 40_000;
const MOST_CONVERSATIONS = 200;
const LONGEST_TITLE = 80;

/** Says something in a conversation, or begins one. Only with a model: without one there is nobody who answers. */
export async function converse(
  ctx: AssistantContext,
  actor: Actor,
  order: TurnOrder,
  conversationId?: string,
): Promise<Result<{ readonly conversationId: string; readonly turn: AssistantResult }, Problem>> {
  const staff = staffOf(actor);
  if (!staff.ok) return staff;
  const text = order.text.trim();
  if (text === '') return refuse(invalidField('text', 'Schreiben Sie, was Sie fragen möchten.'));
  if (text.length > LONGEST_TURN) return refuse(invalidField('text', `Kürzen Sie den Text auf höchstens ${LONGEST_TURN} Zeichen.`));
  if (order.model === '')
    return refuse(invalidField('model', 'Ein Gespräch braucht ein Modell. Ohne Modell fassen Sie zusammen, schreiben und recherchieren Sie.'));
  const before = conversationId === undefined ? ok([]) : await turns(ctx, staff.value, conversationId);
  if (!before.ok) return before;
  if (before.value.some(({ state }) => state === 'running')) return refuse(stillRunning);
  const room = ctx.running.room(staff.value.staffId);
  if (!room.ok) return room;
  const sent = sentAgain(before.value);
  const history: ModelTurn[] = [...sent.flatMap(said), { role: 'user', text }];
  // what was said before leaves once more: it stays as protected as it was
  const dataClass = strictest([order.dataClass, ...sent.map((one) => one.dataClass)]);
  const parties = namedPersons([order.persons, ...sent.map((one) => one.order.persons)]);
  const asked = { ...turnInstruction, data: [], history, dataClass, parties, model: order.model };
  const begun = await beginStream(ctx, staff.value, asked, room.value);
  if (!begun.ok) return begun;
  const now = ctx.clock();
  const id = conversationId ?? newId(now.epochMilliseconds);
  const turn = await keepRunning(ctx, staff.value, {
    known: { entrance: 'turn', title: text, made: 'model', dataClass, order },
    stop: room.value,
    conversationId: id,
    beside: placed(staff.value, id, text, now, conversationId === undefined),
    work: async (_signal, append) => {
      const told = await begun.value(append);
      const body = told.refusal === undefined ? {} : { refusal: told.refusal };
      return { state: told.state, text: told.text, body, origin: told.answer?.origin ?? null, sources: [] };
    },
  });
  return turn.ok ? ok({ conversationId: id, turn: turn.value }) : turn;
}

const placed =
  (staff: Staff, id: string, text: string, now: Temporal.Instant, first: boolean): Beside =>
  async (tx) => {
    const title = text.replaceAll(/\s+/g, ' ').slice(0, LONGEST_TITLE).toWellFormed();
    if (first) await insertConversation(tx, staff.staffId, { id, title, createdAt: now, changedAt: now });
    else if (!(await touchConversation(tx, staff.staffId, id, now))) return refuse(noConversation);
    return ok(undefined);
  };

/** What a model hears of what was said before: the latest, until the room is full. */
function sentAgain(before: readonly AssistantResult[]): readonly AssistantResult[] {
  const kept: AssistantResult[] = [];
  let signs = 0;
  for (const turn of before.toReversed()) {
    signs += askedIn(turn).length + turn.text.length;
    if (signs > MOST_HISTORY_SIGNS) break;
    if (turn.text !== '') kept.unshift(turn);
  }
  return kept;
}

const askedIn = ({ order }: AssistantResult): string => (order.entrance === 'turn' ? order.text : '');
const said = (turn: AssistantResult): readonly ModelTurn[] => [
  { role: 'user', text: askedIn(turn) },
  { role: 'assistant', text: turn.text },
];

async function turns(ctx: AssistantContext, staff: Staff, conversationId: string): Promise<Result<readonly AssistantResult[], Problem>> {
  const opened = await openConversation(ctx, staff, conversationId);
  return opened.ok ? ok(opened.value.turns) : opened;
}

/** The person's conversation with what was said last. */
export async function openConversation(
  ctx: AssistantContext,
  actor: Actor,
  id: string,
): Promise<Result<{ readonly conversation: Conversation; readonly turns: readonly AssistantResult[] }, Problem>> {
  const staff = staffOf(actor);
  if (!staff.ok) return staff;
  const conversation = parseId(id) === undefined ? undefined : await findConversation(ctx.database.read, staff.value.staffId, id);
  if (conversation === undefined) return refuse(noConversation);
  const kept = await turnsOf(ctx.database.read, staff.value.staffId, id, MOST_TURNS);
  return ok({ conversation, turns: await Promise.all(kept.map((turn) => settled(ctx, staff.value, turn))) });
}

export async function conversations(ctx: AssistantContext, actor: Actor): Promise<Result<readonly Conversation[], Problem>> {
  const staff = staffOf(actor);
  return staff.ok ? ok(await listConversations(ctx.database.read, staff.value.staffId, MOST_CONVERSATIONS)) : staff;
}

/** Deletes one conversation, or all of the person's. What was said is gone. */
export async function forgetConversations(ctx: AssistantContext, actor: Actor, id?: string): Promise<Result<{ readonly deleted: number }, Problem>> {
  const staff = staffOf(actor);
  if (!staff.ok) return staff;
  if (id !== undefined && parseId(id) === undefined) return refuse(noConversation);
  return ctx.database.transaction<{ readonly deleted: number }, Problem>(async (tx) => {
    const gone = id === undefined ? await deleteConversations(tx, staff.value.staffId) : (await deleteConversation(tx, staff.value.staffId, id)) ? [id] : [];
    if (id !== undefined && gone.length === 0) return refuse(noConversation);
    if (gone.length > 0) await note(ctx, tx, actor, ctx.clock(), { stream: staff.value.staffId, kind: 'conversations-deleted' }, { conversations: gone });
    return ok({ deleted: gone.length });
  });
}
