/**
 * How many uses a second can be counted, beside what the same database takes as raw events in multi-row inserts in the
 * same run; and how many links of a campaign can be followed through HTTP, beside Node's own server that only answers. The
 * client is another process and takes its part of the two cores, so that the cores which the server needs are told, too.
 * Run: `node bench/outreach.ts [pglite|URL of an empty PostgreSQL database] [seconds]`. Exit status 1 when counting and writing miss the limit.
 */
import { spawn } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer as createNodeServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Actor } from '../src/kernel/actor.ts';
import { expectOk } from '../src/kernel/result.ts';
import { legalDay } from '../src/kernel/time.ts';
import type { Reader, Use, UseStep } from '../src/kernel/usage.ts';
import { makeCampaign, moveCampaign } from '../src/modules/outreach/application/campaigns.ts';
import { makeLink } from '../src/modules/outreach/application/links.ts';
import { outreachRoutes, type OutreachContext } from '../src/modules/outreach/public.ts';
import { UseCounter } from '../src/modules/usage/public.ts';
import { flush } from '../src/modules/usage/application/flush.ts';
import { migrate, readMigrations } from '../src/platform/database/migrate.ts';
import { openPglite } from '../src/platform/database/pglite.ts';
import type { Database } from '../src/platform/database/port.ts';
import { openPostgres } from '../src/platform/database/postgres.ts';
import { listen } from '../src/platform/http/listen.ts';
import { createServer } from '../src/platform/http/server.ts';
import { createJournal } from '../src/platform/journal/journal.ts';
import { silentLog } from '../src/platform/log/log.ts';
import { html } from '../src/platform/ui/html.ts';
import { viewOf } from '../src/platform/ui/view.ts';

const LIMIT = 5000;
const CLIENTS = 4;
const ROWS = 500;
const CONNECTIONS = 32;
const engine = process.argv[2] ?? 'pglite';
const seconds = Number(process.argv[3] ?? 5);
const clock = (): Temporal.Instant => Temporal.Now.instant();

const STEPS: readonly UseStep[] = ['link-followed', 'service-shown', 'form-begun', 'form-page', 'form-refused'];

/** The use of a made-up reader: 200,000 browsers, 40 services with ten pages of four fields, 20 campaigns. */
function event(index: number): readonly [Reader, Use] {
  const browser = (index * 7919) % 200_000;
  const step = STEPS[index % STEPS.length]!;
  const [page, field] = [`p${index % 10}`, `f${index % 4}`];
  return [
    {
      device: browser % 3 === 0 ? 'computer' : 'phone',
      lang: browser % 9 === 0 ? 'en' : 'de',
      modes: browser % 5 === 0 ? ['dark'] : [],
      robot: browser % 50 === 0,
      ofToday: `browser-of-today-${browser}`,
    },
    {
      step,
      subject: `service-${index % 40}`,
      ...(step.startsWith('form-') ? { page } : {}),
      ...(step === 'form-refused' ? { field } : {}),
      ...(index % 4 === 0 ? { origin: `b7kf${'bcdfghjkmnpqrstvwxz2'[index % 20]!}` } : {}),
    },
  ];
}

/** Raw events, several hundred rows a statement, durable: what a log of events in this database would have to take. */
async function rawEvents(database: Database): Promise<number> {
  await sql`create table bench_event (at timestamptz, step text, subject text, page text, field text, origin text, device text, lang text)`.execute(
    database.read,
  );
  const end = performance.now() + seconds * 1000;
  const started = performance.now();
  let rows = 0;
  const clients = database.engine === 'postgres' ? CLIENTS : 1;
  await Promise.all(
    Array.from({ length: clients }, async (_, client) => {
      for (let turn = 0; performance.now() < end; turn++) {
        const events = Array.from({ length: ROWS }, (__, row) => event(turn * ROWS + row + client * 1_000_000));
        const column = (of: (one: (typeof events)[number]) => string | undefined): (string | null)[] => events.map((one) => of(one) ?? null);
        await sql`insert into bench_event select now(), * from unnest(${column(([, use]) => use.step)}::text[], ${column(([, use]) => use.subject)}::text[],
          ${column(([, use]) => use.page)}::text[], ${column(([, use]) => use.field)}::text[], ${column(([, use]) => use.origin)}::text[],
          ${column(([reader]) => reader.device)}::text[], ${column(([reader]) => reader.lang)}::text[])`.execute(database.read);
        rows += ROWS;
      }
    }),
  );
  await sql`drop table bench_event`.execute(database.read);
  return (rows / (performance.now() - started)) * 1000;
}

const newCounter = (): UseCounter => new UseCounter({ clock, random: () => randomBytes(32), writer: randomUUID() });

/** Counts as fast as it goes, and writes what is full every second: six hundred times as often as the city does. */
async function counted(database: Database): Promise<{ readonly perSecond: number; readonly written: number }> {
  const counter = newCounter();
  const started = performance.now();
  const end = started + seconds * 1000;
  let [index, written, next] = [0, 0, started + 1000];
  while (performance.now() < end) {
    for (let burst = 0; burst < 1000; burst++) counter.count(...event(index++));
    await breathe();
    if (performance.now() < next) continue;
    written += await flush({ database, clock }, counter);
    next += 1000;
  }
  written += await flush({ database, clock }, counter);
  return { perSecond: (index / (performance.now() - started)) * 1000, written };
}

