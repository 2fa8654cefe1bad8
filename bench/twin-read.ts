/**
 * How fast observations are read through the routes of SensorThings: the latest one of a stream, and pages.
 * Run: `node bench/twin-read.ts URL-of-an-empty-PostgreSQL-database [rows]`. Exit status 1 when a limit is missed.
 */
import { createJournal } from '../src/platform/journal/journal.ts';
import { sql } from 'kysely';
import { openDatabase } from '../src/database.ts';
import { sensorsRoutes } from '../src/modules/sensors/public.ts';
import type { DataRoute } from '../src/platform/http/route.ts';
import type { Database } from '../src/platform/database/port.ts';

const LATEST_A_SECOND = 8_000;
const PAGE_MS = 5;
const STREAMS = 1_500;
/** Some hundred observations of as many streams: shown beside the others, held to nothing. */
const WITHOUT_LIMIT = '100 Things with the latest of each stream';
const TURN_MS = 4_000;
const AT_ONCE = 32;

const [url, count = '2000000'] = process.argv.slice(2);
if (url === undefined) {
  console.error('Nennen Sie eine leere PostgreSQL-Datenbank: node bench/twin-read.ts postgresql://…');
  process.exit(2);
}

/** A year of observations in monthly partitions, the streams taking turns. */
async function load({ write, read }: Database, rows: number): Promise<void> {
  const statements = [
    `insert into sensors.thing (id, name, description) select n, 'Thing ' || n, '' from generate_series(1, ${STREAMS / 2}) n`,
    `insert into sensors.sensor (id, name, description, encoding_type, metadata) values (1, 'Sensor', '', 'text/html', '""')`,
    `insert into sensors.stream (id, name, description, observation_type, unit, thing_id, sensor_id)
      select n, 'Stream ' || n, '', 'OM_Measurement', '{}', 1 + n % ${STREAMS / 2}, 1 from generate_series(1, ${STREAMS}) n`,
    ...Array.from({ length: 12 }, (_, month) => {
      const [from, to] = [month, month + 1].map((one) => `${2025 + Math.floor(one / 12)}-${String((one % 12) + 1).padStart(2, '0')}-01T00:00:00Z`);
      return `create table sensors.observation_2025_${String(month + 1).padStart(2, '0')} partition of sensors.observation for values from ('${from}') to ('${to}')`;
    }),
    `insert into sensors.observation (id, stream_id, phenomenon_start, result_time, result_number)
      select n, 1 + n % ${STREAMS}, '2025-01-01T00:00:00Z'::timestamptz + n * (interval '364 days' / ${rows}), '2025-01-01T00:00:00Z'::timestamptz + n * (interval '364 days' / ${rows}), n % 1000
      from generate_series(1, ${rows}) n`,
    `insert into sensors.summary (stream_id, observations, phenomenon_start, phenomenon_end, latest_id, latest_start)
      select stream_id, count(*), min(phenomenon_start), max(phenomenon_start), max(id), max(phenomenon_start) from sensors.observation group by stream_id`,
  ];
  await write(async (tx) => {
    for (const statement of statements) await sql.raw(statement).execute(tx);
  });
  await sql`vacuum analyze sensors.observation`.execute(read);
  await sql`analyze`.execute(read);
}

/** How many a second, with several under way at once. */
async function rate(ask: (turn: number) => Promise<unknown>): Promise<number> {
  let done = 0;
  const run = async (milliseconds: number): Promise<void> => {
    const end = performance.now() + milliseconds;
    done = 0;
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        while (performance.now() < end) await ask((done += 1));
      }),
    );
  };
  await run(TURN_MS / 2); // warm
  const before = performance.now();
  await run(TURN_MS);
  return done / ((performance.now() - before) / 1000);
}

/** One after the other; the slowest of all but one in twenty. */
async function p95(ask: (turn: number) => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let turn = 0; turn < 120; turn += 1) {
    const before = performance.now();
    await ask(turn);
    if (turn >= 20) times.push(performance.now() - before);
  }
  return times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.95)]!;
}

const rows = Number(count);
const database = await openDatabase({ databaseUrl: url, dataDirectory: '/nowhere' });
try {
  await load(database, rows);
  const route = sensorsRoutes({ database, journal: createJournal(), clock: () => Temporal.Now.instant() }).find(
    ({ path, method }) => path.includes(':path') && method === 'get',
  ) as DataRoute;
  const ask = async (path: string, options: string): Promise<{ value: unknown[] }> => {
    const visit = { actor: { kind: 'anonymous' }, params: { path }, query: new URLSearchParams(options), origin: 'http://localhost', requestId: '' };
    const { status, body } = await route.handle(visit as unknown as Parameters<DataRoute['handle']>[0]);
    if (status !== 200) throw new Error(`${path}?${options}: ${String(status)} ${JSON.stringify(body)}`);
    return JSON.parse(body as string) as { value: unknown[] };
  };
  const streamOf = (turn: number): number => 1 + ((turn * 7919) % STREAMS);
  const latest = (turn: number) => ask(`Datastreams(${String(streamOf(turn))})/Observations`, '$top=1&$orderby=phenomenonTime desc');
  const bare = (turn: number) =>
    sql`select * from sensors.observation where stream_id = ${streamOf(turn)} order by phenomenon_start desc limit 1`.execute(database.read);

  console.log(`${count} observations of ${STREAMS} streams on PostgreSQL, without a socket in front`);
  const bareRate = await rate(bare);
  const latestRate = await rate(latest);
  const met: boolean[] = [latestRate >= LATEST_A_SECOND];
  console.log(`latest observation, to the limit of ${LATEST_A_SECOND}/s (above 1 is met)   ${(latestRate / LATEST_A_SECOND).toFixed(2)}`);
  console.log(`latest observation, to the bare statement in the same run        ${(latestRate / bareRate).toFixed(2)}`);
  console.log(`p95 to the limit of ${PAGE_MS} ms (below 1 is met)`);
  const token = Buffer.from(JSON.stringify([Math.floor(rows / 2)])).toString('base64url');
  const pages: readonly (readonly [string, (turn: number) => Promise<unknown>])[] = [
    ['latest 100 of a stream', (turn) => ask(`Datastreams(${String(streamOf(turn))})/Observations`, '$orderby=phenomenonTime desc')],
    ['first 100 of all', () => ask('Observations', '')],
    ['100 from the middle of all', () => ask('Observations', `$skiptoken=${token}`)],
    [
      '100 of a stream in one day',
      (turn) =>
        ask(`Datastreams(${String(streamOf(turn))})/Observations`, '$filter=phenomenonTime ge 2025-06-01T00:00:00Z and phenomenonTime lt 2025-06-02T00:00:00Z'),
    ],
    [WITHOUT_LIMIT, () => ask('Things', '$expand=Datastreams($expand=Observations($top=1;$orderby=phenomenonTime desc))')],
  ];
  for (const [name, page] of pages) {
    const ms = await p95(page);
    if (name !== WITHOUT_LIMIT) met.push(ms < PAGE_MS);
    console.log(`${name.padEnd(44)} ${(ms / PAGE_MS).toFixed(2)}`);
  }
  process.exitCode = met.every(Boolean) ? 0 : 1;
} finally {
  await database.close();
}
