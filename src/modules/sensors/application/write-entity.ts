import type { Actor } from '../../../kernel/actor.ts';
import type { Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { Context } from '../../../platform/context.ts';
import type { Tx } from '../../../platform/database/port.ts';
import { ENTITIES, relationTo, type EntityName } from '../domain/entities.ts';
import { readInput, type Input } from '../domain/input.ts';
import { parseResource } from '../domain/parse-resource.ts';
import { ensurePartitions } from '../store/observations.ts';
import { changeObservation, deleteEntity, deleteObservation, findObservationStream, isThere } from '../store/write-entities.ts';
import { Builder, Refused, type Parent, type Written } from './build-entities.ts';
import { keepSingle, type SingleObservation } from './group-commit.ts';
import { keepIn } from './keep-observations.ts';

type Writing = Pick<Context, 'database' | 'journal' | 'clock'>;

export type { Written };

const NOT_FOUND: Problem = { kind: 'not-found', detail: 'Diesen Eintrag gibt es nicht. Prüfen Sie die Nummer in der Adresse.' };
const NO_SET: Problem = {
  kind: 'not-found',
  detail: 'Hier kann nichts angelegt werden. Senden Sie an eine Menge wie Things oder Datastreams(1)/Observations.',
};
const NO_ENTITY: Problem = { kind: 'not-found', detail: 'Hier kann nichts geändert werden. Nennen Sie genau einen Eintrag wie Things(1).' };

/** Creates an entity with all that comes along, in one transaction (OGC 18-088, 10.2). @param path decoded, below the root */
export async function createEntity(ctx: Writing, actor: Actor, path: string, body: unknown): Promise<Result<Written, Problem>> {
  const place = setOf(path);
  if (place === undefined) return refuse(NO_SET);
  const { entity, parents } = place;
  const input = readInput(
    entity,
    body,
    'whole',
    parents.map(({ relation }) => relation),
  );
  if (!input.ok) return input;
  const single = singleOf(input.value, parents);
  if (single !== undefined) {
    const kept = await keepSingle(ctx, single);
    return kept.ok ? ok({ entity, id: kept.value }) : kept;
  }
  await ensurePartitions(ctx.database, instantsOf(input.value, ctx.clock()));
  return inTransaction(ctx, async (tx) => {
    for (const parent of parents) if (parent.entity === 'Observation' || !(await isThere(tx, parent.entity, parent.id))) throw new Refused(NOT_FOUND);
    const builder = new Builder(tx, ctx.clock());
    const id = await builder.create(input.value, parents);
    const kept = await keepIn(tx, builder.observations);
    await note(ctx, tx, actor, 'created', builder.made);
    return { entity, id: entity === 'Observation' ? kept[0]!.id : id };
  });
}

/** Changes what is named (`part`) or everything (`whole`) of one entity (OGC 18-088, 10.3). */
export async function updateEntityAt(ctx: Writing, actor: Actor, path: string, body: unknown, how: 'part' | 'whole'): Promise<Result<Written, Problem>> {
  const written = entityOf(path);
  if (written === undefined) return refuse(NO_ENTITY);
  const { entity, id } = written;
  const given = how === 'whole' ? Object.keys(ENTITIES[entity].navigation) : [];
  const input = readInput(entity, body, how, given);
  if (!input.ok) return input;
  await ensurePartitions(ctx.database, instantsOf(input.value, ctx.clock()));
  return inTransaction(ctx, async (tx) => {
    if (entity === 'Observation') {
      const streamId = await findObservationStream(tx, id);
      if (streamId === undefined) throw new Refused(NOT_FOUND);
      await changeObservation(tx, id, streamId, input.value.values);
      return written;
    }
    if (!(await isThere(tx, entity, id))) throw new Refused(NOT_FOUND);
    const builder = new Builder(tx, ctx.clock());
    await builder.change(input.value, id);
    await keepIn(tx, builder.observations);
    await note(ctx, tx, actor, 'created', builder.made);
    await note(ctx, tx, actor, 'changed', [written]);
    return written;
  });
}

/** Deletes one entity with everything that cannot be without it (OGC 18-088, 10.4). */
export function deleteEntityAt(ctx: Writing, actor: Actor, path: string): Promise<Result<Written, Problem>> {
  const written = entityOf(path);
  if (written === undefined) return Promise.resolve(refuse(NO_ENTITY));
  return inTransaction(ctx, async (tx) => {
    if (written.entity === 'Observation') {
      if (!(await deleteObservation(tx, written.id))) throw new Refused(NOT_FOUND);
      return written;
    }
    if (!(await isThere(tx, written.entity, written.id))) throw new Refused(NOT_FOUND);
    await deleteEntity(tx, written.entity, written.id);
    await note(ctx, tx, actor, 'deleted', [written]);
    return written;
  });
}

/** An observation that brings nothing along needs no transaction of its own. */
function singleOf({ entity, values, links }: Input, parents: readonly Parent[]): SingleObservation | undefined {
  if (entity !== 'Observation') return undefined;
  const tied = [...parents, ...links.map(({ relation, to }) => ({ relation, id: 'id' in to ? to.id : undefined }))];
  const idOf = (...relations: string[]): number | undefined => tied.find(({ relation }) => relations.includes(relation))?.id;
  const streamId = idOf('Datastream', 'MultiDatastream');
  const featureId = idOf('FeatureOfInterest');
  if (streamId === undefined || tied.some(({ id }) => id === undefined)) return undefined;
  return { streamId, values, ...(featureId === undefined ? {} : { featureId }) };
}

/** The set an address leads to, and what it hangs on. */
function setOf(path: string): { readonly entity: EntityName; readonly parents: readonly Parent[] } | undefined {
  const read = parseResource(path);
  if (!read.ok || read.value.property.length > 0 || read.value.form !== 'plain') return undefined;
  const { steps } = read.value;
  const [last, owner] = [steps.at(-1)!, steps.at(-2)];
  if (last.id !== undefined || !last.many) return undefined;
  if (owner === undefined) return { entity: last.entity, parents: [] };
  if (owner.id === undefined) return undefined;
  const relation = relationTo(last.entity, owner.entity);
  return relation === undefined ? undefined : { entity: last.entity, parents: [{ relation, entity: owner.entity, id: owner.id }] };
}

function entityOf(path: string): Written | undefined {
  const read = parseResource(path);
  if (!read.ok || read.value.property.length > 0 || read.value.form !== 'plain') return undefined;
  const { entity, id } = read.value.steps.at(-1)!;
  return id === undefined ? undefined : { entity, id };
}

/** Every instant of observations that come along, for the partitions they need. */
function instantsOf({ entity, values, links }: Input, now: Temporal.Instant): string[] {
  const time = values['phenomenonTime'];
  const own = entity === 'Observation' ? [typeof time === 'string' ? time.split('/')[0]! : now.toString()] : [];
  return [...own, ...links.flatMap(({ to }) => ('input' in to ? instantsOf(to.input, now) : []))];
}

async function inTransaction<T>(ctx: Writing, work: (tx: Tx) => Promise<T>): Promise<Result<T, Problem>> {
  try {
    return ok(await ctx.database.write(work));
  } catch (error) {
    if (error instanceof Refused) return refuse(error.problem);
    throw error;
  }
}

/** What the city's sensors are is journalled, with all that came along; single observations are not: there are millions. */
async function note(ctx: Writing, tx: Tx, actor: Actor, what: 'created' | 'changed' | 'deleted', written: readonly Written[]): Promise<void> {
  if (written.length === 0) return;
  const events = written.map(({ entity, id }) => ({ stream: `sensors:${ENTITIES[entity].set}(${id})`, kind: `sensors.${what}`, payload: { entity, id } }));
  await ctx.journal.append(tx, actor, ctx.clock(), events);
}
