import { invalidField, type Problem } from '../../../kernel/problem.ts';
import type { Tx } from '../../../platform/database/port.ts';
import { relationTo, type EntityName } from '../domain/entities.ts';
import type { Input, Link } from '../domain/input.ts';
import type { NewObservation } from '../domain/observation.ts';
import { toObservation } from '../domain/read-observation.ts';
import { insertEntity, isThere, updateEntity } from '../store/write-entities.ts';
import type { Changes } from './changes.ts';
import { findFeatures, findStreams, linkHistory, placesOfThing, placeThing, setObserved } from '../store/write-links.ts';

/** What the address names: `Things(1)/Datastreams` gives the Thing 1 by the relation `Thing`. */
export interface Parent {
  readonly relation: string;
  readonly entity: EntityName;
  readonly id: number;
}

/** What was written. */
export interface Written {
  readonly entity: EntityName;
  readonly id: number;
}

/** Leaves a transaction with a refusal; caught where the transaction begins. */
export class Refused extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.detail);
    this.problem = problem;
  }
}

/** Builds entities in one transaction, each after what it needs; observations wait for the end. */
export class Builder {
  readonly observations: NewObservation[] = [];
  /** What has been made, in this order. */
  readonly made: Written[] = [];
  readonly #tx: Tx;
  readonly #now: Temporal.Instant;
  readonly #changes: Changes;

  constructor(tx: Tx, now: Temporal.Instant, changes: Changes) {
    this.#tx = tx;
    this.#now = now;
    this.#changes = changes;
  }

