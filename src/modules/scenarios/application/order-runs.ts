import type { Actor } from '../../../kernel/actor.ts';
import { newId } from '../../../kernel/id.ts';
import { invalidField, type Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { cancelJob, findProcess, startJob } from '../../processes/public.ts';
import { dependsOnBase, inputsFor, runPlan } from '../domain/job-inputs.ts';
import type { Parameters } from '../domain/scenario.ts';
import { putRun, type NewRun } from '../store/runs.ts';
import { setPreset } from '../store/scenarios.ts';
import { listVariants } from '../store/variants.ts';
import { changeScenario, openScenario, refusedSignIn, type Ordering } from './context.ts';

export interface RunWish {
  readonly process: string;
  /** Inputs of the process that the scenario does not tell itself: numbers and days. */
  readonly parameters: Parameters;
}

export interface OrderedRuns {
  readonly process: string;
  readonly ordered: number;
}

const NO_PROCESS = 'Dieses Modell gibt es nicht. Wählen Sie eines aus der Liste.';

/**
 * Runs a process on every variant of a scenario with the same parameters, so that they can be compared.
 * Jobs are ordered by the person: their limits hold, and they read no more data than the person may.
 */
export async function orderRuns(ctx: Ordering, actor: Actor, scenarioId: string, { process, parameters }: RunWish): Promise<Result<OrderedRuns, Problem>> {
  const refusal = refusedSignIn(actor);
  if (refusal !== undefined) return refusal;
  const found = await openScenario(ctx.database.read, actor, scenarioId, 'coworker');
  if (!found.ok) return found;
  const description = findProcess(process);
  if (description === undefined) return refuse(invalidField('process', NO_PROCESS));
  const { scenario } = found.value;
  const variants = await listVariants(ctx.database.read, scenarioId);
  const base = variants[0]!;
  const started: Pick<NewRun, 'variantId' | 'variantVersion' | 'baseVersion' | 'jobId'>[] = [];
  for (const variant of variants) {
    const job = await startJob(ctx, actor, { processId: process, inputs: inputsFor(description.inputs, scenario, runPlan(variant, base), parameters) });
    if (!job.ok) {
      // all or none: what was started for other variants is of no use alone
      for (const { jobId } of started) await cancelJob(ctx, actor, jobId);
      return refuse(asParameters(job.problem));
    }
    const baseVersion = dependsOnBase(description.inputs, variant, base) ? base.version : null;
    started.push({ variantId: variant.id, variantVersion: variant.version, baseVersion, jobId: job.value.id });
  }
  return changeScenario(ctx, actor, scenarioId, 'coworker', async (tx, open, now) => {
    const present = new Set((await listVariants(tx, scenarioId)).map(({ id }) => id));
    const kept = started.filter(({ variantId }) => present.has(variantId));
    for (const one of kept) {
      const id = newId<'Run'>(now.epochMilliseconds);
      await putRun(tx, { id, scenarioId, process, message: 'Die Rechnung wartet.', scenarioVersion: scenario.version, ...one }, now);
    }
    await setPreset(tx, open.scenario.id, process, parameters);
    const jobs = kept.map(({ jobId }) => jobId);
    return ok({ value: { process, ordered: kept.length }, happened: ['runs-ordered', { process, version: description.version, jobs }] as const });
  });
}

/** Fields as our own form calls them. */
function asParameters({ fields, ...problem }: Problem): Problem {
  if (fields === undefined) return problem;
  const all = fields.map(({ field, message }) => ({ field: field.replace(/^inputs\./, 'p.'), message }));
  return { ...problem, detail: all.length === 1 ? all[0]!.message : problem.detail, fields: all };
}
