import { legalDay } from '../../../kernel/time.ts';
import { isOwnMotion } from '../domain/case.ts';
import { decisionDue } from '../domain/deadlines.ts';
import { answerDue, stageOf, type CaseStage } from '../domain/stage.ts';
import { applicantCaseId, findCase } from '../store/cases.ts';
import { readStays } from '../store/statistics.ts';
import type { ProcedureContext } from './context.ts';
import { rulesOf } from './rules-of.ts';

/** What may be said of a case to somebody who only holds its number and code: no name, no content, no remark. */
export interface CaseStand {
  readonly stage: CaseStage;
  readonly since: Temporal.PlainDate;
  /** The next day that counts: until when the applicant answers, or by when the authority decides. */
  readonly next?: { readonly what: 'answer' | 'decision'; readonly on: Temporal.PlainDate };
}

/** The case of a file number; nothing where the authority began by itself: then there is no applicant who could ask. */
export const caseOfNumber = (ctx: Pick<ProcedureContext, 'database'>, fileNumber: string): Promise<string | undefined> =>
  applicantCaseId(ctx.database.read, fileNumber);

/** How a case stands. Whoever calls it has made sure that the asker may know. */
export async function caseStand(ctx: Pick<ProcedureContext, 'database' | 'desk'>, caseId: string): Promise<CaseStand | undefined> {
  const state = await findCase(ctx.database.read, caseId);
  if (state === undefined || isOwnMotion(state)) return undefined;
  const decided = state.decisions.length > 0;
  const stage = stageOf(state.status, decided);
  const stays = await readStays(ctx.database.read, caseId);
  // several statuses are one stage, and a step inside of it is nobody's business
  const other = stays.findIndex(({ status }) => stageOf(status, decided) !== stage);
  const first = stays.at(other === -1 ? -1 : other - 1);
  const answer = answerDue(state);
  const due = decisionDue(state, rulesOf(await ctx.desk.pinned(state.packageHash)));
  const next =
    answer !== undefined
      ? ({ what: 'answer', on: Temporal.PlainDate.from(answer) } as const)
      : due !== undefined && (stage === 'received' || stage === 'examined')
        ? ({ what: 'decision', on: due } as const)
        : undefined;
  const since = first === undefined || other === 0 ? Temporal.PlainDate.from(state.submittedOn) : legalDay(first.beganAt);
  return { stage, since, ...(next && { next }) };
}
