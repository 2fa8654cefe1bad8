import { randomUUID } from 'node:crypto';
import type { Actor } from '../../../kernel/actor.ts';
import type { CommonProblem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { RejectProblem } from '../domain/fit-connect-events.ts';
import type { LogReading } from '../domain/fit-connect-log.ts';
import { publicHalf } from '../domain/fit-connect-jwk.ts';
import { rejectProblem } from '../domain/fit-connect-reject.ts';
import { findReceived, insertReceived, setAnswered, unanswered, type Received } from '../store/fit-connect-received.ts';
import { FIT_CONNECT_JOBS, submissionStream, type FetchedSubmission, type FitConnectContext, type SubmissionRef } from './fit-connect-context.ts';
import { keepReading, keepReadingAlone, readLog } from './fit-connect-log.ts';
import { openSubmission } from './fit-connect-open.ts';
import { signSet } from './fit-connect-set.ts';

const ACTOR: Actor = { kind: 'system', job: FIT_CONNECT_JOBS.pickUp };
const PAGE = 100;

type Receiving = NonNullable<FitConnectContext['receiving']>;

/** What one round of picking up came to. */
export interface PickUp {
  readonly accepted: number;
  readonly rejected: number;
  /** Left where they are, to be looked at again: away, or without an event that can be believed. */
  readonly left: number;
}

/**
 * Job by the clock and after a callback: fetches what waits at our destinations. Every submission
 * stands for itself; what fails is tried again in the next round.
 */
export async function pickUpSubmissions(ctx: FitConnectContext): Promise<PickUp> {
  const { receiving } = ctx;
  if (receiving === undefined) return { accepted: 0, rejected: 0, left: 0 };
  const counts = { accepted: 0, rejected: 0, left: 0 };
  const count = async (submissionId: string, work: () => Promise<Result<Received['outcome'], CommonProblem>>): Promise<void> => {
    const done = await work().catch((error: unknown) => {
      ctx.log.error('exchange.fit-connect-receive-failed', { submissionId, error: error instanceof Error ? error.name : 'unknown' });
      return refuse<CommonProblem>({ kind: 'unavailable', detail: '' });
    });
    if (!done.ok) ctx.log.warn('exchange.fit-connect-left', { submissionId, problem: done.problem.kind });
    counts[done.ok ? done.value : 'left'] += 1;
  };
  const waiting = await unanswered(ctx.database.read, PAGE);
  for (const one of waiting) await count(one.submissionId, () => answer(ctx, receiving, one));
  const seen = new Set(waiting.map(({ submissionId }) => submissionId));
  for (const destinationId of receiving.destinationIds) {
    const refs = await listAll(ctx, receiving, destinationId);
    for (const ref of refs) if (!seen.has(ref.submissionId)) await count(ref.submissionId, () => receiveSubmission(ctx, receiving, ref));
  }
  return counts;
}

/** Everything that waits at a destination, read before the first is answered: answers make the list shorter. */
async function listAll(ctx: FitConnectContext, { service }: Receiving, destinationId: string): Promise<SubmissionRef[]> {
  const refs = new Map<string, SubmissionRef>();
  for (let offset = 0; ; offset += PAGE) {
    const page = await service.listForPickUp(destinationId, { offset, limit: PAGE });
    if (!page.ok) {
      ctx.log.warn('exchange.fit-connect-list-failed', { destinationId, problem: page.problem.kind });
      return [...refs.values()];
    }
    // a list for somebody else's destination is not followed
    for (const ref of page.value.submissions) if (ref.destinationId === destinationId) refs.set(ref.submissionId, ref);
    if (page.value.submissions.length < PAGE) return [...refs.values()];
  }
}

/** Takes in one submission: reads its log, opens it, brings it to the intake, and answers. Twice is once. */
export async function receiveSubmission(ctx: FitConnectContext, receiving: Receiving, ref: SubmissionRef): Promise<Result<Received['outcome'], CommonProblem>> {
  const before = await findReceived(ctx.database.read, ref.submissionId);
  if (before !== undefined) return answer(ctx, receiving, before);
  const fetched = await receiving.service.fetchSubmission(ref.submissionId);
  if (!fetched.ok) return fetched;
  const submission = fetched.value;
  if (submission.caseId !== ref.caseId || submission.destinationId !== ref.destinationId) return refuse(NOT_BELIEVED);
  const reading = await readLog(ctx, receiving.service, ref, { ownKeys: [publicHalf(receiving.keys.signature)] });
  if (!reading.ok) return reading;
  const { state, submitted } = reading.value;
  if (submitted === undefined || (state !== 'submitted' && state !== 'forwarded')) {
    await keepReadingAlone(ctx, ACTOR, ref, reading.value);
    return refuse(NOT_BELIEVED);
  }
  const opened = await openSubmission(receiving, submission, submitted);
  if (!opened.ok) return opened;
  const judged = 'problems' in opened.value ? ok(opened.value) : await bring(receiving, opened.value.application);
  if (!judged.ok) return judged;
  const received = await keep(ctx, receiving, submission, reading.value, judged.value);
  return answer(ctx, receiving, received);
}

/** Without a signed and fitting event nobody submitted this; it is looked at again later. */
const NOT_BELIEVED: CommonProblem = {
  kind: 'wrong-state',
  detail: 'Zu dieser Einreichung gibt es kein glaubwürdiges Ereignis. Sie bleibt beim Zustelldienst liegen.',
};

type Judgement = { readonly caseId: string } | { readonly problems: readonly RejectProblem[] };

async function bring({ intake }: Receiving, application: Parameters<Receiving['intake']['receive']>[0]): Promise<Result<Judgement, CommonProblem>> {
  const taken = await intake.receive(application);
  if (taken.ok) return ok({ caseId: taken.value.caseId });
  const { kind, detail } = taken.problem;
  if (kind === 'unavailable' || kind === 'conflict') return refuse({ kind, detail });
  // its own words may quote the application: the sender reads ours
  return ok({ problems: [kind === 'invalid-input' ? rejectProblem('schema-violation', 'data') : rejectProblem('technical-error', 'submission')] });
}

/** Keeps the judgement with its signed answer and the journal's entries, all or nothing. */
async function keep(
  ctx: FitConnectContext,
  { keys }: Receiving,
  submission: FetchedSubmission,
  reading: LogReading,
  judgement: Judgement,
): Promise<Omit<Received, 'answeredAt'>> {
  const now = ctx.clock();
  const { submissionId, caseId: fitCaseId, destinationId } = submission;
  const accepted = 'caseId' in judgement;
  const problems = accepted ? [] : judgement.problems;
  const schema = reading.submitted?.schema;
  const set = {
    jti: randomUUID(),
    issuer: destinationId,
    issuedAt: now,
    submissionId,
    caseId: fitCaseId,
    event: accepted ? ('accept-submission' as const) : ('reject-submission' as const),
    // tags of what was submitted; where what we got differs from it, a problem says so
    tags: reading.submitted!.tags,
    // the delivery service checks our event by the schema it writes itself
    ...(schema === undefined ? {} : { schema }),
    ...(accepted ? {} : { problems }),
  };
  const received = {
    submissionId,
    fitCaseId,
    destinationId,
    caseId: accepted ? judgement.caseId : null,
    outcome: accepted ? ('accepted' as const) : ('rejected' as const),
    problems: problems.map(({ type, instance }) => `${type}#${instance ?? ''}`),
    answer: await signSet(set, keys.signature),
    answerJti: set.jti,
    receivedAt: now,
  };
  await ctx.database.write(async (tx) => {
    if (!(await insertReceived(tx, received))) return;
    const entries = await keepReading(ctx, tx, submission, reading);
    const { answer: _, receivedAt: __, ...payload } = received;
    await ctx.journal.append(tx, ACTOR, now, [
      ...entries,
      { stream: submissionStream(submissionId), kind: `exchange.fit-connect-${received.outcome}`, payload },
    ]);
  });
  return (await findReceived(ctx.database.read, submissionId)) ?? received;
}

/** Posts the kept answer. What the delivery service has taken before it refuses; then its log says so. */
async function answer(
  ctx: FitConnectContext,
  { service, keys }: Receiving,
  received: Omit<Received, 'answeredAt'> & { answeredAt?: Received['answeredAt'] },
): Promise<Result<Received['outcome'], CommonProblem>> {
  const { submissionId, fitCaseId, destinationId, outcome, answeredAt } = received;
  if (answeredAt instanceof Temporal.Instant) return ok(outcome);
  const posted = await service.postEvent(fitCaseId, received.answer);
  if (!posted.ok) {
    if (posted.problem.kind === 'unavailable') return posted;
    const ref = { submissionId, caseId: fitCaseId, destinationId };
    const reading = await readLog(ctx, service, ref, { ownKeys: [publicHalf(keys.signature)] });
    // gone altogether: the service deletes what was answered, or what waited too long
    const over = reading.ok ? reading.value.state === outcome || reading.value.state === 'deleted' : reading.problem.kind === 'not-found';
    if (!over) return posted;
  }
  await ctx.database.write(async (tx) => {
    if (!(await setAnswered(tx, submissionId, ctx.clock()))) return;
    await ctx.journal.append(tx, ACTOR, ctx.clock(), [
      { stream: submissionStream(submissionId), kind: 'exchange.fit-connect-answered', payload: { submissionId, outcome, jti: received.answerJti } },
    ]);
  });
  return ok(outcome);
}
