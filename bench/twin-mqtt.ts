/**
 * How fast observations arrive over MQTT with quality 1, each acknowledged after its durable commit, beside single
 * posts over HTTP with keep-alive in the same run. Clients are another process; both sides speak over sockets.
 * Run: `node bench/twin-mqtt.ts URL-of-an-empty-PostgreSQL-database`. Exit status 1 when a limit is missed.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { sql } from 'kysely';
import { openDatabase } from '../src/database.ts';
import type { Actor } from '../src/kernel/actor.ts';
import { MqttServer, sensorsRoutes } from '../src/modules/sensors/public.ts';
import { listen } from '../src/platform/http/listen.ts';
import { createServer } from '../src/platform/http/server.ts';
import { createJournal } from '../src/platform/journal/journal.ts';
import { silentLog } from '../src/platform/log/log.ts';
import { html } from '../src/platform/ui/html.ts';

const LIMIT = 10_000;
const STREAMS = 1500;
const TURN_MS = 5000;
const MQTT_CLIENTS = 8;
/** Messages one client has sent and not seen acknowledged. */
const WINDOW = 500;
const HTTP_CLIENTS = 64;
const KEY = 'bench';
const PAYLOAD = '{"result": 1.5}';

/** A packet of MQTT 3.1.1 with its length. */
function packet(first: number, ...parts: readonly (Buffer | string)[]): Buffer {
  const body = Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.concat([word(Buffer.byteLength(part)), Buffer.from(part)]) : part)));
  const length: number[] = [];
  for (let left = body.length; ; left >>= 7) {
    length.push(left > 127 ? (left & 127) | 128 : left);
    if (left <= 127) break;
  }
  return Buffer.concat([Buffer.from([first, ...length]), body]);
}
function word(value: number): Buffer {
  return Buffer.from([value >> 8, value & 255]);
}

let stream = 0;
const nextTopic = (): string => `v1.1/Datastreams(${String(1 + (stream++ % STREAMS))})/Observations`;

/** Publishes until time is up. @returns messages acknowledged */
async function publishAll(port: number): Promise<number> {
  const ends = performance.now() + TURN_MS;
  const each = Array.from({ length: MQTT_CLIENTS }, async (_, index) => {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    socket.write(packet(0x10, 'MQTT', Buffer.from([4, 0xc2, 0, 60]), `bench-${String(index)}`, 'device', KEY));
    return publish(socket, ends);
  });
  return (await Promise.all(each)).reduce((sum, one) => sum + one, 0);
}

function publish(socket: Socket, ends: number): Promise<number> {
  let [sent, acknowledged, seen] = [0, 0, 0];
  return new Promise((done, failed) => {
    const fill = (): void => {
      if (performance.now() >= ends) {
        if (acknowledged === sent) {
          socket.destroy();
          done(acknowledged);
        }
        return;
      }
      const packets: Buffer[] = [];
      while (sent - acknowledged < WINDOW) packets.push(packet(0x32, nextTopic(), word(1 + (sent++ % 65_000)), Buffer.from(PAYLOAD)));
      if (packets.length > 0) socket.write(Buffer.concat(packets));
    };
    socket.on('data', (data: Buffer) => {
      // CONNACK and PUBACK are four bytes each
      seen += data.length;
      acknowledged = Math.max(0, Math.floor(seen / 4) - 1);
      if (seen >= 4) fill();
    });
    socket.on('error', failed);
    socket.on('close', () => failed(new Error('the server has ended the connection')));
  });
}

