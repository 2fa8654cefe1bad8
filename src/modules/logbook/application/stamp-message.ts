import type { Actor } from '../../../kernel/actor.ts';
import { invalidFields } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { enterLage, type LageProblem } from '../../situation/public.ts';
import { cleanText } from '../domain/clean-text.ts';
import { microseconds } from '../domain/entry.ts';
import { numbersIn } from '../domain/log-rules.ts';
import { isSaid, stepProblems, type NewStep } from '../domain/message-steps.ts';
import { shown, stepHash, type ShownMessage, type Step } from '../domain/message.ts';
import { knownNumbers } from '../store/entries.ts';
import { insertSteps, lockMessage } from '../store/messages.ts';
import type { LogbookContext } from './context.ts';
import { noMessage, readerOf } from './read-messages.ts';
import { stepEntry } from './take-message.ts';

/** Adds a stamp, a distribution, an acknowledgement or a link to a message. What the form says already is not added twice. */
export async function stampMessage(
  ctx: Pick<LogbookContext, 'clock' | 'database' | 'journal'>,
  actor: Actor,
  key: string,
  id: string,
  input: NewStep,
): Promise<Result<ShownMessage, LageProblem>> {
  return ctx.database.transaction(async (tx) => {
    const opened = await enterLage(ctx, actor, key, 'report', tx);
    if (!opened.ok) return opened;
    const { lage, member } = opened.value;
    const message = await lockMessage(tx, lage.id, id, readerOf(opened.value));
    if (message === undefined) return refuse(noMessage);
    const problems = stepProblems(message.direction, input);
    const [named] = input.kind === 'bezug' ? numbersIn([input.ref ?? '']) : [];
    if (named !== undefined && !(await knownNumbers(tx, lage.id, [named])).has(named))
      problems.push({ field: 'ref', message: `Einen Eintrag ${named} gibt es nicht. Prüfen Sie die Nummer.` });
    if (problems.length > 0) return refuse(invalidFields(problems));
    const now = ctx.clock();
    if (isSaid(message.steps, input, member.function)) return ok(shown(message, now));
    const unsealed: Omit<Step, 'sha256'> = {
      messageId: id,
      place: message.steps.length + 1,
      kind: input.kind,
      copy: input.kind === 'verteilung' ? (input.copy ?? null) : null,
      toFunction: input.kind === 'verteilung' ? (input.toFunction ?? null) : null,
      ref: input.kind === 'bezug' ? (input.ref ?? null) : null,
      note: cleanText(input.note),
      at: microseconds(now),
      byId: member.id,
      by: member.name,
      byFunction: member.function,
    };
    const step = { ...unsealed, sha256: stepHash(unsealed) };
    await insertSteps(tx, lage.id, [step]);
    await ctx.journal.append(tx, actor, now, [stepEntry(lage.id, step)]);
    return ok(shown({ ...message, steps: [...message.steps, step] }, now));
  });
}
