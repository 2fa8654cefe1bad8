import type { Actor } from '../../../kernel/actor.ts';
import { newId, parseId } from '../../../kernel/id.ts';
import type { Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { isStorable } from '../../../kernel/storable.ts';
import { collectionsFor } from '../../geodata/public.ts';
import { findProcess } from '../../processes/public.ts';
import { collectionsOf } from '../domain/job-inputs.ts';
import { checkKit, type Kit, type KitWish } from '../domain/kit.ts';
import { LIMITS } from '../domain/limits.ts';
import type { Parameters, Scenario } from '../domain/scenario.ts';
import { deleteKit, findKit, insertKit, listKits } from '../store/kits.ts';
import { openScenario, refusedSignIn, whoIs, type Reading, type Writing } from './context.ts';
import { NOT_STORABLE } from './make-scenario.ts';

export const NO_KIT: Problem = {
  kind: 'not-found',
  detail: 'Diesen Baukasten gibt es nicht, oder er gehört jemand anderem. Ihre stehen unter /zwilling/baukasten.',
};
export const TOO_MANY_KITS: Problem = { kind: 'too-many', detail: `Sie haben schon ${LIMITS.kits} Baukästen. Löschen Sie einen, den Sie nicht mehr brauchen.` };
export const kitStream = (id: string): string => `scenarios:kit:${id}`;

/** Saves a kit of scenarios that the actor may see, and of views of the twin. */
export async function saveKit(ctx: Writing, actor: Actor, wish: KitWish): Promise<Result<{ readonly id: string }, Problem>> {
  const refusal = refusedSignIn(actor);
  if (refusal !== undefined) return refusal;
  const checked = checkKit(wish);
  if (!checked.ok) return checked;
  if (!isStorable(checked.value)) return refuse(NOT_STORABLE);
  for (const scenarioId of checked.value.scenarioIds) {
    const found = await openScenario(ctx.database.read, actor, scenarioId);
    if (!found.ok) return found;
  }
  if (actor.kind !== 'system' && (await listKits(ctx.database.read, whoIs(actor))).length >= LIMITS.kits) return refuse(TOO_MANY_KITS);
  return ctx.database.transaction(async (tx) => {
    const now = ctx.clock();
    const id = newId<'Kit'>(now.epochMilliseconds);
    await insertKit(tx, { ...checked.value, id, owner: whoIs(actor), source: null, createdAt: now });
    await ctx.journal.append(tx, actor, now, [{ stream: kitStream(id), kind: 'scenarios.kit-saved', payload: { scenarios: checked.value.scenarioIds } }]);
    return ok({ id });
  });
}

export const kitsOf = async (ctx: Reading, actor: Actor): Promise<readonly Kit[]> =>
  actor.kind === 'anonymous' ? [] : listKits(ctx.database.read, whoIs(actor));

/** A collection a kit rests on. */
export interface KitNeed {
  readonly collection: string;
  /** Its title here; absent where this city has no such collection. */
  readonly title?: string;
}

/** A process with the parameters it was run with. */
export interface KitProcess {
  readonly process: string;
  readonly parameters: Parameters;
}

export interface KitPicture {
  readonly kit: Kit;
  /** Those the actor may still see. */
  readonly scenarios: readonly Scenario[];
  readonly data: readonly KitNeed[];
  readonly processes: readonly KitProcess[];
}

/** One's own kit, with what of it is there. */
export async function showKit(ctx: Reading, actor: Actor, id: string): Promise<Result<KitPicture, Problem>> {
  const kit = parseId(id) === undefined || actor.kind === 'anonymous' ? undefined : await findKit(ctx.database.read, id, whoIs(actor));
  if (kit === undefined) return refuse(NO_KIT);
  const scenarios: Scenario[] = [];
  for (const scenarioId of kit.scenarioIds) {
    const found = await openScenario(ctx.database.read, actor, scenarioId);
    if (found.ok) scenarios.push(found.value.scenario);
  }
  const there = await collectionsFor(ctx, actor);
  const needed = [...new Set(scenarios.flatMap(({ data }) => collectionsOf(data)))];
  const data = needed.map((collection): KitNeed => {
    const title = there.find(({ id: known }) => known === collection)?.title;
    return { collection, ...(title === undefined ? {} : { title }) };
  });
  const processes = scenarios.flatMap(({ presets }) => Object.entries(presets).map(([process, parameters]) => ({ process, parameters })));
  const told = new Map(processes.filter(({ process }) => findProcess(process) !== undefined).map((one) => [JSON.stringify(one), one]));
  return ok({ kit, scenarios, data, processes: [...told.values()] });
}

/** Deletes the kit; its scenarios stay. */
export async function removeKit(ctx: Writing, actor: Actor, id: string): Promise<Result<{ readonly id: string }, Problem>> {
  const found = await showKit(ctx, actor, id);
  if (!found.ok) return found;
  return ctx.database.transaction(async (tx) => {
    await deleteKit(tx, id);
    await ctx.journal.append(tx, actor, ctx.clock(), [{ stream: kitStream(id), kind: 'scenarios.kit-deleted', payload: {} }]);
    return ok({ id });
  });
}
