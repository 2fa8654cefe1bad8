import type { Actor } from '../../../kernel/actor.ts';
import { newId } from '../../../kernel/id.ts';
import type { Problem } from '../../../kernel/problem.ts';
import { expectOk, ok, refuse, type Result } from '../../../kernel/result.ts';
import type { Tx } from '../../../platform/database/port.ts';
import { collectionsFor, importFeatures, setCollection } from '../../geodata/public.ts';
import { findProcess } from '../../processes/public.ts';
import { collectionsOf } from '../domain/job-inputs.ts';
import { readKit, type KitData, type KitFile, type ReadKit, type ReadScenario } from '../domain/kit.ts';
import { LIMITS } from '../domain/limits.ts';
import { withFeatures } from '../domain/plan.ts';
import { insertKit, listKits } from '../store/kits.ts';
import { setPreset } from '../store/scenarios.ts';
import { insertVariant } from '../store/variants.ts';
import { refusedSignIn, whoIs, type Writing } from './context.ts';
import { kitStream, TOO_MANY_KITS } from './kits.ts';
import { keepScenario } from './make-scenario.ts';

/** A model that calculates otherwise here, or is not there at all. */
export interface OtherModel {
  readonly process: string;
  readonly there: string;
  /** `null`: this city does not have it. */
  readonly here: string | null;
}

export interface ImportedKit {
  readonly id: string;
  readonly scenarios: readonly string[];
  /** Collections that the scenarios need and that this city lacks. */
  readonly missing: readonly string[];
  /** Collections that were made from what the kit brought along. */
  readonly made: readonly string[];
  readonly otherModels: readonly OtherModel[];
}

/**
 * Takes a kit from another city: its scenarios become the actor's own, seen by nobody else. Data that the kit
 * brings become collections where the city lacks them, if the actor administers the city's data.
 */
export async function importKit(ctx: Writing, actor: Actor, bytes: Uint8Array): Promise<Result<ImportedKit, Problem>> {
  const refusal = refusedSignIn(actor);
  if (refusal !== undefined) return refusal;
  const read = readKit(bytes);
  if (!read.ok) return read;
  if ((await listKits(ctx.database.read, whoIs(actor))).length >= LIMITS.kits) return refuse(TOO_MANY_KITS);
  const { file, scenarios } = read.value;
  const kept = await keepKit(ctx, actor, read.value);
  if (!kept.ok) return kept;
  const made = await makeCollections(ctx, actor, file);
  if (!made.ok) return made;
  const there = new Set((await collectionsFor(ctx, actor)).map(({ id }) => id));
  const needed = new Set(scenarios.flatMap(({ data }) => collectionsOf(data)));
  return ok({ ...kept.value, made: made.value, missing: [...needed].filter((id) => !there.has(id)), otherModels: otherModels(file) });
}

function otherModels({ processes }: KitFile): readonly OtherModel[] {
  const compared = processes.map(({ process, version }) => ({ process, there: version, here: findProcess(process)?.version ?? null }));
  return [...new Map(compared.filter(({ there, here }) => there !== here).map((one) => [one.process, one])).values()];
}

function keepKit(ctx: Writing, actor: Actor, { file, scenarios }: ReadKit): Promise<Result<Pick<ImportedKit, 'id' | 'scenarios'>, Problem>> {
  return ctx.database.transaction(async (tx) => {
    const now = ctx.clock();
    const scenarioIds: string[] = [];
    for (const scenario of scenarios) {
      const made = await keepScenario(tx, actor, scenario, now);
      if (!made.ok) return made;
      scenarioIds.push(made.value.id);
      await keepVariants(tx, made.value.id, scenario, now);
    }
    const id = newId<'Kit'>(now.epochMilliseconds);
    const { title, question, views, from } = file;
    await insertKit(tx, { id, owner: whoIs(actor), title, question, views, scenarioIds, source: from, createdAt: now });
    const entries = scenarioIds.map((one) => ({ stream: `scenarios:scenario:${one}`, kind: 'scenarios.scenario-made', payload: { kit: id } }));
    await ctx.journal.append(tx, actor, now, [...entries, { stream: kitStream(id), kind: 'scenarios.kit-taken', payload: { scenarios: scenarioIds } }]);
    return ok({ id, scenarios: scenarioIds });
  });
}

async function keepVariants(tx: Tx, scenarioId: string, { variants, presets }: ReadScenario, now: Temporal.Instant): Promise<void> {
  for (const [index, { name, description, features }] of variants.entries()) {
    const plan = expectOk(withFeatures([], features));
    await insertVariant(tx, { id: newId(now.epochMilliseconds), scenarioId, number: index + 1, name, description, plan });
  }
  for (const [process, parameters] of Object.entries(presets)) if (findProcess(process) !== undefined) await setPreset(tx, scenarioId, process, parameters);
}

const administersData = (actor: Actor): boolean => actor.kind === 'system' || (actor.kind === 'staff' && actor.roles.includes('administration'));

async function makeCollections(ctx: Writing, actor: Actor, { data, from }: KitFile): Promise<Result<readonly string[], Problem>> {
  if (!administersData(actor)) return ok([]);
  const there = new Set((await collectionsFor(ctx, actor)).map(({ id }) => id));
  const made: string[] = [];
  for (const one of data) {
    if (one.features === undefined || there.has(one.id)) continue;
    const taken = await makeCollection(ctx, actor, one, from);
    if (!taken.ok) return taken;
    made.push(one.id);
  }
  return ok(made);
}

async function makeCollection(
  ctx: Writing,
  actor: Actor,
  { id, title, description, features = [], ...one }: KitData,
  from: string,
): Promise<Result<unknown, Problem>> {
  const about = {
    ...(one.licence === null ? {} : { licence: one.licence }),
    ...(one.attribution === null ? {} : { attribution: one.attribution }),
    ...(one.demo ? { demo: true } : {}),
    source: `Baukasten von ${from}`,
    quality: 'Ein Ausschnitt um das Gebiet eines Szenarios, mit einem Baukasten gekommen.',
  };
  const dataAsOf = dayOf(one.dataAsOf);
  const set = await setCollection(ctx, actor, { id, title, description, about, ...(dataAsOf === undefined ? {} : { dataAsOf }) });
  if (!set.ok) return set;
  async function* rows() {
    for (const [index, { id: own, geometry, properties }] of features.entries())
      yield { row: index + 1, value: { ...(own === undefined ? {} : { id: own }), geometry, properties } };
  }
  return importFeatures(ctx, actor, { collection: id, source: `Baukasten ${from}`, format: 'kit', rows: rows(), crs: () => 'CRS84' });
}

function dayOf(text: string | null): Temporal.PlainDate | undefined {
  try {
    return text === null ? undefined : Temporal.PlainDate.from(text);
  } catch {
    return undefined;
  }
}
