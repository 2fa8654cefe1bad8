import type { Actor } from '../../../kernel/actor.ts';
import type { CommonProblem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { Tx } from '../../../platform/database/port.ts';
import type { NewEntry } from '../../../platform/journal/port.ts';
import type { FitConnectState } from '../domain/fit-connect-events.ts';
import {
  deleteParts,
  findSent,
  listParts,
  lockSent,
  openSent,
  readPart,
  setAnnounced,
  setSentState,
  setUploaded,
  type Sent,
  type SentState,
} from '../store/fit-connect-sent.ts';
import { FIT_CONNECT_JOBS, submissionStream, type FitConnectContext, type SentNews, type SubmissionRef } from './fit-connect-context.ts';
import { keepReading, readLog } from './fit-connect-log.ts';

const ACTOR: Actor = { kind: 'system', job: FIT_CONNECT_JOBS.send };
const PAGE = 200;
/** How often a submission is announced anew when the service forgot it half-way: it deletes the unfinished after a day. */
const MAX_ANNOUNCED = 3;

type Sending = NonNullable<FitConnectContext['sending']>;

/** What the administration may see of a submission of ours. */
export type SentView = Pick<
  Sent,
  'id' | 'key' | 'destinationId' | 'service' | 'state' | 'submissionId' | 'fitCaseId' | 'problems' | 'preparedAt' | 'changedAt'
>;

export async function sentSubmission(ctx: Pick<FitConnectContext, 'database'>, id: string): Promise<SentView | undefined> {
  const sent = await findSent(ctx.database.read, id);
  if (sent === undefined) return undefined;
  const { tags: _, ...view } = sent;
  return view;
}

/**
 * Job from the outbox: announces, uploads, submits. Each step is kept before the next begins, so a
 * second run goes on where the first stopped; what may have arrived is asked of the log, not sent twice.
 * @throws when the service is away: the outbox tries again
 */
export async function sendSubmission(ctx: FitConnectContext, { sentId }: { readonly sentId: string }): Promise<void> {
  const { sending } = ctx;
  if (sending === undefined) throw new Error('sending through FIT-Connect is not set up');
  for (let round = 0; round < MAX_ANNOUNCED; round++) {
    const sent = await findSent(ctx.database.read, sentId);
    if (sent?.state !== 'prepared') return;
    const done = await sendOnce(ctx, sending, sent);
    if (done.ok) {
      if (done.value === 'announce-again') await ctx.database.write((tx) => setAnnounced(tx, sentId, undefined, ctx.clock()));
      continue;
    }
    if (done.problem.kind === 'unavailable') throw new Error('the delivery service is away');
    return fail(ctx, sentId, done.problem.kind);
  }
  await fail(ctx, sentId, 'forgotten');
}

async function sendOnce(ctx: FitConnectContext, sending: Sending, sent: Sent): Promise<Result<'submitted' | 'announce-again', CommonProblem>> {
  const announced = await announce(ctx, sending, sent);
  if (!announced.ok) return announced;
  const ref = announced.value;
  for (const { part, uploaded } of await listParts(ctx.database.read, sent.id)) {
    if (uploaded || part === 'metadata' || part === 'data') continue;
    const done = await sending.service.uploadAttachment(ref.submissionId, part, (await readPart(ctx.database.read, sent.id, part)) ?? '');
    if (!done.ok) return wasItSubmitted(ctx, sending, sent, ref, done.problem);
    await ctx.database.write((tx) => setUploaded(tx, sent.id, part));
  }
  const encryptedMetadata = (await readPart(ctx.database.read, sent.id, 'metadata')) ?? '';
  const encryptedData = (await readPart(ctx.database.read, sent.id, 'data')) ?? '';
  const done = await sending.service.submit(ref.submissionId, { encryptedMetadata, encryptedData });
  if (!done.ok) return wasItSubmitted(ctx, sending, sent, ref, done.problem);
  await ctx.database.write((tx) => setState(ctx, sending, tx, sent.id, 'submitted', []));
  return ok('submitted');
}

/** A crash between the service's answer and our note leaves an announcement without contents behind; the service deletes it after a day. */
async function announce(ctx: FitConnectContext, { service }: Sending, sent: Sent): Promise<Result<SubmissionRef, CommonProblem>> {
  const { id, destinationId, submissionId, fitCaseId, service: publicService } = sent;
  if (submissionId !== null && fitCaseId !== null) return ok({ submissionId, caseId: fitCaseId, destinationId });
  const attachmentIds = Object.keys(sent.tags.attachments ?? {});
  const announced = await service.announce({ destinationId, attachmentIds, service: publicService });
  if (!announced.ok) return announced;
  await ctx.database.write((tx) => setAnnounced(tx, id, { submissionId: announced.value.submissionId, fitCaseId: announced.value.caseId }, ctx.clock()));
  return announced;
}

/** A refused step may mean that an earlier run came through: then the signed log says so. */
async function wasItSubmitted(
  ctx: FitConnectContext,
  sending: Sending,
  sent: Sent,
  ref: SubmissionRef,
  refusal: CommonProblem,
): Promise<Result<'submitted' | 'announce-again', CommonProblem>> {
  if (refusal.kind === 'unavailable') return refuse(refusal);
  const reading = await readLog(ctx, sending.service, ref, { expectedTags: sent.tags });
  if (!reading.ok) return reading.problem.kind === 'not-found' ? ok('announce-again') : reading;
  const { state, submitted } = reading.value;
  if (submitted !== undefined) {
    await ctx.database.write(async (tx) => {
      const entries = await keepReading(ctx, tx, ref, reading.value);
      await setState(ctx, sending, tx, sent.id, 'submitted', [], entries);
    });
    return ok('submitted');
  }
  return state === 'deleted' || refusal.kind === 'not-found' ? ok('announce-again') : refuse(refusal);
}

async function fail(ctx: FitConnectContext, sentId: string, reason: string): Promise<void> {
  ctx.log.error('exchange.fit-connect-send-failed', { sentId, reason });
  await ctx.database.write((tx) => setState(ctx, ctx.sending!, tx, sentId, 'failed', [reason]));
}

const OVER: readonly SentState[] = ['accepted', 'rejected', 'deleted', 'failed'];

/** Changes the state once, with its entry in the journal and the news to whoever sent it. */
async function setState(
  ctx: FitConnectContext,
  sending: Sending,
  tx: Tx,
  sentId: string,
  state: SentNews['state'],
  problems: readonly string[],
  before: readonly NewEntry[] = [],
): Promise<void> {
  const sent = await lockSent(tx, sentId);
  const now = ctx.clock();
  const entries = [...before];
  if (sent !== undefined && sent.state !== state && !OVER.includes(sent.state)) {
    await setSentState(tx, sentId, state, problems, now);
    // what is answered need not be sent again
    if (OVER.includes(state)) await deleteParts(tx, sentId);
    await sending.onNews?.(tx, { key: sent.key, state, problems });
    const payload = { sentId, key: sent.key, submissionId: sent.submissionId, state, problems };
    entries.push({ stream: submissionStream(sentId), kind: `exchange.fit-connect-${state}`, payload });
  } else if (sent !== undefined) {
    await setSentState(tx, sentId, sent.state, sent.problems, now);
  }
  if (entries.length > 0) await ctx.journal.append(tx, ACTOR, now, entries);
}

/** Job by the clock and after a callback: asks the logs of what waits for an answer. A service that is away changes nothing. */
export async function followSubmissions(ctx: FitConnectContext): Promise<void> {
  const { sending } = ctx;
  if (sending === undefined) return;
  for (const sent of await openSent(ctx.database.read, PAGE)) await follow(ctx, sending, sent);
}

async function follow(ctx: FitConnectContext, sending: Sending, sent: Sent): Promise<void> {
  const ref = { submissionId: sent.submissionId!, caseId: sent.fitCaseId!, destinationId: sent.destinationId };
  const reading = await readLog(ctx, sending.service, ref, { expectedTags: sent.tags });
  if (!reading.ok) {
    if (reading.problem.kind === 'not-found') await ctx.database.write((tx) => setState(ctx, sending, tx, sent.id, 'deleted', []));
    return;
  }
  const { state, problems, taken } = reading.value;
  // deleted after an answer is the answer
  const answered = taken.findLast(({ event }) => event === 'accept-submission' || event === 'reject-submission')?.event;
  const said: FitConnectState | undefined = answered === undefined ? state : answered === 'accept-submission' ? 'accepted' : 'rejected';
  await ctx.database.write(async (tx) => {
    const entries = await keepReading(ctx, tx, ref, reading.value);
    const next = said === undefined || said === 'incomplete' ? 'submitted' : said;
    // words of the receiver may name people: their kind and place are enough here
    const kinds = next === 'rejected' ? problems.map(({ type, instance }) => `${type}#${placeOf(instance)}`) : [];
    await setState(ctx, sending, tx, sent.id, next, kinds, entries);
  });
}

/** Where a problem sits, when it is one of the places that FIT-Connect knows. */
const placeOf = (instance: string | undefined): string => (/^(submission|metadata|data|attachment:[0-9a-f-]{36})$/.test(instance ?? '') ? instance! : 'other');
