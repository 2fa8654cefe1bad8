import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { connectAsync, type IClientOptions, type MqttClient } from 'mqtt';
import { MqttServer } from '../../src/modules/sensors/public.ts';
import { authenticateDevice } from '../../src/modules/identity/public.ts';
import type { CityServer } from '../../src/platform/http/server.ts';
import { insertSensors } from './sensor-rows.ts';
import type { Engine } from './temporary-database.ts';
import { ACTORS, as, type TestActor } from './test-server.ts';
import { serverOf, wholeCity, type WholeCity } from './whole-city.ts';

export interface Message {
  readonly topic: string;
  readonly value: Record<string, unknown>;
  readonly retain: boolean;
  readonly qos: number;
}

/** A client with all it was sent. */
export interface Connected {
  readonly client: MqttClient;
  readonly messages: Message[];
}

export interface MqttCity {
  readonly city: WholeCity;
  readonly server: CityServer;
  readonly port: number;
  /** Of a device that may write. */
  readonly key: string;
  readonly deviceId: string;
  readonly counts: MqttServer['counts'];
  /** As the administration; paths of the city. */
  send(method: string, path: string, body?: unknown): Promise<Response>;
  /** What everybody reads below the service's root. */
  read(path: string): Promise<Record<string, unknown>>;
  connect(options?: IClientOptions): Promise<Connected>;
  until(done: () => boolean | Promise<boolean>, what?: string): Promise<void>;
  close(): Promise<void>;
}

/** The quality that was granted; 128 is a refusal. */
export async function granted(client: MqttClient, topic: string, qos: 0 | 1 | 2 = 0): Promise<number> {
  try {
    const [grant] = await client.subscribeAsync(topic, { qos });
    return grant?.qos ?? 128;
  } catch {
    return 128;
  }
}

const TABLES = ['thing', 'location', 'historical_location', 'stream', 'sensor', 'observed_property', 'feature'];
type Limits = NonNullable<ConstructorParameters<typeof MqttServer>[1]['limits']>;

/** The whole city with the rows of `sensor-rows.ts` and MQTT on a port of its own. @param limits smaller ones, behind a second server */
export async function mqttCity(options: { readonly engine?: Engine; readonly limits?: Limits } = {}): Promise<MqttCity> {
  const city = await wholeCity(options.engine === undefined ? {} : { engine: options.engine });
  await insertSensors(city.ctx.database);
  // the rows bring their own numbers
  await city.ctx.database.write(async (tx) => {
    for (const table of TABLES) await sql`select setval(pg_get_serial_sequence(${`sensors.${table}`}, 'id'), 100)`.execute(tx);
  });
  const mqtt =
    options.limits === undefined ? city.mqtt : new MqttServer(city.ctx, { authenticateDevice: authenticateDevice(city.ctx), limits: options.limits });
  assert.ok(await mqtt.listen(0, '127.0.0.1'));
  const server = serverOf(city, (token) => ACTORS[token as TestActor]);
  const send = async (method: string, path: string, body?: unknown): Promise<Response> =>
    server.request(path, {
      method,
      headers: { ...as('administration'), origin: 'http://localhost:8080', 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const added = await send('POST', '/api/devices', { name: 'Pegel' });
  assert.equal(added.status, 201);
  const { id, key } = (await added.json()) as { id: string; key: string };
  const clients: MqttClient[] = [];
  return {
    city,
    server,
    send,
    async read(path) {
      const answer = await server.request(`/sta/v1.1/${path}`);
      assert.equal(answer.status, 200, path);
      return (await answer.json()) as Record<string, unknown>;
    },
    port: mqtt.port!,
    key,
    deviceId: id,
    counts: () => mqtt.counts(),
    async connect(wish = {}) {
      const messages: Message[] = [];
      const named = wish.password === undefined ? {} : { username: 'device' };
      const client = await connectAsync({ port: mqtt.port!, host: '127.0.0.1', protocol: 'mqtt', reconnectPeriod: 0, ...named, ...wish });
      client.on('error', () => {});
      client.on('message', (topic, payload, { retain, qos }) => {
        messages.push({ topic, value: JSON.parse(payload.toString()) as Record<string, unknown>, retain, qos });
      });
      clients.push(client);
      return { client, messages };
    },
    async until(done, what = 'what was waited for') {
      const ends = Date.now() + 15_000;
      while (!(await done())) {
        assert.ok(Date.now() < ends, `${what} did not happen`);
        await sleep(10);
      }
    },
    async close() {
      for (const client of clients) client.end(true);
      await mqtt.close();
      await city.close();
    },
  };
}
