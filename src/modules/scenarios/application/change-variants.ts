import type { Actor } from '../../../kernel/actor.ts';
import { newId } from '../../../kernel/id.ts';
import { invalidFields, wrongState, type Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { isStorable } from '../../../kernel/storable.ts';
import { sha256Hex } from '../../../kernel/token.ts';
import type { Tx } from '../../../platform/database/port.ts';
import { LIMITS } from '../domain/limits.ts';
import { withFeatures, type NewFeature, type Plan } from '../domain/plan.ts';
import { checkLine, checkText, type Variant } from '../domain/scenario.ts';
import { deleteVariant, describeVariant, insertVariant, listVariants, setPlan } from '../store/variants.ts';
import { changeScenario, type Writing } from './context.ts';
import { NOT_STORABLE } from './make-scenario.ts';

export const NO_VARIANT: Problem = { kind: 'not-found', detail: 'Diese Variante gibt es nicht mehr. Laden Sie das Szenario neu.' };
const TOO_MANY: Problem = {
  kind: 'too-large',
  detail: `Ein Szenario hat höchstens ${LIMITS.variants} Varianten. Löschen Sie eine, oder legen Sie ein zweites an.`,
};
const LAST = wrongState('Die erste Variante bleibt: mit ihr werden die anderen verglichen. Löschen Sie das ganze Szenario, wenn Sie es nicht mehr brauchen.');

export interface VariantWish {
  readonly name: string;
  readonly description: string;
  /** Begins with a copy of this variant's plan. */
  readonly from?: string;
}

const mistakesOf = ({ name, description }: VariantWish) => [
  ...checkLine('name', name, 'Der Name'),
  ...checkText('description', description, 'Die Beschreibung'),
];

async function variantOf(tx: Tx, scenarioId: string, id: string): Promise<Result<Variant, Problem>> {
  const found = (await listVariants(tx, scenarioId)).find((one) => one.id === id);
  return found === undefined ? refuse(NO_VARIANT) : ok(found);
}

/** The plan as the journal tells it: how much there is, and a hash that shows whether it is still the same. */
const factsOf = (plan: Plan): { readonly features: number; readonly sha256: string } => ({
  features: plan.length,
  sha256: sha256Hex(JSON.stringify(plan)),
});

export function addVariant(ctx: Writing, actor: Actor, scenarioId: string, wish: VariantWish): Promise<Result<{ readonly id: string }, Problem>> {
  return changeScenario(ctx, actor, scenarioId, 'coworker', async (tx, _open, now) => {
    const mistakes = mistakesOf(wish);
    if (mistakes.length > 0) return refuse(invalidFields(mistakes));
    const variants = await listVariants(tx, scenarioId);
    if (variants.length >= LIMITS.variants) return refuse(TOO_MANY);
    const from = variants.find(({ id }) => id === wish.from);
    if (wish.from !== undefined && from === undefined) return refuse(NO_VARIANT);
    const [id, plan] = [newId<'Variant'>(now.epochMilliseconds), from?.plan ?? []];
    const number = Math.max(0, ...variants.map((one) => one.number)) + 1;
    await insertVariant(tx, { id, scenarioId, number, name: wish.name.trim(), description: wish.description.trim(), plan });
    return ok({ value: { id }, happened: ['variant-made', { variant: id, number, ...factsOf(plan) }] as const });
  });
}

export function renameVariant(
  ctx: Writing,
  actor: Actor,
  scenarioId: string,
  id: string,
  wish: VariantWish,
): Promise<Result<{ readonly id: string }, Problem>> {
  return changeScenario(ctx, actor, scenarioId, 'coworker', async (tx) => {
    const mistakes = mistakesOf(wish);
    if (mistakes.length > 0) return refuse(invalidFields(mistakes));
    const found = await variantOf(tx, scenarioId, id);
    if (!found.ok) return found;
    await describeVariant(tx, id, { name: wish.name.trim(), description: wish.description.trim() });
    return ok({ value: { id }, happened: ['variant-described', { variant: id }] as const });
  });
}

export function removeVariant(ctx: Writing, actor: Actor, scenarioId: string, id: string): Promise<Result<{ readonly id: string }, Problem>> {
  return changeScenario(ctx, actor, scenarioId, 'coworker', async (tx) => {
    const [base, ...others] = await listVariants(tx, scenarioId);
    if (base?.id === id) return refuse(LAST);
    if (!others.some((one) => one.id === id)) return refuse(NO_VARIANT);
    await deleteVariant(tx, id);
    return ok({ value: { id }, happened: ['variant-deleted', { variant: id }] as const });
  });
}

export interface PlanState {
  readonly id: string;
  readonly plan: Plan;
}

function changePlan(
  ctx: Writing,
  actor: Actor,
  scenarioId: string,
  id: string,
  change: (plan: Plan) => Result<readonly [plan: Plan, what: string], Problem>,
): Promise<Result<PlanState, Problem>> {
  return changeScenario(ctx, actor, scenarioId, 'coworker', async (tx) => {
    const found = await variantOf(tx, scenarioId, id);
    if (!found.ok) return found;
    const changed = change(found.value.plan);
    if (!changed.ok) return changed;
    const [plan, what] = changed.value;
    if (!isStorable(plan)) return refuse(NOT_STORABLE);
    await setPlan(tx, id, plan);
    return ok({ value: { id, plan }, happened: [what, { variant: id, ...factsOf(plan) }] as const });
  });
}

/** Draws more onto the plan. */
export const addToPlan = (ctx: Writing, actor: Actor, scenarioId: string, id: string, added: readonly NewFeature[]): Promise<Result<PlanState, Problem>> =>
  changePlan(ctx, actor, scenarioId, id, (plan) => {
    const more = withFeatures(plan, added);
    return more.ok ? ok([more.value, 'plan-drawn'] as const) : more;
  });

/** Takes one feature off the plan. */
export const takeFromPlan = (ctx: Writing, actor: Actor, scenarioId: string, id: string, featureId: string): Promise<Result<PlanState, Problem>> =>
  changePlan(ctx, actor, scenarioId, id, (plan) => {
    const kept = plan.filter((one) => one.id !== featureId);
    return kept.length < plan.length ? ok([kept, 'plan-erased'] as const) : refuse(NO_FEATURE);
  });

/** The whole plan anew. */
export const replacePlan = (ctx: Writing, actor: Actor, scenarioId: string, id: string, features: readonly NewFeature[]): Promise<Result<PlanState, Problem>> =>
  changePlan(ctx, actor, scenarioId, id, () => {
    const all = withFeatures([], features);
    return all.ok ? ok([all.value, 'plan-replaced'] as const) : all;
  });

const NO_FEATURE: Problem = { kind: 'not-found', detail: 'Dieses Objekt steht nicht mehr im Plan. Laden Sie das Szenario neu.' };
