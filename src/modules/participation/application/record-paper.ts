import type { Actor } from '../../../kernel/actor.ts';
import { refuse, type Result } from '../../../kernel/result.ts';
import { legalDay } from '../../../kernel/time.ts';
import { receive } from '../domain/decide-statement.ts';
import type { AnswerKind } from '../domain/events.ts';
import { notFound, type ParticipationProblem } from '../domain/problems.ts';
import type { Statement } from '../domain/statement.ts';
import { LIMITS, readStatement, type StatementInput } from '../domain/statement-input.ts';
import { lockParticipation } from '../store/case-files.ts';
import { caseToChange } from './access.ts';
import { checkFiles, keepFiles, type GivenFile } from './check-file.ts';
import { keepAnswer, withName } from './consult.ts';
import type { ParticipationContext } from './context.ts';
import { keepStatement } from './keep-statement.ts';

export interface PaperInput extends StatementInput {
  readonly caseId: string;
  /** What came by letter: the answer of a consultee, or a statement of the public. */
  readonly to: { readonly consultationId: string; readonly answer: AnswerKind } | { readonly roundId: string };
  /** Day it reached the authority. */
  readonly receivedOn: string;
  readonly files: readonly GivenFile[];
}

/** An officer records what came on paper; it counts from the day it came. */
export async function recordPaper(ctx: ParticipationContext, actor: Actor, input: PaperInput): Promise<Result<Statement, ParticipationProblem>> {
  const checked = await checkFiles(input.files, LIMITS.files);
  if (!checked.ok) return checked;
  return ctx.database.transaction(async (tx) => {
    const view = await caseToChange(ctx, tx, actor, input.caseId);
    if (!view.ok) return view;
    const state = await lockParticipation(tx, input.caseId);
    if (state === undefined) return refuse(notFound);
    const now = ctx.clock();
    const attachments = await keepFiles(ctx, tx, checked.value, now);
    const { to, receivedOn } = input;
    if ('consultationId' in to) {
      const one = state.consultations.find((each) => each.id === to.consultationId);
      if (one === undefined) return refuse(notFound);
      const words = readStatement(input, { answer: to.answer, personal: one.kind === 'nachbar', attachments });
      if (!words.ok) return words;
      return keepAnswer(ctx, tx, actor, { state, one, before: undefined, answer: to.answer, words: withName(words.value, one), via: 'paper', receivedOn });
    }
    const round = state.rounds.find((one) => one.id === to.roundId);
    if (round === undefined) return refuse(notFound);
    const words = readStatement(input, { answer: 'statement', personal: true, attachments });
    if (!words.ok) return words;
    const received = receive(round, receivedOn, legalDay(now).toString(), true);
    if (!received.ok) return received;
    return keepStatement(ctx, tx, actor, { file: state, roundId: round.id, words: words.value, receivedOn, late: received.value.late, via: 'paper' });
  });
}
