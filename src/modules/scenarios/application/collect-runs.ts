import { expectOk } from '../../../kernel/result.ts';
import { readJob, readResults, type JobResults } from '../../processes/public.ts';
import { LIMITS } from '../domain/limits.ts';
import type { Run, RunResults } from '../domain/run.ts';
import { endRun, openRuns, setProgress, type RunEnd } from '../store/runs.ts';
import { scenarioStream, type Writing } from './context.ts';

const COLLECTOR = { kind: 'system', job: 'scenarios.collect' } as const;

/**
 * Brings what jobs have found into the scenarios that ordered them: jobs are forgotten after a while, a
 * scenario's results are not. Idempotent. @param scenarioId absent: all scenarios
 */
export async function collectRuns(ctx: Writing, scenarioId?: string): Promise<void> {
  for (const run of await openRuns(ctx.database.read, scenarioId)) {
    const job = await readJob(ctx, COLLECTOR, run.jobId);
    if (!job.ok) {
      await end(ctx, run, failed('Die Rechnung gibt es nicht mehr. Rechnen Sie noch einmal.'));
      continue;
    }
    const { status, progress, message } = job.value;
    if (status === 'accepted' || status === 'running') {
      if (progress !== run.progress || message !== run.message) await ctx.database.write((tx) => setProgress(tx, run.id, progress, message));
    } else if (status === 'successful') await end(ctx, run, kept(expectOk(await readResults(ctx, COLLECTOR, run.jobId)), message));
    else await end(ctx, run, failed(message));
  }
}

const failed = (message: string): RunEnd => ({ status: 'failed', message, results: null, layers: null });

function kept({ numbers, members, layers, provenance }: JobResults, message: string): RunEnd {
  const { title, version, inputs, inputsHash, data, sources, uncertainty, calculatedAt } = provenance;
  const results: RunResults = {
    figures: numbers,
    members: members.length,
    origin: { title, version, inputs, inputsHash, data, sources, uncertainty, calculatedAt },
  };
  const features = layers.flatMap(({ id, data: { features: all } }) => all.map((one) => ({ ...one, properties: { ...one.properties, layer: id } })));
  const text = JSON.stringify({ type: 'FeatureCollection', features });
  return { status: 'successful', message, results, layers: features.length > 0 && text.length <= LIMITS.layerBytes ? text : null };
}

async function end(ctx: Writing, run: Run, how: RunEnd): Promise<void> {
  await ctx.database.write(async (tx) => {
    if (!(await endRun(tx, run.id, how))) return;
    const { results } = how;
    const payload = {
      ...{ process: run.process, variant: run.variantId, job: run.jobId, status: how.status },
      ...(results === null ? {} : { version: results.origin.version, inputsHash: results.origin.inputsHash }),
    };
    await ctx.journal.append(tx, COLLECTOR, ctx.clock(), [{ stream: scenarioStream(run.scenarioId), kind: 'scenarios.run-ended', payload }]);
  });
}
