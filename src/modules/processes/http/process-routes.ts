import { encodeCursor } from '../../../platform/http/paging.ts';
import { dataRoute, type AnyRoute, type DataAnswer, type DataVisit, type Visit } from '../../../platform/http/route.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import { dismissJob, listOwnJobs, readJob } from '../application/jobs-of.ts';
import { findProcess, listProcesses } from '../application/processes.ts';
import { readResults, readSharedResults } from '../application/results.ts';
import type { JobAnswer } from '../domain/process.ts';
import { JOBS, json, oddQuery, OGC, pageAnswer, PROCESSES, refusal, wantsHtml } from './answers.ts';
import { execute, type Executing } from './execute.ts';
import { jobPage, jobsPage, sharedPage } from './job-pages.ts';
import { JOB_PARAMETERS, readJobQuery } from './job-query.ts';
import { described, outputNames, statusInfo, summary } from './process-documents.ts';
import { processesPage, processPage } from './process-pages.ts';
import { resultsAnswer } from './result-documents.ts';
import { jobActions } from './job-actions.ts';

type Frame = (visit: Visit) => PageView;

/**
 * OGC API Processes 1 (18-062r2) at `/ogc`, for programs and for people. Anybody may read what there is;
 * calculating needs a session or an access key, and jobs are seen by who ordered them.
 */
export function processRoutes(ctx: Executing, frame: Frame): AnyRoute[] {
  return [
    dataRoute('get', PROCESSES, 'public', (visit) => processes(ctx, visit, frame)),
    dataRoute('get', `${PROCESSES}/:id`, 'public', (visit) => process(ctx, visit, frame)),
    dataRoute('post', `${PROCESSES}/:id/execution`, 'public', (visit) => execute(ctx, visit)),
    dataRoute('get', JOBS, 'public', (visit) => jobs(ctx, visit, frame)),
    dataRoute('get', `${JOBS}/:id`, 'public', (visit) => job(ctx, visit, frame)),
    dataRoute('delete', `${JOBS}/:id`, 'public', (visit) => dismiss(ctx, visit)),
    dataRoute('get', `${JOBS}/:id/results`, 'public', (visit) => results(ctx, visit)),
    dataRoute('get', `${OGC}/shared/:key`, 'public', (visit) => shared(ctx, visit, frame)),
    ...jobActions(ctx, frame),
  ];
}

async function processes(ctx: Executing, visit: DataVisit, frame: Frame): Promise<DataAnswer> {
  const odd = oddQuery(visit.query, ['limit']);
  if (odd !== undefined) return refusal(odd, visit, 'process');
  if (wantsHtml(visit)) return pageAnswer(processesPage(frame(visit), listProcesses()));
  const { publicUrl } = ctx.settings;
  const limit = /^[1-9]\d{0,8}$/.test(visit.query.get('limit') ?? '1000') ? Number(visit.query.get('limit') ?? '1000') : undefined;
  if (limit === undefined) return refusal({ kind: 'invalid-input', detail: 'limit: Geben Sie eine ganze Zahl ab 1 an.' }, visit, 'process');
  const links = [
    { rel: 'self', href: `${publicUrl}${PROCESSES}`, type: 'application/json' },
    { rel: 'alternate', href: `${publicUrl}${PROCESSES}?f=html`, type: 'text/html' },
  ];
  return json({
    processes: listProcesses()
      .slice(0, limit)
      .map((one) => summary(one, publicUrl, visit.lang)),
    links,
  });
}

async function process(ctx: Executing, visit: DataVisit, frame: Frame): Promise<DataAnswer> {
  const odd = oddQuery(visit.query, []);
  const found = findProcess(visit.params['id'] ?? '');
  if (odd !== undefined || found === undefined)
    return refusal(odd ?? { kind: 'not-found', detail: 'Dieses Modell gibt es nicht. Welche es gibt, steht unter /ogc/processes.' }, visit, 'process');
  return wantsHtml(visit) ? pageAnswer(processPage(frame(visit), found, ctx.settings.publicUrl)) : json(described(found, ctx.settings.publicUrl, visit.lang));
}

