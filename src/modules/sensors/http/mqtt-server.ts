import { createHash } from 'node:crypto';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { callbackify } from 'node:util';
import { Aedes, type AedesPublishPacket, type AuthenticateError, type Client, type PublishPacket, type Subscription } from 'aedes';
import type { Actor } from '../../../kernel/actor.ts';
import { Audience } from '../application/audience.ts';
import { followChanges } from '../application/changes.ts';
import { Teller, type TellContext } from '../application/tell-listeners.ts';
import { openTopic } from '../application/topics.ts';
import type { Context } from '../../../platform/context.ts';
import { guardPackets, MQTT_LIMITS, type MqttLimits } from './mqtt-limits.ts';
import { InboundTwice, noEmitter, noPersistence } from './mqtt-nothing-kept.ts';
import { keepPublished } from './mqtt-publish.ts';
import { inPace, Session } from './mqtt-session.ts';

export interface MqttOptions {
  readonly authenticateDevice: (key: string) => Promise<{ readonly actor: Actor } | undefined>;
  readonly limits?: Partial<MqttLimits>;
  /** On what a client may send a second; 0: no limit. */
  readonly paceFactor?: number;
}

/** What the administration sees. */
export interface MqttCounts {
  readonly connections: number;
  readonly topics: number;
  readonly kept: number;
  readonly refused: number;
  readonly stalled: number;
  readonly untold: number;
}

type MqttContext = TellContext & Pick<Context, 'journal'>;

const STRANGER: Actor = { kind: 'anonymous' };
const NOT_AUTHORISED = 5;
/** A device that sends nonsense is named in the log once in this time, with how often it did. */
const LOG_EVERY_MS = 10_000;

/** SensorThings over MQTT 3.1.1 (OGC 18-088, 14): publishing creates observations, subscribing tells updates. */
export class MqttServer {
  readonly #ctx: MqttContext;
  readonly #limits: MqttLimits;
  readonly #authenticate: MqttOptions['authenticateDevice'];
  readonly #audience = new Audience();
  readonly #teller: Teller;
  readonly #inbound = new InboundTwice();
  readonly #sessions = new Map<Client, Session>();
  readonly #strangers = new Map<string, number>();
  /** Connections that have said nothing yet, by address. */
  readonly #silent = new Map<string, Set<Socket>>();
  /** Keys of clients that have shown one, to ask again whether they still open. */
  readonly #keys = new Map<Session, string>();
  readonly #refusedBy = new Map<string, { count: number; loggedAtMs: number }>();
  readonly #counts = { kept: 0, refused: 0, stalled: 0 };
  #running: { readonly server: Server; readonly broker: Aedes; readonly port: number; readonly stop: () => void } | undefined;

  constructor(ctx: MqttContext, { authenticateDevice, limits, paceFactor = 1 }: MqttOptions) {
    this.#ctx = ctx;
    const all = { ...MQTT_LIMITS, ...limits };
    this.#limits = { ...all, publishesPerSecond: all.publishesPerSecond * paceFactor, subscribesPerSecond: all.subscribesPerSecond * paceFactor };
    this.#authenticate = authenticateDevice;
    this.#teller = new Teller(ctx, this.#audience, this.#limits.waitingObservations);
  }

