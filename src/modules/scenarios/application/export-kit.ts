import type { Actor } from '../../../kernel/actor.ts';
import type { Problem } from '../../../kernel/problem.ts';
import { ok, type Result } from '../../../kernel/result.ts';
import type { Context } from '../../../platform/context.ts';
import { collectionFor, featuresIn, type Collection } from '../../geodata/public.ts';
import { findProcess } from '../../processes/public.ts';
import { boxOf, spotsOf, widened } from '../domain/geometry.ts';
import { collectionsOf } from '../domain/job-inputs.ts';
import { exportedScenario, KIT_VERSION, mutable, type KitData, type KitFeature, type KitFile } from '../domain/kit.ts';
import { LIMITS } from '../domain/limits.ts';
import type { Scenario } from '../domain/scenario.ts';
import { listVariants } from '../store/variants.ts';
import type { Reading } from './context.ts';
import { showKit } from './kits.ts';

/**
 * A kit as a file for another city. With `embed` the open data around the areas come along, up to a bound;
 * what is larger, and what is kept inside, is only named.
 */
export async function exportKit(ctx: Reading & Pick<Context, 'settings'>, actor: Actor, id: string, embed: boolean): Promise<Result<KitFile, Problem>> {
  const found = await showKit(ctx, actor, id);
  if (!found.ok) return found;
  const { kit, scenarios, data, processes } = found.value;
  const exported: KitFile['scenarios'] = [];
  for (const scenario of scenarios) exported.push(exportedScenario(scenario, await listVariants(ctx.database.read, scenario.id)));
  const told: KitData[] = [];
  let left: number = LIMITS.embeddedBytes;
  for (const { collection } of data) {
    const one = await tellData(ctx, actor, collection, embed ? scenarios : [], left);
    left -= one.bytes;
    told.push(one.data);
  }
  return ok({
    kontorKit: KIT_VERSION,
    title: kit.title,
    question: kit.question,
    from: ctx.settings.publicUrl,
    exportedAt: ctx.clock().toString({ smallestUnit: 'second' }),
    data: told,
    views: kit.views.map(({ title, address }) => ({ title, address })),
    processes: processes.map(({ process, parameters }) => ({ process, version: findProcess(process)!.version, parameters: mutable(parameters) })),
    scenarios: exported,
  });
}

async function tellData(
  ctx: Reading,
  actor: Actor,
  id: string,
  around: readonly Scenario[],
  bytesLeft: number,
): Promise<{ readonly data: KitData; readonly bytes: number }> {
  const found = await collectionFor(ctx, actor, id);
  if (!found.ok) return { data: { id, title: id, description: '', licence: null, attribution: null, dataAsOf: null, demo: false }, bytes: 0 };
  const { title, description, about, dataAsOf, access } = found.value;
  const data: KitData = {
    ...{ id, title, description },
    licence: about.licence ?? null,
    attribution: about.attribution ?? null,
    dataAsOf: dataAsOf?.toString() ?? null,
    demo: about.demo === true,
  };
  const features = access === 'open' ? await featuresAround(ctx, found.value, around) : undefined;
  if (features === undefined || features.length === 0) return { data, bytes: 0 };
  const bytes = Buffer.byteLength(JSON.stringify(features));
  return bytes > bytesLeft ? { data, bytes: 0 } : { data: { ...data, features }, bytes };
}

/** Open features around the areas of scenarios that name the collection; nothing where there are too many. */
async function featuresAround(ctx: Reading, { id }: Collection, scenarios: readonly Scenario[]): Promise<KitFeature[] | undefined> {
  const features = new Map<string | number, KitFeature>();
  for (const { area } of scenarios.filter((one) => collectionsOf(one.data).includes(id))) {
    // what is open to everybody is all that leaves the house
    const read = await featuresIn(ctx, { kind: 'anonymous' }, id, widened(boxOf(spotsOf(area)), LIMITS.embeddedMarginMetres), LIMITS.embeddedFeatures);
    if (!read.ok) return undefined;
    const list = read.value.texts.flatMap((text) => JSON.parse(`[${text}]`) as (KitFeature & { readonly properties: Record<string, unknown> })[]);
    for (const one of list) if (one.geometry !== null) features.set(one.id ?? features.size, plain(one));
    if (features.size > LIMITS.embeddedFeatures) return undefined;
  }
  return [...features.values()];
}

/** Values that are not simple, as a building's CityJSON, stay behind: no model reads them. */
function plain({ type, id, geometry, properties }: KitFeature & { readonly properties: Record<string, unknown> }): KitFeature {
  const simple = Object.entries(properties).filter(([, value]) => value === null || ['number', 'boolean'].includes(typeof value) || isShort(value));
  return { type, ...(id === undefined ? {} : { id }), geometry, properties: Object.fromEntries(simple) as KitFeature['properties'] };
}

const isShort = (value: unknown): boolean => typeof value === 'string' && value.length <= LIMITS.textLength;
