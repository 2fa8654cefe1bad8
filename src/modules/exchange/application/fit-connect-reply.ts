import type { Actor } from '../../../kernel/actor.ts';
import { newId } from '../../../kernel/id.ts';
import type { CommonProblem } from '../../../kernel/problem.ts';
import { expectOk, ok, refuse, type Result } from '../../../kernel/result.ts';
import type { Tx } from '../../../platform/database/port.ts';
import type { Outbox } from '../../../platform/jobs/port.ts';
import { EVENT_BASE, sameTags } from '../domain/fit-connect-events.ts';
import { replyKey, replyStandard, type NoReply, type ReplyData } from '../domain/fit-connect-reply.ts';
import { findReceived } from '../store/fit-connect-received.ts';
import {
  endReply,
  findReply,
  forgetReplyAnnounced,
  insertReply,
  insertReplyPart,
  readReplyPart,
  setReplyAnnounced,
  type Reply,
} from '../store/fit-connect-replies.ts';
import { FIT_CONNECT_JOBS, submissionStream, type FitConnectContext, type OutgoingLetter } from './fit-connect-context.ts';
import { verifiedTokens } from './fit-connect-log.ts';
import { seal } from './fit-connect-seal.ts';

const ACTOR: Actor = { kind: 'system', job: FIT_CONNECT_JOBS.reply };
/** How often a reply is announced anew when the service forgot it half-way. */
const MAX_ANNOUNCED = 3;

type Receiving = NonNullable<FitConnectContext['receiving']>;

/** A letter by its key in the case. */
export interface LetterRef {
  readonly caseId: string;
  readonly letterKey: string;
}

/** In the transaction that keeps a letter: it shall go back to the online service too, if that asked for it. */
export const orderReply = (outbox: Outbox, tx: Tx, letter: LetterRef): Promise<void> =>
  outbox.enqueue(tx, FIT_CONNECT_JOBS.reply, letter, { key: `fit-connect-reply.${letter.caseId}.${letter.letterKey}` });

/**
 * Job from the outbox: sends a letter to the online service that submitted, encrypted with the key that the submission
 * named. The letter is encrypted once and kept until it is with the delivery service; a second run goes on where the
 * first stopped.
 * @throws when the service is away, or the submission is not kept yet: the outbox tries again
 */
export async function sendReply(ctx: FitConnectContext, letter: LetterRef): Promise<void> {
  const { receiving } = ctx;
  if (receiving === undefined) throw new Error('receiving through FIT-Connect is not set up');
  for (let round = 0; round < MAX_ANNOUNCED; round++) {
    const reply = (await findReply(ctx.database.read, letter.caseId, letter.letterKey)) ?? (await prepare(ctx, receiving, letter));
    if (reply?.state !== 'prepared') return;
    const done = await sendOnce(ctx, receiving, reply);
    if (done.ok && done.value === 'submitted') return end(ctx, reply, 'submitted', null);
    if (!done.ok && done.problem.kind === 'unavailable') throw new Error('the delivery service is away');
    if (!done.ok) return end(ctx, reply, 'failed', done.problem.kind);
    await ctx.database.write((tx) => forgetReplyAnnounced(tx, reply.id, ctx.clock()));
  }
  const left = await findReply(ctx.database.read, letter.caseId, letter.letterKey);
  if (left !== undefined) await end(ctx, left, 'failed', 'forgotten');
}

async function prepare(ctx: FitConnectContext, receiving: Receiving, ref: LetterRef): Promise<Reply | undefined> {
  const letter = await receiving.intake.letter(ref.caseId, ref.letterKey);
  if (letter === undefined) return undefined;
  const received = await findReceived(ctx.database.read, letter.submissionId);
  if (received === undefined) throw new Error(`submission ${letter.submissionId} is not kept yet`);
  const standard = replyStandard(ctx.settings.publicUrl);
  const asked = replyKey(letter.replyTo, standard);
  if ('none' in asked) {
    // most people simply want a letter or a mail: that is nothing to report
    if (asked.none !== 'other-channel') await onlyByPost(ctx, ref, asked.none);
    return undefined;
  }
  const { parts, tags } = expectOk(await seal(asked.key, sealable(letter, standard)));
  const now = ctx.clock();
  const kept = { id: newId<'fit-connect-reply'>(now.epochMilliseconds), ...ref, fitCaseId: received.fitCaseId, tags, preparedAt: now };
  await ctx.database.write(async (tx) => {
    if (!(await insertReply(tx, { ...kept, state: 'prepared', reason: null }))) return;
    for (const part of parts) await insertReplyPart(tx, kept.id, part);
    await note(ctx, tx, 'prepared', { ...kept, attachments: parts.length - 2 });
  });
  return findReply(ctx.database.read, ref.caseId, ref.letterKey);
}

