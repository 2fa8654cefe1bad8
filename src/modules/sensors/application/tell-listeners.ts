import { setTimeout as sleep } from 'node:timers/promises';
import type { Actor } from '../../../kernel/actor.ts';
import type { Context } from '../../../platform/context.ts';
import { entityKey, fits } from '../domain/topic.ts';
import type { Audience, Group, Listener } from './audience.ts';
import type { Changes, EntityChange, KeptObservation } from './changes.ts';
import { ROOT } from './read-links.ts';
import { KnownStreams, type StreamFacts } from './stream-facts.ts';
import { keysOfEntity, keysOfObservation, latestPage, showChanged, showObservation, streamKey, topicOf } from './tell-topics.ts';

export type TellContext = Pick<Context, 'database' | 'clock' | 'log' | 'settings'>;

const STRANGER: Actor = { kind: 'anonymous' };
const CITY: Actor = { kind: 'system', job: 'sensors.mqtt' };
/** Observations told before others get a turn of the loop. */
const SLICE = 100;
/** So long a listener whose messages pile up is waited for, once a slice: all others wait along. */
const PATIENCE_MS = 20;
/** Who listens to a stream itself is told at most so often that it has grown. */
const GROWN_MS = 1000;
type StreamEntity = 'Datastream' | 'MultiDatastream';
const PAGE = 500;

const bytesOf = (shown: object): Buffer => Buffer.from(JSON.stringify(shown));

/** Tells listeners what has been written, in the order of the commits. */
export class Teller {
  /** Observations that were kept but not told: too many waited. */
  untold = 0;
  readonly #ctx: TellContext;
  readonly #audience: Audience;
  readonly #mostWaiting: number;
  readonly #streams: KnownStreams;
  readonly #base: string;
  readonly #waiting: Changes[] = [];
  #waitingRows = 0;
  #working = false;
  #pressed = false;
  /** Streams that have grown and somebody listens to. */
  #grown = new Map<number, StreamEntity>();
  #tellingGrown = false;

  constructor(ctx: TellContext, audience: Audience, mostWaiting: number) {
    this.#ctx = ctx;
    this.#audience = audience;
    this.#mostWaiting = mostWaiting;
    this.#streams = new KnownStreams(ctx);
    this.#base = ctx.settings.publicUrl + ROOT;
  }

  /** Follows the module's writes; called before their answers go out. */
  tell(changes: Changes): void {
    this.#streams.follow(changes);
    if (this.#audience.size === 0) return;
    const { observations, entities } = changes;
    if (this.#waitingRows + observations.length > this.#mostWaiting) {
      this.untold += observations.length;
      this.#waiting.push({ observations: [], entities });
    } else {
      this.#waitingRows += observations.length;
      this.#waiting.push(changes);
    }
    if (!this.#working) void this.#work();
  }

  async #work(): Promise<void> {
    this.#working = true;
    for (let changes = this.#waiting.shift(); changes !== undefined; changes = this.#waiting.shift()) {
      try {
        for (const change of changes.entities) await this.#tellEntity(change);
        for (let at = 0; at < changes.observations.length; at += SLICE) {
          await this.#tellObservations(changes.observations.slice(at, at + SLICE));
          await this.#rest();
        }
      } catch (error) {
        this.#ctx.log.error('sensors.mqtt-forward-failed', { error: String(error) });
      }
      this.#waitingRows -= changes.observations.length;
    }
    this.#working = false;
  }

  async #rest(): Promise<void> {
    const pressed = this.#pressed;
    this.#pressed = false;
    await (pressed ? sleep(PATIENCE_MS) : new Promise((next) => setImmediate(next)));
  }

