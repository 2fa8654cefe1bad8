import type { Actor } from '../../../kernel/actor.ts';
import { invalidField } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { decide } from '../domain/decide.ts';
import type { CaseEvent } from '../domain/events.ts';
import type { Participation } from '../domain/participation.ts';
import { notFound, type ParticipationProblem } from '../domain/problems.ts';
import { lockParticipation } from '../store/case-files.ts';
import { caseToChange } from './access.ts';
import { checkFiles, keepFiles, type GivenFile } from './check-file.ts';
import type { ParticipationContext } from './context.ts';
import { circumstances } from './law.ts';
import { save } from './save.ts';

/** Puts files of the officer (plan, Begruendung, Umweltbericht) into a round. */
export async function attachFiles(
  ctx: ParticipationContext,
  actor: Actor,
  input: { readonly caseId: string; readonly roundId: string; readonly files: readonly GivenFile[] },
): Promise<Result<Participation, ParticipationProblem>> {
  const checked = await checkFiles(input.files, 10);
  if (!checked.ok) return checked;
  if (checked.value.length === 0) return refuse(invalidField('file', 'Wählen Sie eine Datei aus.'));
  return ctx.database.transaction(async (tx) => {
    const view = await caseToChange(ctx, tx, actor, input.caseId);
    if (!view.ok) return view;
    const before = await lockParticipation(tx, input.caseId);
    if (before === undefined) return refuse(notFound);
    const now = ctx.clock();
    const events: CaseEvent[] = [];
    for (const file of await keepFiles(ctx, tx, checked.value, now)) {
      const decided = decide(before, { action: 'attach', roundId: input.roundId, file }, circumstances(now));
      if (!decided.ok) return decided;
      events.push(...decided.value);
    }
    const saved = await save(ctx, tx, actor, now, { before, events });
    return saved.ok ? ok(saved.value.state) : saved;
  });
}