  /** Opens the port. @returns false when it is taken */
  async listen(port: number, host: string): Promise<boolean> {
    const server = createServer((socket) => this.#connect(socket));
    server.maxConnections = this.#limits.connections;
    const opened = await new Promise<boolean>((done, failed) => {
      server.once('error', (error: NodeJS.ErrnoException) => (error.code === 'EADDRINUSE' || error.code === 'EACCES' ? done(false) : failed(error)));
      server.listen(port, host, () => done(true));
    });
    if (!opened) return false;
    const broker = await this.#broker();
    const unfollow = followChanges(this.#ctx.database, (changes) => this.#teller.tell(changes));
    const recheck = setInterval(() => void this.#recheck(), this.#limits.recheckSeconds * 1000);
    recheck.unref();
    const stop = (): void => {
      unfollow();
      clearInterval(recheck);
    };
    this.#running = { server, broker, port: (server.address() as AddressInfo).port, stop };
    return true;
  }

  /** Absent while nobody can connect. */
  get port(): number | undefined {
    return this.#running?.port;
  }

  counts(): MqttCounts {
    return { connections: this.#sessions.size, topics: this.#audience.size, ...this.#counts, untold: this.#teller.untold };
  }

  async close(): Promise<void> {
    const running = this.#running;
    if (running === undefined) return;
    this.#running = undefined;
    running.stop();
    const closed = new Promise<void>((done) => running.server.close(() => done()));
    await new Promise<void>((done) => running.broker.close(() => done()));
    for (const session of this.#sessions.values()) session.end();
    await closed;
  }

  #connect(socket: Socket): void {
    const broker = this.#running?.broker;
    const address = socket.remoteAddress ?? '';
    if (broker === undefined || (this.#silent.get(address)?.size ?? 0) >= this.#limits.connectionsOfAddress) return void socket.destroy();
    // who has not said who it is counts as a stranger
    this.#silent.set(address, (this.#silent.get(address) ?? new Set()).add(socket));
    socket.once('close', () => this.#heard(socket, address));
    socket.setNoDelay(true);
    // clients that name no keep-alive are missed by the system
    socket.setKeepAlive(true, 60_000);
    guardPackets(socket, this.#limits.packetBytes, () => this.#ctx.log.warn('sensors.mqtt-packet-too-large', {}));
    broker.handle(socket);
  }

  async #broker(): Promise<Aedes> {
    const willed = new WeakSet<Client>();
    const admit = callbackify((client: Client, password: Buffer | undefined) => this.#admit(client, password));
    const broker = new Aedes({
      mq: noEmitter,
      persistence: noPersistence(this.#inbound),
      connectTimeout: this.#limits.connectSeconds * 1000,
      maxClientsIdLength: 300,
      maxTopicLevels: this.#limits.topicLevels,
      preConnect(client, packet, done) {
        if (packet.will !== undefined) willed.add(client);
        // nothing is kept for clients that are away; and nobody ends another one's connection by its name
        packet.clean = true;
        packet.clientId = nameOf(packet.clientId ?? '', packet.password);
        done(null, true);
      },
      authenticate: (client, _username, password, done) => {
        const said = (error: Error | null, admitted: boolean): void => done(error === null ? null : refusal(error.message), admitted);
        if (willed.has(client)) said(new Error('a will is not taken'), false);
        else admit(client, password, said);
      },
      authorizeSubscribe: callbackify(async (client: Client, subscription: Subscription) =>
        (await this.#subscribe(client, subscription)) ? subscription : null,
      ),
      authorizePublish: callbackify(async (client: Client | null, packet: PublishPacket) => this.#publish(client, packet)),
      authorizeForward: (_client, packet: AedesPublishPacket) => packet,
    });
    broker.on('subscribe', (subscriptions, client) => this.#sendLatest(client, subscriptions));
    broker.on('unsubscribe', (filters, client) => this.#unsubscribe(client, filters));
    // what a client does wrong ends its own connection, as aedes does by itself
    broker.on('clientError', () => {});
    broker.on('connectionError', () => {});
    await broker.listen();
    return broker;
  }

  async #admit(client: Client, password: Buffer | undefined): Promise<boolean> {
    const address = (client.conn as Socket).remoteAddress ?? '';
    const key = password?.toString('utf8');
    const known = key === undefined ? { actor: STRANGER } : await this.#authenticate(key);
    if (known === undefined || client.conn.destroyed) return false;
    if (key === undefined && (this.#strangers.get(address) ?? 0) >= this.#limits.connectionsOfAddress) return false;
    const session = new Session(client, { actor: known.actor, address }, this.#limits, () => {
      this.#counts.stalled += 1;
      this.#ctx.log.warn('sensors.mqtt-stalled', { queuedBytes: this.#limits.queuedBytes });
    });
    this.#sessions.set(client, session);
    this.#heard(client.conn as Socket, address);
    client.conn.once('close', () => this.#leave(client));
    if (key === undefined) this.#strangers.set(address, (this.#strangers.get(address) ?? 0) + 1);
    else this.#keys.set(session, key);
    return true;
  }

  #heard(socket: Socket, address: string): void {
    const silent = this.#silent.get(address);
    if (silent?.delete(socket) === true && silent.size === 0) this.#silent.delete(address);
  }

  #leave(client: Client): void {
    const session = this.#sessions.get(client);
    if (session === undefined) return;
    this.#sessions.delete(client);
    session.gone = true;
    for (const filter of session.filters) this.#audience.remove(session, filter);
    if (this.#keys.delete(session)) return;
    const left = (this.#strangers.get(session.address) ?? 1) - 1;
    if (left > 0) this.#strangers.set(session.address, left);
    else this.#strangers.delete(session.address);
  }

  async #subscribe(client: Client, { topic: filter, qos }: Subscription): Promise<boolean> {
    const session = this.#sessions.get(client);
    if (session === undefined || filter.length > this.#limits.topicLength) return false;
    if (!session.filters.has(filter) && session.filters.size >= this.#limits.subscriptions) return false;
    // several of one packet are read at the same time
    session.filters.add(filter);
    await inPace(session.subscribing);
    const topic = await openTopic(this.#ctx, session.actor, filter).catch(() => undefined);
    // packets of one client are taken at the same time: it may have left, or unsubscribed meanwhile
    if (session.gone || !session.filters.has(filter)) return false;
    const added = topic?.ok === true && this.#audience.add(session, filter, topic.value, qos > 0 ? 1 : 0);
    if (!added) session.filters.delete(filter);
    return added;
  }

  #unsubscribe(client: Client, filters: readonly string[]): void {
    const session = this.#sessions.get(client);
    if (session === undefined) return;
    for (const filter of filters) {
      session.filters.delete(filter);
      this.#audience.remove(session, filter);
    }
  }

  #sendLatest(client: Client, subscriptions: readonly Subscription[]): void {
    const session = this.#sessions.get(client);
    if (session === undefined) return;
    const filters = subscriptions.map(({ topic }) => topic).filter((filter) => session.filters.has(filter));
    const send = (): Promise<void> => this.#teller.sendLatest(session, filters, () => session.gone);
    session.latest = session.latest.then(send).catch((error: unknown) => this.#ctx.log.error('sensors.mqtt-latest-failed', { error: String(error) }));
  }

  /** Done after the durable commit: aedes acknowledges then. What fails is not acknowledged, and the connection ends. */
  async #publish(client: Client | null, packet: PublishPacket & { messageId?: number }): Promise<void> {
    const session = client === null ? undefined : this.#sessions.get(client);
    if (client === null || session === undefined) throw new Error('no session');
    if (session.actor.kind !== 'device') {
      this.#refused('stranger', packet.topic.slice(0, 100), 'Wer schreibt, zeigt einen Schlüssel.');
      throw new Error('not authorised');
    }
    // a message of quality 2 that comes again was kept the first time
    if (packet.qos === 2 && packet.messageId !== undefined && this.#inbound.has(client, packet.messageId)) return;
    await this.#keep(session, session.actor.deviceId, packet);
  }

  async #keep(session: Session, deviceId: string, { topic, payload }: PublishPacket): Promise<void> {
    await inPace(session.publishing);
    const kept = topic.length > this.#limits.topicLength ? undefined : await keepPublished(this.#ctx, session.actor, topic, payload);
    if (kept?.ok === true) this.#counts.kept += 1;
    else this.#refused(deviceId, topic.slice(0, 100), kept?.problem.detail ?? 'Das Thema ist zu lang.');
  }

  /** MQTT 3.1.1 has no answer that says no: it is counted, and told in the log. */
  #refused(deviceId: string, topic: string, detail: string): void {
    this.#counts.refused += 1;
    const nowMs = performance.now();
    const before = this.#refusedBy.get(deviceId);
    const count = (before?.count ?? 0) + 1;
    const due = before === undefined || nowMs - before.loggedAtMs >= LOG_EVERY_MS;
    if (this.#refusedBy.size > 1000) this.#refusedBy.clear();
    this.#refusedBy.set(deviceId, { count, loggedAtMs: due ? nowMs : before.loggedAtMs });
    if (due) this.#ctx.log.warn('sensors.mqtt-refused', { deviceId, topic, detail, count });
  }

  /** Whose key was revoked is let go. */
  async #recheck(): Promise<void> {
    for (const [session, key] of [...this.#keys]) {
      const known = await this.#authenticate(key).catch(() => ({ actor: session.actor }));
      if (known === undefined) session.end();
    }
  }
}

function refusal(message: string): AuthenticateError {
  return Object.assign(new Error(message), { returnCode: NOT_AUTHORISED });
}

/** Two clients have the same name only if they show the same key. */
function nameOf(clientId: string, password: Buffer | undefined): string {
  if (clientId === '') return '';
  const of = password === undefined ? 'anonymous' : createHash('sha256').update(password).digest('hex').slice(0, 16);
  return `${of}:${clientId.slice(0, 200)}`;
}