  /** To all of a group who may know. */
  #deliver({ members }: Group, topic: string, payload: Buffer, internal: boolean): void {
    for (const [listener, qos] of members) {
      if (internal && !listener.seesInternal) continue;
      listener.send(topic, payload, { qos, retain: false });
      if (listener.pressed) this.#pressed = true;
    }
  }

  async #tellObservations(rows: readonly KeptObservation[]): Promise<void> {
    await this.#streams.learn(rows.map(({ streamId }) => streamId));
    for (const row of rows) {
      const { multi, internal } = this.#streams.get(row.streamId) ?? (await this.#learnAnew(row.streamId));
      const shown = new Map<string, Buffer>();
      const payload = (group: Group): Buffer => {
        const select = group.topic.kind === 'pattern' ? '' : (group.topic.options[0]?.text ?? '');
        const made = shown.get(select) ?? bytesOf(showObservation(this.#base, row, multi, group.plan));
        shown.set(select, made);
        return made;
      };
      for (const key of keysOfObservation(row, multi))
        for (const group of this.#audience.listening(key)) if (group.topic.property.length === 0) this.#deliver(group, group.filter, payload(group), internal);
      const topic = topicOf(streamKey(row.streamId, multi));
      for (const group of this.#audience.fitting(topic)) this.#deliver(group, topic, payload(group), internal);
      this.#note(row.streamId, multi ? 'MultiDatastream' : 'Datastream');
    }
  }

  /** The stream was written this very moment. */
  async #learnAnew(id: number): Promise<StreamFacts> {
    for (;;) {
      await this.#streams.learn([id]);
      const facts = this.#streams.get(id);
      if (facts !== undefined) return facts;
    }
  }

  /** A stream's times and area have grown: whoever listens to that very stream is told, sets of streams are not. */
  #note(id: number, entity: StreamEntity): void {
    const [first] = this.#audience.listening(entityKey(entity, id));
    if (first === undefined) return;
    this.#grown.set(id, entity);
    if (!this.#tellingGrown) void this.#tellGrown();
  }

  /** Beside the observations, which do not wait for it. */
  async #tellGrown(): Promise<void> {
    this.#tellingGrown = true;
    while (this.#grown.size > 0) {
      const grown = this.#grown;
      this.#grown = new Map();
      for (const [id, entity] of grown)
        for (const group of this.#audience.listening(entityKey(entity, id)))
          await this.#tellGroup(group, group.filter, { entity, id }).catch((error: unknown) =>
            this.#ctx.log.error('sensors.mqtt-forward-failed', { error: String(error) }),
          );
      await sleep(GROWN_MS, undefined, { ref: false });
    }
    this.#tellingGrown = false;
  }

  async #tellEntity({ what, entity, id }: EntityChange): Promise<void> {
    if (what === 'deleted') return;
    const keys = await keysOfEntity(this.#ctx, CITY, entity, id, this.#audience.hasNear(entity));
    for (const key of keys) for (const group of this.#audience.listening(key)) await this.#tellGroup(group, group.filter, { entity, id });
    const topic = topicOf(entity === 'Observation' ? (keys.find((key) => /^(Multi)?Datastreams\(\d+\)\/Observations$/.test(key)) ?? keys[0]!) : keys[0]!);
    for (const group of this.#audience.fitting(topic)) await this.#tellGroup(group, topic, { entity, id });
  }

  /** Read anew with the listeners' own rights, and once more where something was written meanwhile. */
  async #tellGroup(group: Group, topic: string, changed: { readonly entity: EntityChange['entity']; readonly id: number }): Promise<void> {
    const wanted = group.topic.kind === 'pattern' ? { property: [], options: [] } : group.topic;
    for (;;) {
      const writes = this.#streams.writes;
      const open = await showChanged(this.#ctx, STRANGER, changed, wanted, this.#base);
      const shown = open ?? (await showChanged(this.#ctx, CITY, changed, wanted, this.#base));
      if (writes !== this.#streams.writes) continue;
      if (shown === undefined) return;
      const payload = bytesOf(shown);
      if (wanted.property.length > 0) {
        const at = open === undefined ? 1 : 0;
        const text = payload.toString();
        if (group.last[at] === text) return;
        group.last[at] = text;
      }
      return this.#deliver(group, topic, payload, open === undefined);
    }
  }

  /** Sends the latest observations that a topic covers, as retained messages: they are read, not stored twice. */
  async sendLatest(listener: Listener, filters: readonly string[], gone: () => boolean): Promise<void> {
    for (const filter of filters) {
      const group = this.#audience.group(filter);
      if (group !== undefined) await this.#sendLatestOf(listener, group, gone);
    }
  }

  async #sendLatestOf(listener: Listener, group: Group, gone: () => boolean): Promise<void> {
    const { topic } = group;
    const one = topic.kind === 'pattern' ? undefined : /^(?:Multi)?Datastreams\((\d+)\)\/Observations$/.exec(topic.key)?.[1];
    if (topic.kind === 'resource' && one === undefined) return;
    const streamId = one === undefined ? {} : { streamId: Number(one) };
    for (let after = 0; ;) {
      await listener.drained();
      if (gone()) return;
      const writes = this.#streams.writes;
      const page = await latestPage(this.#ctx, listener.actor, { ...streamId, after, limit: PAGE }, { plan: group.plan, base: this.#base });
      if (writes !== this.#streams.writes) continue;
      for (const { key, shown } of page) {
        const name = topicOf(key);
        const how = { qos: group.members.get(listener) ?? 0, retain: true } as const;
        if (topic.kind === 'resource') listener.send(group.filter, bytesOf(shown), how);
        else if (fits(topic, name)) listener.send(name, bytesOf(shown), how);
      }
      if (page.length < PAGE || one !== undefined) return;
      after = page.at(-1)!.streamId;
    }
  }
}
