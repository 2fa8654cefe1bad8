import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { assetResponse } from '../../src/platform/http/assets.ts';
import { securityHeaders } from '../../src/platform/http/security-headers.ts';
import { baseMapGeoJson, mapPicture, readDistricts } from '../../src/platform/ui/static-map.ts';
import { openBrowser } from '../support/journey.ts';
import { galleryPages } from './gallery-pages.ts';

const OUT = 'out/ui';
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const DISTRICTS = readDistricts(JSON.parse(readFileSync('services/bezirke.geojson', 'utf8')));
const NAMES = galleryPages('auto').map(({ name }) => name);
const PAGES = { light: galleryPages('light'), dark: galleryPages('dark') };
const PHONE = { width: 320, height: 720 };
const DESKTOP = { width: 1280, height: 900 };

let server: Server;
let browser: Browser;
let origin: string;

before(async () => {
  mkdirSync(OUT, { recursive: true });
  server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const asset = assetResponse(url.pathname, request.headers['accept-encoding']);
    if (asset !== undefined) return void response.writeHead(asset.status, asset.headers).end(asset.body);
    if (url.pathname === '/karte/bild.svg')
      return void response.writeHead(200, { 'content-type': 'image/svg+xml' }).end(mapPicture(url.searchParams, DISTRICTS));
    if (url.pathname === '/karte/grund.json')
      return void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(baseMapGeoJson(DISTRICTS)));
    const [, theme, name] = url.pathname.split('/');
    const found = theme === 'light' || theme === 'dark' ? PAGES[theme].find((one) => one.name === name) : undefined;
    if (found === undefined) return void response.writeHead(404).end();
    for (const [header, value] of securityHeaders({ production: false })) response.setHeader(header, value);
    void Promise.resolve(found.html).then((body) => response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(body.toString()));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  browser = await openBrowser('software');
});

after(async () => {
  await browser?.close();
  server?.closeAllConnections();
  server?.close();
});

/** Pictures to look at, where the run is asked for them. */
async function photograph(page: Page, name: string): Promise<void> {
  if (process.env['KONTOR_TEST_PHOTOGRAPHS'] !== undefined) await page.screenshot({ path: `${OUT}/${name}.png`, fullPage: true });
}

interface Opened {
  readonly page: Page;
  readonly complaints: readonly string[];
  readonly close: () => Promise<void>;
}

async function open(path: string, options: { viewport: { width: number; height: number }; javaScriptEnabled?: boolean; scale?: number }): Promise<Opened> {
  const context = await browser.newContext({
    viewport: options.viewport,
    javaScriptEnabled: options.javaScriptEnabled ?? true,
    reducedMotion: 'reduce',
    bypassCSP: false,
    deviceScaleFactor: options.scale ?? 1,
  });
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' && !/404|ERR_/.test(message.text())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(`${origin}${path}`, { waitUntil: 'load' });
  // A map that can be drawn is drawn before anybody looks.
  if (options.javaScriptEnabled !== false && path.includes('/map')) await page.waitForSelector('kontor-map[data-ready]');
  return { page, complaints, close: () => context.close() };
}

async function axeViolations(page: Page): Promise<string[]> {
  // evaluate() runs outside the page's policy, as a tester's tool may.
  await page.evaluate(AXE);
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run: (context: unknown, options: object) => Promise<{ violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] }> };
    };
    const run = await axe.run((globalThis as unknown as { document: unknown }).document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    });
    return run.violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary.slice(0, 200)}`));
  });
}

const overflow = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const { document, innerWidth } = globalThis as unknown as {
      document: {
        documentElement: { scrollWidth: number };
        querySelectorAll: (what: string) => Iterable<{ tagName: string; className: string; getBoundingClientRect: () => { right: number } }>;
      };
      innerWidth: number;
    };
    if (document.documentElement.scrollWidth <= innerWidth) return [];
    return [...document.querySelectorAll('main *')]
      .filter((element) => element.getBoundingClientRect().right > innerWidth + 1)
      .map((element) => `${element.tagName}.${element.className}`)
      .slice(0, 8);
  });

for (const theme of ['light', 'dark'] as const) {
  for (const [size, viewport] of [
    ['phone', PHONE],
    ['desktop', DESKTOP],
  ] as const) {
    test(`every page is axe-clean, fits and obeys the policy: ${theme}, ${size}`, async () => {
      const wrong: string[] = [];
      for (const name of NAMES) {
        const { page, complaints, close } = await open(`/${theme}/${name}`, { viewport });
        await photograph(page, `${name}-${theme}-${size}`);
        const found = [...(await axeViolations(page)), ...(await overflow(page)).map((what) => `wider than the screen: ${what}`), ...complaints];
        wrong.push(...found.map((one) => `${name}: ${one}`));
        await close();
      }
      assert.deepEqual(wrong, []);
    });
  }
}

test('at 200 % zoom nothing scrolls sideways (640 CSS pixels of a 1280 px screen)', async () => {
  for (const name of NAMES) {
    const { page, close } = await open(`/light/${name}`, { viewport: { width: 640, height: 450 }, scale: 2 });
    await photograph(page, `${name}-light-zoom`);
    assert.deepEqual(await overflow(page), [], name);
    await close();
  }
});

test('without JavaScript every page shows the same controls', async () => {
  for (const name of NAMES) {
    const { page, close } = await open(`/light/${name}`, { viewport: DESKTOP, javaScriptEnabled: false });
    assert.ok(await page.locator('h1').first().isVisible(), `${name}: a heading`);
    assert.equal(await page.locator('h1').count(), 1, `${name}: exactly one h1`);
    const controls = page.locator('main :is(input:not([type=hidden], .k-map__picture--s), select, textarea, button:not(.k-default-submit))');
    const seen = page.locator('main :is(input:not([type=hidden], .k-map__picture--s), select, textarea, button:not(.k-default-submit)):visible');
    assert.equal(await seen.count(), await controls.count(), `${name}: every control is there to be seen`);
    await close();
  }
});
