import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { readStorableJson } from '../../../platform/http/json-body.ts';
import type { DataAnswer, DataVisit } from '../../../platform/http/route.ts';
import type { Context } from '../../../platform/context.ts';
import type { Calculating, Ordering } from '../application/context.ts';
import { readJob } from '../application/jobs-of.ts';
import { findProcess } from '../application/processes.ts';
import { readResults } from '../application/results.ts';
import { runJob } from '../application/run-job.ts';
import { startJob } from '../application/start-job.ts';
import type { Job, JobAnswer, ProcessDescription } from '../domain/process.ts';
import { JOBS, json, oddQuery, refusal } from './answers.ts';
import { outputNames, statusInfo } from './process-documents.ts';
import { resultsAnswer } from './result-documents.ts';

export type Executing = Ordering & Calculating & Pick<Context, 'settings'>;

/** How long somebody is kept waiting who did not ask for an answer at once; then the job goes on without them. */
const LONGEST_WAIT_MS = 30_000;

const body = z.object({
  inputs: z.record(z.string(), z.unknown()).default({}),
  outputs: z.record(z.string(), z.object({ transmissionMode: z.enum(['value', 'reference']).optional() }).loose()).optional(),
  response: z.enum(['raw', 'document']).default('raw'),
  subscriber: z.unknown().optional(),
});

const invalid = (detail: string): Problem => ({ kind: 'invalid-input', detail });

interface Asked {
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly answer: JobAnswer;
}

/** Reads an execute request (execute.yaml); inputs are checked by the model. */
async function readRequest(visit: DataVisit, description: ProcessDescription): Promise<Result<Asked, Problem>> {
  const read = await readStorableJson(visit.header('content-type') ?? 'application/json', visit.body);
  if (!read.ok) return read;
  const parsed = body.safeParse(read.value.value ?? {});
  if (!parsed.success)
    return refuse(
      invalid(
        `Die Anfrage hat nicht die Form einer Ausführung: ${parsed.error.issues.map(({ path }) => path.join('.') || 'alles').join(', ')}. Ein Beispiel steht bei dem Modell.`,
      ),
    );
  const { inputs, outputs, response, subscriber } = parsed.data;
  if (subscriber !== undefined) return refuse(invalid('subscriber: Rückrufe gibt es hier nicht. Fragen Sie den Stand der Rechnung ab.'));
  const known = outputNames(description);
  for (const [name, { transmissionMode }] of Object.entries(outputs ?? {})) {
    if (!known.includes(name)) return refuse(invalid(`outputs.${name.slice(0, 60)}: Dieses Ergebnis gibt es hier nicht. Es gibt ${known.join(', ')}.`));
    if (transmissionMode === 'reference')
      return refuse(invalid(`outputs.${name}: Ergebnisse werden selbst gesendet (transmissionMode value), nicht als Verweis.`));
  }
  return ok({ inputs, answer: { response, ...(outputs === undefined ? {} : { outputs: Object.keys(outputs) }) } });
}

/** `POST /ogc/processes/{id}/execution`: calculated at once, or as a job with `Prefer: respond-async`. */
export async function execute(ctx: Executing, visit: DataVisit): Promise<DataAnswer> {
  const description = findProcess(visit.params['id'] ?? '');
  if (description === undefined)
    return refusal({ kind: 'not-found', detail: 'Dieses Modell gibt es nicht. Welche es gibt, steht unter /ogc/processes.' }, visit, 'process');
  const odd = oddQuery(visit.query, [], ['json']);
  if (odd !== undefined) return refusal(odd, visit, 'process');
  const asked = await readRequest(visit, description);
  if (!asked.ok) return refusal(asked.problem, visit, 'process');
  const waited = !/(?:^|[,;\s])respond-async\b/i.test(visit.header('prefer') ?? '');
  const started = await startJob(ctx, visit.actor, { ...asked.value, processId: description.id, waited });
  if (!started.ok) return refusal(started.problem, visit, 'process');
  return waited ? waitFor(ctx, visit, started.value, asked.value.answer) : created(ctx, started.value, { 'preference-applied': 'respond-async' });
}

const address = (ctx: Executing, { id }: Job): string => `${ctx.settings.publicUrl}${JOBS}/${id}`;

const created = (ctx: Executing, job: Job, headers: Readonly<Record<string, string>> = {}): DataAnswer =>
  json(statusInfo(job, ctx.settings.publicUrl), 201, { location: address(ctx, job), ...headers });

/** Calculates here and now; what takes too long goes on as a job, and the answer says where. */
async function waitFor(ctx: Executing, visit: DataVisit, job: Job, answer: JobAnswer): Promise<DataAnswer> {
  const running = runJob(ctx, job.id).catch((error: unknown) => ctx.log.warn('processes.run-again', { jobId: job.id, error: String(error) }));
  const waiting = new AbortController();
  await Promise.race([running, sleep(LONGEST_WAIT_MS, undefined, { signal: waiting.signal }).catch(() => {})]);
  waiting.abort();
  const now = await readJob(ctx, visit.actor, job.id);
  if (!now.ok) return refusal(now.problem, visit, 'job');
  const { status, message } = now.value;
  if (status === 'accepted' || status === 'running') return created(ctx, now.value);
  if (status !== 'successful') return refusal({ kind: 'invalid-input', detail: message }, visit, 'process');
  const results = await readResults(ctx, visit.actor, job.id);
  const sent = results.ok ? resultsAnswer(results.value, answer) : results;
  if (!sent.ok) return refusal(sent.problem, visit, 'results');
  return { ...sent.value, headers: { ...sent.value.headers, link: `<${address(ctx, job)}>; rel="monitor"` } };
}
