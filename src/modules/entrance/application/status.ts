import type { Problem } from '../../../kernel/problem.ts';
import { idOrNobody } from '../../../kernel/id.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { caseOfNumber, caseStand, type CaseStand } from '../../procedure/public.ts';
import { asFileNumber, isStatusCode, statusCode } from '../domain/status-code.ts';
import { noteLook, readCode } from '../store/status-codes.ts';
import type { EntranceContext } from './context.ts';

export type { CaseStand };

/** The same words for a number that nobody has, a wrong code and one that was switched off. */
export const noMatch: Problem<'not-found'> = {
  kind: 'not-found',
  detail: 'Aktenzeichen und Code passen nicht zusammen. Prüfen Sie beide. Sie stehen auf der Seite Ihres Vorgangs und in der Eingangsbestätigung.',
};

/** The journal's stream of a case's status: not the case's own, whose readers are people with more rights. */
export const statusStream = (caseId: string): string => `case-status:${caseId}`;

/**
 * How a case stands, for whoever holds its number and code. A wrong number is asked for like a right one: the same
 * questions to the database, the same comparison. A look is journalled; who looked is not known, and nothing of them kept.
 */
export async function lookAtStatus(
  ctx: Pick<EntranceContext, 'database' | 'journal' | 'clock' | 'desk' | 'secret'>,
  typed: { readonly fileNumber: string; readonly code: string },
): Promise<Result<CaseStand, Problem<'not-found'>>> {
  const caseId = await caseOfNumber(ctx, asFileNumber(typed.fileNumber));
  const asked = caseId ?? idOrNobody('');
  const { version, switchedOff } = await readCode(ctx.database.read, asked);
  const right = isStatusCode(typed.code, statusCode(ctx.secret, asked, version));
  if (caseId === undefined || switchedOff || !right) return refuse(noMatch);
  const stand = await caseStand(ctx, caseId);
  if (stand === undefined) return refuse(noMatch);
  const now = ctx.clock();
  const counted = await ctx.database.write(async (tx) => {
    if (!(await noteLook(tx, caseId, version, now))) return false;
    await ctx.journal.append(tx, { kind: 'anonymous' }, now, [
      { stream: statusStream(caseId), kind: 'entrance.status-looked-at', payload: { caseId, version } },
    ]);
    return true;
  });
  // renewed or switched off in this very moment
  return counted ? ok(stand) : refuse(noMatch);
}
