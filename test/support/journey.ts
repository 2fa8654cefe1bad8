import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser, type Locator, type Page } from 'playwright-core';
import type { CityForAWhile } from '../../src/commands/city-for-a-while.ts';
import { filledCity } from './filled-city.ts';
import { repositoryRoot } from './temporary-city.ts';

/** Chromium without windows where there is one: a window that nobody sees takes most of the time of a page. */
const CHROMIUM = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'].find((program) => existsSync(program));
const ARGUMENTS = ['--no-sandbox', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const GRAPHICS = { none: ['--disable-gpu'], software: ['--enable-unsafe-swiftshader', '--disable-dev-shm-usage'] };
const AXE = readFileSync(join(repositoryRoot, 'node_modules/axe-core/axe.min.js'), 'utf8');

/** Where the photographs of a run lie. */
export const OUT: string = join(repositoryRoot, 'out/journeys');

/** Why journeys are left out here, or `false`. */
export const skip: string | false = CHROMIUM === undefined ? 'Chromium fehlt: apt-get install chromium-headless-shell' : false;

/** A real browser; with `software` it draws maps without a graphics card. Who opens it closes it. */
export function openBrowser(graphics: keyof typeof GRAPHICS): Promise<Browser> {
  return chromium.launch({ executablePath: CHROMIUM ?? '/usr/bin/chromium', args: [...ARGUMENTS, ...GRAPHICS[graphics]] });
}

/** A browser beside a demo city of its own. */
export async function openJourney(): Promise<{ readonly browser: Browser; readonly city: CityForAWhile }> {
  mkdirSync(OUT, { recursive: true });
  const [browser, city] = await Promise.all([openBrowser('none'), filledCity()]);
  return { browser, city };
}

/** Photographs the whole page as `name`, where the run is asked to: pictures of every page take an eighth of its time. */
export async function photograph(page: Page, name: string): Promise<void> {
  if (process.env['KONTOR_TEST_PHOTOGRAPHS'] === undefined) return;
  await page.screenshot({ path: join(OUT, `${name}.png`), fullPage: true });
}

/** Opens a `details`. What loads above it may move it away from under a single click. */
export async function unfold(details: Locator): Promise<void> {
  for (let tries = 0; !(await details.evaluate((element) => element.hasAttribute('open'))); tries++) {
    assert.ok(tries < 5, 'the details do not open');
    await details.locator('summary').first().click();
  }
}

/** The page does not scroll sideways. Needs scripts. */
export async function fitsItsWidth(page: Page, what: string): Promise<void> {
  const overflow = await page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');
  assert.ok(overflow <= 0, `${what} is ${overflow} px too wide`);
}

/** axe finds nothing on the page. Needs scripts. */
export async function cleanForAxe(page: Page, what: string): Promise<void> {
  await page.evaluate(AXE);
  const violations = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> } };
    return (await axe.run()).violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`);
  });
  assert.deepEqual(violations, [], `axe on ${what}`);
}

/** Photographs the page as `name` (see `photograph`); with JavaScript axe looks too, and nothing may be wider than the screen. */
export async function lookAt(page: Page, name: string, what: string, script: boolean): Promise<void> {
  await photograph(page, name);
  if (!script) return;
  await fitsItsWidth(page, what);
  await cleanForAxe(page, what);
}
