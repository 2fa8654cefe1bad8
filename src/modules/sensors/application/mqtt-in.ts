import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { MqttClient } from 'mqtt';
import { codeOf } from '../../../kernel/error-code.ts';
import type { Admitted } from '../../../platform/outbound/port.ts';
import { readRow, rowsAt } from '../domain/connector-rows.ts';
import { PROTOCOLS, type MqttSource } from '../domain/connector.ts';
import { secretOf, type ConnectorContext } from './connector-context.ts';
import { keepRead } from './keep-new.ts';

const MOST_PACKET_BYTES = 1_000_000;
const CONNECT_MS = 20_000;

interface Packet {
  readonly topic: string;
  readonly payload: string | Buffer;
  readonly retain: boolean;
}

/**
 * Listens to a broker until it is closed or the line breaks. A message is acknowledged after the commit of what it
 * brought; the broker keeps what comes while the city is away (a session of its own, QoS 1).
 */
export class MqttIn {
  readonly #ctx: ConnectorContext;
  readonly #id: string;
  readonly #source: MqttSource;
  #client: MqttClient | undefined;
  #socket: Socket | undefined;
  #closed = false;

  constructor(ctx: ConnectorContext, id: string, source: MqttSource) {
    this.#ctx = ctx;
    this.#id = id;
    this.#source = source;
  }

  /** @param connected called once the broker has taken the subscription. @returns why it ended, in German; `undefined`: it was closed here */
  async listen(connected: () => Promise<void>): Promise<string | undefined> {
    const secret = secretOf(this.#ctx, this.#source.secret);
    if (!secret.ok) return secret.problem.detail;
    const admitted = await this.#ctx.outbound.admit(this.#source.url, PROTOCOLS.mqtt);
    if (!admitted.ok) return admitted.problem.detail;
    if (this.#closed) return undefined;
    const socket = openSocket(admitted.value);
    this.#socket = socket;
    const client = this.#clientOn(socket, secret.value);
    this.#client = client;
    const ended = new Promise<string>((resolve) => {
      client.on('error', (error) => resolve(sentenceOf(error)));
      client.on('close', () => resolve('Die Verbindung zum Broker ist abgebrochen.'));
    });
    const opening = this.#subscribe(client).then(connected);
    opening.catch(() => {});
    const why = await Promise.race([
      ended,
      opening.then(
        () => ended,
        (error: unknown) => sentenceOf(error),
      ),
    ]);
    client.end(true);
    socket.destroy();
    return this.#closed ? undefined : why;
  }

  close(): void {
    this.#closed = true;
    this.#client?.end(true);
    this.#socket?.destroy();
  }

  #clientOn(socket: Socket, password: string | undefined): MqttClient {
    const { user } = this.#source;
    const client = new MqttClient(() => socket, {
      clientId: `kontor${this.#id.replaceAll('-', '').slice(-17)}`,
      clean: false,
      protocolVersion: 4,
      keepalive: 30,
      connectTimeout: CONNECT_MS,
      // each attempt resolves and checks the name anew: the desk makes it
      reconnectPeriod: 0,
      resubscribe: false,
      ...(user === undefined ? {} : { username: user }),
      ...(password === undefined ? {} : { password }),
    });
    // a packet that never ends is no measurement
    let unfinished = 0;
    socket.prependListener('data', (chunk: Buffer) => {
      unfinished += chunk.length;
      if (unfinished > MOST_PACKET_BYTES) socket.destroy(new Error('packet too large'));
    });
    client.on('packetreceive', () => (unfinished = 0));
    client.handleMessage = (packet, done) => void this.#answer(client, packet, done);
    return client;
  }

  async #subscribe(client: MqttClient): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('timeout')), CONNECT_MS);
      client.once('connect', () => {
        clearTimeout(timer);
        resolve();
      });
      client.once('close', () => clearTimeout(timer));
    });
    const granted = await client.subscribeAsync(this.#source.topic, { qos: 1 });
    if (granted.some(({ qos }) => qos === 128)) throw new Error('subscription refused');
  }

  async #answer(client: MqttClient, packet: Packet, acknowledge: () => void): Promise<void> {
    try {
      await this.#take(packet);
    } catch (error) {
      // not acknowledged: it comes again
      if (!this.#closed) this.#ctx.log.error('sensors.connector-failed', { connectorId: this.#id, error: String(error) });
      client.end(true);
      return;
    }
    acknowledge();
  }

  async #take({ topic, payload, retain }: Packet): Promise<void> {
    const { mapping, rows: path } = this.#source;
    // the last known value, sent again on each connection: without a time of its own it would look new
    if (retain && mapping.time === undefined) return;
    const rows = rowsOf(payload.toString('utf8'), path);
    const levels = topic.split('/');
    const now = this.#ctx.clock();
    const read = typeof rows === 'string' ? [{ reason: rows }] : rows.map((row) => readRow(row, mapping, now, levels));
    await keepRead(this.#ctx, this.#id, mapping.property, read);
  }
}

/** A bare number or text is a row with one `value`. */
function rowsOf(text: string, path: string): readonly unknown[] | string {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? rowsAt(value, path) : [{ value }];
  } catch {
    return text.length > 0 && text.length <= 200 ? [{ value: text }] : 'Die Nachricht ist kein JSON.';
  }
}

function openSocket({ url, host, lookup }: Admitted): Socket {
  const port = Number(url.port === '' ? (url.protocol === 'mqtts:' ? 8883 : 1883) : url.port);
  if (url.protocol === 'mqtt:') return connectTcp({ host, port, lookup });
  return connectTls({ host, port, lookup, ...(isIP(host) === 0 ? { servername: host } : {}) });
}

function sentenceOf(error: unknown): string {
  const text = error instanceof Error ? `${codeOf(error) ?? ''} ${error.message}` : '';
  if (/ECONNREFUSED/.test(text)) return 'Der Broker nimmt keine Verbindung an. Prüfen Sie Adresse und Port.';
  if (/CERT|SELF_SIGNED|TLS|SSL/.test(text)) return 'Das Zertifikat des Brokers gilt nicht. Fragen Sie, wer ihn betreibt.';
  if (/Not authorized|Bad username|Connection refused: (4|5)|\b13[45]\b/i.test(text))
    return 'Der Broker lässt uns nicht hinein. Prüfen Sie Benutzer und Geheimnis.';
  if (/subscription refused|Subscribe error|Unspecified/i.test(text)) return 'Der Broker lässt uns dieses Thema nicht lesen. Fragen Sie, wer ihn betreibt.';
  if (/packet too large/.test(text)) return 'Der Broker schickt Nachrichten über 1 MB. Das lesen wir nicht.';
  if (/timeout|aborted|connack/i.test(text)) return 'Der Broker antwortet nicht. Prüfen Sie die Adresse.';
  return 'Die Verbindung zum Broker ist abgebrochen.';
}
