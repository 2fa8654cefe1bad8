import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { CityForAWhile } from '../../src/commands/city-for-a-while.ts';
import { lookAt, openJourney, skip, unfold } from '../support/journey.ts';

let browser: Browser;
let city: CityForAWhile;
before(async () => {
  if (skip !== false) return;
  ({ browser, city } = await openJourney());
  await city.filled;
});
after(async () => {
  await browser?.close();
  await city?.stop();
});

/** Without JavaScript on a desk, with it on a small phone. */
async function visitor(script: boolean, more: BrowserContextOptions = {}): Promise<Page> {
  const viewport = script ? { width: 320, height: 640 } : { width: 1200, height: 900 };
  return (await browser.newContext({ javaScriptEnabled: script, viewport, locale: 'de-DE', ...more })).newPage();
}

const AREA = '10.043, 53.557\n10.047, 53.557\n10.047, 53.559\n10.043, 53.559';

async function signIn(page: Page, to: string): Promise<void> {
  await page.goto(`${city.url}/anmelden/beschaeftigte?weiter=${to}`);
  await page
    .getByRole('button', { name: /Arne Admin/ })
    .first()
    .click();
  await page.waitForURL((url) => url.pathname === to);
}

/** Pictures load and maps live once they are on the screen. */
async function everyMap(page: Page, script: boolean): Promise<void> {
  for (const map of await page.locator('kontor-plan').all()) {
    await map.scrollIntoViewIfNeeded();
    if (script) await map.and(page.locator('[data-ready]')).waitFor({ timeout: 90_000 });
    else assert.ok((await map.locator('img').boundingBox()) !== null);
  }
}

/** Clicks on the map and the keyboard's button write into the form. */
async function drawByClick(page: Page): Promise<void> {
  await everyMap(page, true);
  const places = (): Promise<string> => page.inputValue('[name="places"]');
  await page.getByRole('button', { name: 'Mitte der Karte als Stelle nehmen' }).press('Enter');
  assert.match(await places(), /^10\.04\d+, 53\.55\d+$/);
  await page.locator('.k-plan__live canvas').click({ position: { x: 40, y: 60 } });
  await page.waitForFunction('document.querySelector(\'[name="places"]\').value.includes("\\n")');
  assert.match(await places(), /^10\.04\d+, 53\.55\d+\n10\.04\d+, 53\.5[56]\d+$/);
  await page.fill('[name="places"]', '');
}

const press = async (page: Page, name: string | RegExp): Promise<void> => {
  await page.getByRole('button', { name }).first().click();
  await page.waitForLoadState();
};

