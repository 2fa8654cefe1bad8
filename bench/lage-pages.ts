/**
 * How long the pages of a Lage take, in a demo city on PGlite with its exercise and 142 gates; the reader is another
 * process and reads page after page as somebody of the staff would, the next when the last is whole.
 * Run: `node bench/lage-pages.ts [turns]`. Exit status 1 when a page misses the limit.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { BrowserClient, formAction } from '../src/commands/browser-client.ts';
import { cityForAWhile } from '../src/commands/city-for-a-while.ts';
import { SESSION_COOKIE } from '../src/platform/http/session-cookie.ts';

/** Our own, for every page of the city. */
const P95_MS = 20;
const LAGE = '/lagen/uebung-nordwind';
const PAGES = [
  '',
  ...'ueberblick karte tagebuch nachrichten lageberichte sturmflut tore unterwegs kraefte auftraege anforderungen unterkuenfte material meldungen warnungen quellen partner flut stab'
    .split(' ')
    .map((part) => `/${part}`),
];
const [turns = '200'] = process.argv.slice(2);

type Told = Readonly<Record<string, { readonly p50: number; readonly p95: number }>>;

async function read(url: string): Promise<Told> {
  const browser = new BrowserClient(url);
  const asked = await browser.get('/anmelden/beschaeftigte?weiter=/konto');
  await browser.post(formAction(asked, 'demo-staff-jens.stabsleiter'), { person: 'demo-staff-jens.stabsleiter' });
  const child = spawn(
    process.execPath,
    [
      join(import.meta.dirname, 'page-turner.ts'),
      new URL(url).port,
      `${SESSION_COOKIE}=${browser.cookie(SESSION_COOKIE)}`,
      turns,
      ...PAGES.map((page) => LAGE + page),
    ],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  let out = '';
  child.stdout.on('data', (bytes: Buffer) => (out += bytes.toString()));
  await once(child, 'close');
  return JSON.parse(out) as Told;
}

const city = await cityForAWhile();
try {
  await city.filled;
  const told = await read(city.url);
  for (const [path, { p50, p95 }] of Object.entries(told)) {
    const missed = p95 > P95_MS;
    if (missed) process.exitCode = 1;
    console.log(
      `${path.padEnd(40)} p95 ${(p95 / P95_MS).toFixed(2)} of the limit of ${P95_MS} ms, p50 ${(p50 / P95_MS).toFixed(2)}${missed ? '   MISSED' : ''}`,
    );
  }
} finally {
  await city.stop();
}