/** Posts until time is up. @returns posts answered 201 */
async function postAll(port: number): Promise<number> {
  const ends = performance.now() + TURN_MS;
  const agent = new Agent({ keepAlive: true, maxSockets: HTTP_CLIENTS });
  const headers = { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' };
  const each = Array.from({ length: HTTP_CLIENTS }, async () => {
    let answered = 0;
    for (; performance.now() < ends; answered++) {
      const path = `/sta/${nextTopic()}`;
      const asked = request({ port, host: '127.0.0.1', method: 'POST', path, headers, agent }).end(PAYLOAD);
      const [answer] = (await once(asked, 'response')) as [import('node:http').IncomingMessage];
      if (answer.statusCode !== 201) throw new Error(String(answer.statusCode));
      answer.resume();
      await once(answer, 'end');
    }
    return answered;
  });
  const posts = (await Promise.all(each)).reduce((sum, one) => sum + one, 0);
  agent.destroy();
  return posts;
}

/** The other process: says how many a second. */
async function asClient(how: string, port: number): Promise<void> {
  const started = performance.now();
  const done = await (how === 'mqtt' ? publishAll(port) : postAll(port));
  console.log((done / (performance.now() - started)) * 1000);
}

async function rateOf(how: 'mqtt' | 'http', port: number): Promise<number> {
  const child = spawn(process.execPath, [import.meta.filename, 'client', how, String(port)], { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.on('data', (data: Buffer) => (text += data.toString()));
  const [code] = (await once(child, 'exit')) as [number];
  if (code !== 0) throw new Error(`the ${how} client has failed`);
  return Number(text);
}

async function asCity(url: string): Promise<void> {
  const database = await openDatabase({ databaseUrl: url, dataDirectory: '/nowhere' });
  const clock = (): Temporal.Instant => Temporal.Now.instant();
  const settings = { env: 'demo', publicUrl: 'http://localhost', city: 'Demo-Stadt' } as const;
  const ctx = { database, journal: createJournal(), clock, log: silentLog, settings };
  const device: Actor = { kind: 'device', deviceId: 'bench' };
  const authenticateDevice = async (key: string): Promise<{ actor: Actor } | undefined> => (key === KEY ? { actor: device } : undefined);
  const mqtt = new MqttServer(ctx, { authenticateDevice, paceFactor: 0 });
  const server = createServer({
    routes: sensorsRoutes(ctx, mqtt),
    publicUrl: settings.publicUrl,
    production: false,
    clock,
    log: silentLog,
    authenticate: async () => undefined,
    authenticateDevice,
    renderProblem: () => html``,
    renderPage: () => html``,
    rateLimit: 0,
    database,
  });
  await describe(database);
  await mqtt.listen(0, '127.0.0.1');
  const listener = await listen((asked, env) => server.fetch(asked, env), { host: '127.0.0.1', port: 0 });
  try {
    // the first turn of each warms up
    await rateOf('http', listener.port);
    await rateOf('mqtt', mqtt.port!);
    const posts = await rateOf('http', listener.port);
    const before = mqtt.counts().kept;
    const published = await rateOf('mqtt', mqtt.port!);
    const { rows } = await sql<{ kept: number }>`select sum(observations)::int as kept from sensors.summary`.execute(database.read);
    if (rows[0]!.kept < mqtt.counts().kept || mqtt.counts().kept <= before || mqtt.counts().refused > 0) throw new Error('what was acknowledged is not there');
    console.log(
      `MQTT, quality 1, ${MQTT_CLIENTS} clients: ${(published / LIMIT).toFixed(2)} of the limit of ${LIMIT}/s (1 or more is met); ${(published / posts).toFixed(2)} of single posts over HTTP by ${HTTP_CLIENTS} clients`,
    );
    process.exitCode = published < LIMIT ? 1 : 0;
  } finally {
    await mqtt.close();
    await listener.close();
    await database.close();
  }
}

async function describe(database: Awaited<ReturnType<typeof openDatabase>>): Promise<void> {
  await database.write(async (tx) => {
    await sql`insert into sensors.sensor (id, name, description, encoding_type, metadata) values (1, 's', '', '', '""')`.execute(tx);
    await sql`insert into sensors.thing (id, name, description) select n, 't', '' from generate_series(1, ${STREAMS}) n`.execute(tx);
    await sql`insert into sensors.location (id, name, description, encoding_type, location, geometry)
      select n, 'l', '', '', '{}', st_setsrid(st_makepoint(9.9 + n / 10000.0, 53.5), 4326) from generate_series(1, ${STREAMS}) n`.execute(tx);
    await sql`insert into sensors.thing_location select n, n from generate_series(1, ${STREAMS}) n`.execute(tx);
    await sql`insert into sensors.stream (id, name, description, observation_type, unit, thing_id, sensor_id)
      select n, 'd', '', '', '{}', n, 1 from generate_series(1, ${STREAMS}) n`.execute(tx);
  });
}

const [first, how, port] = process.argv.slice(2);
if (first === 'client') await asClient(how!, Number(port));
else if (first !== undefined) await asCity(first);
else {
  console.error('Nennen Sie eine leere PostgreSQL-Datenbank: node bench/twin-mqtt.ts postgresql://…');
  process.exitCode = 2;
}