for (const script of [false, true]) {
  describe(script ? 'scenarios on a small phone, with JavaScript' : 'scenarios without JavaScript', { skip }, () => {
    const look = (page: Page, what: string): Promise<void> => lookAt(page, `scenarios-${script ? 'js' : 'nojs'}-${what}`, what, script);

    it('somebody draws a plan, lets models calculate, compares, shares, and makes a kit of it', { timeout: 240_000 }, async () => {
      const page = await visitor(script);
      await signIn(page, '/zwilling/szenarien');
      await look(page, 'liste');
      const title = `Platz ${script ? 'mit' : 'ohne'} Skript`;
      await page.fill('[name="title"]', title);
      await page.fill('[name="area"]', 'am Rathaus');
      await press(page, 'Szenario anlegen');
      assert.match(await page.locator('main').innerText(), /„am Rathaus“ ist keine Stelle/);
      await look(page, 'liste-falsch');
      await page.fill('[name="area"]', AREA);
      for (const role of ['buildings', 'ways', 'population']) await page.selectOption(`[name="data.${role}"]`, 'none');
      await page.selectOption('[name="data.trees"]', 'strassenbaeume');
      await press(page, 'Szenario anlegen');
      await page.waitForURL(/szenarien\/[0-9a-f-]{36}$/);
      const at = page.url();
      await page.fill('[name="variantName"]', 'Mit Haus');
      await press(page, 'Variante anlegen');
      await page.waitForURL(/variante=/);
      await page.fill('[name="places"]', '10.0445, 53.5575\n10.0455, 53.5575\n10.0455, 53.5579');
      await page.fill('[name="heightMetres"]', '24');
      await press(page, 'In den Plan zeichnen');
      await page.waitForURL(/variante=.*#plan|variante=/);
      assert.match(await page.locator('#plan').innerText(), /Gebäude/);
      assert.match(await page.locator('#plan').innerText(), /24 m hoch/);
      if (script) {
        await drawByClick(page);
      }
      await look(page, 'plan');
      await page.fill('[name="p.hour"]', '12; 15');
      await press(page, 'Für alle Varianten rechnen');
      await page.waitForURL(/modell=shade/);
      for (let tries = 0; (await page.locator('#stand').innerText()).includes('Rechnet'); tries++) {
        assert.ok(tries < 60, 'the runs do not end');
        await page.waitForTimeout(1000);
        await page.reload();
      }
      assert.equal(await page.locator('#stand').getByText('Fertig').count(), 2, await page.locator('#stand').innerText());
      await page.goto(`${at}/vergleich`);
      const table = await page.locator('.k-table-frame').first().innerText();
      assert.match(table, /Anteil im Schatten/);
      assert.match(table, /Unterschied \+/);
      await everyMap(page, script);
      await unfold(page.locator('details').last());
      assert.match(await page.locator('details').last().innerText(), /Schatten im Sommer 1\.0\.1/);
      await look(page, 'vergleich');
      await page.goto(`${at}/beteiligte`);
      await page.getByRole('button', { name: /Link erzeugen\s*: Link zum Ansehen/ }).click();
      await page.waitForLoadState();
      const link = (await page.locator('.k-code').first().innerText()).trim();
      await look(page, 'beteiligte');
      const other = await visitor(script, { colorScheme: 'dark' });
      await other.goto(`${city.url}${new URL(link).pathname}`);
      assert.match(await other.locator('main').innerText(), new RegExp(title));
      await everyMap(other, script);
      await look(other, 'geteilt-dunkel');
      await page.goto(`${city.url}/zwilling/baukasten`);
      await page.fill('[name="title"]', 'Kühle Plätze');
      await page.getByLabel(title).first().check();
      await page.fill('[name="views"]', '/zwilling?c=10.045,53.558&z=15 Das Viertel');
      await press(page, 'Baukasten speichern');
      await page.waitForURL(/baukasten\/[0-9a-f-]{36}$/);
      await look(page, 'baukasten');
      const file = await (await page.request.get(`${page.url()}/datei?daten=1`)).body();
      await page.goto(`${city.url}/zwilling/baukasten`);
      await page.setInputFiles('[name="file"]', { name: 'kein.json', mimeType: 'application/json', buffer: Buffer.from('{}') });
      await press(page, 'Einlesen');
      assert.match(await page.locator('main').innerText(), /fehlt die Angabe kontorKit/);
      await look(page, 'baukasten-falsch');
      await page.setInputFiles('[name="file"]', { name: 'baukasten.json', mimeType: 'application/json', buffer: file });
      await press(page, 'Einlesen');
      assert.match(await page.locator('main').innerText(), /Der Baukasten ist da/);
    });

    it('everybody sees the demo’s scenario, in each language and dark', async () => {
      for (const lang of ['de', 'en', 'leicht']) {
        const page = await visitor(script, { colorScheme: lang === 'de' ? 'light' : 'dark' });
        await page.context().addCookies([{ name: 'kontor_lang', value: lang, url: city.url }]);
        await page.goto(`${city.url}/zwilling/szenarien`);
        await page.locator('main table a').first().click();
        await page.waitForLoadState();
        await look(page, `demo-${lang}`);
      }
    });
  });
}
