/**
 * How fast features and tiles leave the city: 240,000 points, as many as Hamburg has street trees.
 * Run: `node bench/twin-features.ts URL-of-an-empty-PostgreSQL-database`. Exit status 1 when a limit is missed.
 */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { sql } from 'kysely';
import { cityForAWhile } from '../src/commands/city-for-a-while.ts';
import { openPostgres } from '../src/platform/database/postgres.ts';
import { mapServer, missingForMapServer } from './mapserver.ts';

const POINTS = 240_000;
const LIMITS = { pointsPerSecond: 200_000, coldTileMs: 10, warmTilesPerSecond: 10_000 };
const [url] = process.argv.slice(2);
if (url === undefined) {
  console.error('Nennen Sie eine leere PostgreSQL-Datenbank: node bench/twin-features.ts postgresql://…');
  process.exit(2);
}

/** Points on a grid over the city, each with three properties. */
async function fill(address: string): Promise<void> {
  const database = openPostgres(address, 1);
  await database.write(async (tx) => {
    await sql`insert into geodata.collection (id, title, properties, geometry_types, features, extent, created_at, changed_at)
      values ('probe', 'Probe', '{"art":"text","umfang":"integer","nr":"integer"}', '{Point}', ${POINTS}, '{9.7,53.4,10.3,53.7}', now(), now())`.execute(tx);
    await sql`create table geodata.feature_probe partition of geodata.feature for values in ('probe')`.execute(tx);
    await sql`insert into geodata.feature (collection_id, seq, id, geometry, properties, body, changed_at)
      select 'probe', n, n::text, st_transform(st_setsrid(st_makepoint(lon, lat), 4326), 25832), p,
        json_build_object('type', 'Feature', 'id', n::text, 'geometry', json_build_object('type', 'Point', 'coordinates', json_build_array(lon, lat)), 'properties', p)::text, now()
      from (select n, 9.7 + (n % 600) / 1000.0 as lon, 53.4 + (n / 600) * 0.00075 as lat,
        jsonb_build_object('art', 'Linde', 'umfang', n % 300, 'nr', n) as p from generate_series(1, ${POINTS}) n) g`.execute(tx);
  });
  await sql`analyze geodata.feature`.execute(database.read);
  await database.close();
}

const beside = (file: string): string => join(import.meta.dirname, file);

/** Answers a second for a reader in another process, on 16 connections; the best of some turns, because the machine does other things, too. */
async function perSecond(port: string, path: string, turns: number): Promise<number> {
  const run = promisify(execFile);
  let best = 0;
  for (let turn = 0; turn < turns; turn++)
    best = Math.max(best, Number((await run(process.execPath, [beside('reader.ts'), port, path, '16', '40000'])).stdout));
  return best;
}

/** Node's own server with the same bytes: the floor under every figure of tiles. */
async function bareServer(address: string): Promise<{ readonly port: string; readonly stop: () => void }> {
  const child = spawn(process.execPath, [beside('bare-server.ts'), address], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [port] = (await once(child.stdout, 'data')) as [Buffer];
  return { port: String(port).trim(), stop: () => void child.kill() };
}

/** Seconds that MapServer takes for the same pages of the same points; `undefined`, and said, where it is not there. */
async function besideMapServer(base: string, pages: number, seconds: (work: () => Promise<unknown>) => Promise<number>): Promise<number | undefined> {
  const missing = missingForMapServer();
  if (missing !== undefined) {
    console.log(`not compared with MapServer: ${missing}`);
    return undefined;
  }
  const peer = await mapServer(`/vsicurl_streaming/${base}/items?f=fgb&limit=${POINTS}`);
  try {
    const page = (): Promise<Buffer> => peer.get('/ogcapi/collections/probe/items?f=json&limit=10000');
    const first = String(await page());
    const { numberReturned } = JSON.parse(first.slice(first.indexOf('{'))) as { numberReturned: number };
    if (numberReturned !== 10_000) throw new Error(`MapServer gives ${numberReturned} points, not 10000`);
    return await seconds(async () => {
      for (let turn = 0; turn < pages; turn++) await page();
    });
  } finally {
    peer.stop();
  }
}

const city = await cityForAWhile({ DATABASE_URL: url, KONTOR_RATE_LIMIT: '0' });
try {
  await fill(url);
  const base = `${city.url}/ogc/collections/probe`;
  const seconds = async (work: () => Promise<unknown>): Promise<number> => {
    const before = performance.now();
    await work();
    return (performance.now() - before) / 1000;
  };
  const page = async (): Promise<number> => (await (await fetch(`${base}/items?f=json&limit=10000`)).arrayBuffer()).byteLength;
  for (let turn = 0; turn < 5; turn++) await page();
  const pages = 24;
  const reading = await seconds(async () => {
    for (let turn = 0; turn < pages; turn++) await page();
  });
  const tileAt = (z: number, y: number, x: number): string => `/ogc/collections/probe/tiles/WebMercatorQuad/${z}/${y}/${x}`;
  const tile = async (z: number, y: number, x: number): Promise<void> => void (await (await fetch(city.url + tileAt(z, y, x))).arrayBuffer());
  for (let turn = 0; turn < 10; turn++) await tile(14, 5290, 8640 + turn);
  const cold: number[] = [];
  for (let turn = 0; turn < 40; turn++) cold.push(await seconds(() => tile(14, 5285 + Math.floor(turn / 10), 8640 + (turn % 10))));
  const coldMs = cold.toSorted((a, b) => a - b)[20]! * 1000;
  const path = tileAt(14, 5285, 8640);
  const warm = await perSecond(new URL(city.url).port, path, 3);
  const bare = await bareServer(city.url + path);
  const bareWarm = await perSecond(bare.port, path, 2);
  bare.stop();
  const peer = await besideMapServer(base, pages, seconds);
  const ratios = {
    ...(peer === undefined ? {} : { 'points, beside MapServer 8 (FastCGI, FlatGeobuf), above 1 is faster': peer / reading }),
    'points, pages of 10,000 (above 1 is met)': (pages * 10_000) / reading / LIMITS.pointsPerSecond,
    'tiles z14 from memory, reader in another process (above 1 is met)': warm / LIMITS.warmTilesPerSecond,
    'cold tile z14, median (above 1 is met)': LIMITS.coldTileMs / coldMs,
  };
  for (const [name, ratio] of Object.entries(ratios)) console.log(`${name.padEnd(70)} ${ratio.toFixed(2)}`);
  console.log(`${'tiles z14 from memory, of what node:http alone does with these bytes'.padEnd(70)} ${(warm / bareWarm).toFixed(2)}`);
  process.exitCode = Object.values(ratios).every((ratio) => ratio >= 1) ? 0 : 1;
} finally {
  await city.stop();
}