  /** @returns the entity's number; 0 for an observation, which is kept later */
  async create(input: Input, parents: readonly Parent[] = []): Promise<number> {
    const needed = await this.#needed(input, parents);
    if (input.entity === 'Observation') return this.#observe(input, needed);
    const id = await insertEntity(this.#tx, input.entity, input.values, refsOf(needed));
    this.made.push({ entity: input.entity, id });
    this.#changes.entities.push({ what: 'created', entity: input.entity, id });
    await this.#tie(input, id, needed);
    return id;
  }

  /** Changes an entity that is there. */
  async change(input: Input, id: number): Promise<void> {
    if (input.entity === 'Observation') return;
    const needed = await this.#needed(input, []);
    await updateEntity(this.#tx, input.entity, id, input.values, refsOf(needed));
    this.#changes.entities.push({ what: 'changed', entity: input.entity, id });
    await this.#tie(input, id, needed);
  }

  /** To-one relations and observed properties: they must be there before the entity is. */
  async #needed({ links }: Input, parents: readonly Parent[]): Promise<ReadonlyMap<string, readonly number[]>> {
    const needed = new Map<string, number[]>(parents.map(({ relation, id }) => [relation, [id]]));
    for (const link of links) {
      if (!BEFORE.has(link.relation) || parents.some(({ relation }) => relation === link.relation)) continue;
      needed.set(link.relation, [...(needed.get(link.relation) ?? []), await this.#resolve(link)]);
    }
    return needed;
  }

  async #resolve({ relation, target, to }: Link): Promise<number> {
    if ('input' in to) return this.create(to.input);
    if (target === 'Observation' || (await isThere(this.#tx, target, to.id))) return to.id;
    throw new Refused(invalidField(relation, `${target}(${to.id}) gibt es nicht. Legen Sie den Eintrag zuerst an.`));
  }

  /** To-many relations: they come after the entity. */
  async #tie({ entity, links }: Input, id: number, needed: ReadonlyMap<string, readonly number[]>): Promise<void> {
    const observed = needed.get(entity === 'MultiDatastream' ? 'ObservedProperties' : 'ObservedProperty');
    if ((entity === 'Datastream' || entity === 'MultiDatastream') && observed !== undefined) await setObserved(this.#tx, id, observed);
    await this.#places(entity, links, id, needed);
    for (const { relation, target, to } of links) {
      if (!AFTER.has(relation) && !(entity === 'Thing' && relation === 'HistoricalLocations')) continue;
      const back = relationTo(target, entity)!;
      if ('input' in to) await this.create(to.input, [{ relation: back, entity, id }]);
      else if (target === 'Datastream' || target === 'MultiDatastream') {
        await updateEntity(this.#tx, target, to.id, {}, refsOf(new Map([[back, [id]]])));
        this.#changes.entities.push({ what: 'changed', entity: target, id: to.id });
      }
    }
  }

  /** Where things are, now and once. */
  async #places(entity: EntityName, links: readonly Link[], id: number, needed: ReadonlyMap<string, readonly number[]>): Promise<void> {
    const locations = links.filter(({ relation }) => relation === 'Locations');
    const ids: number[] = entity === 'Thing' || entity === 'HistoricalLocation' ? [...(needed.get('Locations') ?? [])] : [];
    for (const link of locations) ids.push(await this.#resolve(link));
    if (entity === 'Thing' && ids.length > 0) await this.#place(id, ids);
    if (entity === 'HistoricalLocation') for (const location of ids) await linkHistory(this.#tx, id, location);
    if (entity !== 'Location') return;
    const things = [...(needed.get('Things') ?? [])];
    for (const link of links.filter(({ relation }) => relation === 'Things')) things.push(await this.#resolve(link));
    for (const thing of things) await this.#place(thing, [...new Set([...(await this.#otherPlaces(thing)), id])]);
  }

  async #place(thing: number, locations: readonly number[]): Promise<void> {
    const history = await placeThing(this.#tx, thing, locations, this.#now);
    this.#changes.entities.push({ what: 'created', entity: 'HistoricalLocation', id: history });
  }

  /** A thing has one place of each kind; a new one of the same kind takes the old one's part. */
  async #otherPlaces(thing: number): Promise<readonly number[]> {
    return (await placesOfThing(this.#tx, thing)).slice(1);
  }

  async #observe(input: Input, needed: ReadonlyMap<string, readonly number[]>): Promise<number> {
    const [streamId] = needed.get('Datastream') ?? needed.get('MultiDatastream') ?? [];
    if (streamId === undefined)
      throw new Refused(invalidField('Datastream', 'Zu einer Observation gehört ein Datastream oder ein MultiDatastream: nennen Sie {"@iot.id": …}.'));
    const stream = (await findStreams(this.#tx, [streamId])).get(streamId);
    if (stream === undefined) throw new Refused(invalidField('Datastream', `Datastream(${streamId}) gibt es nicht.`));
    const [feature] = needed.get('FeatureOfInterest') ?? [];
    if (feature !== undefined && !(await findFeatures(this.#tx, [feature])).has(feature))
      throw new Refused(invalidField('FeatureOfInterest', `FeatureOfInterest(${feature}) gibt es nicht.`));
    const read = toObservation(input.values, stream, feature, this.#now);
    if (!read.ok) throw new Refused(read.problem);
    this.observations.push(read.value);
    return 0;
  }
}

/** Relations to what an entity cannot be without; and to what is its own. */
const BEFORE: ReadonlySet<string> = new Set([
  'Thing',
  'Sensor',
  'ObservedProperty',
  'ObservedProperties',
  'Datastream',
  'MultiDatastream',
  'FeatureOfInterest',
]);
const AFTER: ReadonlySet<string> = new Set(['Datastreams', 'MultiDatastreams', 'Observations']);

const COLUMNS: Readonly<Record<string, string>> = { Thing: 'thing_id', Sensor: 'sensor_id' };

const refsOf = (needed: ReadonlyMap<string, readonly number[]>): Record<string, number> =>
  Object.fromEntries([...needed].flatMap(([relation, [id]]) => (COLUMNS[relation] === undefined || id === undefined ? [] : [[COLUMNS[relation], id]])));
