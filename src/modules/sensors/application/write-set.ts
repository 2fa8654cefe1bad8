import { codeOf } from '../../../kernel/error-code.ts';
import type { Actor } from '../../../kernel/actor.ts';
import { invalidField, type Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { Database, Tx } from '../../../platform/database/port.ts';
import type { BatchMethod } from '../domain/batch.ts';
import { resolveBody, resolvePath, type MadeBefore } from '../domain/batch-references.ts';
import { isInstant } from '../domain/input-fields.ts';
import { ensurePartitions, lockSummaries } from '../store/observations.ts';
import { Refused, type Written } from './build-entities.ts';
import { patchedPart } from './patch-entity.ts';
import { prepareCreate, prepareDelete, prepareUpdate, writeJournalled, type PreparedWrite, type Writing } from './prepare-write.ts';

/** A write of a batch. @param path decoded, below the root; it and the body may name what was made before */
export interface SetWrite {
  readonly id: string;
  readonly method: Exclude<BatchMethod, 'get'>;
  readonly path: string;
  readonly body: unknown;
  /** The body is a JSON Patch. */
  readonly patch: boolean;
}

/** Which write a set has failed with. */
export interface SetRefusal extends Problem {
  readonly index: number;
}

/** Does all writes in one transaction, in their order, or none (OData 4.0, 11.7.4). @param before made by earlier parts of the batch */
export async function writeSet(ctx: Writing, actor: Actor, writes: readonly SetWrite[], before: MadeBefore): Promise<Result<readonly Written[], SetRefusal>> {
  const needs = rehearse(ctx, writes, before);
  if (!needs.ok) return needs;
  // the tables of months are made in transactions of their own
  await ensurePartitions(ctx.database, [...needs.value.flatMap(({ instants }) => instants()), ...writes.flatMap(patchedTimes)]);
  const streams = needs.value.flatMap(({ single }) => single?.streamId ?? []);
  try {
    return await writeAll(ctx, actor, { writes, before, streams });
  } catch (error) {
    // of two writers who waited for each other this one was ended, and nothing of it was kept
    if (codeOf(error) !== '40P01') throw error;
    return writeAll(ctx, actor, { writes, before, streams });
  }
}

interface Rehearsed {
  readonly writes: readonly SetWrite[];
  readonly before: MadeBefore;
  readonly streams: readonly number[];
}

async function writeAll(ctx: Writing, actor: Actor, { writes, before, streams }: Rehearsed): Promise<Result<readonly Written[], SetRefusal>> {
  let index = 0;
  try {
    return ok(
      await writeJournalled(ctx, actor, async (scope) => {
        await lockSummaries(scope.tx, streams);
        const made = new Map(before);
        const written: Written[] = [];
        for (index = 0; index < writes.length; index++) {
          const write = writes[index]!;
          const prepared = await prepare({ ...ctx, database: inside(ctx.database, scope.tx) }, actor, write, made);
          if (!prepared.ok) throw new Refused(prepared.problem);
          const done = await prepared.value.run(scope);
          written.push(done);
          if (write.method === 'post') made.set(write.id, done);
        }
        return written;
      }),
    );
  } catch (error) {
    if (error instanceof Refused) return refuse({ ...error.problem, index });
    throw error;
  }
}

/** Times that a JSON Patch may give an observation: their months need a place before it runs. */
const patchedTimes = ({ patch, body }: SetWrite): string[] =>
  patch && Array.isArray(body)
    ? (body as readonly { readonly value?: unknown }[]).flatMap((step) => {
        const time = typeof step?.value === 'string' ? step.value.split('/')[0]! : '';
        return isInstant(time) ? [time] : [];
      })
    : [];

/** Reads every write with stand-ins for what is made on the way: what is wrong in form is refused before anything begins. */
function rehearse(ctx: Writing, writes: readonly SetWrite[], before: MadeBefore): Result<readonly PreparedWrite[], SetRefusal> {
  const made = new Map(before);
  const prepared: PreparedWrite[] = [];
  for (const [index, write] of writes.entries()) {
    // what a patch makes of an entity is known only when it is read
    if (write.patch) continue;
    const one = resolved(write, made, (path, body) => prepareOne(ctx, write.method, path, body));
    if (!one.ok) return refuse({ ...one.problem, index });
    prepared.push(one.value);
    if (write.method === 'post') made.set(write.id, { entity: one.value.entity, id: 1 });
  }
  return ok(prepared);
}

async function prepare(ctx: Writing, actor: Actor, write: SetWrite, made: MadeBefore): Promise<Result<PreparedWrite, Problem>> {
  if (!write.patch) return resolved(write, made, (path, body) => prepareOne(ctx, write.method, path, body));
  const path = resolved(write, made, (found) => ok(found));
  if (!path.ok) return path;
  const part = await patchedPart(ctx, actor, path.value, write.body);
  return part.ok ? prepareUpdate(ctx, path.value, part.value, 'part') : part;
}

function prepareOne(ctx: Writing, method: SetWrite['method'], path: string, body: unknown): Result<PreparedWrite, Problem> {
  switch (method) {
    case 'post':
      return prepareCreate(ctx, path, body);
    case 'patch':
      return prepareUpdate(ctx, path, body, 'part');
    case 'put':
      return prepareUpdate(ctx, path, body, 'whole');
    case 'delete':
      return prepareDelete(path);
  }
}

function resolved<T>(write: SetWrite, made: MadeBefore, then: (path: string, body: unknown) => Result<T, Problem>): Result<T, Problem> {
  const path = resolvePath(write.path, made);
  const body = resolveBody(write.body, made);
  if (path === undefined || body === undefined)
    return refuse(invalidField(write.id, 'Ein Verweis wie $1 nennt nichts, was vorher in diesem Stapel angelegt wurde. Prüfen Sie die Kennung.'));
  return then(path, body.body);
}

/** The database as a transaction sees it: a patch in a set reads what the set has written. */
const inside = (database: Database, tx: Tx): Database => ({ ...database, read: tx, askBounded: async (query) => (await tx.executeQuery(query)).rows });
