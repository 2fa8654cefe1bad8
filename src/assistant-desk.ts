import { authorityNamesOf } from './authority-name.ts';
import type { Actor } from './kernel/actor.ts';
import type { LanguageModels } from './kernel/language-model.ts';
import type { Problem } from './kernel/problem.ts';
import { ok, refuse } from './kernel/result.ts';
import { RunningAnswers, type AssistantContext } from './modules/assistant/public.ts';
import { isAnswerable } from './modules/evaluation/public.ts';
import { feedbackPart } from './modules/llm/public.ts';
import { act, findCaseId, type ProcedureContext } from './modules/procedure/public.ts';

const NO_CASE: Problem = { kind: 'not-found', detail: 'Diesen Vorgang gibt es nicht, oder er gehört einer anderen Behörde. Prüfen Sie das Aktenzeichen.' };

/** The assistant, with what it asks of its neighbours. */
export function assistantOn(ctx: ProcedureContext, models: LanguageModels<Actor>, library: AssistantContext['library']): AssistantContext {
  return {
    ...ctx,
    models,
    library,
    feedback: feedbackPart,
    running: new RunningAnswers(),
    noteInCase: async (actor, { fileNumber, text }) => {
      const caseId = await findCaseId(ctx.database.read, fileNumber.toUpperCase());
      if (caseId === undefined) return refuse(NO_CASE);
      const noted = await act(ctx, actor, { caseId, command: { action: 'note', text } });
      if (noted.ok) return ok({ caseId });
      return noted.problem.kind === 'not-found' ? refuse(NO_CASE) : noted;
    },
    abstention: isAnswerable,
    authorityName: authorityNamesOf(ctx),
  };
}
