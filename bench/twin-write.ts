/**
 * How fast observations are written through the routes of SensorThings, each answered after its durable
 * commit: dataArrays, and single posts of 32 clients. Beside them, what the same database does with the
 * bare rows in one statement. Without a socket: bodies are read and answers written as a server would.
 * Run: `node bench/twin-write.ts URL-of-an-empty-PostgreSQL-database`. Exit status 1 when a limit is missed.
 */
import { sql } from 'kysely';
import { openDatabase } from '../src/database.ts';
import { sensorsRoutes } from '../src/modules/sensors/public.ts';
import { createJournal } from '../src/platform/journal/journal.ts';
import type { DataAnswer, DataRoute } from '../src/platform/http/route.ts';

const LIMITS = { dataArray: 100_000, single: 3000 };
const STREAMS = 1500;
const ROWS = 50_000;
const CLIENTS = 32;
const TURN_MS = 5000;

const [url] = process.argv.slice(2);
if (url === undefined) {
  console.error('Nennen Sie eine leere PostgreSQL-Datenbank: node bench/twin-write.ts postgresql://…');
  process.exit(2);
}
const database = await openDatabase({ databaseUrl: url, dataDirectory: '/nowhere' });
const clock = (): Temporal.Instant => Temporal.Now.instant();
const routes = sensorsRoutes({ database, journal: createJournal(), clock });

async function post(path: string, body: string): Promise<DataAnswer> {
  const route = routes.find(
    (one) => one.kind === 'data' && one.method === 'post' && one.path.endsWith(path === 'CreateObservations' ? path : ':path{.+}'),
  ) as DataRoute;
  const stream = new Blob([body]).stream();
  const visit = {
    actor: { kind: 'device', deviceId: 'bench' },
    params: { path },
    origin: 'http://localhost',
    requestId: '',
    body: stream,
    header: () => 'application/json',
  };
  const answer = await route.handle(visit as unknown as Parameters<DataRoute['handle']>[0]);
  if (answer.status !== 201) throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`);
  return answer;
}

async function describe(): Promise<void> {
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

let tick = Date.UTC(2026, 10, 1);
function dataArray(): string {
  const each = ROWS / 50;
  const groups = Array.from({ length: 50 }, (_, group) => {
    const rows = Array.from({ length: each }, (_unused, row) => [new Date(tick + row * 1000).toISOString(), row / 7]);
    return { Datastream: { '@iot.id': 1 + ((group * 29) % STREAMS) }, components: ['phenomenonTime', 'result'], dataArray: rows };
  });
  tick += each * 1000;
  return JSON.stringify(groups);
}

/** Rows a second of `turn`, which writes and says how many. */
async function rate(turn: () => Promise<number>, parallel = 1): Promise<number> {
  await turn();
  const started = performance.now();
  let rows = 0;
  await Promise.all(
    Array.from({ length: parallel }, async () => {
      while (performance.now() - started < TURN_MS) {
        const written = await turn();
        rows += written;
      }
    }),
  );
  return (rows / (performance.now() - started)) * 1000;
}

try {
  await describe();
  const arrays = await rate(async () => {
    await post('CreateObservations', dataArray());
    return ROWS;
  });
  const bare = await rate(async () => {
    await sql`insert into sensors.observation (stream_id, phenomenon_start, result_number)
      select 1 + n % ${STREAMS}, '2026-11-02T00:00:00Z'::timestamptz + n * interval '1 second', n / 7.0 from generate_series(1, ${ROWS}) n`.execute(
      database.read,
    );
    return ROWS;
  });
  let stream = 0;
  const single = await rate(async () => {
    stream = (stream % STREAMS) + 1;
    await post(`Datastreams(${stream})/Observations`, '{"result": 1.5}');
    return 1;
  }, CLIENTS);
  console.log(
    `dataArray of ${ROWS}: ${(arrays / LIMITS.dataArray).toFixed(2)} of the limit of ${LIMITS.dataArray}/s (1 or more is met); ${(arrays / bare).toFixed(2)} of the bare insert`,
  );
  console.log(`single posts, ${CLIENTS} clients: ${(single / LIMITS.single).toFixed(2)} of the limit of ${LIMITS.single}/s (1 or more is met)`);
  process.exitCode = arrays < LIMITS.dataArray || single < LIMITS.single ? 1 : 0;
} finally {
  await database.close();
}
