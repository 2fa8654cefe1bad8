import type { Actor } from '../../../kernel/actor.ts';
import { invalidField, type Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { Context } from '../../../platform/context.ts';
import { INPUT_FIELDS } from '../domain/input-fields.ts';
import { applyJsonPatch, UnusablePatch } from '../domain/json-patch.ts';
import type { Json } from '../domain/observation.ts';
import { pageOf, showEntity } from './read-entity.ts';
import { readResource } from './read-resource.ts';
import type { Written } from './build-entities.ts';
import { updateEntityAt } from './write-entity.ts';

/** Changes an entity by a JSON Patch (OGC 18-088, 10.3.2; RFC 6902) of what clients may write of it. */
export async function patchEntityAt(
  ctx: Pick<Context, 'database' | 'journal' | 'clock'>,
  actor: Actor,
  path: string,
  patch: unknown,
): Promise<Result<Written, Problem>> {
  const part = await patchedPart(ctx, actor, path, patch);
  return part.ok ? updateEntityAt(ctx, actor, path, part.value, 'part') : part;
}

/** What a patch changes, as the body of a partial update. */
export async function patchedPart(ctx: Pick<Context, 'database' | 'clock'>, actor: Actor, path: string, patch: unknown): Promise<Result<object, Problem>> {
  const read = await readResource(ctx, actor, { path, options: [], token: undefined });
  if (!read.ok) return read;
  const { plan, set, resource } = read.value;
  const { rows } = pageOf(plan, set.rows);
  if (resource.steps.at(-1)!.id === undefined || resource.property.length > 0 || rows[0] === undefined)
    return refuse({ kind: 'not-found', detail: 'Hier kann nichts geändert werden. Nennen Sie genau einen Eintrag wie Things(1).' });
  const shown = showEntity('', plan, rows[0]) as Readonly<Record<string, Json>>;
  const before = Object.fromEntries(Object.keys(INPUT_FIELDS[plan.entity]).flatMap((name) => (shown[name] === undefined ? [] : [[name, shown[name]]])));
  try {
    return ok(changed(before, applyJsonPatch(before, patch)));
  } catch (error) {
    if (error instanceof UnusablePatch) return refuse(invalidField('patch', error.message));
    throw error;
  }
}

/** Only what is different; what has gone becomes empty. */
function changed(before: Readonly<Record<string, Json>>, after: Json): Readonly<Record<string, Json>> {
  const then = typeof after === 'object' && after !== null && !Array.isArray(after) ? (after as Readonly<Record<string, Json>>) : {};
  const names = new Set([...Object.keys(before), ...Object.keys(then)]);
  return Object.fromEntries([...names].filter((name) => JSON.stringify(before[name]) !== JSON.stringify(then[name])).map((name) => [name, then[name] ?? null]));
}
