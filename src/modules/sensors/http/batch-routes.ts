import type { Actor } from '../../../kernel/actor.ts';
import { invalidField, type Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { Context } from '../../../platform/context.ts';
import { refusalOf } from '../../../platform/http/access.ts';
import { dataRefusal } from '../../../platform/http/data-route.ts';
import { readBytes } from '../../../platform/http/json-body.ts';
import { dataRoute, type AnyRoute, type DataAnswer, type DataVisit } from '../../../platform/http/route.ts';
import type { Written } from '../application/build-entities.ts';
import { createEntity, deleteEntityAt, updateEntityAt } from '../application/write-entity.ts';
import { patchEntityAt } from '../application/patch-entity.ts';
import { readAddress, readBatch, resolveReferences } from '../application/read-batch.ts';
import { ROOT, selfLink } from '../application/read-links.ts';
import { writeSet, type SetWrite } from '../application/write-set.ts';
import type { BatchPart, BatchRequest } from '../domain/batch.ts';
import { jsonBatchAnswer, multipartBatchAnswer, type Answered, type AnsweredPart } from './batch-answers.ts';
import { readAnswer } from './read-answer.ts';
import { WRITERS } from './write-routes.ts';

type SensorsContext = Pick<Context, 'database' | 'journal' | 'clock'>;
const MOST_BYTES = 10 * 1024 * 1024;
/** Of all answers together; what would come beyond is refused. */
const MOST_ANSWERED_BYTES = 32 * 1024 * 1024;
/** Reads that strangers composed take their time; a batch of them ends here. */
const LONGEST_MS = 30_000;

/** Many requests in one, each with the caller's own rights (OGC 18-088, 11: req/batch-request). */
export const batchRoute = (ctx: SensorsContext): AnyRoute => dataRoute('post', `${ROOT}/$batch`, 'public', (visit) => answerBatch(ctx, visit));

async function answerBatch(ctx: SensorsContext, visit: DataVisit): Promise<DataAnswer> {
  const bytes = await readBytes(visit.body, MOST_BYTES);
  if (bytes === undefined) return dataRefusal(TOO_LARGE, visit);
  const contentType = visit.header('content-type') ?? '';
  const parts = readBatch(contentType, bytes.toString('utf8'));
  if (!parts.ok) return dataRefusal(parts.problem, visit, { status: 400 });
  const run = new BatchRun(ctx, visit);
  const answered: AnsweredPart[] = [];
  for (const part of parts.value) answered.push(await run.answer(part));
  return /^multipart/i.test(contentType) ? multipartBatchAnswer(answered) : jsonBatchAnswer(answered);
}

const TOO_LARGE: Problem = { kind: 'too-large', detail: 'Ein Stapel hat höchstens 10 MB. Teilen Sie ihn.' };
const TOO_MUCH: Problem = { kind: 'too-large', detail: 'Die Antworten dieses Stapels sind zusammen größer als 32 MB. Fragen Sie den Rest in einem eigenen.' };
const TOO_LONG: Problem = { kind: 'unavailable', detail: 'Dieser Stapel hat länger als 30 Sekunden gedauert. Fragen Sie den Rest in einem eigenen.' };
const FAILED_BEFORE: Problem = {
  kind: 'conflict',
  detail: 'Eine Anfrage, auf der diese aufbaut oder mit der sie zusammengehört, ist gescheitert. Es wurde nichts geändert.',
};
const ONLY_WRITES = invalidField('method', 'In einer Gruppe stehen nur Anfragen, die schreiben: post, patch, put und delete.');

/** One batch being answered, in its order. */
class BatchRun {
  readonly #ctx: SensorsContext;
  readonly #visit: DataVisit;
  readonly #made = new Map<string, Written>();
  readonly #failed = new Set<string>();
  readonly #ends = performance.now() + LONGEST_MS;
  #bytes = 0;

  constructor(ctx: SensorsContext, visit: DataVisit) {
    this.#ctx = ctx;
    this.#visit = visit;
  }

  async answer({ set, requests }: BatchPart): Promise<AnsweredPart> {
    const answered = set === undefined ? { set, answers: [await this.#one(requests[0])] as const } : await this.#set(set, requests);
    for (const { id, status } of answered.answers) if (status >= 400) this.#failed.add(id).add(set ?? id);
    return answered;
  }

  async #one(request: BatchRequest): Promise<Answered> {
    const refused = this.#due(request);
    if (refused !== undefined) return refused;
    const address = readAddress(request.url, this.#visit.origin, this.#made);
    if (!address.ok) return this.#refused(request, address.problem);
    const { path, query } = address.value;
    if (request.method === 'get') return this.#sized(request, await readAnswer(this.#ctx, this.#visit, path, query));
    const allowed = refusalOf(WRITERS, this.#visit.actor);
    if (allowed !== undefined) return this.#refused(request, allowed);
    const body = resolveReferences(request.body, this.#made);
    if (!body.ok) return this.#refused(request, body.problem);
    const done = await this.#write(request, this.#visit.actor, path, body.value);
    return done.ok ? this.#written(request, done.value) : this.#refused(request, done.problem);
  }

  #write(request: BatchRequest, actor: Actor, path: string, body: unknown): Promise<Result<Written, Problem>> {
    switch (request.method) {
      case 'post':
        return createEntity(this.#ctx, actor, path, body);
      case 'delete':
        return deleteEntityAt(this.#ctx, actor, path);
      default:
        return isPatch(request)
          ? patchEntityAt(this.#ctx, actor, path, body)
          : updateEntityAt(this.#ctx, actor, path, body, request.method === 'put' ? 'whole' : 'part');
    }
  }

  /** All or nothing: of a set that failed every request is answered, and multipart shows the one that did. */
  async #set(set: string, requests: BatchPart['requests']): Promise<AnsweredPart> {
    const done = await this.#writeSet(requests);
    if (done.ok) return { set, answers: requests.map((request, index) => this.#written(request, done.value[index]!)) as unknown as AnsweredPart['answers'] };
    const { index, problem } = done.problem;
    const answers = requests.map((request, at) => (at === index ? this.#refused(request, problem) : this.#refused(request, FAILED_BEFORE, 424)));
    return { set, answers: answers as unknown as AnsweredPart['answers'], failed: answers[index]! };
  }

  async #writeSet(
    requests: BatchPart['requests'],
  ): Promise<Result<readonly Written[], { readonly index: number; readonly problem: Problem; readonly kind: string; readonly detail: string }>> {
    const failed = (index: number, problem: Problem) => refuse({ index, problem, kind: problem.kind, detail: problem.detail });
    const needs = requests.flatMap(({ dependsOn }) => dependsOn);
    if (needs.some((id) => this.#failed.has(id))) return failed(0, FAILED_BEFORE);
    if (performance.now() > this.#ends) return failed(0, TOO_LONG);
    const allowed = refusalOf(WRITERS, this.#visit.actor);
    if (allowed !== undefined) return failed(0, allowed);
    const writes: SetWrite[] = [];
    for (const [index, request] of requests.entries()) {
      const { id, method, body } = request;
      if (method === 'get') return failed(index, ONLY_WRITES);
      // names of this very set are resolved while it runs
      const address = readAddress(request.url, this.#visit.origin, undefined);
      if (!address.ok) return failed(index, address.problem);
      writes.push({ id, method, path: address.value.path, body, patch: isPatch(request) });
    }
    const done = await writeSet(this.#ctx, this.#visit.actor, writes, this.#made);
    return done.ok ? ok(done.value) : failed(done.problem.index, done.problem);
  }

  #due(request: BatchRequest): Answered | undefined {
    if (request.dependsOn.some((id) => this.#failed.has(id))) return this.#refused(request, FAILED_BEFORE, 424);
    if (this.#bytes > MOST_ANSWERED_BYTES) return this.#refused(request, TOO_MUCH);
    return performance.now() > this.#ends ? this.#refused(request, TOO_LONG) : undefined;
  }

  #written(request: BatchRequest, done: Written): Answered {
    if (request.method === 'post') this.#made.set(request.id, done);
    const location = selfLink(this.#visit.origin + ROOT, done.entity, done.id);
    return { id: request.id, status: request.method === 'post' ? 201 : 200, headers: request.method === 'delete' ? {} : { location }, body: '' };
  }

  #refused(request: BatchRequest, problem: Problem, status = problem.kind === 'invalid-input' ? 400 : undefined): Answered {
    return this.#sized(request, dataRefusal(problem, this.#visit, { status }));
  }

  #sized({ id }: BatchRequest, { status, headers, body }: DataAnswer): Answered {
    const text = typeof body === 'string' ? body : '';
    this.#bytes += text.length;
    return { id, status, headers, body: text };
  }
}

const isPatch = ({ method, contentType }: BatchRequest): boolean => method === 'patch' && /^application\/json-patch\+json\b/i.test(contentType ?? '');
