import type { Actor } from '../../../kernel/actor.ts';
import { parseId } from '../../../kernel/id.ts';
import { wrongState } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { sha256Hex } from '../../../kernel/token.ts';
import { cleanText } from '../../../kernel/words.ts';
import { seesUnchecked } from '../domain/event.ts';
import { noReport, type ReportProblem } from '../domain/problems.ts';
import { lockContradiction, setResolved, type Holds } from '../store/contradictions.ts';
import type { ReportsContext } from './context.ts';
import { changeReports, reasonProblem } from './in-reports.ts';

const GONE: ReportProblem = { ...noReport, detail: 'Diesen Widerspruch gibt es hier nicht. Laden Sie die Liste neu.' };

/** A person says which of both holds, and why. Both reports stay as they are. */
export async function resolveContradiction(
  ctx: ReportsContext,
  actor: Actor,
  key: string,
  id: string,
  { holds, reason }: { readonly holds: Holds; readonly reason: string },
): Promise<Result<{ readonly id: string }, ReportProblem>> {
  const wrong = reasonProblem(reason, true);
  if (wrong !== undefined) return refuse(wrong);
  return changeReports(ctx, actor, { key, right: 'assess' }, async ({ tx, view, now }) => {
    const found = parseId(id) === undefined ? undefined : await lockContradiction(tx, view.lage.id, id);
    if (found === undefined || (found.quarantined && !seesUnchecked(view.member))) return refuse(GONE);
    if (found.resolvedAt !== null)
      return refuse(wrongState(`Diesen Widerspruch hat schon ${found.resolvedName ?? 'jemand'} aufgelöst. Laden Sie die Seite neu.`));
    await setResolved(tx, id, holds, cleanText(reason), view.member, now);
    const payload = { contradictionId: id, topic: found.topic, holds, reports: [found.reportA, found.reportB], reasonSha256: sha256Hex(cleanText(reason)) };
    return ok({ value: { id }, events: [found.eventA, found.eventB], kind: 'reports.contradiction-resolved', payload });
  });
}
