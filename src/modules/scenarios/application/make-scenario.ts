import type { Actor } from '../../../kernel/actor.ts';
import { newId } from '../../../kernel/id.ts';
import type { Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { isStorable } from '../../../kernel/storable.ts';
import type { Tx } from '../../../platform/database/port.ts';
import { LIMITS } from '../domain/limits.ts';
import { checkScenario, type CheckedScenario, type ScenarioInput } from '../domain/scenario.ts';
import { countScenarios, insertScenario } from '../store/scenarios.ts';
import { insertVariant } from '../store/variants.ts';
import { refusedSignIn, scenarioStream, whoIs, type Writing } from './context.ts';

const TOO_MANY: Problem = {
  kind: 'too-many',
  detail: `Sie haben schon ${LIMITS.scenarios} Szenarien. Löschen Sie eines, das Sie nicht mehr brauchen.`,
};
export const NOT_STORABLE: Problem = { kind: 'invalid-input', detail: 'Die Angaben enthalten Zeichen, die kein Text sind. Nehmen Sie sie heraus.' };

/** Name of the variant that changes nothing, which all others are compared with. */
export const BASE_NAME = 'Wie es ist';

/** A new scenario of the actor's own, with a first variant that changes nothing. */
export function makeScenario(ctx: Writing, actor: Actor, wish: ScenarioInput): Promise<Result<{ readonly id: string }, Problem>> | Result<never, Problem> {
  const refusal = refusedSignIn(actor);
  if (refusal !== undefined) return refusal;
  const checked = checkScenario(wish);
  if (!checked.ok) return checked;
  if (!isStorable(checked.value)) return refuse(NOT_STORABLE);
  return ctx.database.transaction(async (tx) => {
    const now = ctx.clock();
    const made = await keepScenario(tx, actor, checked.value, now);
    if (!made.ok) return made;
    const { id } = made.value;
    await insertVariant(tx, { id: newId(now.epochMilliseconds), scenarioId: id, number: 1, name: BASE_NAME, description: '', plan: [] });
    await ctx.journal.append(tx, actor, now, [{ stream: scenarioStream(id), kind: 'scenarios.scenario-made', payload: { data: checked.value.data } }]);
    return ok({ id });
  });
}

/** Keeps the scenario alone; variants and the journal are the caller's. */
export async function keepScenario(tx: Tx, actor: Actor, wish: CheckedScenario, now: Temporal.Instant): Promise<Result<{ readonly id: string }, Problem>> {
  const owner = whoIs(actor);
  if (actor.kind !== 'system' && (await countScenarios(tx, owner)) >= LIMITS.scenarios) return refuse(TOO_MANY);
  const id = newId<'Scenario'>(now.epochMilliseconds);
  await insertScenario(tx, id, owner, wish, now);
  return ok({ id });
}
