import { actorRef, worksForCity, type Actor } from '../../../kernel/actor.ts';
import { newId } from '../../../kernel/id.ts';
import { invalidFields, type FieldProblem, type Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { isStorable } from '../../../kernel/storable.ts';
import { sha256Hex } from '../../../kernel/token.ts';
import { canonicalJson } from '../../../kernel/canonical-json.ts';
import { collectionFor } from '../../geodata/public.ts';
import { checkInputs } from '../domain/check-inputs.ts';
import { countMembers } from '../domain/ensemble.ts';
import { LIMITS } from '../domain/limits.ts';
import { findModel } from '../domain/models.ts';
import type { Job, JobAnswer } from '../domain/process.ts';
import { countJobs, insertJob } from '../store/jobs.ts';
import { NO_PROCESS, RUN, streamOf, type Ordering } from './context.ts';

/** What is asked of a model; `inputs` as in an execute request of OGC API Processes, GeoJSON as it is or as `{ value }`. */
export interface JobWish {
  readonly processId: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Somebody waits and calculates it themselves; others come for it only if they do not. */
  readonly waited?: boolean;
  readonly answer?: JobAnswer;
}

const SIGN_IN: Problem = { kind: 'sign-in-needed', detail: 'Melden Sie sich an, um zu rechnen. Geräte und Programme senden ihren Zugangsschlüssel.' };
/** When others look after a job that its caller meant to calculate. */
const LOOK_AFTER = { minutes: 2 };

/**
 * Orders a job; needs somebody who is signed in, a device, or the system. Refuses wrong inputs field by
 * field, and people who have too many jobs under way.
 */
export async function startJob(ctx: Ordering, actor: Actor, { processId, inputs, waited = false, answer = {} }: JobWish): Promise<Result<Job, Problem>> {
  if (actor.kind === 'anonymous') return refuse(SIGN_IN);
  const model = findModel(processId);
  if (model === undefined) return refuse(NO_PROCESS);
  const checked = checkInputs(model.description, inputs);
  if (!checked.ok) return checked;
  const { plain, numbers, collections } = checked.value;
  if (!isStorable(plain)) return refuse(NOT_STORABLE);
  const missing = await missingCollections(ctx, actor, collections);
  if (missing.length > 0) return refuse(invalidFields(missing));
  return ctx.database.transaction(async (tx) => {
    const now = ctx.clock();
    const id = newId<'Job'>(now.epochMilliseconds);
    const owner = actorRef(actor);
    const { open, recent } = await countJobs(tx, owner, now.subtract({ hours: 24 }));
    if (actor.kind !== 'system' && open >= LIMITS.openJobs) return refuse(TOO_MANY_OPEN);
    if (actor.kind === 'citizen' && recent >= LIMITS.jobsPerDay) return refuse(TOO_MANY_TODAY);
    const { version } = model.description;
    const inputsHash = sha256Hex(canonicalJson(plain));
    const members = countMembers(numbers);
    const job = await insertJob(
      tx,
      {
        ...{ id, owner, inputsHash, members, answer, inputs: plain, internal: worksForCity(actor), message: 'Die Rechnung wartet.' },
        ...{ processId: model.description.id, processVersion: version },
      },
      now,
    );
    await ctx.outbox.enqueue(tx, RUN, { jobId: id }, waited ? { startAfter: now.add(LOOK_AFTER) } : {});
    await ctx.journal.append(tx, actor, now, [
      { stream: streamOf(id), kind: 'processes.job-ordered', payload: { process: processId, version, inputsHash, members } },
    ]);
    return ok<Job>(job);
  });
}

const NOT_STORABLE: Problem = {
  kind: 'invalid-input',
  detail: 'Die Eingaben enthalten Zeichen, die kein Text sind, oder sind zu tief geschachtelt. Nehmen Sie das heraus.',
};
const TOO_MANY_OPEN: Problem = {
  kind: 'too-many',
  detail: `Sie haben schon ${LIMITS.openJobs} Rechnungen, die warten oder laufen. Warten Sie, bis eine fertig ist, oder brechen Sie eine ab.`,
};
const TOO_MANY_TODAY: Problem = { kind: 'too-many', detail: `In 24 Stunden sind ${LIMITS.jobsPerDay} Rechnungen möglich. Versuchen Sie es morgen wieder.` };

async function missingCollections(ctx: Ordering, actor: Actor, collections: Readonly<Record<string, string>>): Promise<readonly FieldProblem[]> {
  const missing: FieldProblem[] = [];
  for (const [input, id] of Object.entries(collections)) {
    const found = await collectionFor(ctx, actor, id);
    if (!found.ok)
      missing.push({
        field: `inputs.${input}`,
        message: `Die Sammlung „${id}“ gibt es nicht. Nennen Sie eine andere, oder none, wenn es ohne sie gehen soll.`,
      });
  }
  return missing;
}