async function sent(port: number, code: string): Promise<{ readonly perSecond: number; readonly answers: number }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'outreach-sender.ts'), String(port), String(CONNECTIONS), String(seconds), code], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let out = '';
  child.stdout.on('data', (bytes: Buffer) => (out += bytes.toString()));
  await once(child, 'close');
  const told = JSON.parse(out) as { answers: number; failed: number; seconds: number };
  if (told.failed > 0) throw new Error(`${told.failed} requests failed`);
  return { perSecond: told.answers / told.seconds, answers: told.answers };
}

const PRESS: Actor = { kind: 'staff', staffId: '0190a000-0000-7000-8000-0000000000b1', roles: ['presse'], authorities: [] };

/** A campaign that runs, with a link to a service. */
async function campaign(ctx: OutreachContext): Promise<string> {
  const today = legalDay(clock());
  const until = today.add({ years: 1 });
  const made = await makeCampaign(ctx, PRESS, {
    title: 'Bench',
    titles: { en: 'Bench', leicht: 'Bench' },
    aim: 'Viele öffnen einen Link.',
    goal: { services: [], rate: 'take-up', toPercent: 50, by: until },
    audience: 'alle',
    places: [],
    channels: ['poster'],
    material: '',
    budgetCents: 0,
    spentCents: 0,
    startsOn: today,
    endsOn: until,
    source: 'eigene Planung',
    ownPlacement: true,
  });
  const { id } = expectOk(made);
  expectOk(await moveCampaign(ctx, PRESS, id, 'running'));
  return expectOk(await makeLink(ctx, PRESS, id, { target: '/leistungen/hund', channel: 'poster', place: '', material: '' })).code;
}

/** The campaigns' own routes through the city's server: what is known of a browser is read, judged by the rules, counted and kept. */
async function overHttp(database: Database): Promise<{ readonly perSecond: number; readonly bare: number; readonly cpuSeconds: number }> {
  const counter = newCounter();
  const name = { de: 'Hund', en: 'Dog', leicht: 'Hund' };
  const ctx: OutreachContext = {
    ...{ clock, database, log: silentLog, journal: createJournal(), count: counter.count, random: Math.random },
    settings: { env: 'production', city: 'Messstadt', publicUrl: 'http://localhost' },
    typesetter: { compile: () => Promise.reject(new Error('nothing is printed')) },
    services: () => [{ key: 'hund', name }],
  };
  const code = await campaign(ctx);
  const server = createServer({
    routes: outreachRoutes(ctx, (visit) => viewOf(visit, { demo: false })),
    publicUrl: 'http://localhost',
    production: true,
    clock,
    log: silentLog,
    authenticate: async () => undefined,
    renderProblem: () => html``,
    renderPage: () => html``,
    rateLimit: 0,
    trustedProxies: 1,
  });
  const listener = await listen((request, env) => server.fetch(request, env), { host: '127.0.0.1', port: 0 });
  const before = process.cpuUsage();
  const { perSecond, answers } = await sent(listener.port, code);
  const { user, system } = process.cpuUsage(before);
  await listener.close(0);
  const node = createNodeServer((_, response) => response.writeHead(302, { location: '/', 'content-length': '0' }).end()).listen(0, '127.0.0.1');
  await once(node, 'listening');
  const bare = await sent((node.address() as AddressInfo).port, code);
  node.closeAllConnections();
  node.close();
  return { perSecond, bare: bare.perSecond, cpuSeconds: (user + system) / 1e6 / answers };
}

const directory = mkdtempSync(join(tmpdir(), 'kontor-bench-outreach-'));
const database = engine === 'pglite' ? await openPglite(directory) : openPostgres(engine, CLIENTS);
try {
  const modules = join(import.meta.dirname, '../src/modules');
  await migrate(
    database,
    await readMigrations([
      { schema: 'platform', directory: join(import.meta.dirname, '../src/platform/migrations') },
      { schema: 'usage', directory: join(modules, 'usage/store') },
      { schema: 'outreach', directory: join(modules, 'outreach/store') },
    ]),
  );
  console.log(`engine: ${database.engine}; load, server and database on the same machine`);
  const raw = await rawEvents(database);
  const { perSecond, written } = await counted(database);
  console.log(`raw events a second in inserts of ${ROWS} rows, to the limit of ${LIMIT}: ${(raw / LIMIT).toFixed(2)}`);
  console.log(
    `uses counted and written a second, to the limit of ${LIMIT}: ${(perSecond / LIMIT).toFixed(2)} (1 or more is met); to the raw inserts: ${(perSecond / raw).toFixed(2)}; counters written: ${written}`,
  );
  const http = await overHttp(database);
  console.log(
    `links followed over HTTP a second, to the limit of ${LIMIT}: ${(http.perSecond / LIMIT).toFixed(2)}; to Node's own server that only answers: ${(http.perSecond / http.bare).toFixed(2)}; cores that the server needs for ${LIMIT}: ${(http.cpuSeconds * LIMIT).toFixed(2)}`,
  );
  process.exitCode = perSecond >= LIMIT ? 0 : 1;
} finally {
  await database.close();
  rmSync(directory, { recursive: true, force: true });
}
