import type { Actor } from '../../../kernel/actor.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { enterLage, type LageProblem, type LageView } from '../../situation/public.ts';
import { cleanText } from '../domain/clean-text.ts';
import { OVERDUE_MINUTES, shown, type ShownMessage } from '../domain/message.ts';
import { countUnread, findMessage, listMessages, type MessageQuery, type MessageReader } from '../store/messages.ts';
import type { LogbookContext } from './context.ts';
import { readsLog } from './read-log.ts';

export const noMessage: LageProblem = { kind: 'not-found', detail: 'Diese Nachricht gibt es nicht, oder sie ging nicht an Ihre Funktion.' };

/** Whoever reads the log reads every message; others those they took, and those that were given to their function. */
export const readerOf = (view: LageView): MessageReader =>
  readsLog(view) ? { all: true } : { all: false, memberId: view.member.id, function: view.member.function };

export interface MessageFilter extends Omit<MessageQuery, 'overdue'> {
  /** Only Blitz and Sofort that wait longer than they may. */
  readonly overdue?: boolean | undefined;
}

type Reading = Pick<LogbookContext, 'database' | 'clock'>;

/** Messages of a Lage, the newest first. */
export async function readMessages(
  ctx: Reading,
  actor: Actor,
  key: string,
  { overdue, text, ...wanted }: MessageFilter,
): Promise<Result<{ readonly view: LageView; readonly messages: readonly ShownMessage[] }, LageProblem>> {
  const opened = await enterLage(ctx, actor, key, 'read');
  if (!opened.ok) return opened;
  const filter = { ...wanted, ...(text === undefined ? {} : { text: cleanText(text) }) };
  const query = overdue === true ? { ...filter, overdue: overdueSince(ctx.clock()) } : filter;
  const messages = await listMessages(ctx.database.read, opened.value.lage.id, readerOf(opened.value), query);
  return ok({ view: opened.value, messages: messages.map((one) => shown(one, ctx.clock())) });
}

/** Blitz and Sofort that wait longer than they may, for the head of the page and for who asks what is due. */
export async function overdueMessages(ctx: Reading, view: LageView, limit = 50): Promise<ShownMessage[]> {
  const now = ctx.clock();
  const messages = await listMessages(ctx.database.read, view.lage.id, readerOf(view), { limit, overdue: overdueSince(now) });
  return messages.map((one) => shown(one, now));
}

/** How many messages lie unread with each function. */
export const unreadCounts = (ctx: Pick<LogbookContext, 'database'>, view: LageView): Promise<ReadonlyMap<string, number>> =>
  countUnread(ctx.database.read, view.lage.id);

const overdueSince = (now: Temporal.Instant) => ({
  blitz: now.subtract({ minutes: OVERDUE_MINUTES.blitz }),
  sofort: now.subtract({ minutes: OVERDUE_MINUTES.sofort }),
});

export async function readMessage(
  ctx: Reading,
  actor: Actor,
  key: string,
  id: string,
): Promise<Result<{ readonly view: LageView; readonly message: ShownMessage }, LageProblem>> {
  const opened = await enterLage(ctx, actor, key, 'read');
  if (!opened.ok) return opened;
  const message = await findMessage(ctx.database.read, opened.value.lage.id, id, readerOf(opened.value));
  return message === undefined ? refuse(noMessage) : ok({ view: opened.value, message: shown(message, ctx.clock()) });
}
