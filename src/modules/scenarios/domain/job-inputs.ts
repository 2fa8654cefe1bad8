import { planGeoJson, type PlanKind } from './plan.ts';
import type { BaseData, DataRole, Parameters, Scenario, Variant } from './scenario.ts';

/** Names of a process's inputs and what they hold, as its description tells. */
export type KnownInputs = Readonly<Record<string, { readonly holds: { readonly kind: string } }>>;

/** The inputs of the city's models that a plan fills, by what it changes. */
const OF_PLAN: Readonly<Record<string, PlanKind>> = { addBuildings: 'building', addTrees: 'tree', closed: 'closed', destinations: 'destination' };
const OF_DATA: Readonly<Record<string, DataRole>> = {
  buildings: 'buildings',
  trees: 'trees',
  ways: 'ways',
  roads: 'ways',
  population: 'population',
  destinationsFrom: 'destinations',
};

/** Inputs that a person chooses: numbers and days, as area, data and plan come from the scenario. */
export const isParameter = ({ holds: { kind } }: KnownInputs[string]): boolean => kind === 'number' || kind === 'day';

const isDestination = ({ kind }: { readonly kind: PlanKind }): boolean => kind === 'destination';

/** The plan a variant is run with: where it has no destinations of its own, those of the base count for it, too. */
export const runPlan = ({ plan }: Pick<Variant, 'plan'>, base: Pick<Variant, 'plan'>): Variant['plan'] =>
  plan.some(isDestination) ? plan : [...plan, ...base.plan.filter(isDestination)];

/** Whether a run of the variant hangs on the plan of the base, too. */
export const dependsOnBase = (known: KnownInputs, { id, plan }: Pick<Variant, 'id' | 'plan'>, base: Pick<Variant, 'id'>): boolean =>
  'destinations' in known && id !== base.id && !plan.some(isDestination);

/** What a job is ordered with: the scenario's area and data, the plan, and the parameters chosen. */
export function inputsFor(
  known: KnownInputs,
  { area, data }: Pick<Scenario, 'area' | 'data'>,
  plan: Variant['plan'],
  parameters: Parameters,
): Readonly<Record<string, unknown>> {
  const inputs: Record<string, unknown> = {};
  for (const name of Object.keys(known)) {
    const kind = OF_PLAN[name];
    const features = kind === undefined ? [] : plan.filter((one) => one.kind === kind);
    const role = OF_DATA[name];
    if (name === 'area') inputs[name] = area;
    else if (features.length > 0) inputs[name] = planGeoJson(features);
    else if (role !== undefined) inputs[name] = data[role];
    else if (parameters[name] !== undefined && isParameter(known[name]!)) inputs[name] = parameters[name];
  }
  return inputs;
}

/** Collections that the data of a scenario name. */
export const collectionsOf = (data: BaseData): readonly string[] => [...new Set(Object.values(data))].filter((id) => id !== 'none');
