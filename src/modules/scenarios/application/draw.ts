import type { Actor } from '../../../kernel/actor.ts';
import { parseId } from '../../../kernel/id.ts';
import type { Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { featuresIn } from '../../geodata/public.ts';
import { boxOf, spotsOf, widened, type PlanGeometry, type Spot } from '../domain/geometry.ts';
import type { Plan } from '../domain/plan.ts';
import { runFor } from '../domain/run.ts';
import type { Scenario } from '../domain/scenario.ts';
import { findLayers } from '../store/runs.ts';
import { listVariants } from '../store/variants.ts';
import { NO_VARIANT } from './change-variants.ts';
import type { Reading } from './context.ts';
import { closedTo, readable } from './show.ts';

/** A feature with how it is drawn: what it is in a plan, or the layer of a result. */
export interface DrawnFeature {
  readonly geometry: { readonly type: string; readonly coordinates: unknown };
  readonly style: string;
  readonly crownMetres?: number;
}

export interface Drawing {
  readonly title: string;
  /** Corners of the area. */
  readonly corners: readonly Spot[];
  /** From the ground up. */
  readonly layers: readonly (readonly DrawnFeature[])[];
}

export interface DrawWish {
  readonly variantId: string;
  /** A run whose map lies over the ground. */
  readonly runId?: string;
  /** Key of a link, for who is not let in otherwise. */
  readonly key?: string;
}

/** More houses and ways than these are not told apart on a small picture, and are left out. */
const MOST_AROUND = 3_000;
const AROUND_METRES = 150;
const STYLES = new Set(['shade', 'canopy', 'noise', 'ways', 'people']);

/** What a picture of a variant shows: ground, area, what a model says, and the plan over it. */
export async function drawVariant(ctx: Reading, actor: Actor, scenarioId: string, { variantId, runId, key }: DrawWish): Promise<Result<Drawing, Problem>> {
  const found = await readable(ctx, actor, scenarioId, key);
  if (!found.ok) return found;
  const scenario = found.value;
  const variant = (await listVariants(ctx.database.read, scenarioId)).find(({ id }) => id === variantId);
  if (variant === undefined) return refuse(NO_VARIANT);
  const layers = [await ground(ctx, actor, scenario), runId === undefined ? [] : await resultLayer(ctx, actor, scenarioId, runId)];
  const area: DrawnFeature = { geometry: scenario.area, style: 'area' };
  return ok({ title: `${scenario.title}: ${variant.name}`, corners: spotsOf(scenario.area), layers: [...layers, [area], ofPlan(variant.plan)] });
}

const ofPlan = (plan: Plan): readonly DrawnFeature[] =>
  plan.map(({ geometry, kind, crownMetres }) => ({ geometry, style: kind, ...(crownMetres === undefined ? {} : { crownMetres }) }));

async function ground(ctx: Reading, actor: Actor, { area, data }: Scenario): Promise<readonly DrawnFeature[]> {
  const box = widened(boxOf(spotsOf(area)), AROUND_METRES);
  const read = async (collection: string, style: string): Promise<readonly DrawnFeature[]> => {
    if (collection === 'none') return [];
    const some = await featuresIn(ctx, actor, collection, box, MOST_AROUND);
    if (!some.ok) return [];
    const features = some.value.texts.flatMap((text) => JSON.parse(`[${text}]`) as { readonly geometry: PlanGeometry | null }[]);
    return features.flatMap(({ geometry }) => (geometry === null ? [] : [{ geometry, style }]));
  };
  return [...(await read(data.ways, 'way')), ...(await read(data.buildings, 'house'))];
}

async function resultLayer(ctx: Reading, actor: Actor, scenarioId: string, runId: string): Promise<readonly DrawnFeature[]> {
  const map = parseId(runId) === undefined ? undefined : await findLayers(ctx.database.read, scenarioId, runId);
  if (map === undefined || !runFor(map.run, actor, await closedTo(ctx, actor)).mapped) return [];
  const { features } = JSON.parse(map.layers) as {
    features: readonly { readonly geometry: DrawnFeature['geometry'] | null; readonly properties: { readonly layer: string } }[];
  };
  return features.flatMap(({ geometry, properties: { layer } }) => (geometry === null || !STYLES.has(layer) ? [] : [{ geometry, style: layer }]));
}
