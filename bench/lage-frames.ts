/**
 * Whether the map of a Lage shows 2,000 moving things at 30 frames a second, in a real Chromium without a graphics
 * card (all is painted by the processor), at 1280 x 800, all 2,000 in view. The page is the city's; what it loads and
 * follows comes from `lage-frames-feed.ts` in a process of its own, over HTTP and server-sent events as the city sends
 * them: 1,000 new places a second. Counted are frames that Chromium says it has presented, from its own trace, and no
 * more of them than the page has drawn with new places. The same machine paints, and sends, and serves.
 * Run: `node bench/lage-frames.ts [PICTURE.png]`. Exit status 1 when a limit is missed.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium, type Browser, type Page } from 'playwright-core';
import { cityForAWhile } from '../src/commands/city-for-a-while.ts';

const LIMITS = { framesPerSecond: 30, objects: 2000 };
const SECONDS = 10;
const WARM_SECONDS = 5;
const [picture] = process.argv.slice(2);

interface Trace {
  readonly traceEvents: readonly { readonly name: string; readonly ph: string; readonly args?: { readonly frame_reporter?: { readonly state?: string } } }[];
}

function startFeed(): Promise<{ port: string; stop: () => void }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'lage-frames-feed.ts'), String(LIMITS.objects)], { stdio: ['ignore', 'pipe', 'inherit'] });
  return new Promise((resolve, reject) => {
    child.on('exit', () => reject(new Error('the feed ended')));
    createInterface({ input: child.stdout }).once('line', (port) => resolve({ port, stop: () => child.kill() }));
  });
}

/** Somebody of the staff opens a Lage of their own, and its map. */
async function openMap(browser: Browser, city: string, feed: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: 'de-DE' });
  await page.goto(`${city}/anmelden/beschaeftigte?weiter=/lagen`);
  await page
    .getByRole('button', { name: /Krisenstab|Stab/ })
    .first()
    .click();
  await page.waitForURL(/lagen/);
  const opened = await page.request.post(`${city}/api/lagen`, {
    data: { title: 'Bench', hazard: 'sturmflut', organisation: 'Stab', name: 'Jens' },
    headers: { origin: city },
  });
  const { key } = (await opened.json()) as { key: string };
  const there = (path: string, search: string): string => `http://localhost:${feed}${path}${search}`;
  await page.route(
    (url) => url.pathname.endsWith('/objects') || url.pathname.endsWith('/live'),
    (route, request) => route.continue({ url: there(new URL(request.url()).pathname.replace(/^.*\//, '/'), new URL(request.url()).search) }),
  );
  await page.goto(`${city}/lagen/${key}/karte?c=10.0,53.545&z=13`);
  await page.waitForSelector('kontor-lagekarte[data-filled]', { timeout: 60_000 });
  return page;
}

/** Frames drawn by the page so far: it draws none in which nothing has moved by a pixel. */
const drawn = (page: Page): Promise<number> => page.evaluate<number>(`document.querySelector('kontor-lagekarte').drawn()`);

async function measure(browser: Browser, page: Page): Promise<{ presented: number; drawn: number; seconds: number }> {
  await browser.startTracing(page, { categories: ['cc', 'benchmark'] });
  const [before, began] = [await drawn(page), performance.now()];
  await page.waitForTimeout(SECONDS * 1000);
  const [after, ended] = [await drawn(page), performance.now()];
  const trace = JSON.parse((await browser.stopTracing()).toString()) as Trace;
  const presented = trace.traceEvents.filter(
    ({ name, ph, args }) => name === 'PipelineReporter' && ph === 'b' && args?.frame_reporter?.state === 'STATE_PRESENTED_ALL',
  ).length;
  return { presented, drawn: after - before, seconds: (ended - began) / 1000 };
}

const [city, feed] = await Promise.all([cityForAWhile(), startFeed()]);
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
});
try {
  await city.filled;
  const page = await openMap(browser, city.url, feed.port);
  await page.locator('.k-karte__live').scrollIntoViewIfNeeded();
  await page.waitForTimeout(WARM_SECONDS * 1000);
  const inView = await page.evaluate<number>(`document.querySelector('kontor-lagekarte').inView()`);
  const seen = await measure(browser, page);
  if (picture !== undefined) await page.screenshot({ path: picture });
  const ratio = Math.min(seen.presented, seen.drawn) / seen.seconds / LIMITS.framesPerSecond;
  const met = ratio >= 1 && inView >= LIMITS.objects;
  console.log(
    `${inView} things in view, ${SECONDS} s: ${ratio.toFixed(2)} of 30 presented frames a second (1 or more is met); drawn by the page ${(seen.drawn / seen.seconds / LIMITS.framesPerSecond).toFixed(2)}, presented ${(seen.presented / seen.seconds / LIMITS.framesPerSecond).toFixed(2)}${met ? '' : '   MISSED'}`,
  );
  process.exitCode = met ? 0 : 1;
} finally {
  await browser.close();
  feed.stop();
  await city.stop();
}