function sealable({ fileNumber, submissionId, kind, writtenOn, files }: OutgoingLetter, schemaUri: string) {
  const data: ReplyData = { fileNumber, submissionId, kind, writtenOn, documents: files.map(({ fileName }) => fileName) };
  const attachments = files.map((file) => ({ ...file, purpose: 'attachment' as const, mediaType: 'application/pdf' }));
  return { schemaUri, data, attachments };
}

async function onlyByPost(ctx: FitConnectContext, ref: LetterRef, reason: NoReply): Promise<void> {
  const now = ctx.clock();
  const row = { id: newId<'fit-connect-reply'>(now.epochMilliseconds), ...ref, fitCaseId: null, tags: null, preparedAt: now };
  await ctx.database.write(async (tx) => {
    if (await insertReply(tx, { ...row, state: 'by-post', reason })) await note(ctx, tx, 'by-post', { ...row, reason });
  });
}

async function sendOnce(ctx: FitConnectContext, { service }: Receiving, reply: Reply): Promise<Result<'submitted' | 'announce-again', CommonProblem>> {
  const attachmentIds = Object.keys(reply.tags?.attachments ?? {});
  const part = async (name: string): Promise<string> => (await readReplyPart(ctx.database.read, reply.id, name)) ?? '';
  const announced = reply.replyId === null ? await service.announceReply({ caseId: reply.fitCaseId!, attachmentIds }) : ok({ replyId: reply.replyId });
  if (!announced.ok) return announced;
  // of two that announce at the same moment one counts; the other stays empty, and the service deletes it
  const replyId = reply.replyId ?? (await ctx.database.write((tx) => setReplyAnnounced(tx, reply.id, announced.value.replyId, ctx.clock())));
  for (const id of attachmentIds) {
    const done = await service.uploadReplyAttachment(replyId, id, await part(id));
    if (!done.ok) return wasItSubmitted(service, reply, replyId, done.problem);
  }
  const done = await service.submitReply(replyId, { encryptedMetadata: await part('metadata'), encryptedData: await part('data') });
  return done.ok ? ok('submitted') : wasItSubmitted(service, reply, replyId, done.problem);
}

/** A refused step may mean that an earlier run came through: then the signed log says so. */
async function wasItSubmitted(
  service: Receiving['service'],
  { fitCaseId, tags }: Reply,
  replyId: string,
  refusal: CommonProblem,
): Promise<Result<'submitted' | 'announce-again', CommonProblem>> {
  if (refusal.kind === 'unavailable') return refuse(refusal);
  const tokens = await verifiedTokens(service, { caseId: fitCaseId!, destinationId: '' });
  if (!tokens.ok) return tokens.problem.kind === 'not-found' ? ok('announce-again') : tokens;
  const there = tokens.value.some((token) => {
    if ('refusal' in token || token.author !== 'delivery-service') return false;
    const { subject, transaction, eventUri, tags: said } = token.claims;
    const about = subject === `reply:${replyId}` && transaction === `case:${fitCaseId}` && eventUri === `${EVENT_BASE}submit-reply`;
    return about && said !== undefined && tags !== null && sameTags(said, tags);
  });
  if (there) return ok('submitted');
  // another run is just submitting: its event is about to be written
  if (refusal.kind === 'conflict' || refusal.kind === 'wrong-state') return refuse({ kind: 'unavailable', detail: refusal.detail });
  return refusal.kind === 'not-found' ? ok('announce-again') : refuse(refusal);
}

async function end(ctx: FitConnectContext, reply: Reply, state: 'submitted' | 'failed', reason: string | null): Promise<void> {
  if (state === 'failed') ctx.log.error('exchange.fit-connect-reply-failed', { caseId: reply.caseId, reason: reason ?? '' });
  await ctx.database.write(async (tx) => {
    if (await endReply(tx, reply.id, state, reason, ctx.clock())) await note(ctx, tx, state, { ...reply, ...(reason === null ? {} : { reason }) });
  });
}

/** Which letter went where, never what it says. */
async function note(
  ctx: FitConnectContext,
  tx: Tx,
  what: Reply['state'],
  {
    id,
    caseId,
    letterKey,
    fitCaseId,
    ...more
  }: Pick<Reply, 'id' | 'caseId' | 'letterKey' | 'fitCaseId'> & { readonly reason?: string | null; readonly attachments?: number },
): Promise<void> {
  const payload = {
    id,
    caseId,
    letterKey,
    fitCaseId,
    reason: more.reason ?? null,
    ...(more.attachments === undefined ? {} : { attachments: more.attachments }),
  };
  await ctx.journal.append(tx, ACTOR, ctx.clock(), [{ stream: submissionStream(id), kind: `exchange.fit-connect-reply-${what}`, payload }]);
}
