import type { Actor } from '../../../kernel/actor.ts';
import type { EntityName } from '../domain/entities.ts';
import type { Plan } from '../domain/plan.ts';
import { fits, type PatternTopic, type ResourceTopic, type Topic } from '../domain/topic.ts';
import { planFor } from './tell-topics.ts';

/** Somebody who listens. */
export interface Listener {
  readonly actor: Actor;
  /** Streams that are closed to the public are there for them. */
  readonly seesInternal: boolean;
  /** Puts a message on its way, or ends a listener who does not take them. */
  send(topic: string, payload: Buffer, how: { readonly qos: 0 | 1; readonly retain: boolean }): void;
  /** More than half of what may wait for them waits. */
  readonly pressed: boolean;
  /** Waits until most of what was sent has been taken. */
  drained(): Promise<void>;
}

/** All who subscribed to the same text: what they are sent is made once. */
export interface Group<T extends Topic = Topic> {
  readonly filter: string;
  readonly topic: T;
  /** With the quality of service they asked for. */
  readonly members: Map<Listener, 0 | 1>;
  readonly plan: Plan;
  /** Of a property: what was told last, to the public and to the city; an unchanged value is not told again. */
  readonly last: [string | undefined, string | undefined];
}

const OBSERVATIONS = planFor({ entity: 'Observation', options: [] });

/** Different texts about the same, and different patterns in all: each is looked at for every message. */
const MOST_OF_KEY = 200;
const MOST_PATTERNS = 500;
/** Strangers alone never take all places: devices and the city's own people find one. */
const STRANGERS_SHARE = 0.5;

/** Who listens to what. */
export class Audience {
  readonly #groups = new Map<string, Group>();
  readonly #byKey = new Map<string, Set<Group<ResourceTopic>>>();
  readonly #patterns = new Set<Group<PatternTopic>>();
  /** How many listen to sets of neighbours, by entity. */
  readonly #near = new Map<EntityName, number>();

  get size(): number {
    return this.#groups.size;
  }

  /** @returns false when too many ask for the same in other words */
  add(listener: Listener, filter: string, topic: Topic, qos: 0 | 1): boolean {
    const known = this.#groups.get(filter);
    if (known === undefined && this.#isFull(topic, listener.actor.kind === 'anonymous' ? STRANGERS_SHARE : 1)) return false;
    (known ?? this.#open(filter, topic)).members.set(listener, qos);
    return true;
  }

  #isFull(topic: Topic, share: number): boolean {
    return topic.kind === 'pattern' ? this.#patterns.size >= MOST_PATTERNS * share : (this.#byKey.get(topic.key)?.size ?? 0) >= MOST_OF_KEY * share;
  }

  remove(listener: Listener, filter: string): void {
    const group = this.#groups.get(filter);
    if (group?.members.delete(listener) === true && group.members.size === 0) this.#close(group);
  }

  group(filter: string): Group | undefined {
    return this.#groups.get(filter);
  }

  /** Groups that want an update with this key. */
  listening(key: string): Iterable<Group<ResourceTopic>> {
    return this.#byKey.get(key) ?? [];
  }

  /** Groups whose pattern fits the topic. */
  fitting(topic: string): readonly Group<PatternTopic>[] {
    return this.#patterns.size === 0 ? [] : [...this.#patterns].filter((group) => fits(group.topic, topic));
  }

  /** Whether anybody listens to a set like `Things(1)/Datastreams` of this entity. */
  hasNear(entity: EntityName): boolean {
    return (this.#near.get(entity) ?? 0) > 0;
  }

  #open(filter: string, topic: Topic): Group {
    const group = {
      filter,
      topic,
      members: new Map<Listener, 0 | 1>(),
      plan: topic.kind === 'pattern' ? OBSERVATIONS : planFor(topic),
      last: [undefined, undefined],
    };
    this.#groups.set(filter, group as Group);
    if (topic.kind === 'pattern') this.#patterns.add(group as Group<PatternTopic>);
    else {
      this.#byKey.set(topic.key, (this.#byKey.get(topic.key) ?? new Set()).add(group as Group<ResourceTopic>));
      this.#countNear(topic, 1);
    }
    return group as Group;
  }

  #close(group: Group): void {
    this.#groups.delete(group.filter);
    if (group.topic.kind === 'pattern') return void this.#patterns.delete(group as Group<PatternTopic>);
    const groups = this.#byKey.get(group.topic.key);
    groups?.delete(group as Group<ResourceTopic>);
    if (groups?.size === 0) this.#byKey.delete(group.topic.key);
    this.#countNear(group.topic, -1);
  }

  #countNear({ key, entity }: ResourceTopic, by: 1 | -1): void {
    if (key.includes('/')) this.#near.set(entity, (this.#near.get(entity) ?? 0) + by);
  }
}
