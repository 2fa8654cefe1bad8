import type { Actor } from '../../../kernel/actor.ts';
import type { Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { ensurePartitions } from '../store/observations.ts';
import { Refused, type Written } from './build-entities.ts';
import { keepSingle } from './group-commit.ts';
import { prepareCreate, prepareDelete, prepareUpdate, writeJournalled, type PreparedWrite, type Writing } from './prepare-write.ts';

/** Creates an entity with all that comes along, in one transaction (OGC 18-088, 10.2). @param path decoded, below the root */
export async function createEntity(ctx: Writing, actor: Actor, path: string, body: unknown): Promise<Result<Written, Problem>> {
  const prepared = prepareCreate(ctx, path, body);
  if (!prepared.ok) return prepared;
  if (prepared.value.single === undefined) return alone(ctx, actor, prepared.value);
  const kept = await keepSingle(ctx, prepared.value.single);
  return kept.ok ? ok({ entity: 'Observation', id: kept.value }) : kept;
}

/** Changes what is named (`part`) or everything (`whole`) of one entity (OGC 18-088, 10.3). */
export async function updateEntityAt(ctx: Writing, actor: Actor, path: string, body: unknown, how: 'part' | 'whole'): Promise<Result<Written, Problem>> {
  const prepared = prepareUpdate(ctx, path, body, how);
  return prepared.ok ? alone(ctx, actor, prepared.value) : prepared;
}

/** Deletes one entity with everything that cannot be without it (OGC 18-088, 10.4). */
export async function deleteEntityAt(ctx: Writing, actor: Actor, path: string): Promise<Result<Written, Problem>> {
  const prepared = prepareDelete(path);
  return prepared.ok ? alone(ctx, actor, prepared.value) : prepared;
}

async function alone(ctx: Writing, actor: Actor, write: PreparedWrite): Promise<Result<Written, Problem>> {
  await ensurePartitions(ctx.database, write.instants());
  try {
    return ok(await writeJournalled(ctx, actor, write.run));
  } catch (error) {
    if (error instanceof Refused) return refuse(error.problem);
    throw error;
  }
}