async function jobs(ctx: Executing, visit: DataVisit, frame: Frame): Promise<DataAnswer> {
  const odd = oddQuery(visit.query, JOB_PARAMETERS);
  if (odd !== undefined) return refusal(odd, visit, 'job');
  const wish = readJobQuery(visit.query);
  if (!wish.ok) return refusal(wish.problem, visit, 'job');
  const { none, ...query } = wish.value;
  const page = none ? { jobs: [] } : await listOwnJobs(ctx, visit.actor, query);
  const onward = (next: string): string => {
    const options = new URLSearchParams(visit.query);
    options.set('cursor', encodeCursor([next]));
    return `${JOBS}?${options.toString()}`;
  };
  const next = page.next === undefined ? undefined : onward(page.next);
  if (wantsHtml(visit)) return pageAnswer(jobsPage(frame(visit), page.jobs, next));
  const { publicUrl } = ctx.settings;
  const self = visit.query.toString();
  const links = [
    { rel: 'self', href: `${publicUrl}${JOBS}${self === '' ? '' : `?${self}`}`, type: 'application/json' },
    ...(next === undefined ? [] : [{ rel: 'next', href: `${publicUrl}${next}`, type: 'application/json' }]),
  ];
  return json({ jobs: page.jobs.map((one) => statusInfo(one, publicUrl)), links });
}

async function job(ctx: Executing, visit: DataVisit, frame: Frame): Promise<DataAnswer> {
  const odd = oddQuery(visit.query, []);
  if (odd !== undefined) return refusal(odd, visit, 'job');
  const id = visit.params['id'] ?? '';
  const found = await readJob(ctx, visit.actor, id);
  if (!found.ok) return refusal(found.problem, visit, 'job');
  if (!wantsHtml(visit)) return json(statusInfo(found.value, ctx.settings.publicUrl));
  const read = found.value.status === 'successful' ? await readResults(ctx, visit.actor, id) : undefined;
  return pageAnswer(jobPage(frame(visit), found.value, read?.ok === true ? read.value : undefined));
}

async function dismiss(ctx: Executing, visit: DataVisit): Promise<DataAnswer> {
  const done = await dismissJob(ctx, visit.actor, visit.params['id'] ?? '');
  return done.ok ? json(statusInfo(done.value, ctx.settings.publicUrl)) : refusal(done.problem, visit, 'job');
}

const RESULT_PARAMETERS = ['outputs', 'response', 'member'];

/** What the address says wins over what the execute request said. */
function answerWish(query: URLSearchParams, asked: JobAnswer): JobAnswer {
  const outputs = query.get('outputs');
  const response = query.get('f') === 'json' ? 'document' : query.get('response');
  return {
    ...asked,
    ...(query.get('f') === 'csv' ? { outputs: ['table'], response: 'raw' } : {}),
    ...(outputs === null ? {} : { outputs: outputs.split(',') }),
    ...(response === 'raw' || response === 'document' ? { response } : {}),
  };
}

const memberOf = (query: URLSearchParams): { readonly member?: number } => {
  const text = query.get('member');
  return text === null ? {} : { member: /^\d{1,6}$/.test(text) ? Number(text) : 0 };
};

async function results(ctx: Executing, visit: DataVisit): Promise<DataAnswer> {
  const { query, actor } = visit;
  const odd = oddQuery(query, RESULT_PARAMETERS, ['json', 'csv']);
  if (odd !== undefined) return refusal(odd, visit, 'results');
  const id = visit.params['id'] ?? '';
  const found = await readJob(ctx, actor, id);
  if (!found.ok) return refusal(found.problem, visit, 'job');
  const { status, message, processId, answer } = found.value;
  if (status === 'dismissed') return { ...refusal({ kind: 'wrong-state', detail: message }, visit, 'job'), status: 410 };
  if (status === 'failed') return refusal({ kind: 'invalid-input', detail: message }, visit, 'job');
  const wish = answerWish(query, answer);
  const known = outputNames(findProcess(processId)!);
  const strange = wish.outputs?.find((name) => !known.includes(name));
  if (strange !== undefined) return refusal({ kind: 'invalid-input', detail: `outputs: Es gibt ${known.join(', ')}.` }, visit, 'results');
  const read = await readResults(ctx, actor, id, memberOf(query));
  const sent = read.ok ? resultsAnswer(read.value, wish) : read;
  return sent.ok ? sent.value : refusal(sent.problem, visit, 'results');
}

/** What somebody has shared: for whoever has the link, without signing in. */
async function shared(ctx: Executing, visit: DataVisit, frame: Frame): Promise<DataAnswer> {
  const odd = oddQuery(visit.query, RESULT_PARAMETERS, ['json', 'html', 'csv']);
  if (odd !== undefined) return refusal(odd, visit, 'results');
  const key = visit.params['key'] ?? '';
  const read = await readSharedResults(ctx, key, memberOf(visit.query));
  if (!read.ok) return refusal(read.problem, visit, 'results');
  if (wantsHtml(visit)) return pageAnswer(sharedPage(frame(visit), read.value, `${OGC}/shared/${encodeURIComponent(key)}`));
  const sent = resultsAnswer(read.value, answerWish(visit.query, { response: 'document' }));
  return sent.ok ? sent.value : refusal(sent.problem, visit, 'results');
}
