import type { Actor } from '../../../kernel/actor.ts';
import type { CommonProblem } from '../../../kernel/problem.ts';
import { ok, type Result } from '../../../kernel/result.ts';
import type { Tx } from '../../../platform/database/port.ts';
import type { NewEntry } from '../../../platform/journal/port.ts';
import type { AuthenticationTags, Author } from '../domain/fit-connect-events.ts';
import { readLogTokens, type LogReading, type LogToken } from '../domain/fit-connect-log.ts';
import { insertEvent, insertRefusal, knownEvents } from '../store/fit-connect-events.ts';
import { submissionStream, type DeliveryService, type FitConnectContext, type SubmissionRef } from './fit-connect-context.ts';
import { verifySet, type Signers } from './fit-connect-set.ts';

type Ctx = Pick<FitConnectContext, 'clock' | 'database' | 'journal' | 'log'>;

export interface LogOptions {
  /** Keys of the destination where we know them ourselves: then nobody else is asked. */
  readonly ownKeys?: readonly unknown[];
  /** Tags of what we sent. */
  readonly expectedTags?: AuthenticationTags;
}

/** Fetches the log of a submission's case and reads it: every signature checked, everything doubtful left out. Keeps nothing yet. */
export async function readLog(
  ctx: Ctx,
  service: DeliveryService,
  ref: SubmissionRef,
  { ownKeys, expectedTags }: LogOptions,
): Promise<Result<LogReading, CommonProblem>> {
  const tokens = await verifiedTokens(service, ref, ownKeys);
  if (!tokens.ok) return tokens;
  const verified = tokens.value;
  const known = await knownEvents(
    ctx.database.read,
    verified.flatMap((token) => ('refusal' in token ? [] : [token.claims.jti])),
  );
  const question = { submissionId: ref.submissionId, caseId: ref.caseId, now: ctx.clock(), known };
  return ok(readLogTokens(verified, expectedTags === undefined ? question : { ...question, expectedTags }));
}

/** Every token of a case with its signature checked, the doubtful ones marked. */
export async function verifiedTokens(
  service: DeliveryService,
  { caseId, destinationId }: Pick<SubmissionRef, 'caseId' | 'destinationId'>,
  ownKeys?: readonly unknown[],
): Promise<Result<readonly LogToken[], CommonProblem>> {
  const tokens = await service.eventLog(caseId);
  if (!tokens.ok) return tokens;
  const signers = signersOf(service, destinationId, ownKeys);
  const verified: LogToken[] = [];
  for (const token of tokens.value) {
    const one = await verifySet(token, signers);
    if (!one.ok) return one;
    verified.push(one.value);
  }
  return ok(verified);
}

/** The delivery service by its key list, the destination by its keys; each key is asked for once a reading. */
function signersOf(service: DeliveryService, destinationId: string, ownKeys: readonly unknown[] | undefined): Signers {
  const asked = new Map<string, ReturnType<Signers['keyOf']>>();
  let serviceKeys: ReturnType<DeliveryService['serviceKeys']> | undefined;
  const ask = async (author: Author, kid: string): Promise<Result<unknown, CommonProblem>> => {
    if (author === 'delivery-service') {
      const keys = await (serviceKeys ??= service.serviceKeys());
      return keys.ok ? ok(keyIn(keys.value, kid)) : keys;
    }
    if (ownKeys !== undefined) return ok(keyIn(ownKeys, kid));
    const key = await service.destinationKey(destinationId, kid);
    return key.ok || key.problem.kind === 'unavailable' ? key : ok(undefined);
  };
  return {
    authorOf: (issuer) => (issuer === service.issuer ? 'delivery-service' : issuer === destinationId ? 'subscriber' : undefined),
    keyOf(author, kid) {
      const name = `${author} ${kid}`;
      const answer = asked.get(name) ?? ask(author, kid);
      asked.set(name, answer);
      return answer;
    },
  };
}

const keyIn = (keys: readonly unknown[], kid: string): unknown =>
  keys.find((key) => typeof key === 'object' && key !== null && 'kid' in key && key.kid === kid);

/** Keeps what a reading found: ids of events that counted, and each refusal once with its entry for the journal. */
export async function keepReading(ctx: Ctx, tx: Tx, ref: SubmissionRef, reading: LogReading): Promise<NewEntry[]> {
  const now = ctx.clock();
  for (const taken of reading.taken) await insertEvent(tx, ref.submissionId, taken, now);
  const entries: NewEntry[] = [];
  for (const refused of reading.refused) {
    if (!(await insertRefusal(tx, ref.submissionId, refused, now))) continue;
    ctx.log.warn('exchange.fit-connect-event-refused', { submissionId: ref.submissionId, reason: refused.reason });
    entries.push({
      stream: submissionStream(ref.submissionId),
      kind: 'exchange.fit-connect-event-refused',
      payload: { submissionId: ref.submissionId, reason: refused.reason, tokenSha256: refused.tokenSha256 },
    });
  }
  return entries;
}

/** Keeps a reading that changes nothing else. */
export async function keepReadingAlone(ctx: Ctx, actor: Actor, ref: SubmissionRef, reading: LogReading): Promise<void> {
  await ctx.database.write(async (tx) => {
    const entries = await keepReading(ctx, tx, ref, reading);
    if (entries.length > 0) await ctx.journal.append(tx, actor, ctx.clock(), entries);
  });
}
