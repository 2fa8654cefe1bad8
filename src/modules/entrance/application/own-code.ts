import type { CitizenActor } from '../../../kernel/actor.ts';
import type { Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { Sql } from '../../../platform/database/port.ts';
import { findOwnCase } from '../../procedure/public.ts';
import { statusCode } from '../domain/status-code.ts';
import { readCode, renewCode, switchCode } from '../store/status-codes.ts';
import type { EntranceContext } from './context.ts';
import { statusStream } from './status.ts';

/** The code of a case as its holder sees it. */
export interface OwnCode {
  /** Absent: switched off. */
  readonly code?: string;
  readonly service: string;
  readonly looks: number;
  readonly lastLookAt?: Temporal.Instant;
}

export const CODE_ACTIONS = ['renew', 'switch-off', 'switch-on'] as const;
export type CodeAction = (typeof CODE_ACTIONS)[number];

type CodeProblem = Problem<'not-found' | 'not-allowed'>;
const notYours: CodeProblem = {
  kind: 'not-found',
  detail: 'Diesen Vorgang gibt es nicht, oder er gehört nicht zu Ihnen. Öffnen Sie ihn aus «Meine Anträge».',
};
const readsOnly: CodeProblem = { kind: 'not-allowed', detail: 'Sie dürfen hier nur lesen. Den Code ändert, wer für die Organisation handeln darf.' };

/** For the applicant and who acts for them. */
export async function ownCode(ctx: EntranceContext, actor: CitizenActor, caseId: string): Promise<Result<OwnCode, CodeProblem>> {
  const state = await findOwnCase(ctx, actor, caseId);
  if (state === undefined) return refuse(notYours);
  const { switchedOff, version, looks, lastLookAt } = await readCode(ctx.database.read, caseId);
  return ok({
    service: state.service,
    ...(!switchedOff && { code: statusCode(ctx.secret, caseId, version) }),
    looks,
    ...(lastLookAt !== null && { lastLookAt }),
  });
}

/** Renews the code, or switches the way without signing in off and on again. */
export async function changeCode(ctx: EntranceContext, actor: CitizenActor, caseId: string, action: CodeAction): Promise<Result<OwnCode, CodeProblem>> {
  if ((await findOwnCase(ctx, actor, caseId)) === undefined) return refuse(notYours);
  if (actor.agent?.writes === false) return refuse(readsOnly);
  await ctx.database.write(async (tx) => {
    if (action === 'renew') await renewCode(tx, caseId);
    else await switchCode(tx, caseId, action === 'switch-off');
    await ctx.journal.append(tx, actor, ctx.clock(), [{ stream: statusStream(caseId), kind: `entrance.status-code-${EVENTS[action]}`, payload: { caseId } }]);
  });
  return ownCode(ctx, actor, caseId);
}

const EVENTS: Readonly<Record<CodeAction, string>> = { renew: 'renewed', 'switch-off': 'switched-off', 'switch-on': 'switched-on' };

/** For letters to the applicant. @returns nothing where it is switched off */
export async function codeForLetter(secret: string, db: Sql, caseId: string): Promise<string | undefined> {
  const { version, switchedOff } = await readCode(db, caseId);
  return switchedOff ? undefined : statusCode(secret, caseId, version);
}
