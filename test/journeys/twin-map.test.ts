import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import type { CityForAWhile } from '../../src/commands/city-for-a-while.ts';
import { lookAt, openJourney, skip } from '../support/journey.ts';

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

const CLOSE = 'ebene=gebaeude&c=10.039,53.5555&z=17.5&sonne=2026-06-21T17:00';
const SCREENS = [
  { name: 'desk', width: 1200, height: 900, dark: false },
  { name: 'dark', width: 1200, height: 900, dark: true },
  { name: 'phone', width: 320, height: 640, dark: false },
] as const;

async function visitor(script: boolean, { width, height, dark }: { width: number; height: number; dark: boolean } = SCREENS[0]): Promise<Page> {
  const options = { javaScriptEnabled: script, viewport: { width, height }, locale: 'de-DE', timezoneId: 'Europe/Berlin', acceptDownloads: true };
  return (await browser.newContext({ ...options, colorScheme: dark ? 'dark' : 'light' })).newPage();
}
const ready = (page: Page): Promise<unknown> => page.waitForSelector('kontor-twin[data-ready]', { timeout: 40_000 });

describe('the twin close up, with JavaScript', { skip }, () => {
  for (const screen of SCREENS)
    it(`shows houses with roofs on a ${screen.name}, and axe finds nothing`, async () => {
      const page = await visitor(true, screen);
      const meshes = page.waitForResponse((answer) => answer.url().includes('/api/twin/buildings/gebaeude') && answer.ok());
      await page.goto(`${city.url}/zwilling?${CLOSE}&neigung=60&drehung=-20&figur=linie*10.038_53.555*10.041_53.556`);
      assert.ok(((await (await meshes).json()) as { buildings: unknown[] }).buildings.length >= 0);
      await ready(page);
      await lookAt(page, `twin-map-${screen.name}`, `close up on a ${screen.name}`, true);
    });
  it('darkens the ground and lights the walls by the hour, and the address follows', async () => {
    const page = await visitor(true);
    await page.goto(`${city.url}/zwilling?${CLOSE}`);
    await ready(page);
    const stage = page.locator('.k-twin__live canvas');
    const evening = await stage.screenshot();
    const slider = page.getByLabel(/Sonne und Schatten:/);
    await slider.fill('720');
    await page.waitForURL(/sonne=2026-06-21T10%3A00Z/);
    assert.match(await slider.locator('..').innerText(), /21\.06\.26, 12:00, 5\d°/);
    assert.equal(await page.inputValue('#f-sonne'), '2026-06-21T12:00');
    await page.waitForTimeout(400);
    assert.notDeepEqual(await stage.screenshot(), evening);
    await slider.fill('60');
    assert.match(await slider.locator('..').innerText(), /unter dem Horizont/);
  });
  it('tells a station with its last day, and a house, on a click', async () => {
    const page = await visitor(true);
    await page.goto(`${city.url}/zwilling?sensoren=NO2`);
    await ready(page);
    const place = await page.evaluate(async () => {
      const { items } = (await (await fetch('/api/twin/stations?layer=NO2')).json()) as { items: { lon: number; lat: number }[] };
      return items[0]!;
    });
    await page.goto(`${city.url}/zwilling?sensoren=NO2&c=${place.lon},${place.lat}&z=15`);
    await ready(page);
    await page.locator('.k-twin__live canvas').click();
    await page.waitForSelector('.k-twin__popup .k-spark path');
    await lookAt(page, 'twin-map-station', 'a station that was clicked', true);
    await page.goto(`${city.url}/zwilling?${CLOSE}`);
    await ready(page);
    const house = await page.evaluate(async () => {
      const answer = await fetch('/ogc/collections/gebaeude/items?limit=1');
      const { features } = (await answer.json()) as { features: { id: string; geometry: { coordinates: number[][][][] } }[] };
      const ring = features[0]!.geometry.coordinates[0]![0]!.slice(0, 4);
      return { id: features[0]!.id, lon: ring.reduce((sum, [lon]) => sum + lon!, 0) / 4, lat: ring.reduce((sum, [, lat]) => sum + lat!, 0) / 4 };
    });
    await page.goto(`${city.url}/zwilling?ebene=gebaeude&c=${house.lon},${house.lat}&z=18`);
    await ready(page);
    await page.locator('.k-twin__live canvas').click();
    await page.locator('.k-twin__popup a').click();
    await page.waitForURL(/objekt=gebaeude%2Fgebaeude-\d+/);
    assert.match(await page.locator('#objekt').innerText(), /heightMetres/);
  });
  it('draws a line with clicks, keeps it in the address, and measures it', async () => {
    const page = await visitor(true);
    await page.goto(`${city.url}/zwilling?c=10,53.55&z=15`);
    await ready(page);
    await page.getByRole('button', { name: 'Strecke messen' }).click();
    const canvas = page.locator('.k-twin__live canvas');
    await canvas.click({ position: { x: 300, y: 200 } });
    await canvas.click({ position: { x: 500, y: 200 } });
    assert.match(await page.locator('.k-map__tools output').innerText(), /^[\d.,]+ m$/);
    await page.getByRole('button', { name: 'Fertig' }).click();
    await page.waitForURL(/figur=linie\*/);
    assert.match(await page.locator('#zeichnung').innerText(), /Länge \d+/);
    await ready(page);
    await lookAt(page, 'twin-map-line', 'a line that was drawn', true);
  });
});

describe('the twin close up, without JavaScript', { skip }, () => {
  it('shows houses with shadows on a picture, draws what is typed, and prints it', async () => {
    const page = await visitor(false);
    await page.goto(`${city.url}/zwilling?${CLOSE}`);
    await page.selectOption('[name="art"]', 'flaeche');
    await page.fill('[name="orte"]', '10,0370 53,5550\n10,0390 53,5550\n10,0390 53,5560');
    await page.getByRole('button', { name: 'Einzeichnen' }).click();
    await page.waitForURL(/figur=flaeche\*/);
    assert.match(await page.locator('#zeichnung').innerText(), /Fläche [\d.,]+ m², Umfang/);
    await page.locator('#objekte a').first().click();
    await page.waitForURL(/objekt=/);
    await lookAt(page, 'twin-map-nojs', 'close up without JavaScript', false);
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Als PDF drucken' }).click()]);
    assert.equal(file.suggestedFilename(), 'zwilling.pdf');
  });
});
