/**
 * How long the pages take that bring people in and follow the strategy, in a demo city on PGlite; the reader is another
 * process and reads page after page, the next when the last is whole.
 * Run: `node bench/outreach-pages.ts [turns]`. Exit status 1 when a page misses the limit.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { BrowserClient, formAction } from '../src/commands/browser-client.ts';
import { cityForAWhile } from '../src/commands/city-for-a-while.ts';
import { SESSION_COOKIE } from '../src/platform/http/session-cookie.ts';

/** Our own, for every page of the city. */
const P95_MS = 20;
const PAGES: Readonly<Record<string, readonly string[]>> = {
  nobody: [
    '/',
    '/?q=bewonerparkausweis',
    '/leistungen',
    '/leistungen/hund',
    '/lebenslagen/umzug',
    '/wartezeiten',
    '/status',
    '/online-ausweis',
    '/online-ausweis?sprache=ar',
    '/hilfe-vor-ort',
    '/d/digital-fuer-dich',
    '/transparenz',
    '/transparenz/leistung/hund',
    '/strategie',
    '/strategie/spur',
    '/strategie/entscheidungen',
    '/strategie/kennzahlen',
    '/strategie/aufwand',
    '/strategie/aufwand/hund',
  ],
  'demo-staff-sven.senat': ['/strategie/senat', '/strategie/berichte'],
  'demo-staff-paula.presse': ['/kampagnen', '/amt/nutzung'],
  'demo-staff-lotte.lotse': ['/lotsen', '/amt/zaehlen'],
};
const [turns = '200'] = process.argv.slice(2);

type Told = Readonly<Record<string, { readonly p50: number; readonly p95: number }>>;

async function read(url: string, person: string, pages: readonly string[]): Promise<Told> {
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, 'page-turner.ts'), new URL(url).port, `${SESSION_COOKIE}=${await sessionOf(url, person)}`, turns, ...pages],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let out = '';
  child.stdout.on('data', (bytes: Buffer) => (out += bytes.toString()));
  await once(child, 'close');
  return JSON.parse(out) as Told;
}

async function sessionOf(url: string, person: string): Promise<string> {
  if (person === 'nobody') return '';
  const browser = new BrowserClient(url);
  const asked = await browser.get('/anmelden/beschaeftigte?weiter=/konto');
  await browser.post(formAction(asked, person), { person });
  return browser.cookie(SESSION_COOKIE) ?? '';
}

const city = await cityForAWhile();
try {
  await city.filled;
  for (const [person, pages] of Object.entries(PAGES)) {
    for (const [path, { p50, p95 }] of Object.entries(await read(city.url, person, pages))) {
      const missed = p95 > P95_MS;
      if (missed) process.exitCode = 1;
      console.log(
        `${path.padEnd(40)} p95 ${(p95 / P95_MS).toFixed(2)} of the limit of ${P95_MS} ms, p50 ${(p50 / P95_MS).toFixed(2)}${missed ? '   MISSED' : ''}`,
      );
    }
  }
} finally {
  await city.stop();
}
