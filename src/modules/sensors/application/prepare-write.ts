import type { Actor } from '../../../kernel/actor.ts';
import type { Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { Context } from '../../../platform/context.ts';
import type { Tx } from '../../../platform/database/port.ts';
import { ENTITIES, relationTo, type EntityName } from '../domain/entities.ts';
import { readInput, type Input } from '../domain/input.ts';
import { changeObservation, deleteEntity, deleteObservation, findObservationStream, isThere } from '../store/write-entities.ts';
import { Builder, Refused, type Parent, type Written } from './build-entities.ts';
import { writeTold, type Changes, type EntityChange } from './changes.ts';
import type { SingleObservation } from './group-commit.ts';
import { keepIn } from './keep-observations.ts';
import { parseKnown } from './known-paths.ts';

export type Writing = Pick<Context, 'database' | 'journal' | 'clock'>;

/** A transaction with what it changes, and what of it is to be journalled at its end. */
export interface WriteScope {
  readonly tx: Tx;
  readonly changes: Changes;
  readonly notes: EntityChange[];
}

/** A write whose form has been checked; `run` does it in a transaction and throws `Refused` where it cannot be. */
export interface PreparedWrite {
  readonly entity: EntityName;
  /** Instants whose partitions must be there before the transaction begins. */
  readonly instants: () => readonly string[];
  /** An observation that brings nothing along needs no transaction of its own. */
  readonly single?: SingleObservation;
  readonly run: (scope: WriteScope) => Promise<Written>;
}

const NOT_FOUND: Problem = { kind: 'not-found', detail: 'Diesen Eintrag gibt es nicht. Prüfen Sie die Nummer in der Adresse.' };
const NO_SET: Problem = {
  kind: 'not-found',
  detail: 'Hier kann nichts angelegt werden. Senden Sie an eine Menge wie Things oder Datastreams(1)/Observations.',
};
const NO_ENTITY: Problem = { kind: 'not-found', detail: 'Hier kann nichts geändert werden. Nennen Sie genau einen Eintrag wie Things(1).' };

/** An entity with all that comes along (OGC 18-088, 10.2). @param path decoded, below the root */
export function prepareCreate(ctx: Pick<Context, 'clock'>, path: string, body: unknown): Result<PreparedWrite, Problem> {
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
  return ok({
    entity,
    instants: () => instantsOf(input.value, ctx.clock()),
    ...(single === undefined ? {} : { single }),
    async run({ tx, changes, notes }) {
      for (const parent of parents) if (parent.entity === 'Observation' || !(await isThere(tx, parent.entity, parent.id))) throw new Refused(NOT_FOUND);
      const builder = new Builder(tx, ctx.clock(), changes);
      const id = await builder.create(input.value, parents);
      const kept = await keepIn(tx, builder.observations, changes);
      notes.push(...builder.made.map((made) => ({ what: 'created' as const, ...made })));
      return { entity, id: entity === 'Observation' ? kept[0]!.id : id };
    },
  });
}

/** What is named (`part`) or everything (`whole`) of one entity (OGC 18-088, 10.3). */
export function prepareUpdate(ctx: Pick<Context, 'clock'>, path: string, body: unknown, how: 'part' | 'whole'): Result<PreparedWrite, Problem> {
  const written = entityOf(path);
  if (written === undefined) return refuse(NO_ENTITY);
  const { entity, id } = written;
  const given = how === 'whole' ? Object.keys(ENTITIES[entity].navigation) : [];
  const input = readInput(entity, body, how, given);
  if (!input.ok) return input;
  return ok({
    entity,
    instants: () => instantsOf(input.value, ctx.clock()),
    async run({ tx, changes, notes }) {
      if (entity === 'Observation') {
        const streamId = await findObservationStream(tx, id);
        if (streamId === undefined) throw new Refused(NOT_FOUND);
        await changeObservation(tx, id, streamId, input.value.values);
        changes.entities.push({ what: 'changed', entity, id });
        return written;
      }
      if (!(await isThere(tx, entity, id))) throw new Refused(NOT_FOUND);
      const builder = new Builder(tx, ctx.clock(), changes);
      await builder.change(input.value, id);
      await keepIn(tx, builder.observations, changes);
      notes.push(...builder.made.map((made) => ({ what: 'created' as const, ...made })), { what: 'changed', entity, id });
      return written;
    },
  });
}

/** One entity with everything that cannot be without it (OGC 18-088, 10.4). */
export function prepareDelete(path: string): Result<PreparedWrite, Problem> {
  const written = entityOf(path);
  if (written === undefined) return refuse(NO_ENTITY);
  const { entity, id } = written;
  return ok({
    entity,
    instants: () => [],
    async run({ tx, changes, notes }) {
      if (entity === 'Observation') {
        if (!(await deleteObservation(tx, id))) throw new Refused(NOT_FOUND);
      } else {
        if (!(await isThere(tx, entity, id))) throw new Refused(NOT_FOUND);
        await deleteEntity(tx, entity, id);
        notes.push({ what: 'deleted', entity, id });
      }
      changes.entities.push({ what: 'deleted', entity, id });
      return written;
    },
  });
}

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
  const read = parseKnown(path);
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
  const read = parseKnown(path);
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

/**
 * Writes in one transaction, tells what changed and journals it last: the lock on the journal's head is always the
 * last one taken. What the city's sensors are is journalled, with all that came along; single observations are not:
 * there are millions.
 */
export function writeJournalled<T>(ctx: Writing, actor: Actor, work: (scope: WriteScope) => Promise<T>): Promise<T> {
  return writeTold(ctx.database, async (tx, changes) => {
    const notes: EntityChange[] = [];
    const done = await work({ tx, changes, notes });
    const events = notes.map(({ what, entity, id }) => ({
      stream: `sensors:${ENTITIES[entity].set}(${id})`,
      kind: `sensors.${what}`,
      payload: { entity, id },
    }));
    if (events.length > 0) await ctx.journal.append(tx, actor, ctx.clock(), events);
    return done;
  });
}
