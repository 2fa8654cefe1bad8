import type { Actor } from '../../../kernel/actor.ts';
import type { Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { isStorable } from '../../../kernel/storable.ts';
import { checkScenario, type ScenarioInput, type Visibility } from '../domain/scenario.ts';
import { deleteScenario, setVisibility, updateScenario } from '../store/scenarios.ts';
import { changeScenario, type Writing } from './context.ts';
import { NOT_STORABLE } from './make-scenario.ts';

/** Describes the scenario anew; with another area or other data its results no longer fit. */
export function describeScenario(ctx: Writing, actor: Actor, id: string, wish: ScenarioInput): Promise<Result<{ readonly id: string }, Problem>> {
  return changeScenario(ctx, actor, id, 'coworker', async (tx, { scenario }, now) => {
    const checked = checkScenario(wish);
    if (!checked.ok) return checked;
    const { area, data } = checked.value;
    if (!isStorable(checked.value)) return refuse(NOT_STORABLE);
    // jsonb keeps names in an order of its own
    const sorted = (value: object): string => JSON.stringify(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
    const outdated = sorted(area) !== sorted(scenario.area) || sorted(data) !== sorted(scenario.data);
    await updateScenario(tx, id, checked.value, outdated, now);
    return ok({ value: { id }, happened: ['scenario-described', { data, outdated }] as const });
  });
}

/** Says who may look. */
export function openTo(ctx: Writing, actor: Actor, id: string, visibility: Visibility): Promise<Result<{ readonly visibility: Visibility }, Problem>> {
  return changeScenario(ctx, actor, id, 'owner', async (tx, _open, now) => {
    await setVisibility(tx, id, visibility, now);
    return ok({ value: { visibility }, happened: ['visibility-set', { visibility }] as const });
  });
}

/** Deletes a scenario with variants, results and comments; the journal keeps that it was there. */
export function removeScenario(ctx: Writing, actor: Actor, id: string): Promise<Result<{ readonly id: string }, Problem>> {
  return changeScenario(ctx, actor, id, 'owner', async (tx) => {
    await deleteScenario(tx, id);
    return ok({ value: { id }, happened: ['scenario-deleted', {}] as const });
  });
}
