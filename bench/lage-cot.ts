/**
 * How many CoT events in XML are parsed and stored a second, over TCP, beside the rate at which the same rows are
 * only inserted in the same run. Clients are another process. Every event is a row before it counts.
 * Run: `node bench/lage-cot.ts URL-of-an-empty-PostgreSQL-database`. Exit status 1 while the limit is missed.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { sql } from 'kysely';
import { openDatabase } from '../src/database.ts';
import { FeedsDesk, type FeedsContext } from '../src/modules/feeds/public.ts';
import type { Database } from '../src/platform/database/port.ts';
import { createJournal } from '../src/platform/journal/journal.ts';
import { silentLog } from '../src/platform/log/log.ts';
import { cotXml } from '../src/commands/cot-words.ts';

const LIMIT = 10_000;
const MOVERS = 2000;
const CLIENTS = 4;
const TURN_MS = 8000;
const INSERTED_AT_ONCE = 1000;
const LAGE = '0190a000-0000-7000-8000-000000000001';
const SOURCE = '0190a000-0000-7000-8000-000000000002';

const messageOf = (mover: number, timeMs: number): string =>
  cotXml({
    uid: `ANDROID-${String(mover)}`,
    type: 'a-f-G-U-C',
    timeMs,
    lat: 53.5 + (mover % 50) / 1000,
    lon: 9.9 + mover / 20_000,
    ceMetres: 8,
    callsign: `Boot ${String(mover)}`,
    group: 'Cyan',
    role: 'Team Member',
    batteryPercent: 80,
    speedMetresPerSecond: 1.5,
    courseDegrees: 90,
  });

/** Sends until time is up, each mover in turn, waiting where the line is full. @returns messages sent */
async function sendAll(port: number): Promise<number> {
  const ends = performance.now() + TURN_MS;
  const each = Array.from({ length: CLIENTS }, async (_, client) => {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    socket.resume();
    const sent = await send(socket, client, ends);
    socket.end();
    await once(socket, 'close');
    return sent;
  });
  return (await Promise.all(each)).reduce((sum, one) => sum + one, 0);
}

async function send(socket: Socket, client: number, ends: number): Promise<number> {
  let sent = 0;
  for (let turn = 0; performance.now() < ends; turn++) {
    // each turn of a mover is a millisecond later than its last, so that none is a repeat
    const timeMs = Date.now() - 30_000 + turn;
    for (let mover = client; mover < MOVERS && performance.now() < ends; mover += CLIENTS * 50) {
      const many = Array.from({ length: 50 }, (_, index) => mover + index * CLIENTS).filter((one) => one < MOVERS);
      sent += many.length;
      if (!socket.write(many.map((one) => messageOf(one, timeMs)).join('\n'))) await once(socket, 'drain');
    }
  }
  return sent;
}

async function clientSends(port: number): Promise<number> {
  const child = spawn(process.execPath, [import.meta.filename, 'client', String(port)], { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.on('data', (data: Buffer) => (text += data.toString()));
  const [code] = (await once(child, 'exit')) as [number];
  if (code !== 0) throw new Error('the client has failed');
  return Number(text);
}

const countRows = async (database: Database): Promise<number> =>
  (await sql<{ events: number }>`select count(*)::int as events from feeds.event`.execute(database.read)).rows[0]!.events;

/** Events that became rows a second, from the first byte to the last commit. */
async function storedRate(ctx: FeedsContext): Promise<number> {
  const desk = new FeedsDesk(ctx);
  const port = await desk.listen({ port: 0, host: '127.0.0.1' });
  const before = await countRows(ctx.database);
  const started = performance.now();
  const sent = await clientSends(port!);
  for (let stored = 0; stored < sent; stored = (await countRows(ctx.database)) - before) {
    if (performance.now() - started > 10 * TURN_MS) throw new Error(`${String(stored)} of ${String(sent)} events were stored`);
    await new Promise((next) => setTimeout(next, 20));
  }
  const rate = (sent / (performance.now() - started)) * 1000;
  await desk.close();
  return rate;
}

/** The same rows by one statement each thousand, with nothing around it. */
async function bareRate(database: Database): Promise<number> {
  await sql`create table bare_event (like feeds.event)`.execute(database.read);
  const detail = messageOf(1, Date.now()).replace(/^.*<detail>/, '<detail>');
  const uids = Array.from({ length: INSERTED_AT_ONCE }, (_, index) => `ANDROID-${String(index)}`);
  const started = performance.now();
  let rows = 0;
  for (; performance.now() - started < TURN_MS / 2; rows += INSERTED_AT_ONCE)
    await sql`insert into bare_event select ${LAGE}::uuid, ${SOURCE}::uuid, now(), uid, 'a-f-G-U-C', ${Date.now()}::bigint, 9.9, 53.5, ${detail}
      from unnest(${uids}::text[]) as u (uid)`.execute(database.read);
  return (rows / (performance.now() - started)) * 1000;
}

async function asCity(url: string): Promise<void> {
  const database = await openDatabase({ databaseUrl: url, dataDirectory: '/nowhere' });
  try {
    const never = (): Promise<never> => Promise.reject(new Error('not asked'));
    const ctx: FeedsContext = {
      database,
      journal: createJournal(),
      clock: () => Temporal.Now.instant(),
      log: silentLog,
      outbound: { text: never, download: never, admit: never },
      deviceName: never,
      streams: async () => [],
      followStreams: () => () => {},
      paceFactor: 0,
    };
    await database.write(async (tx) => {
      await sql`insert into situation.lage (id, key, title, hazard, exercise, state, led_by, origin, opened_at)
        values (${LAGE}, 'bench', 'Bench', 'andere', true, 'open', 'Bench', 'bench', now())`.execute(tx);
      await sql`insert into feeds.source (id, lage_id, kind, name, config, active, declared_by, declared_at)
        values (${SOURCE}, ${LAGE}, 'cot', 'Bench', '{"certificate": "*"}', true, 'Bench', now())`.execute(tx);
    });
    // the first turn warms up
    await storedRate(ctx);
    const stored = await storedRate(ctx);
    const bare = await bareRate(database);
    console.log(
      `CoT XML, ${String(CLIENTS)} clients, ${String(MOVERS)} movers: parsed and stored ${(stored / LIMIT).toFixed(2)} of the limit of ${String(LIMIT)}/s (1 or more is met); ${(stored / bare).toFixed(2)} of the bare insert of the same rows`,
    );
    process.exitCode = stored < LIMIT ? 1 : 0;
  } finally {
    await database.close();
  }
}

const [first, port] = process.argv.slice(2);
if (first === 'client') console.log(await sendAll(Number(port)));
else if (first !== undefined) await asCity(first);
else {
  console.error('Nennen Sie eine leere PostgreSQL-Datenbank: node bench/lage-cot.ts postgresql://…');
  process.exitCode = 2;
}
