import { WRITTEN_KINDS } from '../../../kernel/log.ts';
import type { Actor } from '../../../kernel/actor.ts';
import { invalidField, invalidFields } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { enterLage, type LageProblem } from '../../situation/public.ts';
import { type NewLogEntry, type ReadEntry } from '../domain/entry.ts';
import { entryProblems, numbersIn, sameEntry } from '../domain/log-rules.ts';
import { findById, findEntry, holdBook, knownNumbers } from '../store/entries.ts';
import type { LogbookContext } from './context.ts';
import { writeLogEntry } from './write-log-entry.ts';

/** A person writes into the Einsatztagebuch, or corrects an entry by a further one. */
export async function writeEntry(
  ctx: Pick<LogbookContext, 'clock' | 'database' | 'journal'>,
  actor: Actor,
  key: string,
  input: NewLogEntry,
): Promise<Result<ReadEntry, LageProblem>> {
  return ctx.database.transaction(async (tx) => {
    const opened = await enterLage(ctx, actor, key, 'log', tx);
    if (!opened.ok) return opened;
    const view = opened.value;
    const { lage, member } = view;
    const now = ctx.clock();
    if (input.kind !== 'berichtigung' && !WRITTEN_KINDS.some((kind) => kind === input.kind))
      return refuse(invalidField('kind', 'Wählen Sie die Art des Eintrags.'));
    // who sends the same twice waits here for the first, and is told of it
    await holdBook(tx, lage.id);
    const kept = input.id === undefined ? undefined : await findById(tx, input.id);
    if (kept !== undefined) {
      const same = kept.lageId === lage.id && sameEntry(kept, input, member.id);
      return same ? ok((await findEntry(tx, lage.id, kept.number))!) : refuse(idTaken);
    }
    const named = [...numbersIn(input.refs ?? []), ...(input.corrects === undefined ? [] : [input.corrects])];
    const problems = entryProblems(input, await knownNumbers(tx, lage.id, named), now);
    if (problems.length > 0) return refuse(invalidFields(problems));
    const written = await writeLogEntry(tx, view, input, now);
    const entry = (await findEntry(tx, lage.id, written.number))!;
    await ctx.journal.append(tx, actor, now, [written.journal]);
    return ok(entry);
  });
}

const idTaken: LageProblem = {
  kind: 'conflict',
  detail: 'Unter dieser Kennung steht schon etwas anderes. Senden Sie den Eintrag mit einer neuen Kennung.',
};
