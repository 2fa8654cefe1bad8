import { ownerOf, type CitizenActor } from '../../../kernel/actor.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { getFile } from '../../../platform/files/files.ts';
import type { Message } from '../domain/mailbox.ts';
import { messageNotFound, notReceiving, type IdentityProblem } from '../domain/problems.ts';
import { findDocument, findMessage, listMessages, markOpened, markRetrieved } from '../store/mailbox.ts';
import type { IdentityContext } from './context.ts';

type Citizen = CitizenActor;
type Ctx = Pick<IdentityContext, 'database' | 'journal'>;

/** A page of the Postfach, newest first. */
export interface MailboxPage {
  readonly messages: readonly Message[];
  /** Give it as `before` for the next page; absent on the last. */
  readonly next?: string;
}

/** § 41(1) sentence 2 VwVfG: whoever acts for somebody reads their Postfach only where the Vollmacht says so. */
const mayReceive = (citizen: Citizen): boolean => citizen.agent?.receives ?? true;

/** The citizen's messages. @param before id of the last message already seen */
export async function readMailbox(ctx: Ctx, citizen: Citizen, limit: number, before?: string): Promise<Result<MailboxPage, IdentityProblem>> {
  if (!mayReceive(citizen)) return refuse(notReceiving);
  const found = await listMessages(ctx.database.read, ownerOf(citizen), limit + 1, before);
  const messages = found.slice(0, limit);
  return ok({ messages, ...(found.length > limit ? { next: messages.at(-1)!.id } : {}) });
}

/** Opens one of the citizen's own messages; the first time is journalled. */
export async function openMessage(ctx: Ctx, citizen: Citizen, messageId: string, now: Temporal.Instant): Promise<Result<Message, IdentityProblem>> {
  if (!mayReceive(citizen)) return refuse(notReceiving);
  const message = await findMessage(ctx.database.read, messageId, ownerOf(citizen));
  if (message === undefined) return refuse(messageNotFound);
  if (message.openedAt !== undefined) return ok(message);
  await ctx.database.write(async (tx) => {
    if (!(await markOpened(tx, messageId, citizen.accountId, now))) return;
    const payload = { messageId, caseId: message.caseId };
    await ctx.journal.append(tx, citizen, now, [{ stream: `account:${citizen.accountId}`, kind: 'identity.mailbox-opened', payload }]);
  });
  return ok({ ...message, openedAt: now });
}

/** A document of one of the citizen's own messages; the first retrieval is journalled (§ 41(2a) VwVfG). */
export async function retrieveDocument(
  ctx: Ctx,
  citizen: Citizen,
  messageId: string,
  position: number,
  now: Temporal.Instant,
): Promise<Result<{ bytes: Uint8Array; mediaType: string; name: string }, IdentityProblem>> {
  if (!mayReceive(citizen)) return refuse(notReceiving);
  const document = await findDocument(ctx.database.read, messageId, position, ownerOf(citizen));
  const file = document && (await getFile(ctx.database.read, document.sha256));
  if (document === undefined || file === undefined) return refuse(messageNotFound);
  if (!document.retrieved) {
    await ctx.database.write(async (tx) => {
      if (!(await markRetrieved(tx, messageId, position, now))) return;
      const payload = { messageId, sha256: document.sha256 };
      await ctx.journal.append(tx, citizen, now, [{ stream: `account:${citizen.accountId}`, kind: 'identity.document-retrieved', payload }]);
    });
  }
  return ok({ bytes: file.bytes, mediaType: document.mediaType, name: document.name });
}
