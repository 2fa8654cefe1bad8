import type { Actor } from '../../../kernel/actor.ts';
import type { CommonProblem } from '../../../kernel/problem.ts';
import type { Result } from '../../../kernel/result.ts';
import { sha256 } from '../domain/fit-connect-compact.ts';
import { sentUnder, type SentState } from '../store/fit-connect-sent.ts';
import type { FitConnectContext } from './fit-connect-context.ts';
import { prepareSubmission, type NewSubmission } from './fit-connect-prepare.ts';

/** A case as it stands, without to whom. */
type Contents = Omit<NewSubmission, 'key' | 'destinationId'>;

/** The receiver does not have it. */
const CAME_TO_NOTHING: readonly SentState[] = ['rejected', 'deleted', 'failed'];

/**
 * Hands a case on as it stands. The same contents go to the same destination once, however often somebody asks; what
 * has changed since goes again, and so does what the receiver did not take or never got.
 */
export async function handCaseOn(
  ctx: FitConnectContext,
  actor: Actor,
  to: { readonly caseId: string; readonly destinationId: string },
  contents: Contents,
): Promise<Result<{ readonly id: string }, CommonProblem>> {
  const { caseId, destinationId } = to;
  const base = `case:${caseId}:${destinationId}:${fingerprint(contents)}`;
  const before = await sentUnder(ctx.database.read, base);
  const last = before.at(-1);
  const key = last === undefined ? base : CAME_TO_NOTHING.includes(last.state) ? `${base}:${before.length + 1}` : last.key;
  return prepareSubmission(ctx, actor, { ...contents, destinationId, key });
}

function fingerprint({ service, schemaUri, data, attachments }: Contents): string {
  const files = attachments.map(({ purpose, fileName, bytes }) => [purpose, fileName, sha256(bytes)]);
  return sha256(JSON.stringify([service.identifier, schemaUri, data, files]));
}
